"""Write a large synthetic project: this one's machinery and content, and any number of made-up records beside it.

    python bench/generate.py --records 2000 --out /tmp/large
    cd /tmp/large && mkdocs build --strict

The same number gives the same bytes. Made-up records say that they are; they are never part of the real site.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[1]
SOURCE = "qlwb-dual-pairing"


def main() -> None:
    """Read the command line, copy the project, write the records."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=2000, help="how many to make up")
    parser.add_argument("--out", type=Path, required=True, help="a folder that does not exist yet")
    options = parser.parse_args()
    copy_project(options.out)
    for path, text in files(options.records):
        target = options.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    print(f"{options.records} synthetic records in {options.out}")


def copy_project(out: Path) -> None:
    """Copy the files git tracks, which are all a build needs."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True, encoding="utf-8"
    )
    out.mkdir(parents=True)
    for name in tracked.stdout.split("\0"):
        if name and name.split("/")[0] in {"data", "docs", "hooks", "overrides", "mkdocs.yml"}:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, out / name)


def files(records: int, seed: int = 2026) -> Iterator[tuple[str, str]]:
    """Each made-up file's path and text: `records` of them in turn over the kinds, an article being two files."""
    chance = random.Random(seed)
    kinds: tuple[Callable[[int, random.Random], dict[str, str]], ...] = (
        startup_record,
        article,
        renovation,
        indicator,
        mechanism,
        service,
        term,
        policy,
        honour,
        post,
        source,
    )
    for number in range(records):
        yield from kinds[number % len(kinds)](number, chance).items()


def startup_record(number: int, chance: random.Random) -> dict[str, str]:
    duration = f"{chance.randint(20, 90)}m{chance.randint(0, 59):02}s"
    return record(
        "startup_records",
        number,
        f"scope: {{zh: 公司注册, en: company registration}}\n"
        f"duration: {{value: {duration}, source: {SOURCE}, at: 29分06秒}}\n"
        f"date: {{date: {day(chance)}, basis: stated}}\n"
        f"related: [alliances/{chance.choice(('services', 'biomedicine', 'food-beverage'))}]\n",
    )


def renovation(number: int, chance: random.Random) -> dict[str, str]:
    return record(
        "renovations",
        number,
        f"started: {{date: {day(chance)}, basis: stated}}\n"
        f"duration: {{value: {chance.randint(20, 300)}, unit: day, source: {SOURCE}, at: 180天}}\n",
    )


def indicator(number: int, chance: random.Random) -> dict[str, str]:
    return record(
        "indicators",
        number,
        f"group: business\nfigure: {{value: {chance.randint(1, 9999)}, unit: enterprise, source: {SOURCE}, at: 147家}}\n"
        f"period: to_date\nas_of: {{date: {day(chance)}, basis: stated}}\n",
    )


def mechanism(number: int, chance: random.Random) -> dict[str, str]:
    points = "".join(
        f"  - {{text: {{zh: 合成语句{n}。, en: Synthetic statement {n}.}}, source: {SOURCE}, at: 五大联盟}}\n"
        for n in range(chance.randint(2, 8))
    )
    return record("mechanisms", number, f"points:\n{points}")


def service(number: int, chance: random.Random) -> dict[str, str]:
    return record(
        "services",
        number,
        f"since: {{date: {day(chance)}, basis: stated}}\n"
        f"reach: {{value: {chance.randint(20, 900)}, unit: shop, source: {SOURCE}, at: 120家}}\n",
    )


def term(number: int, chance: random.Random) -> dict[str, str]:
    return record(
        "glossary",
        number,
        f"kind: {chance.choice(('organisation', 'place', 'role', 'term'))}\nenglish: working\n",
        before=chance.choice("abcdefghijklmnoprstuwxyz") + "-",
    )


def policy(number: int, chance: random.Random) -> dict[str, str]:
    return record("policies", number, f"kind: campaign\nissued: {{date: {day(chance)}, basis: stated}}\n")


def honour(number: int, chance: random.Random) -> dict[str, str]:
    return record("honours", number, f"edition: {{date: {day(chance)[:4]}, basis: stated}}\n")


def post(number: int, chance: random.Random) -> dict[str, str]:
    return record("model_posts", number, f"kind: post\nnamed: {{date: {day(chance)}, basis: stated}}\n")


def source(number: int, chance: random.Random) -> dict[str, str]:
    return record(
        "sources",
        number,
        "outlet: qilu-evening-news\nbyline: {zh: 合成署名, en: A synthetic byline}\n"
        f"published: {{date: {day(chance)}, basis: stated}}\n",
    )


def article(number: int, chance: random.Random) -> dict[str, str]:
    path = f"news/synthetic-{number}.md"
    figure = '{{ figure("indicators/enterprises-covered") }}'
    return {
        f"docs/zh/{path}": f"---\ntitle: 合成文章 {number}\nsummary: 供测速用的合成文章。\n"
        f"date: {{date: {day(chance)}, basis: stated}}\ntags: [dual-pairing]\nrelated: [alliances/services]\n"
        f"evidence: [{{source: {SOURCE}, at: 五大联盟}}]\n---\n\n" + f"合成段落，{figure}。\n\n" * 5,
        f"docs/en/{path}": f"---\ntitle: Synthetic article {number}\nsummary: A synthetic article for timing.\n---\n\n"
        + f"A synthetic paragraph, {figure}.\n\n" * 5,
    }


def record(collection: str, number: int, own: str, before: str = "") -> dict[str, str]:
    """A record file with the fields every record has and those of its own."""
    return {
        f"data/{collection}/{before}synthetic-{number}.yml": f"title: {{zh: 合成记录 {number}, en: Synthetic record {number}}}\n"
        "summary: {zh: 供测速用的合成记录。, en: A synthetic record for timing.}\n"
        f"evidence: [{{source: {SOURCE}, at: 五大联盟}}]\n{own}"
    }


def day(chance: random.Random) -> str:
    """A day of the ten years from 2026 on."""
    return f"{chance.randint(2026, 2035)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


if __name__ == "__main__":
    main()
