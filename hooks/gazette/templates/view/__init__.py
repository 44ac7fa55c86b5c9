"""What a template may ask about one page, answered in the page's language."""

from __future__ import annotations

from collections.abc import Callable

from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.templates.view.figures import Figures
from gazette.templates.view.files import Files
from gazette.templates.view.words import PageProblem, quote, safe

__all__ = ["PageProblem", "View", "quote", "safe", "view_of"]


class View(Figures, Files):
    """What a template may ask about one page, answered in the page's language."""


def view_of(site_model: SiteModel, page: Page, locate: Callable[[str], str] | None = None) -> View:
    """What a template may ask about `page`; `locate` gives its addresses, where they are not as seen from there."""
    return View(site_model, page, locate)
