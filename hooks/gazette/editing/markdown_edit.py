"""Puts another body into the text of a Markdown file: its front matter stays as it was typed."""

from __future__ import annotations

from difflib import SequenceMatcher

from gazette.base.line_ends import line_end, lines_of


def with_body(text: str, body: str) -> str:
    """The text of a Markdown file with another body below its front matter; a line that stays keeps its line end."""
    lines = lines_of(text)
    fence = next(number for number, line in enumerate(lines[1:], 2) if line.rstrip() == "---")
    end = line_end(lines[:fence])
    before, now = lines[fence:], lines_of(body)
    old_words, words = ([line.rstrip("\r\n") for line in some] for some in (before, now))
    made = lines[:fence]
    for kind, first, last, start, stop in SequenceMatcher(
        None, old_words, words, autojunk=False
    ).get_opcodes():
        made += before[first:last] if kind == "equal" else [line + end for line in words[start:stop]]
    made = [line if line[-1:] in "\r\n" else line + end for line in made]
    if now and now[-1][-1:] not in "\r\n":
        made[-1] = made[-1].rstrip("\r\n")
    return "".join(made)
