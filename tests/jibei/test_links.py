"""No link of the published site is dead, below the path of a project's pages as at the root of a host."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.outputs.link_check import follow
from tests.jibei.conftest import ADDRESS
from tests.zones import Zone


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_the_published_site_has_no_dead_link(copy: Path, address: str) -> None:
    build = Zone(copy).build(SITE_URL=address)
    assert build.status == 0, build.said
    links = follow(copy / "site", address)
    assert [str(message) for message in links.dead] == []
    assert links.files > 250
    assert links.count > 10_000
