"""Asks other hosts whether they still have what the site links to; only where an editor wants it."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.parse import quote, urlsplit

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped

_HOSTS_AT_ONCE = 4
_ASKER = "Mozilla/5.0 (compatible; gazette-links; checks that links still lead somewhere)"
_ASK_AGAIN = {403, 404, 405, 501}
"""What a host may answer to HEAD that has no quarrel with GET."""


def gone(external: Mapping[str, Position]) -> Iterator[Diagnostic]:
    """The addresses that no page was had from, each at the place that names it."""
    for url, why in unanswered(external).items():
        yield Diagnostic(external[url], "external-link", {"address": url, "reason": why})


def unanswered(urls: Iterable[str], *, patience: float = 10, pause: float = 1) -> Mapping[str, str]:
    """The addresses that no page was had from, each with why.

    A few hosts are asked at once, each for one page at a time with `pause` seconds between two;
    `patience` is how many seconds an answer may take.
    """
    by_host = grouped((urlsplit(url).netloc, url) for url in sorted(set(urls)))

    def ask(host: Sequence[str]) -> dict[str, str]:
        found = {}
        for place, url in enumerate(host):
            if place:
                time.sleep(pause)
            if why := _refusal(url, patience):
                found[url] = why
        return found

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        return {url: why for found in pool.map(ask, by_host.values()) for url, why in found.items()}


def _refusal(url: str, patience: float) -> str:
    """Why an address gives no page; "" where it gives one."""
    address = quote(url, safe="%/:=&?~#+!$,;'@()*[]")
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(address, headers={"User-Agent": _ASKER}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=patience):
                return ""
        except urllib.error.HTTPError as error:
            refusal = f"{error.code} {error.reason}"
            error.close()
            if error.code not in _ASK_AGAIN:
                break
        except (OSError, HTTPException, ValueError) as error:
            return str(getattr(error, "reason", error))
    return refusal
