"""Brings a text into the one form detectors match on, and finds the way back; knows no personal data.

Shoppers (and those who want past a scrubber) write full-width digits, zero-width characters,
keycap emoji, typographic dashes. Detectors see plain characters; positions lead back to the
characters really typed.
"""

import re
import unicodedata
from dataclasses import dataclass

# Same meaning, one character for one: positions stay as they are.
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u00b4\uff07", "'"),
        **dict.fromkeys("\u2022\u00b7\u2027\u30fb", "."),
    }
)
# Seen by nobody: soft hyphen, joiners, direction marks, variation selectors, the keycap frame.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u20e3\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain characters.

    folded is the same text in lower case without accents, character for character, so positions
    agree with text. starts and ends give, for each character of text, the typed characters it
    came from; None when text has the very positions of what was typed.
    """

    text: str
    folded: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the typed text of the characters start to end (end excluded) of this one."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def plain(typed: str) -> Plain:
    """Read a text as NFKC with lookalikes replaced and invisible characters left out."""
    if typed.isascii():
        return Plain(typed, typed.lower())
    text = typed.translate(_LOOKALIKES)
    if unicodedata.is_normalized("NFKC", text) and not _INVISIBLE.search(text):
        text = _with_plain_digits(text)
        return Plain(text, fold(text))
    return _rewritten(text)


def fold(text: str) -> str:
    """Lower case without accents, keeping the length: É becomes e, ß stays ß."""
    if text.isascii():
        return text.lower()
    return "".join(_base(character) for character in text).lower()


def _base(character: str) -> str:
    if character.isascii():
        return character
    parts = unicodedata.normalize("NFD", character)
    return parts[0] if len(parts) > 1 and unicodedata.combining(parts[1]) else character


def _with_plain_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )


def _rewritten(text: str) -> Plain:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        # A letter and the accents that follow it are one character to the eye.
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[start:end]))
        piece = _with_plain_digits(piece.translate(_LOOKALIKES))
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
        start = end
    rewritten = "".join(pieces)
    return Plain(rewritten, fold(rewritten), tuple(starts), tuple(ends))
