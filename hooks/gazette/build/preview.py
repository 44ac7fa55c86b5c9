"""`mkdocs serve`: what was saved is shown first; the last good pages stay up while the rest is built, and if that fails."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
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

_refused: MkDocsException | None = None
"""Why the first build of this preview was refused."""


def build_or_show_why(build: Callable[[], None]) -> None:
    """The first build of a preview: where it is refused, the preview starts all the same, and shows why."""
    global _refused
    try:
        build()
    except MkDocsException as error:
        _refused = error


def built(look: QuickPreview) -> None:
    """Remember a site that was built, to look at what is saved from now on."""
    global _look
    _look = look


def keep_serving(server: LiveReloadServer) -> None:
    """Let `mkdocs serve` go on showing pages during a rebuild."""
    build = server.builder
    if _refused:
        _tell(_refused, server, "preview-waits")

    def build_and_show() -> None:
        visible, wanted = versions(server)
        show_version(server, visible)
        told = "last-good-pages"
        try:
            if _look and _look.show():
                log.info(say("saved-page-shown").on_one_line)
                show_version(server, wanted)
                wanted += 1
                told = "unchecked-page"
            build()
        except MkDocsException as error:
            _tell(error, server, told if _look else "preview-waits")
        except Exception:  # A mistake in a theme template may raise anything.
            log.exception(say(told))
        want_version(server, wanted)

    server.builder = build_and_show


def _tell(error: MkDocsException, server: LiveReloadServer, told: str) -> None:
    """Say why a build was refused, in the terminal and in the browser."""
    from gazette.build import preview_faults

    log.error("%s\n%s", error, say(told))
    if _look:
        preview_faults.show_on_pages(error, _look.context.site_model.pages, _look.target)
    else:
        preview_faults.show_alone(error, Path(server.root))


def need_free(address: tuple[str, int]) -> None:
    """Raise PluginError where a preview cannot be shown at this address, before any work is done for it."""
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server(address, family=family).close()
    except OSError as error:
        free = port
        with suppress(OSError), socket.create_server((host, 0), family=family) as other:
            free = other.getsockname()[1]
        told = say("address-in-use", address=f"{host}:{port}", other=f"{host}:{free}", reason=error)
        raise PluginError(f"{told}\n    {told.example}") from error
