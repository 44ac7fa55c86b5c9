"""The calls of a text are those that the template's own parser finds in the whole of it."""

from __future__ import annotations

import jinja2
from hypothesis import example, given, settings
from hypothesis import strategies as some
from jinja2 import nodes

from gazette.content.calls import SYNTAX, calls
from gazette.content.front_matter import Markdown

PIECES = (
    '{{ figure("a") }}', '{{ link("b",\n  figure("c")) }}', '{{- plain(\n"d") -}}', '{{ chart("e", "f") }}', "{{ g(h) }}",
    '{{ link("i", "}}") }}', "{{ 1 + }}", "{{ }}", "{{", "}}", "{", "}", '{% if j("k") %}', "{% endif %}", "{% raw %}",
    "{% endraw %}", "{#", "#}", "\n", "text", '"',
)  # fmt: skip


def parsed(text: str) -> list[tuple[str, str, int]] | None:
    try:
        tree = jinja2.Environment(**SYNTAX).parse(text)
    except jinja2.TemplateSyntaxError:
        return None
    return [
        (call.node.name, str(call.args[0].value), call.lineno)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and isinstance(call.args[0], nodes.Const)
    ]


@settings(max_examples=400)
@given(some.lists(some.sampled_from(PIECES), max_size=8).map("".join))
@example('{{{ figure("a") }}}')
@example('{{{{ figure("a") }}}}')
@example('{% raw %}{{ figure("a") }}{% endraw %}')
@example('{# {{ figure("a") }} #}\n{{ figure("a") }}')
@example('{{ figure("a") }}\n\n{{ link("b",\n  figure("c")) }}')
def test_each_call_is_found_with_its_line(text: str) -> None:
    found = calls(Markdown("a.md", text, 5))
    expected = parsed(text)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        said = [(call.name, call.argument.partition('", "')[0], call.line - 4) for call in found]
        assert said == expected
