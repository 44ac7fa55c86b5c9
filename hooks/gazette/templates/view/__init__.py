"""What a template may ask about one page, answered in the page's language."""

from __future__ import annotations

from gazette.templates.view.album import Album
from gazette.templates.view.chronicle import Chronicle
from gazette.templates.view.downloads import Downloads
from gazette.templates.view.figures import Figures
from gazette.templates.view.words import PageProblem, quote, safe

__all__ = ["PageProblem", "View", "quote", "safe"]


class View(Figures, Chronicle, Album, Downloads):
    """What a template may ask about one page, answered in the page's language."""
