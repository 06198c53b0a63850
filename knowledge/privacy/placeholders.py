"""Names for what was masked, and the way back; knows no detector and no vault.

<NAME_1> stands for the first name of a message, <EMAIL_1> for the first mail address. The same
value keeps its number; typed in another way (Ana, ANA) it gets a letter as well, <NAME_1B>, so that
every placeholder gives back exactly the characters that it replaced.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.privacy.errors import ForeignPlaceholder
from knowledge.privacy.plain import plain
from knowledge.privacy.spans import Kind, Span, resolve

_KINDS = "|".join(Kind)
# What we issue, and whatever a model or a shopper may write that could pass for it.
PLACEHOLDER = re.compile(rf"<(?:{_KINDS})_[1-9][0-9]*[A-Z]*>")
LOOKS_ISSUED = re.compile(
    rf"<\s{{0,3}}[a-z]{{2,20}}_[0-9]+[a-z]*\s{{0,3}}>?"
    rf"|<\s{{0,3}}/?(?:{_KINDS})[\s_-]{{0,3}}[0-9]*[a-z]?\s{{0,3}}>"
    rf"|(?-i:(?:{_KINDS})_[0-9]+[A-Z]*)",
    re.IGNORECASE | re.ASCII,
)
_NOT_TELLING = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
# Spaces, dashes and dots carry no meaning in these: 4111-1111… is 4111 1111….
_COMPACT = frozenset({Kind.CARD, Kind.IBAN, Kind.SSN, Kind.ORDER, Kind.PHONE})


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A message without personal data.

    values maps each placeholder in text to the exact characters it stands for.
    """

    text: str
    values: Mapping[str, str]

    def restore(self, text: str) -> str:
        """Put the typed values back into any text that uses this message's placeholders.

        Raises:
            ForeignPlaceholder: the text carries a placeholder that was invented, altered or issued
                for something else. Nothing is restored then.
        """
        return LOOKS_ISSUED.sub(self._value, text)

    def _value(self, match: re.Match[str]) -> str:
        value = self.values.get(match.group())
        if value is None:
            raise ForeignPlaceholder(match.group())
        return value


class Numbering:
    """Issues the placeholders of one message, counting from 1 in order of appearance."""

    def __init__(self) -> None:
        self._values: dict[Kind, list[str]] = {}
        self._surfaces: dict[tuple[Kind, int], list[str]] = {}

    def issue(self, kind: Kind, surface: str, value: str = "") -> str:
        """Give the placeholder of a surface; value is what it means, read from it when empty."""
        value = value or meaning(kind, surface)
        values = self._values.setdefault(kind, [])
        if value not in values:
            values.append(value)
        number = values.index(value) + 1
        surfaces = self._surfaces.setdefault((kind, number), [])
        if surface not in surfaces:
            surfaces.append(surface)
        return f"<{kind}_{number}{_letters(surfaces.index(surface))}>"


def meaning(kind: Kind, surface: str) -> str:
    """Reduce a surface to what makes two of them the same value: case, spaces and accents do not."""
    if kind is Kind.TYPED:
        return surface
    folded = plain(surface).folded
    reduced = _NOT_TELLING.sub("", folded) if kind in _COMPACT else _SPACES.sub(" ", folded)
    return reduced or surface


def number(text: str, spans: Iterable[Span]) -> list[tuple[Span, str]]:
    """Settle overlapping findings in a text and give each of the rest its placeholder, in order."""
    numbering = Numbering()
    return [
        (span, numbering.issue(span.kind, text[span.start : span.end], span.value))
        for span in resolve(spans)
    ]


def weave(text: str, replacements: Iterable[tuple[Span, str]]) -> str:
    """Write each replacement over its span; the spans stand in order and do not overlap."""
    pieces: list[str] = []
    done = 0
    for span, replacement in replacements:
        pieces += (text[done : span.start], replacement)
        done = span.end
    return "".join([*pieces, text[done:]])


def _letters(index: int) -> str:
    """Nothing for the first spelling, then B … Z, AA …, as a spreadsheet names its columns."""
    column = index + 1 if index else 0
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
