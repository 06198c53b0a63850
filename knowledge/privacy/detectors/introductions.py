"""Finds the name someone gives: "I'm Ana", "my name is …", "this is … speaking", "my sister Eva".

Knows no profile. "I'm" goes before a state far more often than before a name, so what counts as a
name depends on how sure the words before it are.
"""

import re
from collections.abc import Iterator
from enum import IntEnum

from knowledge.privacy.detectors.given_names import is_given_name
from knowledge.privacy.detectors.name_runs import TITLES, end_of_name, is_end_of_name, word_from
from knowledge.privacy.detectors.ordinary_words import (
    AMBIGUOUS,
    DESCRIBING_ENDINGS,
    STATES,
    words,
)
from knowledge.privacy.reading import Reading, Word
from knowledge.privacy.spans import Kind, Span


class Certainty(IntEnum):
    """How surely a name follows: what it takes to believe the next word is one."""

    POSSIBLE = 1  # "this is": a given name
    LIKELY = 2  # "I'm": a given name, or a capitalised word that describes nothing
    SURE = 3  # "my name is": any word with a meaning of its own


# Folded, so without accents. The longest that fits wins.
_CUES = {
    tuple(cue.split()): certainty
    for certainty, cues in {
        Certainty.SURE: "my name is|my name's|my names|the name is|the name's|name's|i am called|i'm called|"
        "i'm named|they call me|everyone calls me|people call me|my full name is|my first name is|"
        "my last name is|my surname is|maiden name is|full name is|last name is|mein name ist|ich heiße|ich heisse|je m'appelle|mon nom est|"
        "me llamo|mi nombre es|mi nombre completo es|mi apellido es|me apellido|mis apellidos son|mi chiamo|il mio nome e|meu nome e|chamo-me|me chamo|ik heet|"
        "mijn naam is|jag heter|jeg heter|jeg hedder|mit navn er|nazywam sie|mam na imie|jmenuji se",
        Certainty.LIKELY: "i'm|i am|im|call me|ich bin|je suis|ik ben|jag ar|jeg er|yo soy|io sono|eu sou|"
        "me dicen|me conocen como|se llama|a nombre de|de parte de|"
        "is called|is named|a friend named|someone named|someone called",
        Certainty.POSSIBLE: "this is|it's|its|it is|hier ist|hier spricht|c'est|soy|sono|sou",
    }.items()
    for cue in cues.split("|")
}  # fmt: skip
_LONGEST_CUE = max(map(len, _CUES))
_RELATIVES = words(
    "wife husband son daughter mum mom mother dad father sister brother friend girlfriend boyfriend partner fiance "
    "fiancee colleague neighbour neighbor boss aunt uncle cousin niece nephew grandma grandpa granny grandmother "
    "grandfather grandson granddaughter kid child baby roommate flatmate teacher "
    "marido mujer esposo esposa hijo hija madre padre mama papa hermano hermana novio novia amigo amiga jefe jefa vecino "
    "vecina tio tia primo prima abuelo abuela nieto nieta sobrino sobrina suegro suegra cunado cunada companero companera"
)
_POSSESSIVES = words("my our his her their mi tu su nuestro nuestra")
_SPOKEN = words("speaking calling spricht writing")
_GOES_BEFORE_NAME = re.compile(r"\s{1,3}|\s?[:,]\s{0,2}|\s?:?\s{0,2}[\"'(]")
_LABEL = re.compile(
    r"\b(?:name|contact|customer|recipient|kunde|nombre|nom)\s?:\s{0,8}(?=[^\W\d_])"
)
_SIGNED = re.compile(
    r"\b(?:thanks|thank you|thx|cheers|regards|wishes|sincerely|faithfully|yours|love|xo|xoxo|danke|"
    r"gru(?:ß|ss)e?|merci|gracias|saludos?|atentamente|un abrazo|grazie|obrigad[oa])(?:\s?[,.!]+\s*|\s*\n\s*|\s+-+\s*)"
    r"(?P<name>[^\W\d_][^\n,!?]{1,40}?)[.!\s]*$"
)


def find_introductions(reading: Reading) -> Iterator[Span]:
    """Find names given by an introduction, after a relative, behind a label or under a message."""
    words = reading.words
    index = 0
    while index < len(words):
        certainty, length = _cue(reading, index)
        index += max(length, 1)
        if length and index < len(words):
            before = reading.plain.text[words[index - 1].end : words[index].start]
            if _GOES_BEFORE_NAME.fullmatch(before):
                yield from _name_at(reading, index, certainty)
    yield from _announced(reading)
    yield from _marked(reading, _LABEL, Certainty.LIKELY)
    yield from _marked(reading, _SIGNED, Certainty.POSSIBLE)


def _cue(reading: Reading, index: int) -> tuple[Certainty, int]:
    """Give how sure the cue that begins at a word is, and its length in words; none: 0."""
    words = reading.words
    for length in range(min(_LONGEST_CUE, len(words) - index), 0, -1):
        certainty = _CUES.get(tuple(word.folded for word in words[index : index + length]))
        if certainty is not None:
            return certainty, length
    if words[index].folded in _RELATIVES and index and words[index - 1].folded in _POSSESSIVES:
        return Certainty.LIKELY, 1
    return Certainty.POSSIBLE, 0


def _name_at(reading: Reading, index: int, certainty: Certainty) -> Iterator[Span]:
    """Read a name that begins at a word, if there is one to be believed."""
    word = reading.words[index]
    end = end_of_name(reading, index)
    if end is None or word.bare in TITLES or word.bare in STATES:
        return
    following = word_from(reading, end)
    if following is not None and following.folded in _SPOKEN:
        certainty = Certainty.SURE
    if _is_believed(reading, word, end, certainty):
        yield Span(word.start, end, Kind.NAME)


def _is_believed(reading: Reading, word: Word, end: int, certainty: Certainty) -> bool:
    is_written_as_name = word.is_capitalised and not reading.is_shouted
    is_given = is_given_name(word.bare)
    is_ambiguous = word.bare in AMBIGUOUS
    describes = word.bare.endswith(DESCRIBING_ENDINGS) and not is_given
    if certainty is Certainty.SURE:
        return is_written_as_name or not describes
    if certainty is Certainty.LIKELY and is_written_as_name:
        return is_given or (not describes and is_end_of_name(reading, end))
    if certainty is Certainty.LIKELY:
        return is_given and not is_ambiguous
    # "It's Jack Daniel's", "this is Ginger ale": a possessive or a noun behind it is no person.
    return is_given and not is_ambiguous and is_end_of_name(reading, end)


def _announced(reading: Reading) -> Iterator[Span]:
    """Find 'Ana here' and 'Ana Lopez speaking' at the beginning of a message."""
    words = reading.words
    if len(words) > 1 and words[0].is_capitalised and is_given_name(words[0].bare):
        end = end_of_name(reading, 0)
        following = word_from(reading, end) if end else None
        if end and following and following.folded in _SPOKEN | {"here"}:
            yield from _name_at(reading, 0, Certainty.POSSIBLE)


def _marked(reading: Reading, mark: re.Pattern[str], certainty: Certainty) -> Iterator[Span]:
    for match in mark.finditer(reading.plain.folded):
        start = match.start("name") if "name" in mark.groupindex else match.end()
        for index, word in enumerate(reading.words):
            if word.start == start:
                yield from _name_at(reading, index, certainty)
