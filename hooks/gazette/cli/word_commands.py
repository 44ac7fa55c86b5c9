"""`gazette import` of a .docx: what it would write is shown, and written when asked."""

from __future__ import annotations

import sys
from pathlib import Path

from gazette.base.diagnostics import by_file, in_order
from gazette.base.messages import say
from gazette.editing import undo
from gazette.editing.word.article import draft
from gazette.editing.word.blocks import read_document
from gazette.editing.word.proposals import found_in, proposals, with_calls
from gazette.site.model import load_readable


def import_article(root: Path, file: Path, id_: str | None, *, figures: bool, write: bool) -> int:
    """Show the draft that a document becomes, what of it was dropped and what is left to do; returns the status."""
    content = load_readable(root)
    made = draft(read_document(file), content, id_)
    found = found_in(made, content)
    known = [*proposals(made, found, content)]
    if figures:
        made = with_calls(made, known)
        found = found_in(made, content)
        known = [*proposals(made, found, content)]
    print((made.files(content)[made.path] or b"").decode("utf-8"))
    print(*made.files(content), *(told.on_one_line for told in made.told), sep="\n")
    for one in known:
        code = "word-figure" if one.words else "word-figure-perhaps"
        line = made.body.split("\n")[one.line]
        print(say(code, number=one.number, call=one.call, line=line).on_one_line)
    print(say("word-left-to-do").on_one_line)
    if wrong := in_order(one for one in found if not one.pending):
        print(f"{by_file(wrong, root)}\n", say("word-not-written").on_one_line, sep="\n", file=sys.stderr)
        return 1
    if write:
        undo.write(root, made.files(content))
    print(say("draft-written" if write else "write-to-import").on_one_line)
    return 0
