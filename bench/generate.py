"""Write a large synthetic project: this one's machinery and content, and any number of made-up records beside it.

The made-up records lean on each other and on nothing else: whatever content they are put beside, they are sound.

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
SOURCE, PRESS, TOTAL = "synthetic-report", "synthetic-press", "synthetic-total"
PLACES = ("synthetic-east", "synthetic-west", "synthetic-south")
TOPICS = (
    "synthetic-works",
    "synthetic-study",
    "synthetic-talks",
    "synthetic-rules",
    "synthetic-staff",
    "synthetic-press",
)
WHOLES = ("synthetic-first", "synthetic-second", "synthetic-third")
UNITS = {
    "set": ("组", "set", "sets"),
    "day": ("日", "day", "days"),
    "mile": ("里", "li", "li"),
    "room": ("间", "room", "rooms"),
}
TERMS = {
    "synthetic-press": ("合成早报", "The Synthetic Press", "publication"),
    "synthetic-east": ("合成东街", "Synthetic East Street", "place"),
    "synthetic-west": ("合成西街", "Synthetic West Street", "place"),
    "synthetic-south": ("合成南街", "Synthetic South Street", "place"),
    "synthetic-works": ("合成工程", "Synthetic works", "term"),
    "synthetic-study": ("合成学习", "Synthetic study", "term"),
    "synthetic-talks": ("合成座谈", "Synthetic talks", "term"),
    "synthetic-rules": ("合成制度", "Synthetic rules", "term"),
    "synthetic-staff": ("合成用工", "Synthetic staff", "term"),
}
"""What other records are made of, each in both languages: units, places, topics."""

# Words to make sentences from, each in both languages. None of them is a name of the glossary.
SUBJECTS = (
    ("排水沟", "the drains"),
    ("路灯", "the street lamps"),
    ("库房", "the storehouse"),
    ("树池", "the tree pits"),
    ("长椅", "the benches"),
    ("公告栏", "the notice board"),
    ("办事窗口", "the service counter"),
    ("申请表格", "the application forms"),
    ("检测样品", "the test samples"),
    ("冷藏车", "the refrigerated trucks"),
    ("培训教材", "the training notes"),
    ("备用电源", "the backup supply"),
    ("人行道", "the pavement"),
    ("自行车棚", "the bicycle shed"),
    ("阅览室", "the reading room"),
    ("包装线", "the packing line"),
    ("消防通道", "the fire lane"),
    ("账目清单", "the list of accounts"),
    ("值班表", "the duty roster"),
    ("座谈记录", "the minutes of the talk"),
    ("车间通风", "the workshop ventilation"),
    ("饮水点", "the drinking fountain"),
    ("意见箱", "the suggestion box"),
    ("盲道", "the tactile paving"),
    ("雨棚", "the rain shelter"),
    ("花坛", "the flower beds"),
)
PEOPLE = (
    ("两名志愿者", "two volunteers"),
    ("维修人员", "the repair crew"),
    ("附近居民", "residents nearby"),
    ("值守人员", "the people on duty"),
    ("几位店主", "some shopkeepers"),
    ("车间班组", "the workshop teams"),
    ("受邀的工程师", "an invited engineer"),
    ("社区医生", "the local doctor"),
    ("学校师生", "teachers and pupils"),
    ("快递员", "couriers"),
    ("会计", "the bookkeeper"),
    ("园艺工人", "the gardeners"),
)
TIMES = (
    ("周一清早", "early on Monday"),
    ("雨季之前", "before the rainy season"),
    ("入冬以后", "after the start of winter"),
    ("午休时间", "over the midday break"),
    ("傍晚收工后", "after work in the evening"),
    ("月底盘点时", "at the end of the month"),
    ("节日期间", "during the holidays"),
    ("开学前后", "around the start of term"),
    ("大风过后", "after the storm"),
    ("试用期满", "when the trial had ended"),
)
SENTENCES = (
    ("{2}，{1}查看了{0}，并把问题记在{3}旁边。", "{2}, {1} looked over {0} and noted the faults beside {3}."),
    ("{0}比预想的旧，{1}建议先修{3}。", "{0} proved older than expected; {1} advised mending {3} first."),
    ("{1}说，{0}改动之后，{2}最容易看出差别。", "{1} said that the change to {0} is easiest to see {2}."),
    ("{0}和{3}分开管理，{2}由{1}一并核对。", "{0} and {3} are kept apart; {2}, {1} check both together."),
    ("{2}，{0}停用了一段时间，{1}借用了{3}。", "{2}, {0} went out of use for a while, and {1} borrowed {3}."),
    (
        "为了不影响{3}，{1}把{0}的活儿挪到{2}。",
        "so as not to disturb {3}, {1} left the work on {0}, to be done {2}.",
    ),
    ("{1}没有等通知，{2}就把{0}清理干净。", "{1} did not wait for notice and cleared {0} {2}."),
    (
        "有人问起{0}的费用，{1}答复说{3}里写得明白。",
        "asked what {0} cost, {1} answered that {3} made it plain.",
    ),
    ("{0}换了颜色，{1}觉得同{3}更相称。", "{0} got a new colour, which {1} found a better match for {3}."),
    (
        "{2}以来，{1}每次都先看{3}，再看{0}。",
        "{1} always look at {3} first and then at {0}, most of all {2}.",
    ),
    (
        "{0}的图样贴在门口，{1}可以在上面写意见。",
        "a drawing of {0} hangs at the door, and {1} may write on it.",
    ),
    (
        "{1}把{0}与{3}放在一起比较，结论留到{2}再定。",
        "{1} compared {0} with {3}; the decision is to be made {2}.",
    ),
    (
        "{3}修好了，{0}还要等一等，{1}表示理解。",
        "{3} can be used again, {0} must wait, and {1} took it well.",
    ),
    ("{2}人少，{1}便趁这个时候检查{0}。", "few people are about {2}, which is when {1} inspect {0}."),
)


def main() -> None:
    """Read the command line, copy the project, write the records."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=2000, help="how many to make up")
    parser.add_argument("--out", type=Path, required=True, help="a folder that does not exist yet")
    options = parser.parse_args()
    copy_project(options.out)
    write(options.out, options.records)
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


