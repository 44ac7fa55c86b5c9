"""The `gazette` command: what an editor or CI asks of the content, and the site built from it."""

from gazette.cli.commands import main

__all__ = ["main"]
