"""A sentence of the catalogue, said to one shopper (pure)."""

from knowledge.amounts import locale_for
from knowledge.language import Sentence, told
from storage.records import Shopper


def say(shopper: Shopper, sentence: Sentence, *, count: int = 1, **values: object) -> str:
    """Say a sentence in a shopper's language; `count` and `values` fill it."""
    return told(sentence, locale_for(shopper.language), count=count, **values)
