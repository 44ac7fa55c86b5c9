"""Stylesheets against the floor, read by tinycss2: a rule or a value that an old engine drops needs one before it.

What may be lost stands in a block that such an engine skips as a whole, `@supports` or `@container`; what only adorns
is in ADORNS. An engine drops a whole rule for one selector that it does not know. A declaration that it does not know
leaves the one before it; but with var() in it, it is taken, and then has no value at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

import tinycss2

from tests.floor.newer import Fault, said, since
from tests.floor.scripts import selectors_newer

ADORNS = {
    ":focus-visible": "the engine's own outline shows",
    "@page": "the engine's own margins",
    "break-after: avoid": "a heading may end a printed page",
    "break-before: avoid": "a printed page may begin with the last line",
    "color-scheme": "the system's own controls follow it",
    "contain": "saves work only",
    "container-type": "goes with @container",
    "forced-color-adjust": "the system's own colours in place of ours",
    "hyphens": "a line breaks elsewhere",
    "overscroll-behavior": "what is behind may scroll too",
    "print-color-adjust": "a printer may save ink",
    "scroll-behavior": "a jump in place of a glide",
    "scroll-margin-top": "the header may cover a target",
    "text-decoration-color": "the text's own colour",
    "text-decoration-thickness": "the engine's own thickness",
    "text-underline-offset": "the engine's own distance",
    "text-wrap": "a line breaks elsewhere",
    "touch-action": "a finger on a slider may scroll the page too",
}
"""Without these a page reads and looks as it should, near enough."""
STANDS_IN = {"overflow-wrap": "word-break"}
"""A property that has the same effect where an engine knows no newer value of the other."""
FLEX_GAPS = "not (inset: 0)"
"""What an engine has that knows no gap in a flexible box: there `.a > *` has a margin where `.a` has the gap."""
_GAPS = {"gap", "column-gap", "row-gap"}
_POSITIONS = {"number", "dimension", "percentage"}

Found = Iterator[tuple[int, str, str]]


def faults(file: str, text: str, first_line: int = 1) -> list[Fault]:
    """What stands in a stylesheet that the floor would lose; its first line has this number in the file."""
    rules = _rules(text)
    spaced = {
        selector
        for rule in rules
        if _condition(rule) == FLEX_GAPS
        for one in _rules(rule.content)
        for selector in _selectors(one.prelude)
    }
    return [Fault(file, first_line + line - 1, what, late) for line, what, late in _of_rules(rules, spaced)]


def _rules(text: Any) -> list[Any]:
    return list(tinycss2.parse_rule_list(text, skip_comments=True, skip_whitespace=True))


def _of_rules(rules: Sequence[Any], spaced: Set[str]) -> Found:
    for rule in rules:
        if rule.type == "error":
            yield rule.source_line, f"what is no CSS: {rule.message}", "in no engine"
        elif rule.type == "at-rule":
            yield from _of_at_rule(rule, spaced)
        else:
            selectors = _selectors(rule.prelude)
            yield from ((rule.source_line, what, late) for what, late in _of_selectors(selectors))
            unspaced = any(
                not any(one.removesuffix(" + *").endswith(f"{selector} > *") for one in spaced)
                for selector in selectors
            )
            yield from _of_declarations(rule.content, unspaced)


def _of_at_rule(rule: Any, spaced: Set[str]) -> Found:
    name = rule.lower_at_keyword
    if name == "container" or (name == "supports" and _is_newer(rule)):
        return
    late = since("at-rules", name)
    if late and f"@{name}" not in ADORNS:
        yield rule.source_line, f"@{name}", late
    if name == "media" and any(
        token.type == "literal" and token.value in "<>"
        for part in rule.prelude
        for token in getattr(part, "content", ())
    ):
        yield rule.source_line, "a range in @media", said(104, 16.4)
    if name in ("media", "supports"):
        yield from _of_rules(_rules(rule.content), spaced)


def _condition(rule: Any) -> str:
    return (
        tinycss2.serialize(rule.prelude).strip()
        if rule.type == "at-rule" and rule.lower_at_keyword == "supports"
        else ""
    )


def _is_newer(rule: Any) -> bool:
    """Whether an engine of the floor skips what this @supports holds."""
    condition = _condition(rule)
    if condition.startswith("not"):
        return False
    declared = (
        declaration
        for part in rule.prelude
        if part.type == "() block"
        for declaration in _declarations(part.content)
    )
    return "selector(" in condition or any([*_of_declaration(one, {}, flexible=False)] for one in declared)


def _of_selectors(selectors: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What makes the floor drop a rule. What only adorns may stand in all its selectors; so may another engine's own."""
    for selector in selectors:
        for what, late in selectors_newer(selector):
            if what not in ADORNS or not all(what in other for other in selectors):
                yield what, late
        if "::-moz-" in selector and not all("::-moz-" in other for other in selectors):
            yield "::-moz- beside other selectors", "in no engine but Firefox"


