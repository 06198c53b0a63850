"""Finds people's names that are known beforehand or announced by a title; knows no introductions."""

import re
from collections.abc import Iterator

from knowledge.privacy.detectors.ordinary_words import AMBIGUOUS, FUNCTION_WORDS, words
from knowledge.privacy.plain import plain
from knowledge.privacy.reading import Reading, Word
from knowledge.privacy.spans import Kind, Span

TITLES = words(
    "mr mrs ms mx miss mister dr prof professor sir madam dame lord lady herr frau mme mlle monsieur madame "
    "mademoiselle senor senora senorita sr sra dona signor signora sig mevrouw meneer pan pani"
)
# These are also verbs, adjectives or articles: they count with a capital only.
_TITLES_IN_CAPITALS = words("miss sir dame lord lady madam dr sr pan pani sig don dona frau prof")
# Brands that call themselves so. The catalogue's own come with keep.
TITLED_BRANDS = words(
    "pepper martens oetker scholl bronner bronners hauschka jart clean muscle coffee potato kipling bean men "
    "dior sixty fields dash butterworth marvel gaga universe rabbit bubbles crispy sporty hyde"
)
_PARTICLES = words(
    "da de del della den der di do dos du el la le les lo ter ten van von vom zu zur bin ibn al mac mc y e"
)
_ORDINARY = FUNCTION_WORDS | AMBIGUOUS
_MOST_WORDS = 4
_FIRST_UNSPACED = "\u2e80"  # Han, kana and their like begin here
# What stands before a month or a season, and never before a person.
_BEFORE_TIME = words("in this next last until till since by of on early late mid every during")
_BETWEEN = re.compile(r"[ \t]{1,3}|\.[ \t]{0,2}|-")


def find_known_names(reading: Reading) -> Iterator[Span]:
    """Find the names from the profile: whole words, whatever their case and accents, whole or in part.

    A name that is also an ordinary word (May, Will) counts only when written with a capital where
    no sentence begins and no date is meant.
    """
    if not reading.known_names:
        return
    forms = _forms(reading.known_names)
    words = reading.words
    for index, word in enumerate(words):
        for form in forms.get(word.bare, ()):
            following = words[index : index + len(form)]
            if tuple(each.bare for each in following) != form or all(w.is_kept for w in following):
                continue
            if len(form) > 1 or word.bare not in _ORDINARY or _is_meant(reading, index):
                yield Span(word.start, following[-1].name_end, Kind.NAME)
    yield from _unspaced(reading)


def find_titled_names(reading: Reading) -> Iterator[Span]:
    """Find the name after a title: Mrs Smith, Dr. Ana de la Cruz. The title stays."""
    words = reading.words
    for index, word in enumerate(words[:-1]):
        if word.folded not in TITLES or (
            word.folded in _TITLES_IN_CAPITALS and not word.text[0].isupper()
        ):
            continue
        first = words[index + 1]
        gap = reading.plain.text[word.end : first.start]
        if first.bare in TITLED_BRANDS or not _BETWEEN.fullmatch(gap):
            continue
        if first.text[0].isupper() or (
            word.folded not in _TITLES_IN_CAPITALS and len(first.text) > 1
        ):
            end = end_of_name(reading, index + 1)
            if end is not None:
                yield Span(first.start, end, Kind.NAME)


def end_of_name(reading: Reading, index: int) -> int | None:
    """Say where the name that begins at a word ends; None when the word can't begin one.

    Goes on over capitalised words, initials and particles (de la, van) in capitals or not; stops
    at function words and at the catalogue's own names.
    """
    words = reading.words
    first = words[index]
    if first.is_kept or first.bare in FUNCTION_WORDS:
        return None
    end = first.name_end
    for word, previous in zip(words[index + 1 : index + _MOST_WORDS], words[index:], strict=False):
        if not _goes_on(reading, previous, word):
            break
        if word.folded not in _PARTICLES:
            end = word.name_end
    return end


def _goes_on(reading: Reading, previous: Word, word: Word) -> bool:
    gap = reading.plain.text[previous.name_end : word.start]
    if word.is_kept or not _BETWEEN.fullmatch(gap):
        return False
    # A full stop ends the sentence, unless it follows an initial.
    if "." in gap and len(previous.text) > 1 and previous.folded not in TITLES:
        return False
    if word.folded in _PARTICLES and word.folded not in {"e", "y"}:
        return True
    return word.text[0].isupper() and not reading.is_shouted and word.folded not in FUNCTION_WORDS


def _is_meant(reading: Reading, index: int | None) -> bool:
    """Tell the shopper May from 'May I …' and 'in May'."""
    if index is None or index == 0 or not reading.words[index].is_capitalised:
        return False
    word, previous = reading.words[index], reading.words[index - 1]
    gap = reading.plain.text[previous.end : word.start]
    return gap.isspace() and previous.folded not in _BEFORE_TIME


def _forms(names: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Give each name as runs of folded words, whole and word by word, by first word.

    Built for each message and thrown away: a cache of names would outlive the shopper's wish to
    be forgotten.
    """
    forms: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        typed = tuple(word.folded for word in Reading(name).words)
        parts = tuple(part for word in typed for part in word.split("-"))
        singles = {(part,) for part in typed + parts if len(part) > 1 and part not in _PARTICLES}
        for form in {typed, parts, *singles} - {()}:
            forms.setdefault(form[0], []).append(form)
    return forms


def _unspaced(reading: Reading) -> Iterator[Span]:
    """Find names in scripts that write no spaces, where a word is a whole sentence."""
    folded = reading.plain.folded
    if folded.isascii():
        return
    for name in reading.known_names:
        wanted = plain(name).folded.strip()
        if wanted and min(wanted) >= _FIRST_UNSPACED:
            position = folded.find(wanted)
            while position >= 0:
                yield Span(position, position + len(wanted), Kind.NAME)
                position = folded.find(wanted, position + len(wanted))
