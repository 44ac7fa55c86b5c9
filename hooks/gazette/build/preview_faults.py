"""What is wrong with the content, shown in the browser while it is previewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import escape

from gazette.base.cache_folder import keep
from gazette.base.diagnostics import ContentError
from gazette.base.grouping import grouped
from gazette.base.messages import say
from gazette.build.page_builder import file_of
from gazette.site.pages import Page

_STYLE = "margin:0;padding:1em;background:#fff;color:#8b0000;border:3px solid;white-space:pre-wrap;font:14px/1.5 monospace"
_BODY = '<body dir="ltr" data-md-color-scheme="default">\n'


def show_alone(error: BaseException, folder: Path) -> None:
    """Let the folder of a site that could not be built have one page, which says why and looks again by itself."""
    page = (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><meta http-equiv="refresh" content="2">'
        f"<title>{say('no-preview-yet').on_one_line}</title><body>{_box([str(say('no-preview-yet')), str(_refusal(error)).strip()])}"
    )
    for name in ("index.html", "404.html"):
        keep(folder, name, page.encode())


def show_on_pages(error: BaseException, pages: Mapping[str, Page], folder: Path) -> None:
    """Put each mistake on top of the pages of its file, on the home page where it has none; the next build takes them away."""
    refusal = _refusal(error)
    faults = refusal.diagnostics if isinstance(refusal, ContentError) else ()
    files = {page.source for page in pages.values()}
    by_file = grouped((fault.at.path if fault.at.path in files else "", fault) for fault in faults)
    for page in pages.values():
        found = by_file.get(page.source, ()) + (by_file.get("", ()) if page.path == "index" else ())
        file = folder / file_of(page)
        if found and page.part is None and file.is_file():
            before, body, after = file.read_text(encoding="utf-8").partition(_BODY)
            keep(file.parent, file.name, f"{before}{body}{_box(map(str, found))}{after}".encode())


def _refusal(error: BaseException) -> BaseException:
    """The error that a build was refused for, which MkDocs raises as one of its own."""
    found: BaseException | None = error
    while found and not isinstance(found, ContentError):
        found = found.__cause__ or found.__context__
    return found or error


def _box(texts: Iterable[str]) -> str:
    return f'<pre role="alert" style="{_STYLE}">{escape(chr(10).join(texts))}</pre>'
