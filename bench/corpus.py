"""A synthetic project, and the Markdown that this project's builder makes of it for the others to build."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench import generate

RECORD = "startup-records/synthetic-0/"
"""The address of the record that is edited."""
RECORD_FILE = "startup_records/synthetic-0.yml"
_PHRASES = {"zh": ("供测速用的合成内容", "，修订{}"), "en": ("Synthetic, for timing", ", revised {}")}
"""Words of a made-up summary, and what an edit puts after them."""


@dataclass(frozen=True)
class Text:
    """One page as every other builder is given it; `there` is the address of its translation."""

    locale: str
    path: str
    url: str
    there: str
    source: str
    title: str
    summary: str
    markdown: str


@dataclass(frozen=True)
class Corpus:
    """A synthetic project of so many made-up records."""

    records: int
    project: Path

    @cached_property
    def texts(self) -> list[Text]:
        """Every page in both languages: all that is asked of the package, and not timed."""
        from gazette.templates.renderer import render_site

        site_model = render_site(self.project)
        pages = site_model.pages
        return [
            Text(
                page.locale,
                page.path,
                page.url,
                pages[f"{'en' if page.locale == 'zh' else 'zh'}/{page.path}.md"].url,
                page.source,
                page.title,
                page.summary,
                site_model.markdown[src_uri],
            )
            for src_uri, page in pages.items()
        ]


def make(records: int, folder: Path) -> Corpus:
    """Write the project into a folder that does not exist yet; the same number gives the same bytes."""
    command = [sys.executable, generate.__file__, "--records", str(records), "--out", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return Corpus(records, folder)


def revised(text: str, number: int) -> str:
    """The text of the record with the words of edit `number` in its summaries; each number has other words."""
    for locale, (phrase, form) in _PHRASES.items():
        text = text.replace(phrase, phrase + form.format(words_of(number, locale)), 1)
    return text


def words_of(number: int, locale: str) -> str:
    """What edit `number` says, without a numeral: those of a text must come from its records."""
    letters = "甲乙丙丁戊己庚辛壬癸" if locale == "zh" else "abcdefghij"
    return "".join(letters[int(digit)] for digit in f"{number:03}")
