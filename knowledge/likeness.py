"""Which products have to do with a wish, and how well each fits: by meaning, by its words, by its name.

What it costs, where it can be had and when is not asked here.
"""

from collections.abc import Collection, Mapping, Sequence

from knowledge.constraints import Constraints
from knowledge.discretion import may_be_shown
from knowledge.measures import measures_in
from knowledge.naming import Named, named_in
from knowledge.prepared import Prepared
from knowledge.search.fusion import Hit
from knowledge.search.texts import suiting_text
from knowledge.sought import Sought

_PRODUCTS_A_WISH = 40
_LOOKED_THROUGH = 5
# How much what a wish denies counts beside likeness: measured on the sample shop, where 0.1 does half (ours).
_SUITING = 0.25
# What is less similar than the first is another thing altogether, unless it says the words asked for: the second is
# all of them, in a title or a tag. Measured on the sample shop (ours).
_RELEVANT_SIMILARITY = 0.36
_RELEVANT_WORDS = 0.5
# The same for a name that no product says: wine and ginger ale (ours, on 160 things sold and not sold).
_STRANGE_SIMILARITY = 0.5
_LONGEST_NAME = 3
_MARGIN_TO_BEST = 0.22
# What holds just as much as was asked for goes before its like, and beyond the margin (ours).
_MEASURED = 0.25


class Likeness:
    """Finds the products of one catalogue that are like what is wished for."""

    def __init__(self, prepared: Prepared) -> None:
        self._finder = prepared.finder
        self._catalogue = prepared.catalogue
        self._suiting = prepared.suiting

    def thing_named(self, sought: Sought, constraints: Constraints) -> Named:
        """Give the thing that a wish calls by name; its name is empty where it calls none."""
        name = named_in(sought.text, constraints) if sought.text else ()
        return Named(name, self._finder.of_kind(name))

    async def hits(
        self, sought: Sought, thing: Named, allowed: Collection[str] | None
    ) -> list[Hit]:
        """Give what has to do with the wish: when it is called by name, only what is called so."""
        hits = await self.relevant(sought, thing, allowed)
        named = [hit for hit in hits if self._is_so(hit, thing)]
        if named or allowed is None:
            return named or hits
        # What is called so is there, but beyond the limits: then what stands beside it, and nothing else.
        known = await self._finder.search(sought.text, sought.vectors, _LOOKED_THROUGH, None)
        aisles = {self._aisle(hit) for hit in known if self._is_so(hit, thing)}
        beside = [hit for hit in hits if self._aisle(hit) in aisles]
        # Where nothing of the like is within the limits, what says the very word may be: of local cheese the cheddar.
        return (
            (beside or [hit for hit in hits if hit.words >= _RELEVANT_WORDS]) if aisles else hits
        )

    def scores(
        self, hits: Sequence[Hit], thing: Named, wish: str, *, is_cheapest: bool
    ) -> Mapping[str, float]:
        """Give how well each hit fits, and suits what the wish denies, without those that fit much less than the best."""
        products = [self._catalogue.products[hit.id] for hit in hits]
        weights = self._suiting.weigh(wish, [suiting_text(product) for product in products])
        measures = measures_in(wish)
        fits = {
            hit.id: thing.fit(hit.score, product)
            + _SUITING * weight
            + (_MEASURED if measures & measures_in(product.title) else 0.0)
            for hit, product, weight in zip(hits, products, weights, strict=True)
        }
        best = max(fits.values(), default=0.0)
        if is_cheapest and any(self._is_so(hit, thing) for hit in hits):
            return dict.fromkeys(fits, best)  # of what is called so, the price alone decides
        return {key: fit for key, fit in fits.items() if fit >= best - _MARGIN_TO_BEST}

    async def best_fit(self, sought: Sought, thing: Named) -> float:
        """Give how well the best there is fits, whatever it costs and wherever it stands."""
        hits = await self.relevant(sought, thing, None)
        fits = self.scores(hits, thing, "", is_cheapest=False)
        return max(fits.values(), default=0.0)

    async def has_named(self, sought: Sought) -> bool:
        """Tell whether the words to look up are what something is called; without words nothing is."""
        if not sought.text:
            return False
        named = self._finder.saying(sought.text, sought.vectors, _LOOKED_THROUGH, _RELEVANT_WORDS)
        return bool(await named)

    async def relevant(
        self, sought: Sought, thing: Named, allowed: Collection[str] | None
    ) -> list[Hit]:
        """Give the hits that have something to do with the wish, by meaning or by its words, best first."""
        hits = await self._finder.search(sought.text, sought.vectors, _PRODUCTS_A_WISH, allowed)
        # Whatever a shop does not sell has something beside it on the shelf that is a little like it.
        is_strange = 0 < len(thing.name) <= _LONGEST_NAME and not self._finder.sells(thing.name)
        enough = _STRANGE_SIMILARITY if is_strange else _RELEVANT_SIMILARITY
        return [
            hit
            for hit in hits
            if (hit.similarity >= enough or hit.words >= _RELEVANT_WORDS)
            # What is not in the catalogue read here came since: the next question finds it.
            and hit.id in self._catalogue.products
            and may_be_shown(self._catalogue.products[hit.id], sought.text, is_open=sought.is_open)
        ]

    def _aisle(self, hit: Hit) -> str | None:
        product = self._catalogue.products.get(hit.id)
        return product.attributes.get("aisle", product.category) if product is not None else None

    def _is_so(self, hit: Hit, thing: Named) -> bool:
        product = self._catalogue.products.get(hit.id)
        return product is not None and thing.holds(product)
