"""What a template may ask about one page, answered in the page's language."""

from __future__ import annotations

from gazette.view.album import Album
from gazette.view.chronicle import Chronicle
from gazette.view.downloads import Downloads
from gazette.view.figures import Figures
from gazette.view.words import PageProblem, quote, safe

__all__ = ["PageProblem", "View", "quote", "safe"]


class View(Figures, Chronicle, Album, Downloads):
    """What a template may ask about one page, answered in the page's language."""
