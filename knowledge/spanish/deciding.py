"""Tells by its words whether a message is Spanish (pure). Whose language is set to what is none of its business."""

from collections.abc import Sequence

from knowledge.spanish.vocabulary import Vocabulary
from knowledge.spanish.words import Token, tokens_of

# What only holds a sentence together tells its language best; things have their names from everywhere (ours).
_LITTLE, _WORD, _LOANED = 2.0, 1.0, 0.5
# A message of which less is known in Spanish is in some other language (ours).
_LEAST_SHARE = 0.34


def is_spanish(text: str) -> bool:
    """Tell whether the words of a message say more for Spanish than for English."""
    return speaks_spanish(tokens_of(text), Vocabulary.shipped())


def speaks_spanish(tokens: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Tell the same of a message in tokens."""
    silent = vocabulary.deciding.silent
    words = [token for token in tokens if token.is_word and token.bare not in silent]
    spanish = [_says_spanish(token, vocabulary) for token in words]
    # Behind the first word a capital begins a name, which may come from anywhere.
    said = [token for place, token in enumerate(words) if not place or token.text[0].islower()]
    english = sum(_says_english(token, vocabulary) for token in said)
    score, known = sum(spanish), sum(map(bool, spanish))
    return score > english and known >= _LEAST_SHARE * len(said)


def _says_spanish(token: Token, vocabulary: Vocabulary) -> float:
    told, word = vocabulary.deciding, token.bare
    if word in told.surely:
        return _LITTLE
    if word in told.silent:
        return 0.0
    if word in told.loaned:
        return _LOANED
    forms = vocabulary.forms(token)
    if word in told.english or not forms or forms[0].bare in told.silent or forms[0].is_slip:
        return 0.0  # a slip may as well be a word of any language
    return _LITTLE if word in told.little else _WORD


def _says_english(token: Token, vocabulary: Vocabulary) -> float:
    told, word = vocabulary.deciding, token.bare
    if word in told.surely | told.silent | told.loaned or word not in told.english:
        return 0.0
    if vocabulary.forms(token):
        return 0.0
    return _LITTLE if word in told.english_little else _WORD
