"""The limits in a message, and whether a product keeps them."""

from knowledge.constraints.goods import product_words
from knowledge.constraints.limits import Constraints, Diet, Recipient, When
from knowledge.constraints.reading import ShopNames, constraints_in

__all__ = [
    "Constraints",
    "Diet",
    "Recipient",
    "ShopNames",
    "When",
    "constraints_in",
    "product_words",
]
