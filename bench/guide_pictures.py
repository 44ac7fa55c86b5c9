"""Take the pictures of the guide: what it tells is done to a copy of this project, and what an editor then sees is photographed.

make guide
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page, sync_playwright
from tests.browser.desk import Editor, desk_of
from tests.browser.serving import PROJECT, QUIET, chromium, serving

from gazette import cli
from gazette.build.status_page import status_page
from gazette.content.loader import load
from gazette.site.model import build_model

GUIDE = "handbook/guide.zh.md"
IMAGES = PROJECT / "handbook/images"
MOST_BYTES = 60_000
TODAY = date(2026, 11, 30)
"""The day on which the guide is followed."""
_STEP = re.compile(
    r"(?:(?P<how>文件|加到|File|Add to) `(?P<path>[^`]+)`\n\n)?^(?P<indent> *)```(?P<kind>\w*)\n(?P<body>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """A file that the guide shows, which is to be written or added to; or else a command that it gives."""

    text: str
    path: str = ""
    adds: bool = False


def steps(guide: str) -> Iterator[Step]:
    """What the guide has its reader do, in order."""
    for found in _STEP.finditer(guide):
        text = textwrap.dedent(found["body"])
        if found["path"]:
            yield Step(text, found["path"], found["how"] in ("加到", "Add to"))
        else:
            yield from (Step(line) for line in text.splitlines() if line.startswith("gazette "))


def follow(step: Step, root: Path) -> int:
    """Do a step in the project at `root`; returns the status of its command."""
    if not step.path:
        with chdir(root):
            return cli.main(shlex.split(step.text)[1:])
    file = root / step.path
    before = file.read_text(encoding="utf-8") if step.adds else ""
    for name in re.findall(r"file: (\S+\.jpg)", step.text):
        (root / "data/photos").mkdir(exist_ok=True)
        _shelter().save(root / "data/photos" / name, "JPEG")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(before + step.text, encoding="utf-8", newline="\n")
    return 0


def _shelter() -> Image.Image:
    """A drawing of a bus shelter, in the place of a photograph."""
    picture = Image.new("RGB", (900, 400), "#d8e6ee")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 320, 900, 400), "#8a8f94")
    draw.rectangle((250, 90, 650, 110), "#a4231c")
    for left in (270, 620):
        draw.rectangle((left, 110, left + 12, 320), "#55606a")
    draw.rectangle((330, 250, 570, 264), "#7a5a3a")
    return picture


def copied(root: Path) -> Path:
    """A copy of the project, without its history."""
    for name in ("data", "docs", "overrides", "hooks"):
        shutil.copytree(
            PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    shutil.copyfile(PROJECT / "mkdocs.yml", root / "mkdocs.yml")
    return root


def main() -> None:
    """Follow the guide as far as each picture, and take it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = copied(Path(folder, "project"))
        todo = list(steps((PROJECT / GUIDE).read_text(encoding="utf-8")))
        signed = next(number for number, step in enumerate(todo) if "translated" in step.text)
        locked = next(number for number, step in enumerate(todo) if step.text == "gazette lock") + 1
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        page = browser.new_page(viewport={"width": 1000, "height": 620})
        for step in todo[:signed]:
            follow(step, root)
        _status(page, root, Path(folder))
        for step in todo[signed:locked]:
            follow(step, root)
        _desk(page, root)
        with serving(Path(folder, "site"), root) as site:
            for name, url in (
                ("renovation", "renovations/sample-shelters/"),
                ("article", "news/sample-shelters-open/"),
            ):
                page.goto(site.address + url)
                page.wait_for_load_state("networkidle")
                take(page, name)
        follow(next(step for step in todo if step.text.startswith("gazette share")), root)
        page.set_viewport_size({"width": 640, "height": 620})
        page.goto((root / "share/sample-shelters-open/sample-shelters-open-zh.html").as_uri())
        take(page, "wechat")
        browser.close()


def _status(page: Page, root: Path, folder: Path) -> None:
    made = status_page(build_model(load(root)[0], drafts=True)[0], TODAY)
    assert made
    (_, body), _ = made
    (folder / "status.html").write_bytes(body)
    page.goto((folder / "status.html").as_uri())
    take(page, "status")


def _desk(page: Page, root: Path) -> None:
    """The desk: the list and a form, a mistake, the question of a published figure, handing in."""
    as_editor = ("-c", "user.name=Sample", "-c", "user.email=sample@example.org")
    for command in (["init", "-q", "-b", "main"], ["add", "."], [*as_editor, "commit", "-q", "-m", "all"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    with desk_of(root) as desk:
        at_desk = Editor(desk, page)
        at_desk.open("data/renovations/sample-shelters.yml")
        take(page, "desk")
        at_desk.type("2026-13", "completed", "date")
        page.locator(".message").first.scroll_into_view_if_needed()
        take(page, "desk-mistake")
        at_desk.drop()
        at_desk.open("data/renovations/sample-shelters.yml")
        at_desk.field("duration", "value").fill("46")
        at_desk.type("历时46天", "duration", "at")
        page.locator(".message").first.scroll_into_view_if_needed()
        take(page, "desk-correct")
        at_desk.drop()
        page.click("#hand-in")
        page.fill("#ask-hand_in_what", "示例：添加示例路候车亭改造")
        take(page, "desk-hand-in")


def take(page: Page, name: str) -> None:
    """A picture of what is to be seen, in as few colours as make it small."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    for colours in (64, 32, 16, 8):
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MOST_BYTES:
            break
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / f"{name}.png").write_bytes(out.getvalue())
    print(name, len(out.getvalue()), colours)


if __name__ == "__main__":
    main()
