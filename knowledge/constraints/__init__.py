"""The limits in a message, and whether a product keeps them."""

from knowledge.constraints.colours import Coloured
from knowledge.constraints.food import Diet
from knowledge.constraints.goods import product_words
from knowledge.constraints.limit_vocabulary import limit_words, read_ahead
from knowledge.constraints.limits import Constraints
from knowledge.constraints.reading import constraints_in
from knowledge.constraints.recipient import Recipient
from knowledge.constraints.spoken_names import NO_NAMES, SpokenNames
from knowledge.constraints.when import When
from knowledge.constraints.wished import wished_in

__all__ = [
    "NO_NAMES",
    "Coloured",
    "Constraints",
    "Diet",
    "Recipient",
    "SpokenNames",
    "When",
    "constraints_in",
    "limit_words",
    "product_words",
    "read_ahead",
    "wished_in",
]
