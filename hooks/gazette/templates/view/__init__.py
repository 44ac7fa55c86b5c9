"""What a template may ask about one page, answered in the page's language."""

from __future__ import annotations

from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.templates.view.figures import Figures
from gazette.templates.view.files import Files
from gazette.templates.view.words import PageProblem, quote, safe

__all__ = ["PageProblem", "View", "quote", "safe", "view_of"]


class View(Figures, Files):
    """What a template may ask about one page, answered in the page's language."""


def view_of(site_model: SiteModel, page: Page, base: str | None = None) -> View:
    """What a template may ask about `page`; with `base` its addresses are absolute."""
    return View(site_model, page, base)
