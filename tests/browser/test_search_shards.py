"""Search over several shards, as a large site has them: they answer as one."""

from __future__ import annotations

import functools
import shutil
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser

from gazette.outputs import search
from gazette.outputs.publication import write
from gazette.outputs.search.engine import indexed
from gazette.outputs.search.entry import Facts, entry
from gazette.site.pages import Page
from tests.browser.serving import MOUNT, Handler

SHARDS = ("newest", "older", "oldest")
EACH = 60

FIND = """async ({base, parts, queries}) => {
  const {open} = await import(`${base}${parts[0]}/find.js`)
  const {find, read} = await open(base, parts, "zh")
  const found = {}
  for (const [query, ...facets] of queries)
    found[[query, ...facets].join()] = (await Promise.all((await find(query, facets)).map(read))).map(page => [page.address, page.title])
  return found
}"""


def title(number: int) -> str:
    return f"第{number:03}号企业"


def build(root: Path) -> None:
    """Pages of as many characters that follow each other as make many pieces of an index, a page of each number."""
    folder = root / MOUNT
    folder.mkdir()
    for name in ("index", "404"):
        (folder / f"{name}.html").write_text('<html lang="zh"><title>x</title>', encoding="utf-8")
    for place, shard in enumerate(SHARDS):
        entries = []
        for number in range(place * EACH, place * EACH + EACH):
            text = "".join(chr(0x4E00 + (number * 7 + step * step) % 3000) for step in range(200))
            page = Page("zh", f"n{number}", title(number), "", "", "")
            facts = Facts(page, {"title": page.title}, [f"year{2000 + place}"])
            entries.append(entry(facts, [text, f"编号{number:03}完"]))
        write(indexed(entries, "zh", shard), folder / "search" / "zh" / shard)
    shutil.copy(Path(search.__file__).with_name("find.js"), folder / "search" / "zh" / SHARDS[0])


def test_shards_answer_as_one(browser: Browser, tmp_path: Path) -> None:
    build(tmp_path)
    assert len([*Path(tmp_path, MOUNT, "search", "zh", SHARDS[0], "index").iterdir()]) > 5
    handler = functools.partial(Handler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/{MOUNT}/"
        page = browser.new_page()
        page.goto(address)
        queries = [["号企"], ["编号"], ["编号059完"], ["号企", "year2001"], ["第1"], ["号企业们"]]
        asked = {"base": f"{address}search/zh/", "parts": SHARDS, "queries": queries}
        found = page.evaluate(FIND, asked)
        page.close()
        server.shutdown()

    def pages(numbers: range) -> list[list[str]]:
        return [[f"{address}n{number}/", title(number)] for number in sorted(numbers)]

    def in_order(found: list[list[str]]) -> list[list[str]]:
        return sorted(found, key=lambda one: one[1])

    every = range(len(SHARDS) * EACH)
    assert in_order(found["号企"]) == in_order(found["编号"]) == pages(every)
    assert found["编号059完"] == pages(range(59, 60))
    assert in_order(found["号企,year2001"]) == pages(range(EACH, 2 * EACH))
    assert in_order(found["第1"]) == pages(range(100, 180))
    assert found["号企业们"] == [], "the end of a text was taken for what it begins"
