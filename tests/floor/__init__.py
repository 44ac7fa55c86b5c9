"""The oldest engines that must show the site, Chromium 69 and Safari 12, and what of our files is too new for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.floor import scripts, styles
from tests.floor.newer import Fault

_READERS = {"script": scripts.faults, "style": styles.faults}
_SET = re.compile(r"\{(%)-? (?:set \w+|macro [^%]+) -?%\}.*?\{%-? end(?:set|macro) -?%\}", re.DOTALL)
"""What a template keeps under a name: in the one that is a script, HTML."""


def files(overrides: Path) -> list[Path]:
    """The scripts, stylesheets and templates of what readers see; the digest is printed by whoever makes it."""
    assets = (overrides / "assets").rglob("*.*")
    return sorted(
        [
            *(file for file in assets if file.suffix in (".js", ".css")),
            *(
                file
                for ending in ("html", "md")
                for file in overrides.rglob(f"*.{ending}")
                if file.parent.name != "digest"
            ),
        ]
    )


def faults(name: str, text: str) -> list[Fault]:
    """What the floor lacks of a script, a stylesheet, or the scripts and styles within a template."""
    if name.endswith(".js"):
        return scripts.faults(name, text)
    if name.endswith(".css"):
        return styles.faults(name, text)
    if name.endswith("interface.html"):
        return scripts.faults(name, without_jinja(re.sub(_SET, _as_a_word, text)))
    return [fault for kind, inner, line in inline(text) for fault in _READERS[kind](name, inner, line)]


def inline(template: str) -> Iterator[tuple[str, str, int]]:
    """The scripts and styles that stand within a template, and the lines where they begin. Data is no script."""
    reader = _Inline()
    reader.feed(without_jinja(template))
    yield from reader.found


def without_jinja(template: str) -> str:
    """A template with a word for each expression, and nothing but its lines for what else is Jinja's."""
    return re.sub(r"\{([{%#]).*?[%#}]\}", _as_a_word, template, flags=re.DOTALL)


def _as_a_word(jinja: re.Match[str]) -> str:
    return ("x" if jinja[1] == "{" else "") + "\n" * jinja[0].count("\n")


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, int]] = []
        self._kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        plain = dict(attrs).get("type") in (None, "module", "text/javascript")
        self._kind = tag if tag in _READERS and plain else ""

    def handle_endtag(self, tag: str) -> None:
        self._kind = ""

    def handle_data(self, data: str) -> None:
        if self._kind:
            self.found.append((self._kind, data, self.getpos()[0]))
