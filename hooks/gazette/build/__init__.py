"""The only room that knows MkDocs: the bilingual site in its terms."""

from __future__ import annotations

from gazette.build.preview import keep_serving, need_free
from gazette.build.site_build import SiteBuild, begin, need_files
from gazette.build.unchanged import UnchangedBuild

__all__ = ["SiteBuild", "UnchangedBuild", "begin", "keep_serving", "need_files", "need_free"]
