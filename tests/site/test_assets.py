"""Scripts and styles keep their names from one release to the next, so that an older page gets the newest."""

from __future__ import annotations

import re
from pathlib import Path

from tests.zones import Zone

ASSET = re.compile(r'(?:src|href)="[./]*(assets/(?:javascripts|stylesheets)/[^"]+)"')


def asked_for(zone: Zone, url: str = "news") -> dict[str, str]:
    """The scripts and styles that a page asks for, by name; what follows it says what is in them."""
    return dict(address.split("?v=") for address in ASSET.findall(zone.page(url)))


def loaded(zone: Zone) -> dict[str, str]:
    """The scripts that the one that pages ask for loads."""
    loader = (zone.root / "site/assets/javascripts/record.js").read_text(encoding="utf-8")
    return dict(re.findall(r'"([\w.-]+)\?v=(\w+)"', loader))


def test_what_a_page_asks_for_is_there_after_a_change_under_the_same_name(zone: Zone) -> None:
    zone.build()
    before, scripts = asked_for(zone), loaded(zone)
    assert len(before) == 3
    for file in ("stylesheets/care.css", "javascripts/care.js"):
        path = zone.root / "overrides/assets" / file
        path.write_text(path.read_text(encoding="utf-8") + "/* changed */\n", encoding="utf-8")
    assert zone.build().status == 0
    after = asked_for(zone)
    assert before.keys() == after.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"assets/stylesheets/record.css", "assets/javascripts/record.js"}
    assert {name for name, version in loaded(zone).items() if version != scripts[name]} == {"care.js"}
    for name in before:
        assert Path(zone.root / "site" / name).is_file()


def test_every_script_of_the_overrides_is_loaded(zone: Zone) -> None:
    zone.build()
    ours = {file.name for file in (zone.root / "overrides/assets/javascripts").iterdir()}
    missing = ASSET.findall((zone.root / "site/404.html").read_text(encoding="utf-8"))
    asked = {
        name.rpartition("/")[2] for name in [*asked_for(zone), *(one.split("?v=")[0] for one in missing)]
    }
    assert loaded(zone).keys() | asked >= ours
