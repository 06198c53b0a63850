"""What holds for whatever shoppers look for for themselves: the diet and the dislikes that they declared (pure).

No score and nothing learned overrules it. A diet is about what is eaten: a kettle need not be vegan.
"""

from dataclasses import dataclass

from knowledge.constraints.goods import is_food
from knowledge.constraints.limits import Constraints
from storage.records import Product


@dataclass(frozen=True, slots=True)
class Standing:
    """Declared limits, as they bind food and other things."""

    of_food: Constraints
    of_things: Constraints

    def allow(self, product: Product, words: frozenset[str]) -> bool:
        """Tell whether a product, with its `product_words`, is known to break none of it."""
        limits = self.of_food if is_food(product) else self.of_things
        return limits.allow(product, words)
