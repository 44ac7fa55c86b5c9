"""A Markdown link to a page must lead to one."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic
from gazette.content.calls import page_links
from gazette.content.model import Content
from gazette.records import page_path


def broken_links(content: Content) -> Iterator[Diagnostic]:
    """A link to a `.md` file that is no page of the same language; links are relative to the file they stand in."""
    known = {page_path(name) for name in content.names}
    retired = {page_path(retirement.was): retirement.was for retirement in content.retirements}
    for prose in content.prose.values():
        for body in prose.bodies.values():
            for target, place in page_links(body):
                folder = posixpath.dirname(prose.path)
                path = posixpath.normpath(posixpath.join(folder, target.removesuffix(".md")))
                if path in known:
                    continue
                successor = content.successor(retired.get(path, ""))
                close = [page_path(successor)] if successor else difflib.get_close_matches(path, known, 1)
                right = f"[…]({posixpath.relpath(close[0], folder or '.')}.md)" if close else ""
                values = {"target": target, "right": right}
                yield Diagnostic(place, "broken-link", values)
