"""The published site as search engines and the inspection of public sites read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette import cli
from gazette.site import identity
from tests import head_rules
from tests.expectations import ROOT
from tests.jibei.conftest import ADDRESS


def test_every_page_s_head_is_whole_and_true_to_the_page(site: Path) -> None:
    pages = {page.url: page for page in head_rules.pages(site)}
    assert len(pages) > 200
    for page in pages.values():
        head_rules.check_head(page)
        head_rules.check_addresses(page, ADDRESS, pages)
        head_rules.check_structured_data(page, ADDRESS)
        head_rules.check_tags(page, ADDRESS)


def test_the_sitemap_names_every_page(site: Path) -> None:
    head_rules.check_sitemap(site, ADDRESS)


def test_what_is_inferred_is_claimed_by_no_page_as_the_day_of_its_publication_or_of_an_event(
    site: Path,
) -> None:
    for page in head_rules.pages(site):
        assert ("PubDate" in page.tags) == (page.tags.get("PubDateBasis") == "inferred"), page.url
        assert not [node for node in page.nodes("NewsArticle") if "datePublished" in node], page.url
        assert "startDate" not in page.html, page.url


def test_no_filing_is_claimed(site: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert identity.filings(settings) == (identity.Filings(), [])
    for page in head_rules.pages(site):
        assert "SiteIDCode" not in page.tags
        assert "beian" not in page.html
        assert "备案" not in page.shown


def test_no_column_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(ROOT), "inspect", "--today", "2026-11-23"]) == 0
    said = capsys.readouterr().out
    assert "12 columns" in said
    assert "docs/zh/news/index.md:2:1: [stale-column]" in said
