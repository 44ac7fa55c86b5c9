"""Search: what is known of each page, an index a language in files that a browser reads, and what it may ask first."""

from gazette.outputs.search.document import document
from gazette.outputs.search.published import files

__all__ = ["document", "files"]
