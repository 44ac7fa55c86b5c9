"""The draft of an article that a document of Word becomes: its two files and its photographs, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazette.base.messages import Message, Refused, say
from gazette.base.strict_yaml import Plain
from gazette.checks.unfinished import TO_FILL_IN
from gazette.content.calls import pieces
from gazette.content.front_matter import markdown_file
from gazette.content.model import Content
from gazette.editing.adding import add, proposed_id
from gazette.editing.correcting import Files
from gazette.editing.word import markdown
from gazette.editing.word.blocks import Block, Document, Paragraph
from gazette.editing.word.photographs import Photographs
from gazette.records.front_matter import Article
from gazette.records.values import Ref

_LONGEST_TITLE = 40
_LONGEST_SUMMARY = 120
_SENTENCE = "。！？.!?；;：:，,"


@dataclass(frozen=True)
class Draft:
    """An article that is not written yet: its front matter, its Chinese body, its photographs, and what is said of them."""

    ref: Ref
    data: dict[str, Plain]
    body: str
    photos: Files
    told: tuple[Message, ...]

    @property
    def path(self) -> str:
        """The Chinese file, relative to the project."""
        return markdown_file("zh", str(self.ref))

    def files(self, content: Content) -> Files:
        """The files to write. Raises Refused where the id is none, or is or was in use."""
        bodies = {"zh": self.body, "en": _english(self.body)}
        return {**add(content, self.ref, self.data, bodies), **self.photos}


def draft(document: Document, content: Content, id_: str | None = None) -> Draft:
    """The draft of a document, under an id made from its title where none is given. Raises Refused."""
    title, top, blocks = _with_title(document.blocks)
    summary = ""
    if blocks and _is_summary(blocks[0]):
        assert isinstance(blocks[0], Paragraph)
        summary, blocks = markdown.plain(blocks[0].text), blocks[1:]
    ref = Ref(Article.collection, id_ or proposed_id(content, Article.collection, title))
    photos = Photographs(ref.id, content)
    body = markdown.body(photos.with_captions(blocks), top, photos.line) + markdown.notes(document.notes)
    data: dict[str, Plain] = {
        "title": {"zh": title, "en": f"{TO_FILL_IN.en} {ref.id}"},
        "summary": {"zh": summary or TO_FILL_IN.zh, "en": TO_FILL_IN.en},
        "draft": "true",
    }
    told = [say(code, count=count) for code, count in document.dropped.items()]
    told += photos.told
    if fields := photos.fields():
        data["photos"] = fields
        told.append(say("word-photos-to-fill-in", count=len(fields)))
    if not summary:
        told.append(say("word-without-summary"))
    return Draft(ref, data, body, photos.files, tuple(told))


def _with_title(blocks: Sequence[Block]) -> tuple[str, int, Sequence[Block]]:
    """The title of a document, the highest level of its headings in Word, and what follows the title."""
    first = next((block for block in blocks if isinstance(block, Paragraph)), None)
    levels = [block.level for block in blocks if isinstance(block, Paragraph) and block.level]
    title = next(
        (one for one in blocks if isinstance(one, Paragraph) and one.style in ("title", "标题")), None
    )
    top = 1
    if title is None and first and ((first.level == 1 and levels.count(1) == 1) or _is_short(first)):
        title, top = first, 1 + first.level
    if title is None or not title.text:
        raise Refused("word-without-title")
    return markdown.plain(title.label + title.text), top, [block for block in blocks if block is not title]


def _is_short(paragraph: Paragraph) -> bool:
    """Whether a paragraph without a style may be a title: one line that is no sentence."""
    text = paragraph.text
    plain = not paragraph.label and not paragraph.level and len(text) <= _LONGEST_TITLE
    return plain and text[-1] not in _SENTENCE


def _is_summary(block: Block) -> bool:
    """Whether what follows the title can be a summary: plain words, one or two sentences."""
    return (
        isinstance(block, Paragraph)
        and not (block.level or block.label or block.style in ("caption", "题注"))
        and len(block.text) <= _LONGEST_SUMMARY
        and not any(word.href or word.note for word in block.words)
    )


def _english(body: str) -> str:
    """The headings, photographs and calls of a Chinese body, with a mark for each text that is to be translated."""
    parts: list[str] = []
    texts: list[str] = []

    def end_of_texts() -> Iterator[str]:
        if texts:
            yield " ".join([TO_FILL_IN.en, *texts[1:]])
            texts.clear()

    for line in body.split("\n"):
        called = [line[piece.start : piece.end] for piece in pieces(line) if piece.call]
        if line.startswith("#"):
            marks = line.partition(" ")[0]
            parts += [*end_of_texts(), " ".join([marks, TO_FILL_IN.en, *called])]
        elif line.startswith("{{ photo("):
            parts += [*end_of_texts(), line]
        elif line:
            texts[:0] = [] if texts else [""]
            texts += called
    return "\n\n".join([*parts, *end_of_texts()]) + "\n"
