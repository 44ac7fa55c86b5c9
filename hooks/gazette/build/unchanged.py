"""The site stays as it is where nothing has changed that a build reads."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from gazette.build import output

log = logging.getLogger("mkdocs.gazette")


@dataclass(frozen=True)
class UnchangedBuild:
    """A build that has nothing to do: MkDocs goes through its events with no file.

    `ending` lets the next build begin.
    """

    target: Path
    ending: ExitStack

    @classmethod
    def begin(cls, config: MkDocsConfig, target: Path, ending: ExitStack) -> UnchangedBuild:
        """Let MkDocs find nothing to write, and nowhere to write it."""
        log.info("没有改动，网站不变。/ Nothing has changed: the site stays as it is.")
        config.site_dir = str(output.staging(target))
        config.nav = []
        config.theme.static_templates.clear()
        return cls(target, ending)

    def add_files(self, _files: Files, _config: MkDocsConfig) -> Files:
        """None."""
        return Files([])

    def add_navs(self, nav: Navigation, files: Files) -> None:
        """None."""

    def print_pages(self, templates: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """None."""

    def template_context(self, name: str) -> TemplateContext:
        """None is asked for."""
        raise AssertionError(name)

    def publish(self, config: MkDocsConfig) -> None:
        """Leave the site alone."""
        config.site_dir = str(self.target)
        self.ending.close()

    def abandon(self) -> None:
        """Leave the site alone."""
        self.ending.close()
