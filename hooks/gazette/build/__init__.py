"""One build of the site; the only room that knows MkDocs."""

from __future__ import annotations

from gazette.build import engine  # noqa: F401 - before any of MkDocs is imported
from gazette.build.preview import build_or_show_why, keep_serving, need_free
from gazette.build.site_build import Hidden, build_site, hide

__all__ = ["Hidden", "build_or_show_why", "build_site", "hide", "keep_serving", "need_free"]
