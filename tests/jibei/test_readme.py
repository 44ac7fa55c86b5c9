"""The READMEs show what the published project prints."""

from __future__ import annotations

import re

import pytest

from gazette.site.model import SiteModel
from gazette.site.pages import Page
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
