"""Addresses of the web: which are well formed, and which words are the address of another place."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

_LABEL = "(?![Xx][Nn]--)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
HOST = rf"(?:(?:{_LABEL}\.)+[A-Za-z]{{2,}}|(?:[1-9]?[0-9]|[12][0-9]{{2}})(?:\.(?:[1-9]?[0-9]|[12][0-9]{{2}})){{3}})"
"""A host in ASCII letters and no code for others, which may look like these; or four numbers."""
WEB = rf"https?://{HOST}(?::[0-9]{{1,5}})?(?![^/?#])"
"""The beginning of a well-formed address, up to its path: no name or password before the host, no part left out."""
WHOLE = rf"^{WEB}[^\s（）“”，。、；]*$(?!\n)"
"""All of one, as a field has it; what it is copied with from a Chinese sentence is no part of it."""
_WEB = re.compile(WEB, re.IGNORECASE)
_ELSEWHERE = re.compile(r"https?:|[/\\]{2}", re.IGNORECASE)
_SAID = re.compile(r"(?:https?://|(?<![a-z0-9.-])(?=www\.))([a-z0-9.-]+|[\w.-]+)")
"""A host in words, by what it begins with."""
_TOPS = (
    "biz|cn|com|de|edu|eu|fr|gov|hk|info|int|io|jp|kr|mil|mo|net|online|org|ru|sg|site|top|tw|uk|us|vip|xyz"
)
_ALONE = re.compile(rf"((?:[a-z0-9-]+\.)+(?:{_TOPS}))(?:[:/?#]\S*)?")
"""Words that are a host and no more; the name of a file, or `Node.js`, is none."""
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_AROUND = " ()[]<>《》“”\"'。，、：:;；.,"


def is_web(address: str) -> bool:
    """Whether an address is one of the web, however it is written: browsers leave out white space, and read \\ as /."""
    return bool(_ELSEWHERE.match("".join(address.split())))


def is_well_formed(address: str) -> bool:
    """Whether an address of the web is whole and names its host as it is."""
    return bool(_WEB.match(address))


def misleads(words: str, address: str) -> bool:
    """Whether words are, or hold, an address of another host than a link leads to."""
    said = unicodedata.normalize("NFKC", words).casefold().strip(_AROUND)
    if _MAIL.fullmatch(said):
        return said not in unquote(address).casefold()
    hosts = [found[1] for found in _SAID.finditer(said)]
    if alone := _ALONE.fullmatch(said):
        hosts.append(alone[1])
    return any(_bare(host) != _bare(_host(address)) for host in hosts)


def _host(address: str) -> str:
    found = re.match(rf"https?://({HOST})", address.strip(), re.IGNORECASE)
    return found[1] if found else ""


def _bare(host: str) -> str:
    return host.casefold().strip(".-").removeprefix("www.")
