"""The finished site takes the place of the last one: at once where the system can, else file by file.

A build writes into a folder beside the site what differs from it. When all is well that is put in (`exchange`); where the
system cannot, its files are moved in, what pages refer to before the pages, and what is no more is removed. A list of
that, written first, lets the next build finish what was interrupted. A file that is the same is not touched.
"""

from __future__ import annotations

import errno
import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mkdocs.exceptions import PluginError

from gazette.base import cache_folder
from gazette.base.files import is_link
from gazette.base.messages import say
from gazette.base.source_files import FileState
from gazette.build import exchange

KEPT = f"{cache_folder.FOLDER}/sites"
"""The folder of a project that tells how the files of each site built were left."""

_COPIES = ".gazette.new"
"""The folder in a site on another disk that staged files are copied into before they are moved."""

_SITES = 4
"""So many sites are remembered; those of previews are gone when the preview ends."""


def staging(target: Path) -> Path:
    """The folder that a build writes into."""
    return beside(target, "new")


def recover(target: Path) -> None:
    """Finish a replacement that was interrupted; clear away what any other interrupted build left."""
    order = beside(target, "order")
    gone = cache_folder.read_checked(order)
    if gone is not None:
        _move_files(target, json.loads(gone))
    remove(order)  # After a power cut it may not be whole.
    _clear(target)


def discard(target: Path) -> None:
    """Remove what a build that failed has written; the last good site stays."""
    if not beside(target, "order").exists():
        _clear(target)


def remove(path: Path) -> None:
    """Remove what stands at a path: a folder with all that is in it, a file, or a link and not what it leads to."""
    if path.is_dir() and not is_link(path):
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        path.unlink(missing_ok=True)


def file_states(folder: Path) -> Mapping[str, FileState]:
    """The state of every file below a folder by its address; none where there is no such folder.

    What is hidden in the folder itself is not of a site: MkDocs leaves it too, such as the .git of what is published.
    """
    return dict(_files(str(folder), "")) if folder.is_dir() else {}


@dataclass(frozen=True)
class Changes:
    """What a build changes in a site: the files that are `coming`, those that are `gone`; `states` of all that are there then."""

    coming: Collection[str]
    gone: Collection[str]
    states: Mapping[str, FileState]


def changes(target: Path, present: Mapping[str, FileState], stays: Collection[str]) -> Changes:
    """What the staged files change in the site, which has the files `present`; what is neither staged nor in `stays` is gone.

    A staged file that is the same as that of the site is removed.
    """
    staged = staging(target)
    coming = dict(file_states(staged))
    gone = {address for address in present if address not in coming and address not in stays}
    for address, (size, _) in [*coming.items()]:
        previous, new = present.get(address), staged / address
        if previous and previous[0] == size and filecmp.cmp(new, target / address, shallow=False):
            new.unlink()
            del coming[address]
    left = {address: state for address, state in present.items() if address not in gone}
    return Changes(coming, gone, {**left, **coming})


def replace_site(target: Path, changed: Changes, *, at_once: bool) -> None:
    """Put the staged files into the site, and remove those that are gone; `at_once` where the system can do that.

    Raises PluginError where a program holds a file open; the next build goes on from there.
    """
    staged = staging(target)
    if not target.exists():
        exchange.flush(staged)
        staged.rename(target)
        return
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    if (changed.coming or changed.gone) and not (at_once and _exchange(target, changed)):
        _copy_to_disk_of(target, changed.coming)
        order = beside(target, "order")
        cache_folder.write_checked(order.parent, order.name, json.dumps([*changed.gone]).encode())
        _move_files(target, changed.gone)
    _clear(target)


def _copy_to_disk_of(target: Path, coming: Collection[str]) -> None:
    """Copy the staged files into the site, hidden, where that is on another disk: from there they can be moved."""
    staged, copies = staging(target), target / _COPIES
    probe = staged / _COPIES
    probe.mkdir()
    try:
        probe.rename(copies)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        for address in coming:
            (copies / address).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(staged / address, copies / address)  # With its time, which has been recorded.
        exchange.flush(copies if copies.exists() else target)
    else:
        copies.rmdir()
    finally:
        remove(probe)


def _clear(target: Path) -> None:
    remove(staging(target))
    remove(target / _COPIES)


