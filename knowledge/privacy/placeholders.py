"""Names for what was masked, and the way back; knows no detector and no database.

A message counts its values from 1: <NAME_1> is the first name in it, <EMAIL_1> the first mail address.
`renumbered` gives them the numbers that they have in the shopper's vault. The same value keeps its
number; typed in another way (Ana, ANA) it gets a letter as well, <NAME_1B>, so that within the message
every placeholder gives back exactly the characters that it replaced.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.privacy.errors import ForeignPlaceholder
from knowledge.privacy.plain import plain
from knowledge.privacy.spans import Kind, Span
from storage.records import VaultEntry

_KINDS = "|".join(Kind)
# What we issue, and whatever a model or a shopper may write that could pass for it.
PLACEHOLDER = re.compile(rf"<({_KINDS})_([1-9][0-9]*)([A-Z]*)>")
LOOKS_ISSUED = re.compile(
    rf"<\s{{0,3}}[a-z]{{2,20}}_[0-9]+[a-z]*\s{{0,3}}>?"
    rf"|<\s{{0,3}}/?(?:{_KINDS})[\s_-]{{0,3}}[0-9]*[a-z]?\s{{0,3}}>"
    rf"|(?-i:(?:{_KINDS})_[0-9]+[A-Z]*)",
    re.IGNORECASE | re.ASCII,
)
_NOT_TELLING = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
_LAST_DIGITS = 4  # of a card, as receipts show them
# Spaces, dashes and dots carry no meaning in these: 4111-1111… is 4111 1111….
_COMPACT = frozenset({Kind.CARD, Kind.IBAN, Kind.SSN, Kind.ID, Kind.ORDER, Kind.PHONE})


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A message without personal data.

    values maps each placeholder in text to the exact characters it stands for; entries are the
    values themselves, each once, in order of appearance.
    """

    text: str
    values: Mapping[str, str]
    entries: tuple[VaultEntry, ...] = ()

    def restore(self, text: str) -> str:
        """Put the typed values back into any text that uses this message's placeholders.

        Raises:
            ForeignPlaceholder: the text carries a placeholder that was invented, altered or issued
                for something else. Nothing is restored then.
        """
        return LOOKS_ISSUED.sub(self._value, text)

    def renumbered(self, numbers: Sequence[int]) -> "Scrubbed":
        """Give the same message with other numbers, one for each entry."""
        moved = moves(self.entries, numbers)
        return Scrubbed(
            renumbered(self.text, moved),
            {renumbered(key, moved): value for key, value in self.values.items()},
            tuple(
                replace(entry, number=number)
                for entry, number in zip(self.entries, numbers, strict=True)
            ),
        )

    def _value(self, match: re.Match[str]) -> str:
        value = self.values.get(match.group())
        if value is None:
            raise ForeignPlaceholder(match.group())
        return value


class Numbering:
    """Issues the placeholders of one message, counting from 1 in order of appearance."""

    def __init__(self) -> None:
        self._entries: dict[tuple[Kind, str], VaultEntry] = {}
        self._counts: dict[Kind, int] = {}
        self._surfaces: dict[tuple[Kind, int], list[str]] = {}

    @property
    def entries(self) -> tuple[VaultEntry, ...]:
        """The values so far, each once."""
        return tuple(self._entries.values())

    def issue(self, kind: Kind, surface: str, value: str = "") -> str:
        """Give the placeholder of a surface; value is what it means, read from it when empty."""
        number = self._entry(kind, surface, value).number
        surfaces = self._surfaces.setdefault((kind, number), [])
        if surface not in surfaces:
            surfaces.append(surface)
        return f"<{kind}_{number}{_letters(surfaces.index(surface))}>"

    def _entry(self, kind: Kind, surface: str, value: str) -> VaultEntry:
        means = value or meaning(kind, surface)
        known = self._entries.get((kind, means))
        if known is None:
            number = self._counts[kind] = self._counts.get(kind, 0) + 1
            known = VaultEntry(kind, number, readable(kind, surface, value), means)
            self._entries[kind, means] = known
        return known


def meaning(kind: Kind, surface: str) -> str:
    """Reduce a surface to what makes two of them the same value: case, spaces and accents do not."""
    if kind is Kind.TYPED:
        return surface
    folded = plain(surface).folded
    reduced = _NOT_TELLING.sub("", folded) if kind in _COMPACT else _SPACES.sub(" ", folded)
    return reduced or surface


def readable(kind: Kind, surface: str, value: str = "") -> str:
    """Give what a later message gets back for a value: in plain characters, a card never whole."""
    if kind is Kind.TYPED:
        return surface
    if kind is Kind.CARD:
        return f"•••• {meaning(kind, surface)[-_LAST_DIGITS:]}"
    return value or _SPACES.sub(" ", plain(surface).text).strip() or surface


def mask(text: str, spans: Iterable[Span]) -> Scrubbed:
    """Write a placeholder over each span; the spans stand in order and do not overlap."""
    numbering = Numbering()
    pieces: list[str] = []
    values: dict[str, str] = {}
    done = 0
    for span in spans:
        surface = text[span.start : span.end]
        placeholder = numbering.issue(span.kind, surface, span.value)
        values[placeholder] = surface
        pieces += (text[done : span.start], placeholder)
        done = span.end
    return Scrubbed("".join([*pieces, text[done:]]), values, numbering.entries)


Moves = Mapping[tuple[str, int], int]
"""New numbers by kind and old number."""


def moves(entries: Sequence[VaultEntry], numbers: Sequence[int]) -> Moves:
    """Say which number each entry moves to."""
    return {
        (entry.kind, entry.number): number for entry, number in zip(entries, numbers, strict=True)
    }


def renumbered(text: str, moved: Moves) -> str:
    """Give the placeholders in a masked text their new numbers, all at once; others stay."""

    def rename(match: re.Match[str]) -> str:
        kind, old, letters = match.groups()
        return f"<{kind}_{moved.get((kind, int(old)), old)}{letters}>"

    return PLACEHOLDER.sub(rename, text)


def without_letters(text: str) -> str:
    """Leave out of a masked text how a value was spelt, which means nothing beyond its message."""
    return PLACEHOLDER.sub(r"<\1_\2>", text)


def _letters(index: int) -> str:
    """Nothing for the first spelling, then B … Z, AA …, as a spreadsheet names its columns."""
    column = index + 1 if index else 0
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
