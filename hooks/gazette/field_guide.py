"""data/README.md: every collection and field, written from the models."""

from __future__ import annotations
from gazette.content import Content
def render(content: Content) -> str:
    return ""
