"""`mkdocs serve`: what was saved is shown first; the last good pages stay up while the rest is built, and if that fails."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

from mkdocs.exceptions import MkDocsException, PluginError

from gazette.base.messages import say
from gazette.build.private_names import show_version, versions, want_version

if TYPE_CHECKING:  # A build that changes nothing does without what these load.
    from mkdocs.livereload import LiveReloadServer

    from gazette.build.quick_preview import QuickPreview

log = logging.getLogger("gazette")

_look: QuickPreview | None = None
"""At the last site that was built."""


def built(look: QuickPreview) -> None:
    """Remember a site that was built, to look at what is saved from now on."""
    global _look
    _look = look


def keep_serving(server: LiveReloadServer) -> None:
    """Let `mkdocs serve` go on showing pages during a rebuild."""
    build = server.builder

    def build_and_show() -> None:
        visible, wanted = versions(server)
        show_version(server, visible)
        try:
            if _look and _look.show():
                log.info(say("saved-page-shown").on_one_line)
                show_version(server, wanted)
                wanted += 1
            build()
        except MkDocsException as error:
            log.error("%s\n%s", error, say("last-good-pages"))  # noqa: TRY400 - an editor needs no traceback
        except Exception:  # A mistake in a theme template may raise anything.
            log.exception(say("last-good-pages"))
        want_version(server, wanted)

    server.builder = build_and_show


def need_free(address: tuple[str, int]) -> None:
    """Raise PluginError where a preview cannot be shown at this address, before any work is done for it."""
    host, port = address
    try:
        socket.create_server(address, family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        told = say("address-in-use", address=f"{host}:{port}", other=f"{host}:{port + 1}", reason=error)
        raise PluginError(f"{told}\n    {told.example}") from error
