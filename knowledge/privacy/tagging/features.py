"""What the tagger is told of a word beside its letters: how it is written, and whether it is a name somewhere.

Training and use share this file; whoever changes a number here must train again (scripts/train_tagger).
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from knowledge.privacy.plain import fold

# Countries whose names Faker lists in Latin letters.
LOCALES = (
    "cs_CZ da_DK de_AT de_CH de_DE en_GB en_IE en_IN en_NZ en_US es_AR es_CL es_CO es_ES es_MX et_EE "
    "fi_FI fr_BE fr_CA fr_CH fr_FR hr_HR hu_HU id_ID it_IT lt_LT lv_LV nl_BE nl_NL no_NO pl_PL pt_BR "
    "pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR vi_VN az_AZ en_NG zu_ZA tw_GH yo_NG"
).split()
KINDS = 24  # six ways of writing, times four of being listed
GIVEN, SURNAME = 1, 2
_PUNCTUATION = 4
BETWEEN_WORDS = _PUNCTUATION * 4
"""The kind of what is no word: spaces, and the marks that a tokenizer puts around a text."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W\d_]+)*|[^\w\s]|_")
_PART = re.compile(r"['-]")
_SHORTEST = 3


def kinds_of(text: str, listed: Sequence[int] | None = None) -> list[int]:
    """Give each character the kind of its word, 0 to KINDS - 1.

    Args:
        text: Plain characters (see privacy/plain.py).
        listed: For training: what to believe of each word in place of the lists, in order.
    """
    kinds = [BETWEEN_WORDS] * len(text)
    for number, match in enumerate(_WORD.finditer(text)):
        word = match.group()
        known = name_lists(word) if listed is None else listed[number]
        kinds[match.start() : match.end()] = [_shape(word) * 4 + known] * len(word)
    return kinds


def words_of(text: str) -> list[str]:
    """Give the words and marks of a text, as `kinds_of` counts them."""
    return _WORD.findall(text)


def name_lists(word: str) -> int:
    """Say whether a word, or a part of it, is a given name, a surname, both or neither."""
    folded = fold(word).removesuffix("'s")
    parts = [part for part in (folded, *_PART.split(folded)) if len(part) >= _SHORTEST]
    given, surnames = _names()
    return GIVEN * any(part in given for part in parts) + SURNAME * any(
        part in surnames for part in parts
    )


def _shape(word: str) -> int:
    """Number the way a word is written: small, Capital, ALL, with digits, a mark, miXed."""
    if any(character.isdigit() for character in word):
        return 3
    if not word[0].isalnum():
        return _PUNCTUATION
    if word.islower():
        return 0
    if len(word) > 1 and word.isupper():
        return 2
    return 1 if word[0].isupper() else 5


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Read Faker's lists (installed with the product, MIT): given names and surnames, folded, 0.4 s once."""
    given: set[str] = set()
    surnames: set[str] = set()
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if attribute.startswith("first_names"):
                given.update(_folded(names))
            elif attribute.startswith("last_names"):
                surnames.update(_folded(names))
    return frozenset(given), frozenset(surnames)


def _folded(names: object) -> list[str]:
    if not isinstance(names, tuple | list | dict):
        return []
    words = " ".join(map(str, names)).split()
    return [folded for word in words if len(folded := fold(word)) >= _SHORTEST]
