"""Take pictures of every kind of page, in both languages, on a phone and a desktop, light, dark and in care mode.

    make tour

Look at them side by side in bench/results/tour/index.html.
"""

from __future__ import annotations

import html
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page
from tests.browser.serving import Served, serving
from tests.browser.sweep import set_care, sweep

RESULTS = Path(__file__).with_name("results") / "tour"
KINDS = {
    "home": "",
    "list": "alliances/",
    "record": "alliances/services/",
    "board": "startup-records/",
    "board record": "startup-records/taiwen-precision-machinery/",
    "renovations": "renovations/",
    "renovation": "renovations/shop-sign-renewal/",
    "service": "services/music-line/",
    "mechanism": "mechanisms/dual-pairing/",
    "model post": "model-posts/party-member-model-post/",
    "prose": "model/",
    "news": "news/",
    "article": "news/music-line-opens/",
    "timeline": "timeline/",
    "figures": "figures/",
    "indicators": "indicators/",
    "indicator": "indicators/enterprises-covered/",
    "glossary": "glossary/",
    "term": "glossary/dual-pairing/",
    "source": "sources/qlwb-dual-pairing/",
    "empty": "corrections/",
    "about": "about/",
    "missing": "no/such/page/",
}
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
STATES = ("light", "dark", "care", "care-dark")


def main() -> None:
    """Build, serve, take the pictures, lay them out."""
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site:
        kinds = {kind: url for kind, url in KINDS.items() if kind == "missing" or there(site, url)}
        urls = [prefix + url for url in kinds.values() for prefix in ("", "en/")]
        names = {prefix + url: kind for kind, url in kinds.items() for prefix in ("", "en/")}
        taken, missed = 0, set()
        for size, viewport in SIZES.items():

            def shoot(page: Page, url: str, size: str = size) -> list[list[str]]:
                return [photograph(page, picture(names[url], url, size), state) for state in STATES]

            for faults in sweep(site, urls, shoot, viewport=viewport):
                taken += 1
                missed.update(faults)
    (RESULTS / "index.html").write_text(sheet(kinds), encoding="utf-8")
    print(*sorted(missed), f"{taken} pictures: {RESULTS / 'index.html'}", sep="\n")


def there(site: Served, url: str) -> bool:
    return (site.folder / url / "index.html").is_file()


def picture(kind: str, url: str, size: str) -> str:
    """The name of a picture's file, without its state."""
    return f"{kind.replace(' ', '-')}-{'en' if url.startswith('en/') else 'zh'}-{size}"


def photograph(page: Page, name: str, state: str) -> list[str]:
    """The whole page in one state. Every picture of the page is waited for, also those further down."""
    missed = set_care(page, state.startswith("care"))
    page.emulate_media(color_scheme="dark" if state.endswith("dark") else "light", reduced_motion="reduce")
    page.evaluate("""async () => {
      const pictures = [...document.images]
      for (const picture of pictures) picture.loading = "eager"
      await Promise.all(pictures.map(picture => picture.decode().catch(() => null)))
    }""")
    page.screenshot(path=RESULTS / f"{name}-{state}.png", full_page=True)
    set_care(page, False)
    return missed


def sheet(kinds: dict[str, str]) -> str:
    """One page that shows all pictures: a row for each kind of page and size, both languages, all states."""
    rows = "".join(
        f"<section><h2>{html.escape(kind)} · {size}</h2><div class={size}>{cells(kind, size)}</div></section>\n"
        for kind in kinds
        for size in SIZES
    )
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Tour</title>
<style>
  body {{ font: 14px system-ui; margin: 1rem; background: #777; color: #fff }}
  div {{ display: flex; gap: .5rem; overflow-x: auto; align-items: start }}
  figure {{ margin: 0; flex: none }}
  figcaption {{ padding: .2rem 0 }}
  a {{ display: block; max-height: 42rem; overflow: hidden }}
  .phone img {{ width: 195px }}
  .desktop img {{ width: 420px }}
</style>
<h1>Tour</h1>
{rows}</html>
"""


def cells(kind: str, size: str) -> str:
    return "".join(
        f"<figure><figcaption>{locale} · {state}</figcaption>"
        f'<a href="{name}"><img loading="lazy" src="{name}" alt="{kind}, {size}, {locale}, {state}"></a></figure>'
        for locale in ("zh", "en")
        for state in STATES
        for name in [f"{kind.replace(' ', '-')}-{locale}-{size}-{state}.png"]
    )


if __name__ == "__main__":
    main()
