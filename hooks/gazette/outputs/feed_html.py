"""The body of a page as a feed reader shows it: plain, valid HTML whose addresses hold away from the page."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from markupsafe import escape

from gazette.site.pages import Locate

_LEFT_OUT = etree.XPath(
    "//script | //style | //form | //button | //input | //select | //textarea | //output | //nav | //template"
    "| //*[@hidden]"
)
"""What works only in the page, and hidden words."""
_KEPT = {
    "href", "src", "srcset", "alt", "title", "lang", "width", "height", "cite", "datetime", "scope", "colspan",
    "rowspan", "start",
}  # fmt: skip
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def reader_html(html: str, url: str, locate: Locate) -> str:
    """`html`, the body of the page at `url`; a drawn picture gives way to its words."""
    body: HtmlElement = fragment_fromstring(_NOT_IN_XML.sub("", html), create_parent="body")
    etree.strip_elements(body, etree.Comment, with_tail=False)
    for picture in body.xpath("//*[@role='img']"):
        words = picture.get("aria-label")
        picture.clear(keep_tail=True)
        picture.tag, picture.text = "p", words
    for element in _LEFT_OUT(body):
        element.drop_tree()
    for element in body.iterdescendants():
        _plain(element, url, locate)
    parts = (etree.tostring(child, encoding="unicode", method="html") for child in body)
    return f"{escape(body.text or '')}{''.join(parts)}".strip()


def _plain(element: HtmlElement, url: str, locate: Locate) -> None:
    attributes = element.attrib
    for name, value in attributes.items():
        if name not in _KEPT:
            del attributes[name]
        elif name in ("href", "src", "cite"):
            attributes[name] = _address(value, url, locate)
    if "srcset" in attributes:
        candidates = (candidate.split() for candidate in attributes["srcset"].split(","))
        attributes["srcset"] = ", ".join(
            " ".join((_address(address, url, locate), *size)) for address, *size in candidates
        )


def _address(address: str, url: str, locate: Locate) -> str:
    """An address as the page has it, from anywhere; one that leaves the site stays as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    return locate(urljoin(f"/{url}", address).removeprefix("/"))
