"""Compares two built sites: which files differ once the hashes in their names are made equal.

    python -m bench.same_site BEFORE AFTER

A file's name holds a hash of what is in it or of what it was made by (style sheets, scripts, share images, the search
index), and pages name those files: both are compared with every such hash replaced by the same letters.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path

_HASH = re.compile(rb"(?<=[-/\"])[0-9a-f]{12}(?=[-./\"])|(?<=-)[0-9a-f]{8}(?=\.(?:css|js)\b)")
_SAME = b"hash"


def contents(site: Path) -> Mapping[str, bytes]:
    """The bytes of each file by its path below `site`, hashes made equal in both."""
    return {
        _HASH.sub(_SAME, f"/{file.relative_to(site).as_posix()}".encode()).decode()[1:]: _HASH.sub(
            _SAME, file.read_bytes()
        )
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def differences(before: Path, after: Path) -> list[str]:
    """What is only in one of two sites, and what differs: a line each."""
    old, new = contents(before), contents(after)
    return [
        *(f"only before: {path}" for path in sorted(old.keys() - new.keys())),
        *(f"only after:  {path}" for path in sorted(new.keys() - old.keys())),
        *(f"differs:     {path}" for path in sorted(old.keys() & new.keys()) if old[path] != new[path]),
    ]


def main() -> None:
    """Print the differences; the exit status is 1 where there are any."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    options = parser.parse_args()
    found = differences(options.before, options.after)
    print(*found, f"{len(found)} differences", sep="\n")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