def write(project: Path, records: int) -> None:
    """Put so many made-up records, and what they lean on, beside the content of a project."""
    for made in (base(), files(records)):
        for path, text in made:
            target = project / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")


def base() -> Iterator[tuple[str, str]]:
    """Each file that all made-up records lean on: units, names, a source, a figure and what ways of working are part of."""
    for id_, (zh, one, other) in UNITS.items():
        yield (
            f"data/units/synthetic-{id_}.yml",
            f"# Synthetic.\nzh: {zh}\nen: {{one: {one}, other: {other}}}\n",
        )
    said = "summary: {zh: 供测速用的合成内容。, en: 'Synthetic, for timing.'}\n"
    held = f"evidence: [{{source: {SOURCE}, at: 合成}}]\n"
    for id_, (zh, en, kind) in TERMS.items():
        yield (
            f"data/glossary/{id_}.yml",
            f"title: {{zh: {zh}, en: {en}}}\n{said}kind: {kind}\nenglish: working\n{held}",
        )
    yield (
        f"data/sources/{SOURCE}.yml",
        f"title: {{zh: 合成报道, en: A synthetic report}}\n{said}outlet: {PRESS}\n"
        "byline: {zh: 合成署名, en: A synthetic byline}\npublished: {date: 2026, basis: stated}\n",
    )
    yield (
        f"data/indicators/{TOTAL}.yml",
        f"title: {{zh: 合成总数, en: A synthetic total}}\n{said}group: business\n"
        f"figure: {{value: 147, unit: synthetic-set, source: {SOURCE}, at: 合成147套}}\n"
        "period: to_date\nas_of: {date: 2026, basis: stated}\n",
    )
    for number, id_ in enumerate(WHOLES):
        yield (
            f"data/mechanisms/{id_}.yml",
            f"title: {{zh: 合成机制{'甲乙丙'[number]}, en: Synthetic way {'ABC'[number]}}}\n{said}{held}",
        )


def files(records: int, seed: int = 2026) -> Iterator[tuple[str, str]]:
    """Each made-up file's path and text: `records` of them in turn over the kinds, an article being two files."""
    chance = random.Random(seed)
    for number in range(records):
        yield from KINDS[number % len(KINDS)][1](number, chance).items()


def startup_record(number: int, chance: random.Random) -> dict[str, str]:
    minutes, seconds = chance.randint(20, 90), chance.randint(0, 59)
    return record(
        number,
        chance,
        f"scope: {{zh: 公司注册, en: company registration}}\n"
        f"duration: {{value: {minutes}m{seconds:02}s, {evidence(number, chance, f'{minutes}分{seconds}秒')}}}\n"
        f"date: {{date: {day(chance)}, basis: stated}}\n",
    )


