"""The search index: every page's text made into words that Pagefind can find in full, in parts that change alone."""

from gazette.publish.search.index import NotIndexed, files
from gazette.publish.search.text import blocks

__all__ = ["NotIndexed", "blocks", "files"]
