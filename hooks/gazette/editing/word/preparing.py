"""Makes of a .docx one that mammoth reads whole: as the reader of the document sees it, and no more.

mammoth leaves out what it does not know. So changes are accepted, fields, text boxes and readings taken out of their
wrappers, numbers typed; what is dropped is counted; and the text that must come out of it is known.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from gazette.base.invisible import CONTROL, FORMAT
from gazette.base.messages import Refused
from gazette.editing.word.numbering import Element, W, numbering, parse

LABEL = re.compile("\ue000(\\d)([^\ue001]*)\ue001")
"""The level and the number of a paragraph, where they stand in its text."""
_MOST_BYTES = 200 * 1024 * 1024
_OLD = b"\xd0\xcf\x11\xe0"
"""How a .doc begins, and a .docx with a password."""
_UNSEEN = re.compile(rf"[\s\ue000\ue001{FORMAT}{CONTROL}]")
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_AROUND = {"header": "word-headers", "footer": "word-footers"}
_CHARTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)


class Prepared(NamedTuple):
    """A .docx as mammoth is to read it, what was dropped of it by the name of a message, all of its text, how many pictures."""

    file: io.BytesIO
    dropped: Counter[str]
    text: str
    pictures: int


def prepared(file: Path) -> Prepared:
    """A .docx made ready. Raises Refused for what is none."""
    raw = file.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(one.file_size for one in parts.infolist()) > _MOST_BYTES:
                raise Refused("word-too-large", file=file.name)
            return _prepared({name: parts.read(name) for name in parts.namelist()})
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, etree.XMLSyntaxError):
        code = "word-old-or-locked" if raw.startswith(_OLD) else "word-unreadable"
        raise Refused(code, file=file.name) from None


def seen(text: str) -> str:
    """A text without white space and what nobody sees."""
    return _UNSEEN.sub("", text)


def _prepared(parts: dict[str, bytes]) -> Prepared:
    name = _main_part(parts)
    folder = name.rpartition("/")[0]

    def part(of: str) -> Element | None:
        raw = parts.get(f"{folder}/{of}.xml")
        return None if raw is None else parse(raw)

    document, styles = parse(parts[name]), part("styles")
    dropped: Counter[str] = Counter()
    _take_alternatives(document)
    _accept_changes(document, dropped)
    _unwrap(document, dropped)
    _drop(document, styles, dropped)
    _move_text_boxes(document, dropped)
    _type_numbers(document, part("numbering"), styles)
    for other, raw in parts.items():
        if found := re.fullmatch(rf"{folder}/(header|footer)\d*\.xml", other):
            dropped[_AROUND[found[1]]] += bool("".join(parse(raw).itertext()).strip())
    text = seen("".join(one.text or "" for one in document.iter(f"{W}t")))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for other, raw in parts.items():
            written.writestr(other, etree.tostring(document) if other == name else raw)
    made.seek(0)
    return Prepared(made, +dropped, text, len([*document.iter(_BLIP, _IMAGE)]))


def _main_part(parts: dict[str, bytes]) -> str:
    for one in parse(parts["_rels/.rels"]):
        if one.get("Type", "").endswith("/officeDocument"):
            return str(one.get("Target", "")).lstrip("/")
    raise KeyError("officeDocument")


def _take_alternatives(document: Element) -> None:
    """Of what is there in two forms, the newer where we know what to do with it."""
    for one in reversed([*document.iter(f"{_COMPATIBILITY}AlternateContent")]):
        forms = [form for form in one if isinstance(form.tag, str)]
        known = [form for form in forms if [*form.iter(f"{W}txbxContent", _BLIP, *_CHARTS)]]
        _replace(one, [*(known or forms[-1:])[0]] if forms else [])


def _accept_changes(document: Element, dropped: Counter[str]) -> None:
    for one in [*document.iter(f"{W}del", f"{W}moveFrom")]:
        parent = one.getparent()
        if parent.tag == f"{W}trPr":
            one = parent.getparent()
        elif parent.tag == f"{W}rPr":
            _join_to_next(parent.getparent().getparent())
            continue
        if one.getparent() is not None:
            dropped["word-deletions"] += 1
            one.getparent().remove(one)
    dropped["word-insertions"] += sum(
        one.getparent().tag not in (f"{W}rPr", f"{W}trPr") for one in document.iter(f"{W}ins", f"{W}moveTo")
    )


def _join_to_next(paragraph: Element) -> None:
    """Join a paragraph whose end is deleted to the one after it, which keeps its style."""
    following = paragraph.getnext()
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if paragraph.tag != f"{W}p" or mark is None:
        return  # It is of a run.
    if following is None or following.tag != f"{W}p":
        mark.clear()
        return
    properties = following.find(f"{W}pPr")
    place = 0 if properties is None else following.index(properties) + 1
    for piece in reversed([child for child in paragraph if child.tag != f"{W}pPr"]):
        following.insert(place, piece)
    paragraph.getparent().remove(paragraph)


def _unwrap(document: Element, dropped: Counter[str]) -> None:
    """Take text out of what mammoth does not look into: fields, directions, controls, readings above characters."""
    for one in [*document.iter(f"{W}sdt")]:
        if one.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery[@{W}val='Table of Contents']") is not None:
            dropped["word-contents"] += 1
            _replace(one, [])
        else:
            _replace(one, [*one.iterfind(f"{W}sdtContent/*")])
    for one in [*document.iter(f"{W}fldSimple", f"{W}bdo", f"{W}dir")]:
        _replace(one, [child for child in one if not str(child.tag).endswith("Pr")])
    for one in [*document.iter(f"{W}ruby")]:
        dropped["word-readings"] += 1
        run = one.getparent()
        _replace(one, [piece for child in one.iterfind(f"{W}rubyBase/{W}r") for piece in child])
        for extra in run.findall(f"{W}rPr")[1:]:
            run.remove(extra)


def _drop(document: Element, styles: Element | None, dropped: Counter[str]) -> None:
    """Remove what is not to be seen or cannot be shown."""
    hidden, contents = set(), set()
    for style in styles.iter(f"{W}style") if styles is not None else ():
        if _is_on(style.find(f"{W}rPr/{W}vanish")):
            hidden.add(style.get(f"{W}styleId"))
        name = style.find(f"{W}name")
        if name is not None and re.fullmatch(r"(?i)toc( heading|\s?\d)", name.get(f"{W}val", "")):
            contents.add(style.get(f"{W}styleId"))
    for paragraph in [*document.iter(f"{W}p")]:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        named = None if style is None else style.get(f"{W}val")
        if named in contents:
            dropped["word-contents"] += 1
            paragraph.getparent().remove(paragraph)
            continue
        for run in [*paragraph.iter(f"{W}r")]:
            of = run.find(f"{W}rPr/{W}rStyle")
            vanish = run.find(f"{W}rPr/{W}vanish")
            by_style = named in hidden or (of is not None and of.get(f"{W}val") in hidden)
            if _is_on(vanish) if vanish is not None else by_style:
                dropped["word-hidden"] += bool("".join(run.itertext()).strip())
                run.getparent().remove(run)
    dropped["word-comments"] += len([*document.iter(f"{W}commentReference")])
    dropped["word-formulas"] += len([*document.iter(f"{_MATH}oMath")])
    dropped["word-charts"] += len([*document.iter(*_CHARTS)])
    for one in [*document.iter(f"{W}object")]:
        dropped["word-objects"] += 1
        _replace(one, [])


def _move_text_boxes(document: Element, dropped: Counter[str]) -> None:
    """Put the paragraphs of a text box after the one that it is anchored in."""
    for box in reversed([*document.iter(f"{W}txbxContent")]):
        outer = list(box.iterancestors(f"{W}p"))
        if outer:
            dropped["word-boxes"] += bool("".join(box.itertext()).strip())
            for paragraph in reversed([*box]):
                outer[0].addnext(paragraph)


def _type_numbers(document: Element, lists: Element | None, styles: Element | None) -> None:
    """Type the number of each paragraph, and its level, at its beginning."""
    for one in document.iter(f"{W}t"):
        one.text = re.sub("[\ue000\ue001]", "", one.text or "")
    drawn = numbering(lists, styles)
    for paragraph in document.iter(f"{W}p"):
        label = drawn.label(paragraph)  # An empty paragraph is counted, and its number not published.
        if label and seen("".join(one.text or "" for one in paragraph.iter(f"{W}t"))):
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = f"\ue000{label[0]}{label[1]}\ue001"
            properties = paragraph.find(f"{W}pPr")
            paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "off")


def _replace(one: Element, pieces: list[Element]) -> None:
    """Put elements in the place of one."""
    parent = one.getparent()
    if parent is None:
        return
    place = parent.index(one)
    parent.remove(one)
    for piece in reversed(pieces):
        parent.insert(place, piece)