def renovation(number: int, chance: random.Random) -> dict[str, str]:
    place, started, days = chance.choice(PLACES), day(chance), chance.randint(20, 300)
    return record(
        number,
        chance,
        f"place: {place}\nstarted: {{date: {started}, basis: stated}}\n"
        f"duration: {{value: {days}, unit: synthetic-day, {evidence(number, chance, days)}}}\n"
        f"before:\n{points(number, chance, 2)}",
    )


def indicator(number: int, chance: random.Random) -> dict[str, str]:
    """A key figure; every tenth has been corrected."""
    value, was = chance.randint(100, 9999), chance.randint(10, 99)
    group = chance.choice(("alliances", "instructors", "organisation", "business", "street"))
    made = record(
        number,
        chance,
        f"group: {group}\nfigure: {{value: {value}, unit: synthetic-set, {evidence(number, chance, value)}}}\n"
        "period: to_date\nas_of: {date: 2026, basis: stated}\n",
    )
    if number // len(KINDS) % 10 == 0:
        made[f"data/corrections/synthetic-{number}.yml"] = (
            f"figure: indicators/synthetic-{number}\nwas: {{value: {was}, unit: synthetic-set}}\n"
            f"now: {{value: {value}, unit: synthetic-set}}\n"
            "why: {zh: 合成的更正，供测速用。, en: 'A synthetic correction, for timing.'}\n"
            f"date: {{date: {day(chance)}, basis: stated}}\n"
        )
    return made


def mechanism(number: int, chance: random.Random) -> dict[str, str]:
    return record(number, chance, f"part_of: {chance.choice(WHOLES)}\n")


def service(number: int, chance: random.Random) -> dict[str, str]:
    start, miles, rooms = chance.randint(6, 17), chance.randint(1, 40) / 10, chance.randint(20, 900)
    hours = f"{start}:00至{start + 2}:30"
    return record(
        number,
        chance,
        f"place: {chance.choice(PLACES)}\nsince: {{date: {day(chance)}, basis: stated}}\n"
        f"length: {{value: {miles}, unit: synthetic-mile, {evidence(number, chance, miles)}}}\n"
        f"reach: {{value: {rooms}, unit: synthetic-room, {evidence(number, chance, rooms)}}}\n"
        f"timetable: [{{start: '{start:02}:00', end: '{start + 2:02}:30', {evidence(number, chance, hours)}}}]\n",
    )


def term(number: int, chance: random.Random) -> dict[str, str]:
    kind = chance.choice(("organisation", "place", "role", "term"))
    return record(number, chance, f"kind: {kind}\nenglish: working\n")


def policy(number: int, chance: random.Random) -> dict[str, str]:
    return record(number, chance, f"kind: campaign\nissued: {{date: {day(chance)}, basis: stated}}\n")


def honour(number: int, chance: random.Random) -> dict[str, str]:
    return record(number, chance, f"edition: {{date: {day(chance)[:4]}, basis: stated}}\n")


def post(number: int, chance: random.Random) -> dict[str, str]:
    return record(number, chance, f"kind: post\nnamed: {{date: {day(chance)}, basis: stated}}\n")


def source(number: int, chance: random.Random) -> dict[str, str]:
    return record(
        number,
        chance,
        f"outlet: {PRESS}\n"
        "byline: {zh: 合成署名, en: A synthetic byline}\n"
        f"published: {{date: {day(chance)}, basis: stated}}\n",
    )


def article(number: int, chance: random.Random) -> dict[str, str]:
    """Three parts of some hundred characters in all, with figures, links and headings, alike in both languages."""
    title, summary = words(number, chance)
    headings = chance.sample(SUBJECTS, 2)
    tags = {chance.choice(TOPICS), chance.choice(TOPICS), *earlier(number, chance, "glossary", 1)}
    shown = [*earlier(number, chance, "indicators", 2), TOTAL][:2]
    linked = related(number, chance, 3)
    bodies = {"zh": "", "en": ""}
    for part in range(3):
        said = [sentence(chance) for _ in range(chance.randint(4, 9))]
        asked = [f'{{{{ link("{ref}") }}}}' for ref in linked[part : part + 1]]
        asked += [f'{{{{ figure("indicators/{id_}") }}}}' for id_ in shown[part : part + 1]]
        for side, (locale, before, after) in enumerate((("zh", "另见", "。"), ("en", " See also ", "."))):
            heading = f"## {headings[part - 1][side].capitalize()}\n\n" if part else ""
            joined = (" " * side).join(one[side] for one in said)
            bodies[locale] += heading + joined + "".join(before + call + after for call in asked) + "\n\n"
    path = f"news/synthetic-{number}.md"
    return {
        f"docs/zh/{path}": f"---\ntitle: {title[0]}\nsummary: {summary[0]}\n"
        f"date: {{date: {day(chance)}, basis: stated}}\ntags: [{', '.join(sorted(tags))}]\n"
        f"related: [{', '.join(linked)}]\nevidence: [{{{evidence(number, chance)}}}]\n---\n\n{bodies['zh']}",
        f"docs/en/{path}": f"---\ntitle: {title[1]}\nsummary: {summary[1]}\n---\n\n{bodies['en']}",
    }


