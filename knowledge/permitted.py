"""Which products keep to the limits of a wish, remembered for the limits that come again.

Looking at every product takes two to six microseconds each: nothing for six hundred, half a second for a
hundred thousand. So it happens off the event loop, and once for a catalogue: many people ask for "vegan".
"""

import asyncio
from collections import OrderedDict
from typing import Protocol

from knowledge.catalogue import Catalogue
from storage.records import Product


class Limits(Protocol):
    """What a product can break; the same limits compare equal."""

    def __hash__(self) -> int: ...

    def allow(self, product: Product, words: frozenset[str]) -> bool:
        """Tell whether the product, with its `product_words`, is known to break none."""


_REMEMBERED = 64  # limits; for a million products each is a few megabytes


class Permitted:
    """The products of one catalogue that limits permit."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: OrderedDict[Limits, frozenset[str]] = OrderedDict()

    async def by(self, limits: Limits) -> frozenset[str]:
        """Give the ids of all products that keep to the limits; the same object for the same limits."""
        if limits not in self._known:
            self._known[limits] = await asyncio.to_thread(self._looked_at, limits)
        self._known.move_to_end(limits)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return self._known[limits]

    def _looked_at(self, limits: Limits) -> frozenset[str]:
        words = self._catalogue.words
        return frozenset(
            key
            for key, product in self._catalogue.products.items()
            if limits.allow(product, words[key])
        )
