"""The limits in a message, and whether a product keeps them."""

from knowledge.constraints.denial import wished_in
from knowledge.constraints.goods import product_words
from knowledge.constraints.limits import Constraints, Diet, Recipient, When
from knowledge.constraints.reading import NO_NAMES, SpokenNames, constraints_in

__all__ = [
    "NO_NAMES",
    "Constraints",
    "Diet",
    "Recipient",
    "SpokenNames",
    "When",
    "constraints_in",
    "product_words",
    "wished_in",
]
