"""The hook MkDocs runs: each event is one call into gazette."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from gazette.build import SiteBuild, UnchangedBuild, begin, keep_serving, need_files, need_free

# MkDocs keeps this module for as long as `mkdocs serve` runs: `_site` is made anew by each build's on_config.
_previewing = _serving = False
_site: SiteBuild | UnchangedBuild


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _previewing, _serving
    _previewing, _serving = command == "serve", False


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    global _site
    on_shutdown()
    if _previewing and not _serving:
        need_free(config.dev_addr)
    _site = begin(config, drafts=_previewing)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    return _site.add_files(files, config)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    _site.add_navs(nav, files)
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    _site.print_pages(env, config, files)
    return env


def on_template_context(
    context: TemplateContext, template_name: str, config: MkDocsConfig
) -> TemplateContext:
    return _site.template_context(template_name)


def on_post_build(config: MkDocsConfig) -> None:
    _site.publish(config)


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    global _serving
    _serving = True
    keep_serving(server)
    return server


def on_build_error(error: Exception) -> None:
    on_shutdown()
    need_files(error)


def on_shutdown() -> None:
    with suppress(NameError):  # Where nothing was begun, there is nothing to abandon.
        _site.abandon()
