"""Scripts against the floor: their syntax and what they call, read by tree-sitter's grammar of JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from tests.floor.newer import Fault, said, since

_SYNTAX = {
    "optional_chain": ("?.", said(80, 13.1)),
    "??": ("??", said(80, 13.1)),
    "??=": ("??=", said(85, 14)),
    "||=": ("||=", said(85, 14)),
    "&&=": ("&&=", said(85, 14)),
    "field_definition": ("a field of a class", said(72, 14.1)),
    "private_property_identifier": ("a private member", said(74, 14.1)),
    "class_static_block": ("a static block", said(94, 16.4)),
    "namespace_export": ("export * as", said(72, 14.1)),
    "import_attribute": ("an import attribute", said(123, 17.2)),
    "using_declaration": ("using", said(134, None)),
    "hash_bang_line": ("#!", said(74, 13.1)),
    "ERROR": ("what is no JavaScript", "in no engine"),
}
_NUMBERS = {"n": ("a BigInt", said(67, 14)), "_": ("_ in a number", said(75, 13))}
_PATTERNS = {
    r"\(\?<[=!]": ("lookbehind in a pattern", said(62, 16.4)),
    r"\(\?[ims-]+:": ("flags within a pattern", said(125, 26)),
}
_FLAGS = {"d": ("the flag d of a pattern", said(90, 15)), "v": ("the flag v of a pattern", said(112, 17))}
_STAND_INS = {"the event beforeprint": 'matchMedia("print")', "the event afterprint": 'matchMedia("print")'}
"""What older engines tell in another way: it may be used beside that."""
_SELECTING = {"querySelector", "querySelectorAll", "matches", "closest"}
_LANGUAGE = Language(tree_sitter_javascript.language())
_NAMES = Query(
    _LANGUAGE,
    "(variable_declarator name: (_) @name) (formal_parameters (_) @name) (function_declaration name: (_) @name)"
    "(pair key: (_) @name) (method_definition name: (_) @name) (object (shorthand_property_identifier) @name)"
    "(arrow_function parameter: (_) @name) (class_declaration name: (_) @name) (catch_clause parameter: (_) @name) (for_in_statement left: (_) @name)",
)


def faults(file: str, text: str, first_line: int = 1) -> list[Fault]:
    """What stands in a script that the floor lacks; its first line has this number in the file."""
    root = Parser(_LANGUAGE).parse(text.encode()).root_node
    named = {_text(node) for node in _walk(root) if node.type == "identifier"}
    own = {
        _text(part)
        for found in QueryCursor(_NAMES).captures(root).values()
        for name in found
        for part in _walk(name)
        if "identifier" in part.type
    }
    return [
        Fault(file, first_line + node.start_point.row, what, late)
        for node in _walk(root)
        for what, late in _newer(node, named, own)
        if what not in _STAND_INS or _STAND_INS[what] not in text
    ]


def selectors_newer(text: str) -> Iterator[tuple[str, str]]:
    """The pseudo-classes and pseudo-elements of a selector that the floor lacks."""
    for name in re.findall(r"::?([\w-]+)", re.sub(r"\"[^\"]*\"|'[^']*'|\\.", "", text)):
        if late := since("pseudos", name):
            yield f":{name}", late


def _newer(node: Node, named: set[str], own: set[str]) -> Iterator[tuple[str, str]]:
    text = _text(node)
    if node.type in _SYNTAX or node.is_missing:
        yield _SYNTAX["ERROR" if node.is_missing else node.type]
    elif node.type == "number":
        yield from (found for sign, found in _NUMBERS.items() if sign in text and not text.startswith("0x"))
    elif node.type in ("regex_pattern", "string_fragment"):
        yield from (found for pattern, found in _PATTERNS.items() if re.search(pattern, text))
    elif node.type == "regex_flags":
        yield from (found for flag, found in _FLAGS.items() if flag in text)
    elif (
        node.type == "property_identifier"
        and text not in own
        and ".dataset." not in (context := _text(node.parent))
    ):
        yield from (
            (f".{text}", late) for late in [since("members", text)] if late and context.endswith(f".{text}")
        )
        yield from _ambiguous(text, named)
    elif node.type == "identifier" and text not in own and (late := since("globals", text)):
        yield text, late
    elif node.type == "call_expression":
        called = _text(node.child_by_field_name("function"))
        yield from _of_call(called.rpartition(".")[2], node.child_by_field_name("arguments"))


def _ambiguous(member: str, named: set[str]) -> Iterator[tuple[str, str]]:
    """A member that Map and Set had before: newer where another owner of it is named, and these are not."""
    for owner in named if not named & {"Map", "Set"} else ():
        if late := since("members", f"{owner}.{member}"):
            yield f"{owner}.{member}", late


def _of_call(name: str, given: Node | None) -> Iterator[tuple[str, str]]:
    """Names of events that are listened for, and selectors."""
    for part in _walk(given) if given else ():
        if (
            part.type == "string_fragment"
            and name == "addEventListener"
            and (late := since("events", _text(part)))
        ):
            yield f"the event {_text(part)}", late
        if part.type == "string_fragment" and name in _SELECTING:
            yield from selectors_newer(_text(part))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _text(node: Node | None) -> str:
    return ((node and node.text) or b"").decode()
