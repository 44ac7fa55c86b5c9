"""The hook MkDocs runs: each event is one call into gazette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from gazette.build import Hidden, build_or_show_why, build_site, hide, keep_serving, need_free

if TYPE_CHECKING:  # A build without a preview does without the server.
    from mkdocs.livereload import LiveReloadServer

# MkDocs keeps this module for as long as `mkdocs serve` runs.
_previewing = _serving = False
_hidden: Hidden


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _previewing
    _previewing = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    global _hidden
    if _previewing and not _serving:
        need_free(config.dev_addr)
    _hidden = hide(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    build = partial(build_site, config, _hidden, drafts=_previewing)
    if _previewing and not _serving:
        build_or_show_why(build)
    else:
        build()
    return Files([])


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    global _serving
    _serving = True
    keep_serving(server)
    return server