KINDS: tuple[tuple[str, Callable[[int, random.Random], dict[str, str]]], ...] = (
    ("startup_records", startup_record),
    ("news", article),
    ("renovations", renovation),
    ("indicators", indicator),
    ("mechanisms", mechanism),
    ("services", service),
    ("glossary", term),
    ("policies", policy),
    ("honours", honour),
    ("model_posts", post),
    ("sources", source),
)
"""The collections that are made larger, in the order in which their records take turns."""


def record(number: int, chance: random.Random, own: str) -> dict[str, str]:
    """A record's file, with the fields every record has and those of its own."""
    title, summary = words(number, chance)
    common = f"points:\n{points(number, chance, chance.randint(1, 5))}"
    said = sentence(chance)
    common += f"not_stated: [{{zh: {said[0]}, en: '{said[1]}'}}]\n"
    if found := related(number, chance, 2):
        common += f"related: [{', '.join(found)}]\n"
    return {
        f"data/{reference(number)}.yml": f"title: {{zh: {title[0]}, en: {title[1]}}}\n"
        f"summary: {{zh: {summary[0]}, en: '{summary[1]}'}}\n{own}{common}"
    }


def reference(number: int) -> str:
    """The collection and id of a made-up record; names stand under all letters."""
    collection = KINDS[number % len(KINDS)][0]
    letter = "abcdefghijklmnoprstuwxyz"[number // len(KINDS) % 24]
    return f"{collection}/{f'{letter}-' if collection == 'glossary' else ''}synthetic-{number}"


def earlier(number: int, chance: random.Random, collection: str, most: int) -> list[str]:
    """The ids of at most so many records of a collection that were made before."""
    first = next(place for place, (name, _) in enumerate(KINDS) if name == collection)
    made = range(first, number, len(KINDS))
    return [reference(one).split("/")[1] for one in chance.sample(made, min(most, len(made)))]


def related(number: int, chance: random.Random, most: int) -> list[str]:
    """At most so many records made before, of any collection."""
    return sorted(reference(one) for one in chance.sample(range(number), min(most, number)))


def evidence(number: int, chance: random.Random, said: object = "") -> str:
    """Where a fact, or what is `said`, stands: in a source made before, or in the first one while there is none."""
    (source_id,) = earlier(number, chance, "sources", 1) or [SOURCE]
    return f"source: {source_id}, at: {chance.choice(SUBJECTS)[0]}{said}"


def points(number: int, chance: random.Random, count: int) -> str:
    lines = ((sentence(chance), evidence(number, chance)) for _ in range(count))
    return "".join(f"  - {{text: {{zh: {zh}, en: '{en}'}}, {at}}}\n" for (zh, en), at in lines)


def words(number: int, chance: random.Random) -> tuple[tuple[str, str], tuple[str, str]]:
    """A title and a summary in both languages; the number stands so that no name is the beginning of another."""
    zh, en = chance.choice(SUBJECTS)
    said = sentence(chance)
    return (
        (f"{zh}合成{number}号", f"{en[0].upper()}{en[1:]} {number} (synthetic)"),
        (f"供测速用的合成内容。{said[0]}", f"Synthetic, for timing. {said[1]}"),
    )


def sentence(chance: random.Random) -> tuple[str, str]:
    """One of many thousand sentences, in both languages."""
    shape = chance.choice(SENTENCES)
    one, other = chance.sample(SUBJECTS, 2)
    parts = (one, chance.choice(PEOPLE), chance.choice(TIMES), other)
    zh, en = (form.format(*(part[side] for part in parts)) for side, form in enumerate(shape))
    return zh, en[0].upper() + en[1:]


def day(chance: random.Random) -> str:
    """A day of the ten years from 2026 on."""
    return f"{chance.randint(2026, 2035)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


if __name__ == "__main__":
    main()
