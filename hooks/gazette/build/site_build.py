"""One build of the site, from the editor's files to the output folder; one that would change nothing ends at once."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from gazette.base.diagnostics import ContentError, file_fault
from gazette.base.messages import Refused, say
from gazette.build import build_lock, engine, output, site_place
from gazette.build.inputs import read_inputs
from gazette.build.output import PreviousOutput
from gazette.build.private_names import count_no_requests, hide_theme, leave_nothing_to_do, say_again

log = logging.getLogger("gazette")

_ALLOCATIONS = 200_000
"""So many more objects than were freed before garbage is looked for."""


class Hidden(NamedTuple):
    """What MkDocs is not shown of its settings: the folder of the site, which it would empty, those of the theme,
    and docs/, where it would follow every link, be it hidden: two that lead back there keep it for ever."""

    target: Path
    theme: list[str]
    docs: str


def hide(config: MkDocsConfig) -> Hidden:
    """Hide the site, the theme and docs/ from MkDocs until `build_site` is called.

    Raises PluginError where it is MkDocs that runs and ProperDocs that is installed: workers would be of the other.
    """
    if mkdocs.__name__ != engine.ENGINE:
        raise PluginError(str(say("other-engine", engine=engine.ENGINE)))
    count_no_requests()
    say_again()
    target = Path(config.site_dir)
    emptied = output.beside(target, "none")
    output.remove(emptied)  # MkDocs would follow a link.
    hidden = Hidden(target, hide_theme(config), config.docs_dir)
    config.site_dir = config.docs_dir = str(emptied)
    return hidden


def build_site(config: MkDocsConfig, hidden: Hidden, *, drafts: bool) -> None:
    """Build the site into the folder that was hidden.

    Raises PluginError that tells every mistake; the last good site then stays as it was.
    """
    target, config.theme.dirs, config.docs_dir = hidden
    root, cached = Path(config.config_file_path).parent, not os.environ.get(engine.NO_CACHE)
    with ExitStack() as ending:
        ending.enter_context(_told_by_mkdocs(root))
        # Garbage is looked for among all records each time, and there is next to none.
        collected_after = gc.get_threshold()
        ending.callback(gc.set_threshold, *collected_after)
        gc.set_threshold(_ALLOCATIONS, *collected_after[1:])
        ending.callback(leave_nothing_to_do, config)
        ending.enter_context(build_lock.held(root, target))
        output.recover(target)
        site_place.need_place(root, target)
        ending.callback(output.discard, target)
        config.site_dir = str(output.staging(target))
        inputs = read_inputs(config, drafts=drafts, cached=cached)
        previous = output.read_previous(root, target)
        if not cached:
            previous = PreviousOutput("", {}, previous.states)
        if previous.made_of(inputs.hash):
            log.info(say("nothing-changed").on_one_line)
            return
        # What builds pages takes longer to load than all that was done here.
        from gazette.build import changed_site

        changed_site.build(config, inputs, target, previous, drafts=drafts)


@contextmanager
def _told_by_mkdocs(root: Path) -> Iterator[None]:
    """Mistakes in the content, and what the system refuses, as the error that MkDocs prints without a traceback."""
    try:
        yield
    except (ContentError, Refused, OSError) as error:
        told = ContentError([file_fault(error)], root) if isinstance(error, OSError) else error
        raise PluginError(f"\n\n{told}\n{say('site-left-alone').on_one_line}\n") from error
