"""What the text of a page may call: nothing else is run, nothing is read, nothing takes long, whatever is tried."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import ContentError
from gazette.templates.renderer import render_site
from tests.attacks.bounds import TookTooLong, bounded
from tests.attacks.tally import Outcome, Tally, sampled
from tests.conftest import Project
from tests.expectations import ROOT

SECRET = "k4n4r13nv0g3l"
"""Stands in a file and a variable that no page may read, and comes of a sum that none may add up."""
FOR_THE_SAMPLE = 60

ARITHMETIC = (
    "7*7", "'7'*7", "7**7**7", "'a'*10**9", "[0]*10**9", "('a'*9999)*99999", "1<<9**9", "9**9**9", "-1", "+1", "~1", "not 1",
    "1 if 1 else 2", "1 and 2", "'a' ~ 'b'", "'a' 'b' + 'c'", "'%1000000000d' % 1", "'%s' % self", "[1, 2]", "(1, 2)", "{'a': 1}",
    "{1}", "[x for x in (1,)]", "{x: x for x in (1,)}", "(x for x in (1,))", "lambda: 1", "(y := 5)", "await x", "yield", "*x",
    "**x", "f'{7*7}'", "f'{open}'", "...", "None", "True", "1e999", "0x" + "f" * 900, "1j", "b'a'", "''", "x", "x.y", "x[0]",
    "'abc'[0]", "'abc'[::-1]", "1 < 2", "1 is 1", "'a' in 'abc'", "1 == 1 == 1", "(" * 90 + "1" + ")" * 90, "[" * 400, "-" * 900 + "1",
)  # fmt: skip
"""Expressions that are no call of a listed name."""

READING = (
    "config", "config.items()", "request", "request.environ", "self", "self.__dict__", "self._TemplateReference__context",
    "page", "page.source", "view", "view._content", "view.page", "view.href('index')", "record", "loop", "caller", "varargs",
    "namespace()", "range(10**9)", "dict(a=1)", "lipsum()", "lipsum.__globals__", "lipsum.__globals__['os'].environ",
    "cycler('a')", "cycler.__init__.__globals__.os.popen('id').read()", "joiner().__init__", "open('secret.txt').read()",
    "__import__('os').environ", "__import__('os').popen('cat secret.txt').read()", "eval('7*7')", "exec('1')", "globals()",
    "locals()", "vars()", "dir()", "getattr(x, 'y')", "print('a')", "input()", "breakpoint()", "exit()", "quit()", "help()",
    "''.__class__", "''.__class__.__mro__[1].__subclasses__()", "().__class__.__bases__[0].__subclasses__()",
    "[].__class__.__base__.__subclasses__()", "{}.__class__.__mro__", "''['__class__']", "''|attr('__class__')",
    "''|attr('\\x5f\\x5fclass\\x5f\\x5f')", "''['\\x5f\\x5fclass\\x5f\\x5f']", "()|attr('_'*2~'class'~'_'*2)",
    "'{0.__class__}'.format(1)", "'{x.__globals__}'.format_map({'x': link})", "''.join(['a', 'b'])", "'a'.upper()",
    "link.__func__", "link.__globals__", "link.__self__._content", "get.__func__.__globals__", "chart.__closure__",
    "chart.__globals__['charts']", "figure.__self__.page", "text('a')", "href('../../secret.txt')", "asset('secret.txt')",
    "records('services')", "sums()", "tables()", "dataset()", "entries()", "sources()", "listed('news')", "include('secret.txt')",
    "source('secret.txt')", "import_module('os')", "ﬁgure.__globals__", "self.__init__.__globals__.__builtins__",
)  # fmt: skip
"""Expressions that would read what is not the page's to read; many are known from other templates' sandboxes."""

FILTERS = (
    "safe", "center(10**9)", "attr('__class__')", "format(1)", "join", "map('upper')", "list", "string", "tojson", "pprint",
    "replace('a', 'b'*10**9)", "indent(10**9)", "wordwrap(1)", "default(config)", "first", "last", "random", "sort", "groupby('a')",
    "selectattr('a')", "urlize", "xmlattr", "escape", "e", "forceescape", "batch(10**9)", "slice(10**9)", "filesizeformat", "int",
)  # fmt: skip

STATEMENTS = (
    "{% set x = 7*7 %}{{ x }}", "{% for x in range(10**9) %}{{ x }}{% endfor %}", "{% for a in 'ab' %}{% for b in 'ab' %}a{% endfor %}{% endfor %}",
    "{% include 'secret.txt' %}", "{% include '../secret.txt' ignore missing %}", "{% import 'records/parts.md' as x %}", "{% from 'secret.txt' import x %}",
    "{% extends 'main.html' %}", "{% block a %}{% endblock %}", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% call m() %}{% endcall %}",
    "{% filter upper %}a{% endfilter %}", "{% raw %}{{ 7*7 }}{% endraw %}", "{% if 1 %}a{% endif %}", "{% if config %}{{ config }}{% endif %}",
    "{% with x = 1 %}{{ x }}{% endwith %}", "{% do 1 %}", "{% autoescape false %}<b>{% endautoescape %}", "{% trans %}a{% endtrans %}", "{% debug %}",
    "{%- set x = 1 -%}", "{%+ if 1 %}a{% endif %}", "{% print(7*7) %}", "{% break %}", "{% load os %}", "{%set x=1%}", "{%\nset x = 1\n%}",
    "{% set x %}a{% endset %}", "{% for x in self.__dict__ recursive %}{% endfor %}", "{%", "%}", "{% set x = 1", "{% comment %}a{% endcomment %}",
)  # fmt: skip

OF_CALLS = (
    '{{ plain() }}', '{{ plain("a", "b") }}', '{{ plain(text="a") }}', '{{ plain("a", text="b") }}', '{{ plain("a", self="b") }}',
    '{{ plain(*"a") }}', '{{ plain(**"a") }}', '{{ plain("a", **{}) }}', '{{ plain("a").upper() }}', '{{ plain("a").__class__ }}',
    '{{ plain("a")("b") }}', '{{ plain("a")[0] }}', '{{ plain("a").format }}', '{{ plain(plain("a")) }}', '{{ plain("a") + plain("b") }}',
    '{{ plain("a") ~ "b" }}', '{{ plain("a"), plain("b") }}', '{{ plain("a") if 1 }}', '{{ plain("a") or config }}', '{{ (plain)("a"[0]) }}',
    '{{ label("__class__") }}', '{{ label("related", key="a") }}', '{{ label("related", locale="en") }}', '{{ label("related", a="b", a="c") }}',
    '{{ label("related", n=1e999) }}', '{{ label("related", n=...) }}', '{{ label("related", n=b"a") }}', '{{ label("feed_of") .a }}',
    '{{ get("services/music-line") }}', '{{ get("services/music-line").__class__ }}', '{{ get("services/music-line").model_dump }}',
    '{{ get("services/music-line").model_fields }}', '{{ get("services/music-line").title.__dict__ }}', '{{ get("services/music-line").path }}',
    '{{ get("services/music-line").title.zh.upper }}', '{{ get("services/music-line").ref }}', '{{ get("services/music-line").ref.__add__ }}',
    '{{ get("../secret.txt").title }}', '{{ get("services/../secret").title }}', '{{ get("").title }}', '{{ get("a/b.c/d").title }}',
    '{{ link("services/music-line", words=None) }}', '{{ link("services/music-line", words=1) }}', '{{ link("../secret.txt") }}',
    '{{ link("services/music-line", "a", "b") }}', '{{ link("services/music-line").unescape }}', '{{ figure("indicators/shops", "{0.__class__}") }}',
    '{{ figure("indicators/shops", as_of=1) }}', '{{ figure("indicators/shops", as_of="%1000000000d") }}', '{{ figure("indicators/shops", form="html") }}',
    '{{ figure("indicators/shops.__class__") }}', '{{ figure("indicators/shops.title") }}', '{{ date("services/music-line.__dict__") }}',
    '{{ times("services/music-line.model_fields") }}', '{{ chart("__class__", "services") }}', '{{ chart("day") }}', '{{ chart("day", view) }}',
    '{{ chart("day", "services/music-line", kind="a") }}', '{{ chart("day", "../secret.txt") }}', '{{ photo("../../secret.txt") }}',
    '{{ photo("/etc/passwd") }}', '{{ photo("a.jpg", "b") }}', '{{ photo("records/parts.md").placed }}', "{{ plain('a\n') }}",
    '{{ plain("' + "a" * 2000 + '") }}', '{{ plain("a")' + ".a" * 2000 + " }}", '{{ plain("a"' + ', b="c"' * 300 + ") }}",
)  # fmt: skip
"""Calls of listed names that are given, or asked, what they do not take or have."""

SPELLED_OTHERWISE = (
    "{{{{ 7*7 }}}}", "{{{ 7*7 }}}", "{{- 7*7 -}}", "{{+ 7*7 }}", "{{\n7*7\n}}", "{{7*7}}", "{{ 7*7", "7*7 }}", "｛｛ 7*7 ｝｝", "{｛ plain(\"a\") }}",
    "{# {{ 7*7 }}", "{#{{ 7*7 }}#}", "{{ plain(\"a\") }", "{{ plain(“a”) }}", "{{ plain(\"a\u202e\") }}", '{{ plain("\\ud800") }}', '{{ plain("\\u0000") }}',
    '{{ plain("\\x02stx\\x03") }}', '{{ plain("\\u202e") }}', "{{ \x00 }}", "{{ plain(\"a\x00\") }}", '{{ "{{" }} }}', "{{ '}}' }}", "{{ {{ 7*7 }} }}",
)  # fmt: skip

MANY = (
    "{{ a " * 900, "{{ a " * 9000, '{{ "' * 900, "{# " * 900, "{#" * 900, "{% " * 900, "{%" * 9000, "{" * 999, "{" * 99999, "｛" * 999,
    "{{ plain(" * 400, '{{ plain("a") ' * 400, "{{ 7*7 }}" * 400, "{% if 1 %}" * 900, "{{" + "(" * 9000 + "}}", "{{" + "[" * 99999 + "}}",
    "{{ a" + ".b" * 40000 + " }}", "{{ " + "a(" * 900 + ")" * 900 + " }}", '{{ plain("' + "a" * 99999 + '") }}', "{{ " + "a" * 200000 + " }}",
    "{{ " + " " * 99000 + "}}", "{{ " + "\n" * 90000 + "}}", "{{" + "\"'" * 40000, "｛｛ plain(“a” " * 400,
)  # fmt: skip
"""As much of something as may keep what reads it from ever ending."""

REFUSED = (
    *(f"{{{{ {one} }}}}" for one in (*ARITHMETIC, *READING)),
    *(f"{{{{ plain({one}) }}}}" for one in ARITHMETIC if one not in ("''", "'a' 'b' + 'c'")),
    *(f'{{{{ figure("indicators/shops", as_of={one}) }}}}' for one in READING),
    *(f'{{{{ plain("a")|{one} }}}}' for one in FILTERS),
    *(f"甲{one}乙" for one in STATEMENTS),
    *OF_CALLS,
    *SPELLED_OTHERWISE,
    *MANY,
)

WORDS = (
    "{{ 7*7 }", "{% set x = 1 %}", "{# a #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%1000000000d", "{0.__class__}", "%(a)s", "__import__",
    "{config}", "$(id)", "`id`", "{{", "}}", "javascript:alert(1)", "<script>alert(1)</script>", "&#60;script&#62;", "]](x)", "*a*",
)  # fmt: skip
"""What is plain words between the quotes of a call, and in code: shown as it is."""
SHOWN = (
    *(f'甲{{{{ plain("{word}") }}}}乙' for word in WORDS),
    *(f'{{{{ link("services/music-line", "{word}") }}}}' for word in WORDS),
    *(f"写作``{word}``。" for word in WORDS),
    *(f"```\n{word}\n```" for word in WORDS),
    *(word for word in ("${7*7}", "{0.__class__}", "@(7*7)", "[[7*7]]甲", "{7*7}", "{config}", "$(id)")),
)


def page(text: str) -> bytes:
    return f"---\ntitle: 关于\nsummary: 关于本站。\n---\n\n{text}\n".encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("name", "texts", "right"),
    [("calls in prose", REFUSED, Outcome.REFUSED), ("words of calls in prose", SHOWN, Outcome.ACCEPTED)],
    ids=["refused", "shown"],
)
def test_the_text_of_a_page_runs_and_reads_nothing_but_what_is_named(
    small: Project,
    tally: Tally,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    name: str,
    texts: tuple[str, ...],
    right: Outcome,
) -> None:
    root = small({"secret.txt": SECRET, "overrides/secret.txt": SECRET, "docs/secret.txt": None})
    monkeypatch.setenv("SECRET", SECRET)
    monkeypatch.chdir(root)
    render_site(root)  # What is imported and compiled once is no attempt's.

    def outcome(text: str) -> Outcome:
        for locale in ("zh", "en"):
            (root / f"docs/{locale}/about.md").write_bytes(page(text))
        try:
            with bounded():
                shown = render_site(root).markdown["zh/about.md"]
        except ContentError as error:
            told = error.diagnostics
            located = all(found.at.path.endswith("/about.md") and found.zh and found.en for found in told)
            foreseen = all(found.code != "template-error" for found in told)
            became = Outcome.REFUSED if located and foreseen else Outcome.CRASHED
        except TookTooLong:
            became = Outcome.HUNG
        except Exception:
            became = Outcome.CRASHED
        else:
            became = Outcome.THROUGH if SECRET in shown or "49" in shown else Outcome.ACCEPTED
        return became if became in (right, Outcome.CRASHED, Outcome.HUNG) else Outcome.THROUGH

    tried = sampled(texts, FOR_THE_SAMPLE, request.config)
    tally(name, [(text[:80], outcome(text)) for text in tried])


def test_there_are_three_hundred_attempts_and_the_templates_of_pages_are_not_among_what_they_reach() -> None:
    assert len(set(REFUSED)) >= 300
    assert not (ROOT / "overrides/secret.txt").exists()
