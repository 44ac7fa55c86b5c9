"""Our scripts and styles run in the oldest engines that readers have: Chromium 69 and Safari 12."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest

from gazette.build import private_names
from tests import floor
from tests.expectations import ROOT

OVERRIDES = ROOT / "overrides"
FILES = [file.relative_to(OVERRIDES).as_posix() for file in floor.files(OVERRIDES)]


@pytest.mark.parametrize("file", FILES)
def test_no_file_of_ours_needs_more_than_the_floor_has(file: str) -> None:
    found = floor.faults(file, (OVERRIDES / file).read_text(encoding="utf-8"))
    assert not found, "\n".join(map(str, found))


def test_scripts_stylesheets_and_templates_are_all_looked_at() -> None:
    assert {
        "assets/javascripts/lists.js",
        "assets/stylesheets/record.css",
        "main.html",
        "records/parts.md",
    } <= {*FILES}


def test_what_materials_styles_need_beyond_the_floor_is_listed_in_the_handbook() -> None:
    theme = Path(material.__file__).parent / "templates"
    files = [file for name in private_names.MATERIAL_STYLES for file in theme.glob(name)]
    assert len(files) == len(private_names.MATERIAL_STYLES)
    found = {fault.what for file in files for fault in floor.faults(file.name, file.read_text("utf-8"))}
    handbook = (ROOT / "handbook/architecture.md").read_text(encoding="utf-8")
    table = handbook.partition("| Material uses | there |")[2].partition("\n\n")[0]
    listed = {what for row in table.splitlines()[2:] for what in re.findall("`([^`]+)`", row.split("|")[1])}
    assert found == listed


def whats(name: str, text: str) -> list[str]:
    return [fault.what for fault in floor.faults(name, text)]


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ("a?.b", "?."),
        ("a?.[0]", "?."),
        ("a ?? b", "??"),
        ("a ??= b", "??="),
        ("a ||= b", "||="),
        ("class A { b = 1 }", "a field of a class"),
        ("class A { constructor() { this.#b() } #b() {} }", "a private member"),
        ("10n", "a BigInt"),
        ("1_000", "_ in a number"),
        ("/(?<=a)b/", "lookbehind in a pattern"),
        ("new RegExp('(?<!a)b')", "lookbehind in a pattern"),
        ("/a/v", "the flag v of a pattern"),
        ("list.replaceChildren()", ".replaceChildren"),
        ("[1].at(-1)", ".at"),
        ("'a'.replaceAll('a', 'b')", ".replaceAll"),
        ("'a'.matchAll(/a/g)", ".matchAll"),
        ("Object.fromEntries([])", ".fromEntries"),
        ("Promise.allSettled([])", ".allSettled"),
        ("Promise.any([])", ".any"),
        ("AbortSignal.timeout(9)", ".timeout"),
        ("globalThis.a", "globalThis"),
        ("structuredClone({})", "structuredClone"),
        ("queueMicrotask(a)", "queueMicrotask"),
        ("new ResizeObserver(a)", "ResizeObserver"),
        ("new DecompressionStream('gzip')", "DecompressionStream"),
        ("new URLSearchParams(a).size", "URLSearchParams.size"),
        ("a.addEventListener('pointerdown', b)", "the event pointerdown"),
        ("a.addEventListener('beforeprint', b)", "the event beforeprint"),
        ("a.querySelector('b:is(i, u)')", ":is"),
        ("a.matches(`b:has(i)`)", ":has"),
        ("a.closest(':where(i)')", ":where"),
        ("let = = 1", "what is no JavaScript"),
    ],
)
def test_a_script_with_something_newer_is_refused(script: str, what: str) -> None:
    assert what in whats("a.js", script)


@pytest.mark.parametrize(
    "script",
    [
        "async () => { for await (const a of b) await c({...d, ...e}) }",
        "try { a() } catch { b() }",
        "import('./a.js')",
        r"/(?<year>\p{L}+)/su.exec(a)",
        "[[1]].flat().flatMap(a => a)",
        "a.then(b).finally(c)",
        "a.closest('b:not([hidden]) > i:first-child').append(...d)",
        "const a = new Map([[1, 2]]); new URLSearchParams(''); a.size",
        """a.addEventListener('beforeprint', b); matchMedia("print").addListener(c)""",
        "const at = 1; const b = {at, replaceAll: 2}; b.replaceAll",
        "form.dataset.list",
    ],
)
def test_what_the_floor_has_is_not(script: str) -> None:
    assert whats("a.js", script) == []


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("a:is(b, i) { color: red }", ":is"),
        ("a:hover, a:focus-visible { color: red }", ":focus-visible"),
        ("a:has(b) { color: red }", ":has"),
        ("a { inset: 0 }", "inset"),
        ("a { margin-inline-start: 1em }", "margin-inline-start"),
        ("a { aspect-ratio: 1 }", "aspect-ratio"),
        ("a { width: min(1em, 2em) }", "min"),
        ("a { width: calc(1em + clamp(1em, 2em, 3em)) }", "clamp"),
        ("a { color: color-mix(in srgb, red, blue) }", "color-mix"),
        ("a { color: var(--b); color: color-mix(in srgb, var(--b), blue) }", "color-mix"),
        ("a { color: rgb(0 0 0 / 8%) }", "a colour without commas"),
        ("a { background: linear-gradient(red 0 1px, blue 1px) }", "two positions in a gradient's stop"),
        ("a { overflow: clip }", "overflow: clip"),
        ("a { height: 100dvh }", "dvh"),
        ("@layer a { b { color: red } }", "@layer"),
        ("a { b { color: red } }", "a rule within a rule"),
        ("@media (width > 9em) { a { color: red } }", "a range in @media"),
        ("@media screen { a:is(b, i) { color: red } }", ":is"),
        ("@supports not (inset: 0) { a { inset: 0 } }", "inset"),
        ("@supports (display: grid) { a { inset: 0 } }", "inset"),
        (
            "a { display: flex; gap: 1em }",
            "gap in a flexible box without a margin in @supports not (inset: 0)",
        ),
    ],
)
def test_a_style_that_an_old_engine_would_lose_is_refused(style: str, what: str) -> None:
    assert what in whats("a.css", style)


@pytest.mark.parametrize(
    "style",
    [
        "a:focus-visible, b:focus-visible { color: red }",
        "a { width: 1em; width: min(1em, 2em) }",
        "a { -webkit-appearance: none; appearance: none }",
        "a { word-break: break-word; overflow-wrap: anywhere }",
        "a { text-wrap: pretty }",
        "@supports selector(:has(*)) { a:has(b) { color: red } }",
        "@supports (color: color-mix(in srgb, red, red)) { a { color: color-mix(in srgb, var(--b), blue) } }",
        "@container (min-width: 9em) { a { inset: 0 } }",
        "a { display: grid; gap: 1em }",
        "a { display: flex; gap: 1em } @supports not (inset: 0) { html a > * { margin: 1em } }",
        "a::-moz-range-thumb { width: 1px }",
        "@page { margin: 1cm; @bottom-center { content: counter(page) } }",
    ],
)
def test_what_an_old_engine_has_or_may_lose_is_not(style: str) -> None:
    assert whats("a.css", style) == []


def test_scripts_and_styles_within_a_template_are_read_but_not_data_and_jinja() -> None:
    template = (
        "{#- <script>a?.b</script> -#}\n{% if a %}\n<script>\n  b('{{ c\n }}'.at(1))\n</script>\n{% endif %}"
        '<script type="application/ld+json">{"a": "b?.c"}</script><style>\na { inset: 0 }</style>'
    )
    said = [f"{fault.line} {fault.what}" for fault in floor.faults("a.html", template)]
    assert said == ["5 .at", "8 inset"]


def test_the_template_that_is_a_script_is_read_as_one() -> None:
    template = (
        "{#- a?.b -#}\n{%- set a %}\n<p>{{ words.b }}</p>\n{% endset -%}\n{\n  f({{ a | tojson }}.at(1))\n}\n"
    )
    assert [f"{fault.line} {fault.what}" for fault in floor.faults("partials/interface.html", template)] == [
        "6 .at"
    ]


def test_a_fault_says_where_it_is_what_it_is_and_since_when_engines_have_it() -> None:
    assert [*map(str, floor.faults("a.js", "\nb.replaceChildren()"))] == [
        "a.js:2: .replaceChildren (Chromium 86, Safari 14; the floor is Chromium 69, Safari 12)"
    ]
