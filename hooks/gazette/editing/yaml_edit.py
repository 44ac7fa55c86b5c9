"""Sets one key of a YAML mapping in the text of its file: all else stays as it was typed."""

from __future__ import annotations

import yaml

from gazette.base.line_ends import line_end, lines_of
from gazette.base.strict_yaml import Document


def with_key(text: str, document: Document, key: str, value: str) -> str:
    """The text of a file with `key: value` in the mapping that `document` read of it: in its place, or else at the end."""
    lines = lines_of(text)

    def offset(mark: yaml.Mark) -> int:
        """Where in the text a mark of the parser stands, which counts neither line ends nor a byte-order mark."""
        before = mark.line + document.first_line - 1
        return sum(map(len, lines[:before])) + mark.column + (not before and text.startswith("\ufeff"))

    mapping = document.node
    assert mapping is not None
    for name, node in mapping.value:
        if name.value == key:
            start = offset(node.start_mark)
            typed = text[start : offset(node.end_mark)].rstrip()
            space = "" if text[:start].endswith(" ") else " "
            return f"{text[:start]}{space}{value}{text[start + len(typed) :]}"
    if mapping.flow_style:
        start = offset(mapping.start_mark) + 1
        return f"{text[:start]}{key}: {value}, {text[start:]}"
    last: yaml.Node = mapping
    while isinstance(last, yaml.CollectionNode) and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    above = lines[: len(lines_of(text[: offset(last.end_mark)].rstrip()))]
    end = line_end(above)
    if not above[-1].endswith(end):
        above[-1] += end
    indent = " " * mapping.start_mark.column
    return "".join([*above, f"{indent}{key}: {value}{end}", *lines[len(above) :]])
