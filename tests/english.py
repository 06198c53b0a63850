"""What a sentence of the product says in English, for comparison."""

from babel import Locale

from knowledge.language import Sentence, told

ENGLISH = Locale("en")


def english(sentence: Sentence, *, count: int = 1, **values: object) -> str:
    """Say a sentence in English."""
    return told(sentence, ENGLISH, count=count, **values)
