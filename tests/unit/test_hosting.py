"""The configurations for hosts of one's own: alike in what they add to the pages, and in a form that the hosts read."""

from __future__ import annotations

import re

from tests.expectations import ROOT

HOSTING = ROOT / "handbook" / "hosting"
NAME = re.compile(r"[A-Za-z-]+")


def of_nginx() -> dict[str, str]:
    text = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
    return dict(re.findall(r'^ {4}add_header (\S+) "([^"]*)" always;$', text, re.MULTILINE))


def of_headers_file() -> dict[str, dict[str, str]]:
    """The headers of each path, by the rules of both hosts: a path at the margin, `Name: value` below it, `#` a comment."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in (HOSTING / "_headers").read_text(encoding="utf-8").splitlines():
        assert len(line) <= 2000  # Cloudflare's limit.
        if line.startswith("#") or not line:
            continue
        if not line.startswith(" "):
            path = line
            continue
        name, _, value = line.strip().partition(": ")
        assert path.startswith("/")
        assert NAME.fullmatch(name)
        assert value
        found.setdefault(path, {})[name] = value
    return found


def test_every_host_adds_the_same_headers_to_every_page() -> None:
    assert of_headers_file() == {"/*": of_nginx()}
    assert {
        "X-Content-Type-Options",
        "Content-Security-Policy",
        "Strict-Transport-Security",
    } <= of_nginx().keys()
