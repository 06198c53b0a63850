"""How far a name goes once it has begun; knows neither titles' meaning nor introductions."""

import re

from knowledge.privacy.detectors.ordinary_words import AMBIGUOUS, FUNCTION_WORDS, STATES, words
from knowledge.privacy.reading import Reading, Word

TITLES = words(
    "mr mrs ms mx miss mister dr prof professor sir madam dame lord lady herr frau mme mlle monsieur madame "
    "mademoiselle senor senora senorita sr sra don dona signor signora mevrouw meneer"
)
PARTICLES = words(
    "da de del della den der di do dos du el la le les lo ter ten van von vom zu zur bin ibn al mac mc"
)
BETWEEN_NAMES = re.compile(r"[ \t]{1,3}|\.[ \t]{0,2}|-")
_MOST_WORDS = 4
_ENDS_CLAUSE = re.compile(r"\s*(?:$|[,.;:!?()\n\"-])")
_FOLLOWS_NAME = words(
    "and from here with speaking calling writing but i i'm my is wants needs would again too by who"
)


def end_of_name(reading: Reading, index: int) -> int | None:
    """Say where the name that begins at a word ends; None when the word can't begin one.

    Goes on over capitalised words, initials and particles (de la, van), over one surname in small
    letters; stops at function words and at the catalogue's own names.
    """
    words = reading.words
    first = words[index]
    if first.is_kept or first.bare in FUNCTION_WORDS:
        return None
    end, last = first.name_end, index
    for place in range(index + 1, min(index + _MOST_WORDS, len(words))):
        if not _goes_on(reading, words[place - 1], words[place]):
            break
        if words[place].folded not in PARTICLES:
            end, last = words[place].name_end, place
    if first.is_capitalised and not reading.is_shouted:
        return end
    return _over_small_letters(reading, last, end)


def is_end_of_name(reading: Reading, end: int) -> bool:
    """Say whether a clause ends here, or goes on as it does after a name."""
    if _ENDS_CLAUSE.match(reading.plain.text, end):
        return True
    following = word_from(reading, end)
    return following is not None and following.folded in _FOLLOWS_NAME


def word_from(reading: Reading, position: int) -> Word | None:
    """Give the first word that begins at or after a position."""
    return next((word for word in reading.words if word.start >= position), None)


def _goes_on(reading: Reading, previous: Word, word: Word) -> bool:
    gap = reading.plain.text[previous.name_end : word.start]
    if word.is_kept or not BETWEEN_NAMES.fullmatch(gap):
        return False
    # A full stop ends the sentence, unless it follows an initial.
    if "." in gap and len(previous.text) > 1 and previous.folded not in TITLES:
        return False
    if word.folded in PARTICLES:
        return True
    return word.text[0].isupper() and not reading.is_shouted and word.folded not in FUNCTION_WORDS


def _over_small_letters(reading: Reading, last: int, end: int) -> int:
    """Go on over a surname in small letters: 'ana lopez', 'ana lopez and I want …'."""
    if last + 1 >= len(reading.words):
        return end
    following = reading.words[last + 1]
    if (
        following.is_kept
        or following.folded in FUNCTION_WORDS | STATES | AMBIGUOUS
        or reading.plain.text[end : following.start] != " "
        or not is_end_of_name(reading, following.name_end)
    ):
        return end
    return following.name_end
