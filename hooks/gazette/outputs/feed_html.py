"""The body of a page as a feed reader shows it: plain, valid HTML whose addresses hold away from the page."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, Tag

from gazette.site.pages import Locate

_LEFT_OUT = {
    "script", "style", "form", "button", "input", "select", "textarea", "output", "nav", "template",
}  # fmt: skip
"""What works only in the page: its scripts and controls."""
_KEPT = {
    "href", "src", "srcset", "alt", "title", "lang", "width", "height", "cite", "datetime", "scope", "colspan",
    "rowspan", "start",
}  # fmt: skip
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def reader_html(html: str, url: str, locate: Locate) -> str:
    """`html`, the body of the page at `url`; a drawn picture gives way to its words."""
    soup = BeautifulSoup(_NOT_IN_XML.sub("", html), "html.parser")
    # CSS selectors would say it shorter; their first use alone takes a tenth of a second.
    for tag in soup.find_all(_is_left_out):
        tag.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for picture in soup.find_all(None, {"role": "img"}):
        words = soup.new_tag("p")
        words.string = str(picture.get("aria-label", ""))
        picture.replace_with(words)
    for tag in soup.find_all(True):
        _plain(tag, url, locate)
    return soup.decode(formatter="minimal").strip()


def _is_left_out(tag: Tag) -> bool:
    """Whether a reader is not shown it: hidden words and the display of a figure that words repeat, among others."""
    return (
        tag.name in _LEFT_OUT
        or "hidden" in tag.attrs
        or "headline__number" in tag.get_attribute_list("class")
    )


def _plain(tag: Tag, url: str, locate: Locate) -> None:
    tag.attrs = {name: value for name, value in tag.attrs.items() if name in _KEPT}
    for name in ("href", "src", "cite"):
        if name in tag.attrs:
            tag.attrs[name] = _address(str(tag.attrs[name]), url, locate)
    if "srcset" in tag.attrs:
        candidates = (candidate.split() for candidate in str(tag.attrs["srcset"]).split(","))
        tag.attrs["srcset"] = ", ".join(
            " ".join((_address(address, url, locate), *size)) for address, *size in candidates
        )


def _address(address: str, url: str, locate: Locate) -> str:
    """An address as the page has it, from anywhere; one that leaves the site stays as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    return locate(urljoin(f"/{url}", address).removeprefix("/"))
