"""A page's words: labels, values and whether they are stated, in the page's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Self

from markupsafe import Markup

from gazette.base.line_breaks import joined
from gazette.base.messages import Refused, did_you_mean
from gazette.content.fingerprint import is_stale
from gazette.language import wording
from gazette.records.dates import DailyTime, PartialDate
from gazette.records.terms import Unit
from gazette.records.values import Amount, FieldRef, Figure, Localised, Ref
from gazette.site.model import SiteModel
from gazette.site.pages import Page

_ESCAPES = {code: f"&#{code};" for code in b"&<>\"'\\`*_[]{}|~^#"} | dict.fromkeys(b"\n\r", " ")
_LAST_TWO = re.compile(r"\w{2}\W*$")
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


class PageProblem(Refused):
    """What a page asks for cannot be given."""


class Words:
    """What a page says of a value, and what it has shown, cited and placed so far."""

    def __init__(
        self,
        site_model: SiteModel,
        page: Page,
        locate: Callable[[str], str] | None = None,
        appearances: Mapping[FieldRef, Iterable[Page]] | None = None,
    ) -> None:
        """`locate` gives the address of a page or a file, by its own below the site's root; else it is as seen from the page.

        `appearances` tells the pages that show each figure, once all of them are rendered.
        """
        self._site_model = site_model
        self._content, self._lists, self._dataset = site_model.content, site_model.lists, site_model.dataset
        self._locate = locate
        self._appearances = {} if appearances is None else appearances
        self.page = page
        self.locale = page.locale
        self._here = page.url
        self.printed: dict[FieldRef, None] = {}
        self._cited: dict[FieldRef, None] = {}
        self._sources: dict[Ref, None] = {}
        self._placed: dict[str, None] = {}

    def in_locale(self, locale: str) -> Self:
        """The same page as seen in another language."""
        return type(self)(self._site_model, replace(self.page, locale=locale), self._locate)

    def label(self, key: str, **values: str | int) -> str:
        try:
            return wording.label(key, self.locale, **values)
        except KeyError as error:
            near = did_you_mean(get_close_matches(key, wording.labels(), 1))
            raise PageProblem("no-such-label", name=key, hint=near) from error

    def labels(self, *keys: str) -> list[str]:
        return [self.label(key) for key in keys]

    def clauses(self, said: Iterable[str]) -> str:
        return wording.clauses(said, self.locale)

    def text(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, Localised):
            return value.to(self.locale)
        if isinstance(value, Amount):
            if isinstance(value, Figure):
                self.printed[self._content.figure_ref(value)] = None
            return wording.in_words(value, self._unit(value), self.locale)
        if isinstance(value, PartialDate):
            return wording.date(value, self.locale)
        if isinstance(value, DailyTime):
            return wording.daily_time(value, self.locale)
        if isinstance(value, tuple) and not isinstance(value, Ref):
            return wording.listed((self.text(item) for item in value), self.locale)
        if isinstance(value, int):
            return str(value)
        raise PageProblem("not-a-value", right="")

    def unbroken(self, words: str) -> Markup:
        """Words of a label, of which the last two characters of Chinese stay on one line."""
        last = _LAST_TWO.search(words) if self.locale == "zh" else None
        if not last:
            return safe(words)
        return Markup(f'{safe(words[: last.start()])}<span class="unbroken">{safe(last[0])}</span>')

    def stated(self, value: Any) -> str:
        """A value in words, or that no source states it."""
        return self.label("not_stated") if value is None else self.text(value)

    def unrepeated(self, names: Iterable[str], items: Iterable[Localised]) -> list[Localised]:
        """Of `items`, those that do not say again, in either language, what a label among `names` says."""
        said = {form for name in names for form in wording.translations(name)}
        return [item for item in items if said.isdisjoint({item.zh.rstrip("。"), item.en.rstrip(".")})]

    def plain(self, text: str) -> str:
        """A number that is no figure: shown as it is."""
        if not text.strip():
            raise PageProblem("plain-without-words")
        return text

    def is_stale(self) -> bool:
        """Whether this page is English whose Chinese has changed since it was made."""
        owner = self._content.prose.get(self.page.path) or self.page.record
        return self.locale == "en" and owner is not None and is_stale(owner)

    def changed(self) -> str | None:
        """When this page's file last changed, in words."""
        return wording.iso_date(self.page.changed, self.locale) if self.page.changed else None

    def _relative(self, url: str) -> str:
        return self._locate(url) if self._locate else relative(url, self._here)

    def _unit(self, amount: Amount) -> Unit | None:
        return self._content.units.get(amount.unit) if amount.unit else None


def relative(url: str, here: str) -> str:
    """The address of a folder as seen from another, both relative to the site's root: "./" for the same."""
    steps, own = url.split("/"), here.split("/")
    shared = 0
    for step, other in zip(steps[:-1], own[:-1], strict=False):
        if step != other:
            break
        shared += 1
    return "../" * (len(own) - 1 - shared) + "/".join(steps[shared:]) or "./"


def quote(anchor: str) -> Markup:
    """Characters of a source, which are Chinese whatever the page's language."""
    return Markup(f'<q lang="zh">{safe(anchor)}</q>')


@lru_cache(4096)
def safe(text: str) -> Markup:
    """Text with nothing in it that HTML or Markdown would take for its own, on one line."""
    text = joined(text).translate(_ESCAPES)
    return Markup(_LIST_MARK.sub(lambda mark: f"{mark[1]}&#{ord(mark[2][0])};{mark[2][1:]}", text))
