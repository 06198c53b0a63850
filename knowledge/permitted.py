"""Which products keep to the limits of a wish, remembered for the limits that come again.

Looking at every product takes two to six microseconds each: nothing for six hundred, half a second for a
hundred thousand. So it happens off the event loop, and once for a catalogue: many people ask for "vegan".
"""

import asyncio
from collections import OrderedDict

from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints
from knowledge.standing import Standing

_REMEMBERED = 64  # limits; for a million products each is a few megabytes


class Permitted:
    """The products of one catalogue that limits permit."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: OrderedDict[Constraints | Standing, frozenset[str]] = OrderedDict()

    async def by(self, constraints: Constraints | Standing) -> frozenset[str]:
        """Give the ids of all products that keep to the limits; the same object for the same limits."""
        if constraints not in self._known:
            self._known[constraints] = await asyncio.to_thread(self._looked_at, constraints)
        self._known.move_to_end(constraints)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return self._known[constraints]

    def _looked_at(self, constraints: Constraints | Standing) -> frozenset[str]:
        words = self._catalogue.words
        return frozenset(
            key
            for key, product in self._catalogue.products.items()
            if constraints.allow(product, words[key])
        )
