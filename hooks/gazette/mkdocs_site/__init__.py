"""The only room that knows MkDocs: the bilingual site in its terms."""

from __future__ import annotations

from gazette.mkdocs_site.preview import keep_serving, need_free
from gazette.mkdocs_site.site import BilingualSite, begin, need_files
from gazette.mkdocs_site.unchanged import UnchangedSite

__all__ = ["BilingualSite", "UnchangedSite", "begin", "keep_serving", "need_files", "need_free"]
