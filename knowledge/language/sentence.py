"""A sentence of the product, as it is written in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its placeholders, not yet in anybody's language.

    It is no str on purpose: nothing can be sent before `told` has put it into the language of whoever reads it. What
    stands in a call of this class is what scripts/translations finds. `other` is its form for numbers other than one.
    """

    text: str
    other: str = ""
