"""The search index: every page's text made into words that Pagefind can find in full, in parts that change alone."""

from gazette.outputs.search.engine import NotIndexed
from gazette.outputs.search.index import files
from gazette.outputs.search.text import blocks

__all__ = ["NotIndexed", "blocks", "files"]
