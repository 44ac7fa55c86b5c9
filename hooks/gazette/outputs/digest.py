"""The digest: the whole site in one PDF, both languages, printed by the Chromium of the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml.html import document_fromstring
from markupsafe import Markup

from gazette.base.messages import Refused
from gazette.language import wording
from gazette.outputs import colours, fonts
from gazette.records import PAGED
from gazette.records.record import Record
from gazette.records.sources import Source
from gazette.records.values import LOCALES
from gazette.site.identity import Identity
from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.site.palette import DEFAULT, Palette
from gazette.templates.renderer import context_of, jinja_environment, record_html
from gazette.templates.view import view_of

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
"""Where macOS and Windows keep a browser that no command names."""

_QUIET = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip
_PATIENCE = 120
"""Seconds that printing may take."""

_ANCHORS = "#"
"""The root of the site in the digest: what is a page there, `en/alliances/tea/`, is a place in this document."""

_LINK = re.compile(r'<a\b[^>]*?\bhref="(?P<address>[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)


def pdf(
    site_model: SiteModel, identities: Mapping[str, Identity], address: str, palette: Palette = DEFAULT
) -> bytes:
    """The PDF; the same content, fonts and browser give the same bytes. Raises Refused.

    It is printed twice: only a first print tells the page that each line of the contents leads to.
    """
    if find_spec("pypdf") is None:  # An editor who prints no digest need not have it.
        raise Refused("no-pypdf")
    if fonts.chinese(fonts.folders()) is None:  # Chromium would print boxes.
        raise Refused("no-font-for-digest")
    chromium = next(filter(None, map(shutil.which, (*_NAMES, *_PLACES))), None)
    if chromium is None:
        raise Refused("no-chromium")
    first = _printed(html(site_model, identities, address, {}, palette), chromium)
    page = html(site_model, identities, address, numbered(first), palette)
    return _finished(_printed(page, chromium), headings(page), changed(site_model))


def html(
    site_model: SiteModel,
    identities: Mapping[str, Identity],
    address: str,
    numbers: Mapping[str, int],
    palette: Palette = DEFAULT,
) -> str:
    """The digest as one HTML page that asks for nothing else; `numbers` are the pages of its headings."""
    templates = jinja_environment(site_model.content.root / "overrides", "digest")
    day = changed(site_model)
    # The sources come last: all the others cite them.
    collections = sorted(PAGED, key=lambda name: name == Source.collection)

    def words(locale: str) -> dict[str, Any]:
        """What the templates are given for the part in one language."""

        def single(record: Record) -> Markup:
            page = Page(locale, "digest", "", "", "record", record.path, record=record)
            return record_html(page, view_of(site_model, page, _ANCHORS.__add__), templates)

        page = Page(locale, "digest", "", "", "digest", "")
        return {
            **context_of(page, view_of(site_model, page, _ANCHORS.__add__), templates),
            "identity": identities[locale],
            "address": address,
            "date": wording.iso_date(day, locale) if day else None,
            "collections": [name for name in collections if site_model.content.collection(name)],
            "single": single,
            "numbers": numbers,
        }

    parts = [words(locale) for locale in LOCALES]
    sheets = {
        name: [Markup(templates.get_template(f"digest/{name}.html").render(part)) for part in parts]
        for name in ("cover", "contents", "part")
    }
    frame = templates.get_template("digest/frame.html")
    return _without_loose_links(frame.render(parts[0], colours=colours.values(palette.light), **sheets))


def changed(site_model: SiteModel) -> str | None:
    """The day of the last commit that changed the content; None where none is recorded."""
    return max((page.changed for page in site_model.pages.values() if page.changed), default=None)


def numbered(pdf: bytes) -> Mapping[str, int]:
    """The page of each anchor that something in a PDF of Chromium's links to."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdf))
    found = reader.named_destinations.items()
    pages = ((name.removeprefix("/"), reader.get_destination_page_number(place)) for name, place in found)
    return {name: page + 1 for name, page in pages if page is not None}


def headings(page: str) -> list[str]:
    found = document_fromstring(page).iter(*(f"h{level}" for level in range(1, 7)))
    return [" ".join(heading.text_content().split()) for heading in found]


def _without_loose_links(page: str) -> str:
    """The page with no link to what the digest leaves out, which would lead to a file of this machine."""
    places = {f"#{unescape(found)}" for found in re.findall(r'\bid="([^"]*)"', page)}

    def kept(link: re.Match[str]) -> str:
        address = unescape(link["address"])
        return link[0] if address in places or address.startswith("http") else link["words"]

    return _LINK.sub(kept, page)


def _printed(page: str, chromium: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gazette-", ignore_cleanup_errors=True) as folder:
        source, printed = Path(folder, "digest.html"), Path(folder, "digest.pdf")
        source.write_text(page, encoding="utf-8", newline="\n")
        as_root = ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
        paths = (f"--user-data-dir={Path(folder, 'profile')}", f"--print-to-pdf={printed}", source.as_uri())
        command = [chromium, *_QUIET, *as_root, *paths]
        try:
            said = subprocess.run(
                command, capture_output=True, timeout=_PATIENCE, encoding="utf-8", errors="replace"
            ).stderr
        except (OSError, subprocess.TimeoutExpired) as error:
            said = str(error)
        pdf = printed.read_bytes() if printed.exists() else b""
    if not pdf.rstrip().endswith(b"%%EOF"):
        raise Refused("digest-not-printed", said[-500:], chromium=chromium)
    return pdf


def _finished(pdf: bytes, titles: Sequence[str], day: str | None) -> bytes:
    """The PDF with the words of the headings for its bookmarks, and with the date of its content.

    Chromium makes a bookmark of the lines that it set, be it twice, and without the spaces between them; it has the
    time of its printing, which would differ each time. Raises Refused.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    printed = PdfReader(BytesIO(pdf))
    writer = PdfWriter(clone_from=printed)
    writer.pdf_header = printed.pdf_header
    bookmarks = list(_in_order(writer.get_outline_root()))
    if len(bookmarks) != len(titles):
        raise Refused("bookmarks-differ", headings=len(titles), bookmarks=len(bookmarks))
    for bookmark, title in zip(bookmarks, titles, strict=True):
        bookmark[NameObject("/Title")] = TextStringObject(title)
    stamp = f"D:{(day or '1970-01-01').replace('-', '')}000000+00'00'"
    writer.metadata = {**(printed.metadata or {}), "/CreationDate": stamp, "/ModDate": stamp}
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _in_order(parent: Any) -> Iterator[Any]:
    """The bookmarks below one, each before those below it."""
    entry = parent.get("/First")
    while entry is not None:
        bookmark = entry.get_object()
        yield bookmark
        yield from _in_order(bookmark)
        entry = bookmark.get("/Next")
