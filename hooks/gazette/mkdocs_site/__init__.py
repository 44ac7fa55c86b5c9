"""The only room that knows MkDocs: the bilingual site in its terms."""

from __future__ import annotations

from gazette.mkdocs_site.preview import keep_serving
from gazette.mkdocs_site.site import BilingualSite

__all__ = ["BilingualSite", "keep_serving"]
