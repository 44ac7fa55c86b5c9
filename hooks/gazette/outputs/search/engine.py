"""Runs Pagefind over the pages of a shard, and cuts the index that it makes into smaller pieces than its own."""

from __future__ import annotations

import gzip
import json
import subprocess
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pagefind_bin

from gazette.base.messages import Refused
from gazette.outputs.publication import File
from gazette.outputs.search import pieces
from gazette.outputs.search.entry import Entry

SCRIPTS = ("pagefind.js", "wasm.")
"""What reads an index, as files of each that Pagefind makes."""

_PATIENCE = 600
"""Seconds."""
_HEAD = b"pagefind_dcd"
"""How everything begins that Pagefind reads."""


def indexed(entries: Sequence[Entry], locale: str, key: str) -> Iterator[File]:
    """The files of the index of a shard; the ids of its pages begin with its `key`, which no other shard has."""
    made = _run([entry.html for entry in entries], locale)
    yield from ((path, body) for path, body in made.items() if path.startswith(SCRIPTS))
    yield "pagefind-entry.json", made["pagefind-entry.json"]
    (path,) = (path for path in made if path.endswith(".pf_meta"))
    version, pages, spans, *others = pieces.decoded(_unpacked(made[path]))
    ids = []
    for number, (name, words) in enumerate(pages):
        shown = entries[_place(made[f"fragment/{name}.pf_fragment"])].shown
        ids.append([f"{key}-{number}", words])
        # Pagefind would make excerpts of the words of a page; ours are for nobody's eyes.
        body = json.dumps({"url": "", "content": "", "anchors": [], **shown}, ensure_ascii=False)
        yield f"fragment/{key}-{number}.pf_fragment", _packed(body.encode())
    words = [word for *_, name in spans for word in pieces.words(_unpacked(made[f"index/{name}.pf_index"]))]
    cut = list(pieces.cut([pieces.ended(word) for word in words]))
    for number, piece in enumerate(cut):
        yield f"index/{number}.pf_index", _packed(pieces.joined(piece))
    yield path, _packed(pieces.encoded([version, ids, pieces.spans(cut), *others]))


def _run(pages: Sequence[str], locale: str) -> Mapping[str, bytes]:
    """What Pagefind makes of pages, each called by its place."""
    with tempfile.TemporaryDirectory() as folder:
        site, index = Path(folder, "pages"), Path(folder, "index")
        site.mkdir()
        for place, page in enumerate(pages):
            (site / f"{place}.html").write_bytes(page.encode())
        command = [
            str(pagefind_bin.get_executable()),
            "--site",
            str(site),
            "--output-path",
            str(index),
            "--force-language",
            locale,
            "--silent",
        ]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=_PATIENCE
        )
        if done.returncode:
            raise NotIndexed("no-search-index", done.stdout, done.stderr)
        files = (file for file in index.rglob("*") if file.is_file())
        return {file.relative_to(index).as_posix(): file.read_bytes() for file in files}


def _place(fragment: bytes) -> int:
    """The place of the page that Pagefind's fragment is of, from the address at its beginning."""
    begins = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(fragment, len(_HEAD) + 32)
    return int(begins.removeprefix(_HEAD + b'{"url":"/').partition(b".")[0])


def _unpacked(body: bytes) -> bytes:
    return gzip.decompress(body).removeprefix(_HEAD)


def _packed(body: bytes) -> bytes:
    return gzip.compress(_HEAD + body, 7, mtime=0)


class NotIndexed(Refused):
    """The search index could not be made."""
