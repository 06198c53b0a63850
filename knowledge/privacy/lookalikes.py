"""Characters that look like another one; knows no text and no personal data.

Who wants past a scrubber writes a Cyrillic letter into a Latin word. Source of the pairs: Unicode Technical
Standard 39, confusables.txt (version 16), cut to what looks alike in upright type.
"""

# ruff: noqa: RUF001 - lookalikes are what this is about

import re
from collections.abc import Mapping

# One character for one, so that positions stay. These look alike wherever they stand.
SIGNS: Mapping[int, str] = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u02d7\ufe58\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u2032\u00b4\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u2022\u00b7\u2027\u2024\u30fb\u3002\uff61"), "."),
    **dict.fromkeys(map(ord, "\u2044\u2215\u29f8"), "/"),
    **dict.fromkeys(map(ord, "\ua789\u2236\u02d0"), ":"),
    # Letters on a dark disc or square, which Unicode does not lead back to their letters.
    **{first + place: chr(ord("A") + place) for first in (0x1F150, 0x1F170) for place in range(26)},
}  # fmt: skip
_PAIRS = (
    "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ҮY ХX аa еe ѐe ёe іi їi јj кk мm оo рp сc тt уy үy хx ѕs һh ԁd ԛq ԝw ӏl "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa γy ιi κk νv οo ρp υu χx ɑa ɡg ıi"
)
_LETTERS = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_ALIKE = re.compile("[" + "".join(pair[0] for pair in _PAIRS.split()) + "]")
_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-z]")
_GREEK_OR_CYRILLIC = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")


def as_latin(text: str) -> str:
    """Write lookalikes of Latin letters as Latin ones, keeping the length.

    Only where they pose as Latin: beside Latin letters in one word, or in a text that has no other
    word of their script. Москва and Ελλάδα stay.
    """
    if not (_ALIKE.search(text) and _LATIN.search(text)):
        return text
    rest = _GREEK_OR_CYRILLIC.sub("", text.translate(_LETTERS))
    has_own_words = len(rest) < len(text)

    def latin(match: re.Match[str]) -> str:
        word = match.group()
        poses = _LATIN.search(word) or not has_own_words
        return word.translate(_LETTERS) if poses else word

    return _WORD.sub(latin, text)
