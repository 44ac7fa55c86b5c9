"""The sitemap as a file; what it names is tested on whole sites."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from lxml import etree

from gazette.outputs import sitemap
from gazette.outputs.publication import HashedFile, Publication
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import ROOT

NAMES = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
ADDRESS = 'https://record.example/?of=<a>&title="b\'s"/'


def made(publication: Publication) -> dict[str, bytes]:
    return {
        one.address if isinstance(one, HashedFile) else one[0]: one.body()
        if isinstance(one, HashedFile)
        else one[1]
        for one in sitemap.files(publication)
    }


def test_it_is_written_as_the_standard_library_writes_xml(small: Project) -> None:
    publication = Publication(render_site(small({})), {}, ADDRESS, str, str.split, {})
    body = made(publication)["sitemap.xml"]
    root = ElementTree.fromstring(body)
    for prefix, uri in NAMES.items():
        ElementTree.register_namespace(prefix, uri)
    ElementTree.indent(root)
    assert ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n" == body
    addresses = [*root.iterfind("*/loc", NAMES), *root.iterfind("*/xhtml:link", NAMES)]
    assert len(addresses) == 4 * len(publication.site_model.pages)
    assert all((found.get("href") or found.text or "").startswith(ADDRESS) for found in addresses)


def test_more_addresses_than_a_sitemap_may_have_are_in_parts_under_an_index(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    site_model = render_site(small({}))
    few = {uri: replace(page, changed=None) for uri, page in site_model.pages.items()}
    first = next(iter(few))
    few[first] = replace(few[first], changed="2026-11-03")
    publication = Publication(
        replace(site_model, pages=few), {}, "https://record.example/", str, str.split, {}
    )
    whole = etree.fromstring(made(publication)["sitemap.xml"])
    monkeypatch.setattr(sitemap, "LIMIT", 5)
    files = made(publication)
    index = etree.fromstring(files["sitemap.xml"])
    etree.XMLSchema(etree.parse(ROOT / "tests/siteindex.xsd")).assertValid(index)
    named = [found.text for found in index.iterfind("*/loc", NAMES)]
    parts = [etree.fromstring(files[name.removeprefix("https://record.example/")]) for name in named]
    schema = etree.XMLSchema(etree.parse(ROOT / "tests/sitemap.xsd"))
    for part in parts:
        schema.assertValid(part)
        assert len(part) <= 5
    assert len(parts) > 1
    entries = [etree.tostring(entry, method="c14n") for part in parts for entry in part]
    assert entries == [etree.tostring(entry, method="c14n") for entry in whole]
    assert [found.text for found in index.iterfind("*/lastmod", NAMES)] == ["2026-11-03"]
    assert files["robots.txt"].decode().endswith("\nSitemap: https://record.example/sitemap.xml\n")
