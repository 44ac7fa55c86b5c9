"""What a shared link says of a page: its own words in its language, and an image that is there."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest
from PIL import Image

from tests.expectations import ENGINE
from tests.zones import Zone

ADDRESS = "https://record.example/zone/"
WITHOUT_FONTS = f"""
from gazette.outputs import fonts
fonts.folders = tuple
from {ENGINE}.__main__ import cli
cli(["build", "--strict"])
"""


def card(zone: Zone, url: str) -> dict[str, str]:
    """The properties that a page's head gives to whoever shows a link to it."""
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', zone.page(url))
    assert len(found) == len(dict(found))
    return {name: unescape(content) for name, content in found}


def test_every_page_is_shared_in_its_own_words_and_language(zone: Zone) -> None:
    assert zone.build(SITE_URL=ADDRESS).status == 0
    pages = [path.removesuffix("index.html") for path in zone.published() if path.endswith("index.html")]
    assert len(pages) > 15
    for url in pages:
        html = zone.page(url)
        said = card(zone, url)
        (title,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html)
        (description,) = re.findall(r'<meta name="[Dd]escription" content="([^"]*)">', html)
        english = url.startswith("en/")
        assert said["og:title"] == unescape(title)
        assert said["og:description"] == unescape(description)
        assert said["og:site_name"] == ("The Sample Record" if english else "样例纪事")
        assert said["og:locale"] == ("en_US" if english else "zh_CN")
        assert said["og:locale:alternate"] == ("zh_CN" if english else "en_US")
        assert said["og:type"] == ("article" if re.search(r"news/[a-z]", url) else "website")
        assert said["og:url"] == ADDRESS + url
        assert said["twitter:card"] == "summary_large_image"
        image = zone.root / "site" / said["og:image"].removeprefix(ADDRESS)
        with Image.open(image) as picture:
            assert (str(picture.width), str(picture.height)) == (
                said["og:image:width"],
                said["og:image:height"],
            )
            assert picture.format == "PNG"


@pytest.mark.parametrize(
    ("url", "name", "words"),
    [
        ("", "zh-index", "样例纪事 · 一个样例"),
        ("alliances/tea/", "zh-alliances", "联盟 · 样例纪事 · 一个样例"),
        ("en/alliances/", "en-alliances", "Alliances · The Sample Record · A sample"),
        ("en/news/tea-meets/", "en-news", "News · The Sample Record · A sample"),
        ("en/method/", "en-method", "Method · The Sample Record · A sample"),
        ("startup-records/kiln/", "zh-index", "样例纪事 · 一个样例"),
    ],
)
def test_a_page_shows_the_image_of_its_section(zone: Zone, url: str, name: str, words: str) -> None:
    zone.build(SITE_URL=ADDRESS)
    said = card(zone, url)
    assert re.fullmatch(rf"{ADDRESS}assets/share/{name}-\w+\.png", said["og:image"])
    assert said["og:image:alt"] == words


def test_without_an_address_nothing_absolute_is_claimed(zone: Zone) -> None:
    assert zone.build().status == 0
    said = card(zone, "en/alliances/tea")
    assert said["og:title"] == "Tea Alliance"
    assert not {"og:url", "og:image"} & said.keys()


def test_hostile_words_stay_words(zone: Zone) -> None:
    hostile = """'"><script src=x & <b"""
    zone.edit("data/alliances/tea.yml", "en: Tea Alliance", f"en: '{hostile.replace(chr(39), chr(39) * 2)}'")
    assert zone.build(SITE_URL=ADDRESS).status == 0
    assert card(zone, "en/alliances/tea")["og:title"] == hostile


def test_a_machine_without_a_chinese_font_is_told_once_and_builds(zone: Zone) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS],
        cwd=zone.root,
        env={"SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("没有找到中文字体") == 1
    assert done.stderr.count("No Chinese font was found") == 1
    assert len(list((zone.root / "site/assets/share").iterdir())) == 8