def _of_declarations(content: Sequence[Any], unspaced: bool) -> Found:
    before: dict[str, Any] = {}
    declarations = _declarations(content)
    flexible = unspaced and not any(map(_of_grid, declarations))
    for one in declarations:
        if one.type == "declaration":
            found = [*_of_declaration(one, before, flexible=flexible)]
            yield from ((one.source_line, what, late) for what, late in found)
            before[one.lower_name] = one
        else:
            yield one.source_line, "a rule within a rule", said(120, 17.2)


def _of_grid(one: Any) -> bool:
    """Whether a declaration says that the gap beside it is one of a grid or of columns."""
    return one.type == "declaration" and (
        one.lower_name.startswith(("grid", "columns"))
        or tinycss2.serialize(one.value).strip() in ("grid", "inline-grid")
    )


def _declarations(content: Sequence[Any]) -> list[Any]:
    return list(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))


def _of_declaration(one: Any, before: Mapping[str, Any], *, flexible: bool) -> Iterator[tuple[str, str]]:
    """What the floor does not know of a declaration that nothing stands in for."""
    name = one.lower_name
    if late := since("properties", name):
        if name not in ADORNS and f"-webkit-{name}" not in before:
            yield name, late
        return
    if flexible and name in _GAPS:
        yield (
            f"{name} in a flexible box without a margin in @supports {FLEX_GAPS}",
            since("values", "gap: flex-context") or "",
        )
    kept = {name, STANDS_IN.get(name)} & before.keys() and "var(" not in tinycss2.serialize(one.value)
    for what, late in _of_value(name, one.value):
        if what not in ADORNS and not kept:
            yield what, late


def _of_value(name: str, value: Sequence[Any]) -> Iterator[tuple[str, str]]:
    for part in value:
        kind, word = part.type, None
        if kind == "ident":
            kind, word = "values", f"{name}: {part.lower_value}"
        elif kind == "dimension":
            kind, word = "units", part.lower_unit
        elif kind == "function":
            kind, word = "functions", part.lower_name
            yield from _of_value(name, part.arguments)
            yield from _of_function(part)
        elif kind == "() block":
            yield from _of_value(name, part.content)
        if word and (late := since(kind, word)):
            yield word, late


def _of_function(part: Any) -> Iterator[tuple[str, str]]:
    """Colours without commas, and two positions in one stop of a gradient."""
    if part.lower_name.endswith("gradient") and any(map(_has_two_positions, _split(part.arguments))):
        yield (what := "two positions in a gradient's stop"), since("functions", what) or ""
    if part.lower_name in ("rgb", "rgba", "hsl", "hsla") and len(_split(part.arguments)) == 1:
        yield (what := "a colour without commas"), since("functions", what) or ""


def _has_two_positions(stop: Sequence[Any]) -> bool:
    positions = [
        part for part in stop if part.type in _POSITIONS or getattr(part, "lower_name", "") == "calc"
    ]
    return len(positions) > 1 and not any(
        part.type == "ident" and part.lower_value in ("at", "to") for part in stop
    )


def _selectors(prelude: Sequence[Any]) -> list[str]:
    return [tinycss2.serialize(selector).strip() for selector in _split(prelude)]


def _split(tokens: Sequence[Any]) -> list[list[Any]]:
    """Tokens at their commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return parts
