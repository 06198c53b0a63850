"""Takes what the learned tagger found, less what cannot be personal data here; knows no rule of language.

The rules beside it are sure of what they know; this is for the rest: a name in the middle of a sentence, an address as
nobody wrote one before, a number that is only called one.
"""

from collections.abc import Iterator

from knowledge.privacy.detectors.given_names import is_given_name
from knowledge.privacy.detectors.name_runs import BETWEEN_NAMES, TITLES
from knowledge.privacy.detectors.ordinary_words import (
    AMBIGUOUS,
    CHAT_WORDS,
    FUNCTION_WORDS,
    STATES,
)
from knowledge.privacy.plain import fold
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span
from knowledge.privacy.tagging.base import Label, Tagged

_KINDS = {
    Label.NAME: Kind.NAME,
    Label.ADDRESS: Kind.ADDRESS,
    Label.PHONE: Kind.PHONE,
    Label.ID: Kind.ID,
}
_TALK = AMBIGUOUS | CHAT_WORDS | FUNCTION_WORDS
# Shorter numbers call nobody and identify nobody.
_FEWEST_DIGITS = {Kind.PHONE: 6, Kind.ID: 4}


def find_tagged(reading: Reading) -> Iterator[Span]:
    """Find what the tagger takes for a name, an address, a phone number or an id."""
    if reading.tagger is None:
        return
    text = reading.plain.text
    for found in reading.tagger.tag(text):
        kind = _KINDS[found.label]
        if kind is Kind.NAME:
            yield from _without_kept(reading, found)
        elif kind is Kind.ADDRESS:
            if _says_enough(text[found.start : found.end]):
                yield Span(found.start, found.end, kind)
        elif sum(map(str.isdigit, text[found.start : found.end])) >= _FEWEST_DIGITS[kind]:
            yield Span(found.start, found.end, kind)


def _without_kept(reading: Reading, found: Tagged) -> Iterator[Span]:
    """Cut the catalogue's own words out of a name: "Corner Bakery Maria" is the bakery and Maria."""
    start = found.start
    for word in reading.words:
        if word.is_kept and found.start <= word.start < found.end:
            yield from _name(reading, start, word.start)
            start = word.end
    yield from _name(reading, start, found.end)


def _name(reading: Reading, start: int, end: int) -> Iterator[Span]:
    piece = reading.plain.text[start:end]
    bare = piece.strip(" \t'-.,")
    if any(map(str.isalpha, bare)) and not _is_talk(reading, start, bare):
        start += piece.index(bare)
        begun = _from_given_name(reading, start)
        yield Span(_from_title(reading, begun), start + len(bare), Kind.NAME)


def _is_talk(reading: Reading, start: int, word: str) -> bool:
    """Tell an outcry, a hashtag, which is a topic, or what somebody is ("lactose intolerant") from a name."""
    before = reading.plain.text[:start].rstrip(" ")
    if word.islower() and fold(word) in STATES and not is_given_name(fold(word)):
        return True
    return before.endswith("#") or fold(word) in CHAT_WORDS | FUNCTION_WORDS


def _from_given_name(reading: Reading, start: int) -> int:
    """Begin a surname at the given name before it: in "does evy blom like it" the tagger may see the second alone."""
    for word in reading.words:
        touches = BETWEEN_NAMES.fullmatch(reading.plain.text, word.end, start)
        if (
            touches
            and not word.is_kept
            and is_given_name(word.folded)
            and word.folded not in _TALK
        ):
            return word.start
    return start


def _from_title(reading: Reading, start: int) -> int:
    """Begin a name at the title before it, if there is one."""
    for word in reading.words:
        if word.folded in TITLES and BETWEEN_NAMES.fullmatch(reading.plain.text, word.end, start):
            return word.start
    return start


def _says_enough(address: str) -> bool:
    """Tell an address from a lone "street" or "place": it has a number, or more than one word."""
    return any(map(str.isdigit, address)) or len(address.split()) > 1
