"""The `gazette` command: what an editor or CI asks of the content, and the site built from it."""

from gazette.cli import spreadsheet_commands  # noqa: F401 - it adds its subcommands to those of `commands`
from gazette.cli.commands import main

__all__ = ["main"]
