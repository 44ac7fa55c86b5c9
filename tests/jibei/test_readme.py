"""The READMEs show what the published project prints."""

from __future__ import annotations

import re

import pytest

from gazette.editing import data_guide
from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.templates.charts import CHARTS, draw
from gazette.templates.renderer import render_site
from gazette.templates.view import view_of
from tests.expectations import ROOT


@pytest.fixture(scope="module")
def real() -> SiteModel:
    return render_site(ROOT)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_calls_in_the_readme_print_what_it_says(real: SiteModel, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `\{\{ (\w+)\((.*?)\) \}\}` \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    assert len(rows) == 5
    for call, arguments, chinese, english in rows:
        if call == "link":
            continue
        for locale, said in (("zh", chinese), ("en", english)):
            view = view_of(real, Page(locale, "index", "", "", "page", ""))
            printed = getattr(view, call)(*re.findall(r'"(.*?)"', arguments))
            assert re.sub(r"<sup.*?</sup>|<.*?>", "", str(printed)) == said


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_shows_every_kind_of_chart_in_a_call_that_draws_one(name: str, real: SiteModel) -> None:
    shown = re.findall(
        r"^\| `\{\{ chart\((.*?)\) \}\}` ", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
    )
    calls = [re.findall(r'"([^"]+)"', arguments) for arguments in shown]
    assert {kind for kind, *_ in calls} == set(CHARTS)
    for page in (real.pages["zh/index.md"], real.pages["en/index.md"]):
        for kind, *references in calls:
            assert draw(view_of(real, page), kind, references)


def test_data_readme_is_what_the_models_say(real: SiteModel) -> None:
    assert (ROOT / "data/README.md").read_text(encoding="utf-8") == data_guide.render(real.content), (
        "run `gazette fields`"
    )


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_content_that_the_readme_links_to_is_there(name: str) -> None:
    targets = re.findall(r"\]\(((?:data|docs)/[^)\s]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert "data/README.md" in targets
    assert not [target for target in targets if not (ROOT / target).is_file()]
