"""The `gazette` command: what an editor or CI asks of the content, and the site built from it."""

from gazette.cli import editing_commands, output_commands, spreadsheet_commands  # noqa: F401 - their commands are then known
from gazette.cli.commands import main

__all__ = ["main"]
