"""Finds people's names that are known beforehand or announced by a title; knows no introductions."""

import re
from collections.abc import Iterator, Set
from itertools import pairwise

from knowledge.privacy.detectors.given_names import is_given_name
from knowledge.privacy.detectors.name_runs import (
    BETWEEN_NAMES,
    PARTICLES,
    TITLES,
    end_of_name,
)
from knowledge.privacy.detectors.ordinary_words import (
    AMBIGUOUS,
    EVERYDAY_WORDS,
    FUNCTION_WORDS,
    STATES,
    words,
)
from knowledge.privacy.plain import plain
from knowledge.privacy.reading import Reading, Word
from knowledge.privacy.spans import Kind, Span

# These are also verbs and forms of address: in small letters they need a given name behind them.
_TITLES_IN_CAPITALS = words("miss sir dame lord lady madam dr sr frau prof don dona")
# Brands that call themselves so. The catalogue's own come with keep.
_BRANDS = frozenset(
    {
        *(
            "dr pepper",
            "dr martens",
            "dr oetker",
            "dr scholl",
            "dr bronner",
            "dr hauschka",
            "dr jart",
        ),
        *("mr clean", "mr muscle", "mr coffee", "mr potato", "mr kipling", "mr bean", "mr men"),
        *("miss dior", "miss sixty", "mrs fields", "mrs dash", "mrs butterworth", "ms marvel"),
        *("lady gaga", "miss universe", "sir kensington", "prof dr"),
    }
)
_ORDINARY = FUNCTION_WORDS | STATES | EVERYDAY_WORDS
_FIRST_UNSPACED = "\u2e80"  # Han, kana and their like begin here
_LETTER_BY_LETTER = re.compile(r"(?<!\w)[^\W\d_](?:[ .-]{1,2}[^\W\d_]){2,30}(?!\w)")
# What stands before a month or a season, and never before a person.
_BEFORE_TIME = words("in this next last until till since by of on early late mid every during")


def find_known_names(reading: Reading) -> Iterator[Span]:
    """Find the names from the profile: whole words, whatever their case and accents, whole or in part.

    A name that is also an ordinary word (May, Will, Coffee) counts only when written with a
    capital where no sentence begins and no date is meant.
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
            if len(form) > 1 or not _is_ordinary(reading, word) or _is_meant(reading, index):
                yield Span(word.start, following[-1].name_end, Kind.NAME)
    yield from _unspaced(reading)
    yield from _spelt_out(reading, {"".join(form) for runs in forms.values() for form in runs})


def find_titled_names(reading: Reading) -> Iterator[Span]:
    """Find a title and the name behind it: Mrs Smith, Dr. Ana de la Cruz, mr jones.

    The title goes with the name: it tells gender, marriage or profession, and nothing that is searched for.
    """
    words = reading.words
    for index, (title, first) in enumerate(pairwise(words), start=1):
        if title.folded not in TITLES or not _follows(reading, title, first):
            continue
        end = end_of_name(reading, index)
        if end is not None and f"{title.folded} {first.bare}" not in _BRANDS:
            yield Span(title.start, end, Kind.NAME)


def _follows(reading: Reading, title: Word, first: Word) -> bool:
    """Say whether the word behind a title can be a name, by how the two are written."""
    if not BETWEEN_NAMES.fullmatch(reading.plain.text, title.end, first.start):
        return False
    if title.folded in _TITLES_IN_CAPITALS and not title.text[0].isupper():
        return is_given_name(first.bare) and first.bare not in AMBIGUOUS
    return first.text[0].isupper() or (
        title.folded not in _TITLES_IN_CAPITALS and len(first.text) > 1
    )


def _is_ordinary(reading: Reading, word: Word) -> bool:
    """Say whether people in this shop say a word without meaning anybody.

    Telegram lets a shopper be called Coffee; the catalogue's words are then still understood.
    """
    if word.bare in _ORDINARY:
        return True
    is_surely_a_name = is_given_name(word.bare) and word.bare not in AMBIGUOUS
    return reading.keep.mentions(word.bare) and not is_surely_a_name


def _is_meant(reading: Reading, index: int) -> bool:
    """Tell the shopper May from 'May I …' and 'in May'."""
    if index == 0 or not reading.words[index].is_capitalised:
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
        singles = {(part,) for part in typed + parts if len(part) > 1 and part not in PARTICLES}
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


def _spelt_out(reading: Reading, names: Set[str]) -> Iterator[Span]:
    """Find names written letter by letter: A n a, L-o-p-e-z."""
    for match in _LETTER_BY_LETTER.finditer(reading.plain.folded):
        if "".join(filter(str.isalpha, match.group())) in names:
            yield Span(match.start(), match.end(), Kind.NAME)
