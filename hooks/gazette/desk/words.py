"""The words of the desk's own page, in Chinese and English: words.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Every word of the desk by its key, in both languages."""
    text = resources.files("gazette.desk").joinpath("words.yml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=yaml.BaseLoader)
    return found


def word(key: str) -> Mapping[str, str]:
    return words()[key]
