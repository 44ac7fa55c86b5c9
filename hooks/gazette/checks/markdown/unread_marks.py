"""Marks that were meant for Markdown and that it takes for text: full-width ones, the bullets of a letter, those of other sites."""

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
_CODE = re.compile(CODE, re.DOTALL | re.MULTILINE)
_ANY = re.compile(
    rf"(?P<code>{CODE})|" + "|".join(f"(?P<m{number}>{mark})" for number, (mark, _) in enumerate(_MARKS)),
    re.DOTALL | re.MULTILINE,
)


_OF_OTHERS = tuple(
    (re.compile(mark, re.MULTILINE), right)
    for mark, right in (
        (r"(?<![~0-9])~~(?=[^\s~])([^~\n]*[^\s~])~~(?!~)", r"<del>\1</del>"),
        (r"(?<![=A-Za-z0-9_)])==(?=[^\s=])([^=\n]*[^\s=])==(?!=)", r"<mark>\1</mark>"),
        (r"^[ \t>]*(?:[-*+] |\d+\. )?[ \t]*\[[ xX]\][ \t]+(?=\S)", "- …"),
        (r'^[ \t>]*(?:!!!|\?\?\?\+?)[ \t]+[a-z-]+(?:[ \t]+"[^"\n]*")?[ \t]*$', "> …"),
        (r"^[ \t>]*:{3,}", "> …"),
        (r"^[ \t>]*\[[Tt]oc\][ \t]*$", "## …"),
        (r"^[ \t>]*\*\[([^\]\n]+)\]:[ \t]*([^\n\"]*)", r'<abbr title="\2">\1</abbr>'),
    )
)
"""Marks of other kinds of Markdown, and what says the same here."""
_PERHAPS_OF_OTHERS = re.compile(r"~~|==|\[[ xX]\]|!!!|\?\?\?|:::|\[[Tt]oc\]|\*\[")


def unread_marks(body: Markdown) -> Iterator[Diagnostic]:
    """Each such mark of a body; of a run of lines the first."""
    yield from _full_width(body)
    yield from _of_others(body)


def _of_others(body: Markdown) -> Iterator[Diagnostic]:
    if not _PERHAPS_OF_OTHERS.search(body.text):
        return
    text = _CODE.sub(lambda code: re.sub(r"[^\n]", "x", code[0]), without_calls(body.text))
    for mark, right in _OF_OTHERS:
        before = -2
        for found in mark.finditer(text):
            start = found.end() - len(found[0].lstrip(" \t>"))
            at, said = body.position(start), body.text[start : found.end()]
            if at.line > before + 1:
                values = {"mark": said.strip(), "right": found.expand(right)}
                yield Diagnostic(at, "mark-of-others", values)
            before = at.line


def _full_width(body: Markdown) -> Iterator[Diagnostic]:
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
