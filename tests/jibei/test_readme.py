"""The documents show what the published project prints, and lead to content that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gazette.outputs import data_guide
from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.templates.charts import draw
from gazette.templates.view import view_of
from tests.expectations import ROOT

EDITING = ("handbook/editing.md", "handbook/editing.zh.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EDITING)
def test_the_calls_that_editing_shows_print_what_it_says(site_model: SiteModel, name: str) -> None:
    rows = re.findall(r"^\| `\{\{ (\w+)\((.*?)\) \}\}` \| (.*?) \| (.*?) \|$", read(name), re.MULTILINE)
    assert len(rows) == 5
    for call, arguments, chinese, english in rows:
        if call == "link":
            continue
        for locale, said in (("zh", chinese), ("en", english)):
            view = view_of(site_model, Page(locale, "index", "", "", "page", ""))
            printed = getattr(view, call)(*re.findall(r'"(.*?)"', arguments))
            assert re.sub(r"<sup.*?</sup>|<.*?>", "", str(printed)) == said


@pytest.mark.parametrize("name", EDITING)
def test_the_charts_that_editing_shows_are_drawn(name: str, site_model: SiteModel) -> None:
    shown = re.findall(r"^\| `\{\{ chart\((.*?)\) \}\}` ", read(name), re.MULTILINE)
    assert shown
    for page in (site_model.pages["zh/index.md"], site_model.pages["en/index.md"]):
        for arguments in shown:
            kind, *references = re.findall(r'"([^"]+)"', arguments)
            assert draw(view_of(site_model, page), kind, references)


def test_data_readme_is_what_the_models_say(site_model: SiteModel) -> None:
    assert read("data/README.md") == data_guide.render(site_model.content), "run `gazette fields`"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", *EDITING])
def test_the_content_that_documents_link_to_is_there(name: str) -> None:
    targets = re.findall(r"\]\(((?:\.\./)?(?:data|docs)/[^)\s]+)\)", read(name))
    assert targets
    assert not [target for target in targets if not (ROOT / Path(name).parent / target).is_file()]
