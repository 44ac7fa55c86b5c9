"""`mkdocs serve` with the last good pages when a rebuild fails."""

from __future__ import annotations

import logging

from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.gazette")

_STILL_GOOD = (
    "预览仍是上一次正确的页面；改好并保存后自动恢复。\n"
    "The preview shows the last good pages; save the mended file to go on."
)


def keep_serving(server: LiveReloadServer) -> None:
    """Let `mkdocs serve` go on showing the last good pages when a rebuild fails.

    MkDocs holds back every page until a build succeeds; to it, a failed one is now finished too.
    """
    build = server.builder

    def build_or_say_why() -> None:
        try:
            build()
        except MkDocsException as error:
            log.error("%s\n%s", error, _STILL_GOOD)  # noqa: TRY400 - an editor needs no traceback
        except Exception:  # A mistake in a theme template may raise anything.
            log.exception(_STILL_GOOD)

    server.builder = build_or_say_why
