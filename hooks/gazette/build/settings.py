"""What mkdocs.yml and the machine say of a build: the site's identity, what was issued to it, its colours, the font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from gazette.base.diagnostics import ContentError, Diagnostic, Position
from gazette.content import public_contacts
from gazette.content.settings_file import syntax_faults
from gazette.outputs import fonts
from gazette.site import identity, palette
from gazette.site.identity import Filings, Identity
from gazette.site.palette import Palette


@dataclass(frozen=True)
class Settings:
    """The settings of a build; `text` is that of mkdocs.yml, `identities` are by language."""

    root: Path
    text: str
    identities: Mapping[str, Identity]
    filings: Filings
    report: str
    palette: Palette
    font: fonts.Font | None


def load_settings(root: Path) -> MkDocsConfig:
    """The settings of a project as MkDocs reads them, for a command that builds nothing. Raises ContentError."""
    try:
        return load_config(str(root / identity.FILE))
    except MkDocsException as error:
        text = (root / identity.FILE).read_text(encoding="utf-8", errors="replace")
        malformed = syntax_faults(text)
        refused = Diagnostic(Position(identity.FILE), "settings-refused", {"reason": error})
        raise ContentError(malformed or [refused], root) from error


def read_settings(config: MkDocsConfig) -> tuple[Settings, list[Diagnostic]]:
    """The settings, and what is wrong with them."""
    file = Path(config.config_file_path)
    text = file.read_text(encoding="utf-8")
    identities, problems = identity.read(text, config.extra.get("locales"), config.nav)
    filings, malformed = identity.filings(text)
    report, unfit = identity.report_address(text)
    _, unnamed = public_contacts.read(text)
    colours, illegible = palette.read(text)
    font = fonts.chinese(fonts.folders())
    settings = Settings(file.parent, text, identities, filings, report, colours, font)
    lost = identity.lost_pages(text, config.nav, file.parent)
    return settings, [*problems, *malformed, *unfit, *unnamed, *illegible, *lost]
