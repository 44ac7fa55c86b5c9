"""Mistakes that people make in a text: in a sign, a line, what they paste, its line ends, its lists and tables, its YAML."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mistyped = tuple[str, str]
"""A text with a mistake in it, and what that is."""

SIGNS = (
    *"*_`#|<>[](){}\\&:\"'-+~!^=%$@?.,;/ \t\n甲a1", "　", "“", "”", "‘", "（", "）", "＃", "｜", "【", "：", "，", "·", "{{", "}}", "{%", "%}",
    "{#", "#}", "{: .a }", "**", "__", "``", "```", "~~~", "---", "===", "<b>", "</b>", "<div>", "</div>", "<ABC公司>", "<br>", "<!--",
    "&nbsp;", "&lt;", "](", "](a.md)", "[^1]", "[1]: ", "[TOC]", "https://example.org", "  \n", "\n\n", "\n\n\n", "\n    ", " #", "\u200b", "\ufeff",
    "\u00a0", "\u2009", "\u3164", "\u200d", "👍🏽", "𠮷", "é", "①", "％", "～", "——", "…", "㎡", "[图片]", "$x$", "==", "[[", "]]", "<!-- 甲 -->", "\\n",
)  # fmt: skip
STARTS = (
    "- ", "* ", "+ ", "1. ", "2. ", "1) ", "2021. ", "# ", "## ", "##", "> ", ": ", "| ", "    ", "  ", "   ", " ", "\t", "　　", "• ", "1、", "=== ",
    "---", "```\n", "{# ", "zh: ", "\u00a0\u00a0", "●\t", "·", "–\t", "①", "（一）", "一、", "1）", "1．", "１. ", "- [ ] ", "*", "-", "&nbsp;&nbsp;", "!!! note ",
    "[^1]: ", "*[甲]: ", "\ufeff", "...\n", "---\n", "# 注\n", "#注\n",
)  # fmt: skip
_FULL_WIDTH = {code: code + 0xFEE0 for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
_HALF_WIDTH = str.maketrans("，。：；（）！？“”", ',.:;()!?""')
PASTED: tuple[Callable[[str], str], ...] = (
    lambda line: line.replace(" ", "\u00a0"),
    lambda line: re.sub(r"(?<=\S) ", "\u00a0", line, count=1),
    lambda line: f"\u3000\u3000{line.lstrip()}",
    lambda line: f"{line}\u3000",
    lambda line: f"{line}\u00a0",
    lambda line: line.replace("，", "\t"),
    lambda line: line.replace("，", "\u2028"),
    lambda line: line.replace("，", "，\v"),
    lambda line: line.replace("，", "，\u200b"),
    lambda line: line.replace(" ", "  "),
    lambda line: line.translate(_FULL_WIDTH),
    lambda line: line.translate(_HALF_WIDTH),
    lambda line: re.sub(r"[\"'](.*?)[\"']", r"“\1”", line),
    lambda line: f"“{line.strip()}”",
    lambda line: line.replace("-", "–"),
    lambda line: line.replace("-", "\u2011"),
    lambda line: f'<p style="text-align: justify;"><span>{line}</span></p>',
    lambda line: f"<section>{line}</section>",
    lambda line: f"<strong>{line}</strong>",
    lambda line: f"<p>{line}</p>",
    lambda line: f"**{line}**",
    lambda line: f"*{line.strip()}*",
    lambda line: f"**{line.strip()} **",
    lambda line: f"{line}<br/>",
    lambda line: f"{line}\\",
    lambda line: f"&nbsp;&nbsp;{line}",
    lambda line: f"[{line.strip()}](https://example.org/?a=1&b=2)",
    lambda line: f"{line} https://example.org/（甲）",
    lambda line: f"{line}👍🏽",
    lambda line: f"![]({line.strip()})",
    lambda line: f"`{line.strip()}",
    lambda line: line.replace("（", "<").replace("）", ">"),
    lambda line: "".join(f"{sign}\u0301" if sign.isalpha() else sign for sign in line),
)
"""A line as Word, WeChat or a web page has it."""
LINE_ENDS: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("\n", "\r"),
    lambda text: text.replace("\n", "\r\n", text.count("\n") // 2),
    lambda text: text.replace("\n", "\n\r"),
    lambda text: text.replace("\n", "\r\r\n"),
    lambda text: text.replace("\n", "\n\n"),
    lambda text: text.replace("\n", " \n"),
    lambda text: text.replace("\n", "\t\n"),
    lambda text: f"\ufeff{text}",
    lambda text: f"\n{text}",
    lambda text: text.rstrip("\n"),
    lambda text: f"{text}\n\n\n",
    lambda text: f"{text}\x1a",
    lambda text: f"{text}\n\u3000\n",
)
YAML_VALUES = (
    "{}:{}", "{}：{}", "{}： {}", "{} :{}", "{} : {}", "{}", "{}:", "{}: {}: {}", "{}: {} # 注", "{}: {}# 注", "{}: #{}", "{}: \"{}", "{}: '{}", "{}: {}\"",
    "{}: “{}”", "{}: ‘{}’", "{}: \"{}\"\"", "{}: \"{}\\\"", "{}: \"{}\" 甲", "{}: \"\"", "{}: ''", "{}: ~", "{}: null", "{}: yes", "{}: &a {}", "{}: *a", "{}: *{}",
    "{}: &{}", "{}: !!str {}", "{}: !a {}", "{}: @{}", "{}: %{}", "{}: `{}`", "{}: [{}]", "{}: [{}", "{}: {{{}}}", "{}: {{{}", "{}: - {}", "{}: ? {}", "? {}\n: {}",
    "{}: |\n{}", "{}: |\n  {}", "{}: |\n      {}", "{}: >\n      {}", "{}: >-\n    {}", "{}: |2\n    {}", "{}: |+\n      {}\n\n", "{}: | {}", "{}: > {}", "{}:\n      {}",
    "{}:\n{}", "{}:\n      - {}", "{}: {}\n甲", "{}: {}\n      甲", "{}: {}\n\n      甲", "{}:\t{}", "\t{}: {}", "\"{}\": {}", "- {}: {}", "<<: {}", "{}: {},",
    "{}: {}\n---", "{}: {}\n...", "{}: {}\n# 注", "{}: {}\n      # 注", "{}:: {}", "{}; {}", "{}= {}", "**{}**: {}", "{}: **{}**", "{}: <{}>", "{}: 甲{}", "{}: {}。",
)  # fmt: skip
"""A key and its value as they may be mistyped."""
DATES = (
    "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0}{1}{2}", "{2}/{1}/{0}", "{0}-{2}-{1}", "{0}-{1}", "{0}", "{0}—{1}—{2}", "{0}-{1}-{2} 09:00", "{0}-{1}-{2}T00:00:00Z",
    "{0}-{1}-32", "{0}-13-{2}", "{0}- {1}-{2}", "{0}-{1}-{2}日", "'{0}-{1}-{2}", "{1}-{2}", "{0}-{1}-{2}/{2}", "{0}-Q3", "２０２１-{1}-{2}",
)  # fmt: skip
NUMBERS = (
    "{0},000", "{0}．5", "{0}.0", "0{0}", "{0} 000", "+{0}", "-{0}", "{0}e3", "0x{0}", "约{0}", "{0}+", "{0}%", "{0}_000", "一百", "{0}-{0}", "{0}：{0}", ".{0}", "{0}.", "{0}万",
)  # fmt: skip
KEY = re.compile(r"^([ ]*(?:- )?)([A-Za-z_]+): ?(.*)$")


def mistyped(text: str, chance: random.Random) -> Mistyped:
    """A text with one mistake in it, and what that is."""
    return chance.choice(KINDS)(text, chance)


def _sign(text: str, chance: random.Random) -> Mistyped:
    at, sign = chance.randrange(len(text)), chance.choice(SIGNS)
    return text[:at] + sign + text[at:], f"{sign!r} at {at}"


def _slip(text: str, chance: random.Random) -> Mistyped:
    """A sign left out, twice, or before the one it comes after; a line broken."""
    at = chance.randrange(len(text))
    two = text[at : at + 2]
    other = chance.choice(("", text[at] * 2, f"\n{text[at]}", two[::-1]))
    end = at + (2 if other == two[::-1] else 1)
    return text[:at] + other + text[end:], f"{other!r} for {text[at:end]!r} at {at}"


def _quote(text: str, chance: random.Random) -> Mistyped:
    quotes = [place for place, sign in enumerate(text) if sign in "\"'“”‘’"] or [chance.randrange(len(text))]
    at, other = chance.choice(quotes), chance.choice("\"'“”‘’")
    return text[:at] + other + text[at + 1 :], f"{other} for {text[at]!r} at {at}"


def _start(text: str, chance: random.Random) -> Mistyped:
    """What lines begin with, before one line or a few."""
    lines = text.split("\n")
    line, start = chance.randrange(len(lines)), chance.choice(STARTS)
    end = line + chance.choice((1, 1, 2, 3))
    lines[line:end] = [start + each for each in lines[line:end]]
    return "\n".join(lines), f"{start!r} before lines {line + 1} to {end}"


def _indent(text: str, chance: random.Random) -> Mistyped:
    """A line or a few moved to the right or left."""
    lines = text.split("\n")
    line, width = chance.randrange(len(lines)), chance.randint(1, 5)
    end = line + chance.choice((1, 1, 2, 4))
    left = chance.random() < 0.5
    lines[line:end] = [
        re.sub(rf"^ {{1,{width}}}", "", each) if left else " " * width + each for each in lines[line:end]
    ]
    return "\n".join(lines), f"lines {line + 1} to {end} by {-width if left else width}"


def _lines(text: str, chance: random.Random) -> Mistyped:
    """Lines joined, left out, twice, or elsewhere."""
    lines = text.split("\n")
    line, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.choice(("joined", "left out", "twice", "moved"))
    taken = lines.pop(line)
    if what == "joined":
        lines[line : line + 1] = [taken + "".join(lines[line : line + 1])]
    elif what == "twice":
        lines[line:line] = [taken, taken]
    elif what == "moved":
        lines.insert(to, taken)
    return "\n".join(lines), f"line {line + 1} {what}{f' to {to + 1}' if what == 'moved' else ''}"


def _pasted(text: str, chance: random.Random) -> Mistyped:
    lines = text.split("\n")
    line = chance.choice([number for number, each in enumerate(lines) if each.strip()])
    before = lines[line]
    key = KEY.match(before) if chance.random() < 0.7 else None  # What is pasted is a value, or the line.
    start = key.start(3) if key else 0
    lines[line] = before[:start] + chance.choice(PASTED)(before[start:])
    return "\n".join(lines), f"line {line + 1} as {lines[line]!r}"


def _line_ends(text: str, chance: random.Random) -> Mistyped:
    other = chance.choice(LINE_ENDS)(text)
    return other, f"line ends: {other[:20]!r} … {other[-20:]!r}"


def _block(text: str, chance: random.Random) -> Mistyped:
    """A line as a table, a heading, a quotation, a list."""
    lines = text.split("\n")
    line = chance.choice([number for number, each in enumerate(lines) if each.strip()])
    words = lines[line].strip()
    made = chance.choice(
        (
            f"| {words} |\n| --- |\n| {words} |", f"| {words} | 甲 |\n|---|---|\n| {words} |", f"{words} | 甲\n--- | ---\n乙 | 丙 | 丁", f"| {words} | 甲 |",
            f"｜{words}｜甲｜", f"\n| {words} |\n| :-: |\n| `a|b` |\n", f"##{words}", f"\n## {words}\n", f"## {words} ##", f"{words}\n---", f"{words}\n===", f"# {words}",
            f"＃＃ {words}", f"###### {words}\n####### {words}", f"> {words}\n甲", f">{words}", f"甲：\n- {words}\n- 乙", f"\n- {words}\n\n  乙\n\n    丙\n", f"\n1. {words}\n1. 乙\n",
            f"\n- {words}\n    - 乙\n        - 丙\n", f"\n- {words}\n  - 乙\n", f"\n* {words}\n* * *\n", f"\n3. {words}\n", f"```\n{words}\n```", f"\n```text\n{words}\n```\n", f"\n    {words}\n",
            f"{words}\n: 甲", f"{words}[^1]\n\n[^1]: 甲\n", f"<details><summary>{words}</summary>甲</details>", f"\n<div>\n{words}\n</div>\n", f"\n---\n\n{words}\n\n***\n",
        )
    )  # fmt: skip
    lines[line] = made
    return "\n".join(lines), f"line {line + 1} as {made!r}"


def _yaml(text: str, chance: random.Random) -> Mistyped:
    """A key and its value otherwise."""
    lines = text.split("\n")
    line = chance.choice([number for number, each in enumerate(lines) if KEY.match(each)] or [0])
    found = KEY.match(lines[line])
    if found is None:
        return _line_ends(text, chance)
    indent, key, value = found.groups()
    form = chance.choice(YAML_VALUES)
    made = form.format(key, *[value.strip("\"'")] * 2)
    lines[line] = indent + made.replace("\n", "\n" + " " * chance.choice((0, len(indent))))
    return "\n".join(lines), f"line {line + 1} as {lines[line]!r}"


def _again(text: str, chance: random.Random) -> Mistyped:
    """A key twice."""
    lines = text.split("\n")
    line = chance.choice([number for number, each in enumerate(lines) if KEY.match(each)] or [0])
    to = chance.choice((line, line + 1, len(lines)))
    lines.insert(to, lines[line])
    return "\n".join(lines), f"line {line + 1} again as line {to + 1}"


def _amount(text: str, chance: random.Random) -> Mistyped:
    """A date or a number in another form."""
    dates = [*re.finditer(r"(\d{4})-(\d\d)-(\d\d)", text)]
    numbers = [*re.finditer(r"\d+(?:\.\d+)?", text)]
    found = chance.choice(dates if dates and chance.random() < 0.5 else numbers or [re.match("", text)])
    assert found
    parts = found.groups() or (found[0],)
    other = chance.choice(DATES if len(parts) > 1 else NUMBERS).format(*parts)
    return text[: found.start()] + other + text[
        found.end() :
    ], f"{other!r} for {found[0]!r} at {found.start()}"


KINDS = (
    _sign, _sign, _sign, _slip, _slip, _slip, _quote, _start, _start, _indent, _indent, _lines, _pasted, _pasted, _line_ends, _block, _block, _yaml, _yaml,
    _yaml, _again, _amount,
)  # fmt: skip
"""What can go wrong; what happens more often stands here more often."""
