"""How much a file may hold that an editor writes: asked before it is parsed, so that none takes the time or the memory of a check."""

MOST_BYTES = 512 * 1024
"""No record and no page is larger."""
MOST_PARTS = 5_000
"""A record, or the front matter of a page, has no more keys, values and items."""
MOST_LOCK_BYTES = 8 * 1024 * 1024
MOST_LOCK_PARTS = 250_000
"""The same of a lock file, which has a line for each figure or id of the site."""
MOST_DEPTH = 16
"""Nothing stands within more lists and mappings than these."""
MOST_TOLD = 100
"""So many mistakes of one kind are told of a file: who has mended those sees the next."""
MOST_MENDED = 64 * 1024
"""The longest text, in characters, of which it is tried what would put it right."""
