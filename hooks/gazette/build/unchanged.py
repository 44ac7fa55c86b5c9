"""The site stays as it is where nothing has changed that a build reads."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from gazette.base.messages import say
from gazette.build import output

log = logging.getLogger("mkdocs.gazette")


@dataclass(frozen=True)
class UnchangedBuild:
    """A build that has nothing to do: MkDocs goes through its events with no file."""

    target: Path

    @classmethod
    def begin(cls, config: MkDocsConfig, target: Path) -> UnchangedBuild:
        """Let MkDocs find nothing to write, and nowhere to write it."""
        log.info(say("nothing-changed").on_one_line)
        config.site_dir = str(output.staging(target))
        config.nav = []
        config.theme.static_templates.clear()
        return cls(target)

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
        output.discard(self.target)

    def abandon(self) -> None:
        """Nothing was begun."""
        output.discard(self.target)
