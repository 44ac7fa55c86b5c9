"""How a block of a text is named in a message: its kind, how deep it is in lists, and how it begins."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.base.messages import Message, say
from gazette.checks.markdown.outline import Block
from gazette.content.calls import CALLED

_LONGEST = 16
"""So much of a text is quoted."""


def in_words(blocks: Sequence[Block]) -> Message:
    """The first of some blocks with words: its kind, and how it begins."""
    first = next((block for block in blocks if block.text), next(iter(blocks), None))
    if first is None:
        return say("no-block")
    kind, text = _kind(first), " ".join(first.text.split()).replace(CALLED, "…")
    words = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return Message(f"{kind.zh}“{words}”", f"{kind.en} `{words}`") if words else kind


def _kind(block: Block) -> Message:
    """What kind of block it is, and how deep in lists."""
    tag, _, number = block.path[-1].partition(" ") if block.path else ("", "", "")
    code = "block-numbered" if number else _KINDS.get(tag, "block-html" if tag else "block-text")
    kind = say(code, tag=tag, level=tag[1:], number=number)
    depth = sum(name in ("ul", "ol") for name in block.path)
    return say("block-at-depth", kind=kind, depth=depth) if depth > 1 else kind


_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "block-heading"),
    **dict.fromkeys(("ul", "ol", "li"), "block-item"),
    **dict.fromkeys(("table", "tr", "td", "th"), "block-cell"),
    **dict.fromkeys(("dl", "dt", "dd"), "block-definition"),
    "blockquote": "block-quote",
    "footnotes": "block-footnote",
    "hr": "block-rule",
    "pre": "block-code",
}
"""The message that names each kind of block."""
