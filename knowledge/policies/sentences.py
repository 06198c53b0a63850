"""Sentences of a Markdown text, each with the words as they stand there, so that a quote is a quote (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BREAK = re.compile(r"\n[ \t\r]*\n|\n(?=[ \t]*(?:[-*+•|]|\d{1,3}[.)])[ \t]*\S)|(?<=\|)[ \t\r]*\n")
_BULLET = re.compile(r"\s*(?:[-*+•>]\s+|\d{1,3}[.)]\s+|\|)+")
_END = re.compile(r"(?<!\\)[.!?…][\"”»’)\]*_]*\s+(?=[\[(*_\"“«]*[A-ZÀ-ÞА-Я0-9])")
# A full stop behind one of these ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|no|nos|art|sec|approx|inc|ltd|co|corp|mr|mrs|ms|dr|st|u\.s|u\.k|[A-Za-z]))\.$",
    re.IGNORECASE,
)
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
_MARKS = re.compile(r"\*\*|__|`|(?<![\w\\])[*_](?=\w)|(?<=[\w.,!?])[*_](?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
# Beyond that many letters a sentence is cut behind its semicolons: a quote is read in a chat.
_LONG = 300
_RULE = re.compile(r"[\s|:\-–=*_]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `source` is a part of the document as it is, `text` the same words without marks."""

    text: str
    source: str


def sentences(text: str) -> Iterator[Sentence]:
    """Give the sentences of a piece of Markdown in order; an item of a list or a table's row is one."""
    for block in _blocks(text):
        for source in (piece for whole in _split(block) for piece in _short(whole)):
            shown = plain(source)
            if any(character.isalnum() for character in shown):
                yield Sentence(shown, source)


def plain(source: str) -> str:
    """Give a text as it is read: without marks of emphasis, links and line breaks."""
    bare = _MARKS.sub("", _LINK.sub(r"\1", source)).replace("|", " ")
    return " ".join(_ESCAPED.sub(r"\1", bare).split())


def _blocks(text: str) -> Iterator[str]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield text[start : gap.start()]
        start = gap.end()
    yield text[start:]


def _short(source: str) -> list[str]:
    return re.split(r"(?<=;)\s+", source) if len(source) > _LONG else [source]


def _split(block: str) -> Iterator[str]:
    if _RULE.fullmatch(block):
        return
    bullet = _BULLET.match(block)
    start = bullet.end() if bullet else 0
    for end in _END.finditer(block, start):
        if _ABBREVIATED.search(block, start, end.start() + 1):
            continue
        yield block[start : end.end()].strip()
        start = end.end()
    yield block[start:].strip().rstrip("|").rstrip()
