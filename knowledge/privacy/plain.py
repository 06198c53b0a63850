"""Brings a text into the one form detectors match on, and finds the way back; knows no personal data.

Shoppers (and those who want past a scrubber) write full-width digits, zero-width characters,
keycap emoji, typographic dashes, letters of another script, letters struck through. Detectors see plain characters; positions lead back to the
characters really typed.
"""

import re
import unicodedata
from dataclasses import dataclass

from knowledge.privacy.lookalikes import SIGNS, as_latin

# Seen by nobody: soft hyphen, joiners, direction marks, variation selectors, the keycap frame.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u20e3\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)


# Marks over, under or through a Latin letter or a digit that make no letter of it.
_STRAY_MARKS = re.compile(
    "(?<=[0-9A-Za-z\u00c0-\u024f])[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
# Letters whose stroke Unicode does not count as an accent.
_STROKED = {
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ħ": "h",
    "Ħ": "H",
    "ŧ": "t",
    "Ŧ": "T",
    "\u0131": "i",
}


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
    text = typed.translate(SIGNS)
    if _is_plain(text):
        text = as_latin(_with_plain_digits(text))
        return Plain(text, fold(text))
    return _rewritten(text)


def _is_plain(text: str) -> bool:
    is_normalized = unicodedata.is_normalized("NFKC", text)
    return is_normalized and not (_INVISIBLE.search(text) or _STRAY_MARKS.search(text))


def fold(text: str) -> str:
    """Lower case without accents, keeping the length: É becomes e, ß stays ß."""
    if text.isascii():
        return text.lower()
    return "".join(_base(character) for character in text).lower()


def _base(character: str) -> str:
    if character.isascii():
        return character
    if character in _STROKED:
        return _STROKED[character]
    parts = unicodedata.normalize("NFD", character)
    return parts[0] if len(parts) > 1 and unicodedata.combining(parts[1]) else character


def _with_plain_digits(text: str) -> str:
    """Write digits of every script as 0 to 9, also those on a dark disc (❶)."""
    return "".join(
        str(unicodedata.digit(character)) if character.isdigit() else character
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
        piece = _STRAY_MARKS.sub("", _with_plain_digits(piece.translate(SIGNS)))
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
        start = end
    rewritten = as_latin("".join(pieces))
    return Plain(rewritten, fold(rewritten), tuple(starts), tuple(ends))