def _exchange(target: Path, changed: Changes) -> bool:
    """Make a second site of links to the files of the new one, and let it take the place of the last; False where that cannot be.

    The last one is left beside it. The next time only what has changed in it since is linked.
    """
    staged, spare = staging(target), beside(target, "spare")
    if is_link(spare) or not spare.is_dir():
        remove(spare)
    hidden = any(entry.name.startswith(".") for entry in target.iterdir())
    if hidden or target.is_symlink() or not (spare.exists() or exchange.can_exchange(staged)):
        return False
    try:
        linked = file_states(spare)
        spare.mkdir(exist_ok=True)
        shutil.copymode(target, spare)
        for address, state in linked.items():
            if changed.states.get(address) != state:
                (spare / address).unlink()
                _remove_if_empty((spare / address).parent, spare)
        for address, state in changed.states.items():
            if linked.get(address) != state:
                (spare / address).parent.mkdir(parents=True, exist_ok=True)
                exchange.link((staged if address in changed.coming else target) / address, spare / address)
        exchange.flush(spare)
        exchange.exchange(spare, target)
    except OSError as error:
        if error.errno not in exchange.UNABLE:
            raise
        shutil.rmtree(spare, ignore_errors=True)
        return False
    return True


class PreviousOutput:
    """What of a site is as it was left by the build before, by address; `inputs` is the hash of what that build read."""

    def __init__(
        self, inputs: str, left: Mapping[str, tuple[int, int, str]], states: Mapping[str, FileState]
    ) -> None:
        self._inputs, self._left, self.states = inputs, left, states

    def made_of(self, inputs: str) -> bool:
        """Whether the whole site is as it was left, and was made of this."""
        return (
            self._inputs == inputs != ""
            and self._left.keys() == self.states.keys()
            and all(map(self._is_as_left, self._left))
        )

    def has(self, address: str, content_hash: str) -> bool:
        """Whether the file at this address is as it was left, with this hash."""
        return self._is_as_left(address) and self._left[address][2] == content_hash

    def _is_as_left(self, address: str) -> bool:
        left = self._left.get(address)
        return left is not None and self.states.get(address) == (left[0], left[1])


NOTHING = PreviousOutput("", {}, {})
"""Where no site was built before."""


def read_previous(root: Path, target: Path) -> PreviousOutput:
    """What the build before left at `target`."""
    states, kept = file_states(target), cache_folder.read_checked(_memory(root, target))
    inputs, left = json.loads(kept) if kept else ("", {})
    return PreviousOutput(inputs, left, states)


def was_built(root: Path, target: Path) -> bool:
    """Whether a build has left its site at `target` before."""
    return _memory(root, target).exists()


def record_output(
    root: Path, target: Path, states: Mapping[str, FileState], hashes: Mapping[str, str], inputs: str
) -> None:
    """Record the states in which the files of the site are left, and the hashes by address of those that have one.

    It is recorded before the site is replaced, so that nothing can fail after that: of a site that has other files none is known.

    `inputs` is the hash of what the site was made of, or "" where another build of the same would say something.
    """
    left = {address: (*state, hashes.get(address, "")) for address, state in states.items()}
    file = _memory(root, target)
    told = json.dumps([inputs, left]).encode()
    cache_folder.write_checked(file.parent, file.name, told)
    newest = sorted(file.parent.glob("*.json"), key=lambda other: other.stat().st_mtime, reverse=True)
    cache_folder.prune(file.parent, {other.name for other in newest[:_SITES]})


def _move_files(target: Path, gone: Collection[str]) -> None:
    copies = target / _COPIES
    staged = copies if copies.is_dir() else staging(target)
    # A page comes after what it refers to.
    coming = sorted(file_states(staged), key=lambda address: address.endswith(".html"))
    try:
        for address in coming:
            (target / address).parent.mkdir(parents=True, exist_ok=True)
            (staged / address).replace(target / address)
        for address in gone:
            (target / address).unlink(missing_ok=True)
        for folder in {(target / address).parent for address in gone}:
            _remove_if_empty(folder, target)
    except OSError as error:
        raise PluginError(str(say("site-in-use", folder=target, reason=error))) from error
    beside(target, "order").unlink(missing_ok=True)


def _remove_if_empty(folder: Path, target: Path) -> None:
    while folder != target and not (folder.is_dir() and any(folder.iterdir())):
        with suppress(FileNotFoundError):
            folder.rmdir()
        folder = folder.parent


def _files(folder: str, address: str) -> Iterator[tuple[str, FileState]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not address and entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{address}{entry.name}/")
            else:
                state = entry.stat(follow_symlinks=False)
                yield address + entry.name, (state.st_size, state.st_mtime_ns)


def _memory(root: Path, target: Path) -> Path:
    name = hashlib.sha256(str(target.resolve()).encode()).hexdigest()[:12]
    return root / KEPT / f"{name}.json"


def beside(target: Path, name: str) -> Path:
    """A place next to the site, out of the way of what serves or lists it."""
    return target.with_name(f".{target.name}.{name}")
