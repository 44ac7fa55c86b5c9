"""The sitemap as a file; what it names is tested on whole sites."""

from __future__ import annotations

from xml.etree import ElementTree

from gazette.outputs import sitemap
from gazette.outputs.publication import Publication
from gazette.templates.renderer import render_site
from tests.conftest import Project

NAMES = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
ADDRESS = 'https://record.example/?of=<a>&title="b\'s"/'


def test_it_is_written_as_the_standard_library_writes_xml(small: Project) -> None:
    publication = Publication(render_site(small({})), {}, ADDRESS, str, str.split, {})
    body = dict(sitemap.files(publication))["sitemap.xml"]
    root = ElementTree.fromstring(body)
    for prefix, uri in NAMES.items():
        ElementTree.register_namespace(prefix, uri)
    ElementTree.indent(root)
    assert ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n" == body
    addresses = [*root.iterfind("*/loc", NAMES), *root.iterfind("*/xhtml:link", NAMES)]
    assert len(addresses) == 4 * len(publication.site_model.pages)
    assert all((found.get("href") or found.text or "").startswith(ADDRESS) for found in addresses)
