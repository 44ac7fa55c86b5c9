"""Marks that were meant for Markdown and that it takes for text: full-width ones, and the bullets of a letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic
from gazette.content.calls import CODE, without_calls
from gazette.content.front_matter import Markdown

_ADDRESS = r"[!-~]*(?:[./#:@][!-~]*|[a-z]{3,})"
_MARKS = (
    (r"^[ \t]*＃+", "## …"),
    (r"^[ \t]*#+(?=＃)", "## …"),
    (r"^[ \t]*[｜|][^\n]*｜[^\n]*$", ""),
    (rf"[\[［][^\[\]［］\n]*[\]］][ ]?（\s*{_ADDRESS}\s*）", ""),
    (rf"[［【][^\[\]［］【】\n]*[］】]\(\s*{_ADDRESS}\s*\)", ""),
    (r"！\[[^\]\n]*\]\([!-~]*\.(?:png|jpe?g|gif|svg|webp)\)", ""),
    (r"^[ \t]*＞", "> …"),
    (r"＊{1,3}[^＊\n]+＊{1,3}", ""),
    (r"｀+[^｀\n]+｀+", ""),
    (r"^[ \t]*[－＋＊–][ \t\u3000]", "- …"),
    (r"^[ \t]*[•●○◦▪■·・][ \t\u3000]*(?=\S)", "- …"),
)
"""What such a mark looks like, and what stands in its place where that is not the same in ASCII."""
_PERHAPS = re.compile(r"[＃｜＊｀]|[\]］] ?（|[］】]\(|！\[|^[ \t]*[＞－＋–•●○◦▪■·・]", re.MULTILINE)
"""A text without it needs no second look, and most are."""
_ANY = re.compile(
    rf"(?P<code>{CODE})|" + "|".join(f"(?P<m{number}>{mark})" for number, (mark, _) in enumerate(_MARKS)),
    re.DOTALL | re.MULTILINE,
)


def unread_marks(body: Markdown) -> Iterator[Diagnostic]:
    """Each such mark of a body; of a run of lines the first."""
    if not _PERHAPS.search(body.text):
        return
    before = -2
    for found in _ANY.finditer(without_calls(body.text)):
        number = str(found.lastgroup)[1:]
        if not number.isdigit():
            continue
        at = body.position(found.start() + len(found[0]) - len(found[0].lstrip()))
        if at.line > before + 1:
            right = _MARKS[int(number)][1] or unicodedata.normalize("NFKC", found[0]).strip()
            right = right.translate({ord("【"): "[", ord("】"): "]"})
            yield Diagnostic(at, "unread-mark", {"mark": found[0].strip(), "right": right})
        before = at.line
