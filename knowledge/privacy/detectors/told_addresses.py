"""Finds what is said to be an address: "I live at 5 Aasa", "deliver it to …"; knows no kinds of street.

Behind such words a number beside a name is enough, in whatever language the street is called.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.detectors.addresses import NO_STREET
from knowledge.privacy.detectors.name_runs import PARTICLES
from knowledge.privacy.detectors.ordinary_words import FUNCTION_WORDS, words
from knowledge.privacy.detectors.towns import end_of_town
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

# Folded, so without accents. What says where someone lives is believed in small letters, too.
_LIVES = (
    r"(?<!mail )(?<!ip )(?<!mac )(?<!web )(?<!site )\baddress(?:\s(?:is(?: now)?|was|changed to)|\s?:)|\bi(?:'m| am)? (?:live|living|staying) (?:at|on)"
    r"|\badresse\s?(?:ist|lautet|est|er|:)|\bich wohne (?:in der|in|am|an der)|\bj'habite(?: au| a)?"
    r"|\b(?:direccion|domicilio)(?: es|\s?:)|\bvivo (?:en|in|a|na)|\bindirizzo(?: e|\s?:)|\babito (?:in|a)|\bendereco(?: e|\s?:)|\bmoro (?:na|no|em)"
    r"|\badres(?: is| to|\s?:)|\bik woon (?:op|aan|in)|\bmieszkam (?:przy|na)|\b(?:jag|jeg) bor (?:pa|i)|\basun osoitteessa"
)
_SENDS = (
    r"\b(?:deliver|delivered|send|sent|ship|shipped|bring|mail|post|liefern?|schick\w*|envi\w*|livr\w*|sped\w*)\b"
    r"(?:\s(?:it|this|that|them|the order|my order|everything|bitte|sie|es))?\s(?:to|at|nach|an die|a|au|in die|naar)"
)
_CUE = re.compile(rf"(?:(?P<lives>{_LIVES})|(?:{_SENDS}))[\s:]{{1,8}}(?:the\s)?")
_PIECE = re.compile(r"[ \t]*(?P<piece>#?[\w][\w'./-]*|,)")
_HOUSE = re.compile(r"#?[0-9]{1,5}[a-z]?(?:[-/][0-9]{1,4}[a-z]?)?\.?")
_STOPS = (
    FUNCTION_WORDS - PARTICLES - words("am an der dem den des la le les los las el im zur")
) | words("thanks please bitte")
_NOT_LIVED_IN = NO_STREET | words(
    "store shop counter desk locker gate size table check-in checkout am pm o'clock euro dollar adults kids of"
)
_MOST_PIECES = 9
_FEWEST_LETTERS = 3


def find_told_addresses(reading: Reading) -> Iterator[Span]:
    """Find a house number with the words beside it, behind words that announce an address."""
    if not reading.has_digits:
        return
    for cue in _CUE.finditer(reading.plain.folded):
        end = _end_of_address(reading, cue.end(), is_sure=cue["lives"] is not None)
        if end is not None:
            yield Span(cue.end(), end_of_town(reading, end), Kind.ADDRESS)


def _end_of_address(reading: Reading, start: int, *, is_sure: bool) -> int | None:
    """Walk over words and numbers; None unless both a house number and a name are among them."""
    pieces = list(_pieces(reading, start))
    names = [text for _, text in pieces if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS]
    if not any(_HOUSE.fullmatch(text) for _, text in pieces) or not names:
        return None
    if not _NOT_LIVED_IN.isdisjoint(names):
        return None
    is_written_as_name = any(
        word.text[0].isupper() for word in reading.words if start <= word.start < pieces[-1][0]
    )
    return pieces[-1][0] if is_sure or is_written_as_name else None


def _pieces(reading: Reading, start: int) -> Iterator[tuple[int, str]]:
    """Give end and folded text of each word or number of one clause, up to a word that goes on with a sentence."""
    folded = reading.plain.folded
    kept = {word.start for word in reading.words if word.is_kept}
    position = start
    for _ in range(_MOST_PIECES):
        match = _PIECE.match(folded, position)
        if not match or match["piece"] in _STOPS or match.start("piece") in kept:
            return
        text = match["piece"].rstrip(".,'-/")
        if text:
            yield match.start("piece") + len(text), text
        if match["piece"] == "," or (match["piece"].endswith(".") and len(text) > _FEWEST_LETTERS):
            return
        position = match.end()
