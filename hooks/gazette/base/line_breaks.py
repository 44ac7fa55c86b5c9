"""Joins text that was typed over several lines: between Chinese characters there is no space."""

from __future__ import annotations

import re

_CHINESE = (
    "(?:[\u2e80-\u2fdf\u2ff0-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uff9f\uffe0-\uffe6"
    "\U00016fe0-\U0001b2ff\U0001f200-\U0001f2ff\U00020000-\U0003ffff][\ufe00-\ufe0f\U000e0100-\U000e01ef]?)"
)
"""A character of a script that is written without spaces, in the form that a variation selector chooses."""
_EITHER = "[“”‘’–—⸺…⋯·‧•※×÷°℃\u2460-\u24ff\u25a0-\u25ff]"
"""Marks that stand in other scripts too: of which they are is told by what stands beyond them."""
_TAGS = "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|small|span|strong|sub|time|u|var"
_INLINE = rf"(?:<sup\b[^>]*>.*?</sup>|</?(?:{_TAGS})\b[^>]*>)"
"""A tag of HTML within a line; the mark of a note whole, for it parts no text."""
_BESIDE = f"(?:{_EITHER}|{_INLINE})*"
_BREAK = re.compile(
    rf"({_CHINESE}{_BESIDE})[^\S\n]*+\n\s*+(?={_INLINE}*(?:{_CHINESE}|{_EITHER}))"
    rf"|({_EITHER}{_INLINE}*)[^\S\n]*+\n\s*+(?={_BESIDE}{_CHINESE})"
)
_AS_TYPED = re.compile("(<pre.*?</pre>)", re.DOTALL)


def joined(text: str) -> str:
    """The text without the line breaks between Chinese characters, and what is white space beside them."""
    return _BREAK.sub(r"\1\2", text) if "\n" in text else text


def joined_in_html(html: str) -> str:
    """The same of HTML, but for what is shown as it was typed."""
    parts = _AS_TYPED.split(html)
    return "".join(part if number % 2 else joined(part) for number, part in enumerate(parts))
