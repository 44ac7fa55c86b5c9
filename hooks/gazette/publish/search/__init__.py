"""The search index: every page's text made into words that Pagefind can find in full, in parts that change alone."""

from gazette.publish.search.engine import NotIndexed
from gazette.publish.search.index import files
from gazette.publish.search.text import blocks

__all__ = ["NotIndexed", "blocks", "files"]
