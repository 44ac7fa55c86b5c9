"""What editors may call the files and folders of the content."""

from __future__ import annotations

import re

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MOST_LETTERS = 80
"""No name of a file or folder is longer: what is made of it is, and file systems end at 255."""
MOST_PATH = 200
"""No path in a project is longer: Windows ends at 260, with the folder that the project is in."""
_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\..*)?", re.IGNORECASE)
"""What no file can be called on Windows, whatever its ending."""


def is_of_windows(text: str) -> bool:
    """Whether a name is that of a device on Windows."""
    return _OF_WINDOWS.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether a file or a folder of editors may be called so."""
    return len(text) <= MOST_LETTERS and bool(SLUG.fullmatch(text)) and not is_of_windows(text)
