"""The only room that knows MkDocs: the bilingual site in its terms."""

from __future__ import annotations

from gazette.mkdocs_site.preview import keep_serving
from gazette.mkdocs_site.site import BilingualSite, begin
from gazette.mkdocs_site.unchanged import UnchangedSite

__all__ = ["BilingualSite", "UnchangedSite", "begin", "keep_serving"]
