"""What a product must be and must not be, and which products keep to it (pure).

It knows nothing of how people say it: knowledge/constraints/reading.py reads that out of a message.
"""

from dataclasses import dataclass, fields, replace

from knowledge.constraints import goods
from knowledge.constraints.colours import is_shade
from knowledge.constraints.families import covered_by, covered_by_any, is_told_of, names_any
from knowledge.constraints.food import Diet, fits_diet, fits_diets
from knowledge.constraints.properties import properties
from knowledge.constraints.recipient import Recipient
from knowledge.constraints.sizes import canonical
from knowledge.constraints.when import When
from storage.records import Product, Sustainability


@dataclass(frozen=True, slots=True)
class Constraints:
    """The limits of one wish. Words in `excluded` are lower-case stems; a field left empty is no limit.

    Those in `denied` were said in so many words: food must not even be described with them.

    `is_allergy` makes them exclude whatever holds them ("nut" in "hazelnut"): too much is safer there.
    `allergens` are those that catalogues list (milk, egg, gluten, nuts, peanuts, soy, sesame, fish, shellfish).
    `properties` are names in data/properties.toml. Several `colours` or `brands`: any of them will do. `quantity`, `recipient`, `when`, `store` (its whole
    name), `near` and `wants_cheapest` say more of the wish; no product breaks them.
    """

    max_price_cents: int | None = None
    sustainability: frozenset[Sustainability] = frozenset()
    excluded: frozenset[str] = frozenset()
    size: str | None = None
    is_allergy: bool = False
    min_price_cents: int | None = None
    diets: frozenset[Diet] = frozenset()
    allergens: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    excluded_brands: frozenset[str] = frozenset()
    wants_cheapest: bool = False
    quantity: int | None = None
    recipient: Recipient | None = None
    when: When | None = None
    store: str | None = None
    near: str | None = None
    denied: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()

    def allow(self, product: Product, words: frozenset[str]) -> bool:
        """Tell whether the product, with its `product_words`, is known to break no limit.

        What the catalogue does not know passes, but for allergens; `unknown_for` names it.
        """
        return (
            self._fits_price(product)
            and self._is_sustainable(product)
            and self._fits_make(product)
            and self._is_without(product, words)
            and fits_diets(product, self.diets)
            and all(
                properties().by_name[name].is_had_by(product, words) for name in self.properties
            )
        )

    def unknown_for(self, product: Product) -> tuple[str, ...]:
        """Give what was asked for and the catalogue does not know of this product, as people say it."""
        unknown: list[str] = []
        if goods.is_food(product):
            diets = sorted(self.diets)
            unknown += [each.spoken for each in diets if fits_diet(product, each) is None]
        if self.colours and goods.COLOUR not in product.attributes and not goods.is_food(product):
            unknown += sorted(self.colours)
        return tuple(unknown)

    def then(self, later: "Constraints") -> "Constraints":
        """Give these limits with what a later message says about the same wish.

        Later single values replace earlier ones; diets, allergens and exclusions stay and add up.
        """
        changed: dict[str, object] = {}
        for field in fields(self):
            value = getattr(later, field.name)
            if field.name in _ADDING_UP:
                changed[field.name] = getattr(self, field.name) | value
            elif isinstance(value, When) and self.when is not None:
                changed[field.name] = self.when.then(value)
            elif value not in (None, frozenset()):
                changed[field.name] = value
        return replace(self, **changed)  # type: ignore[arg-type]  # each value comes from the same field

    def _fits_price(self, product: Product) -> bool:
        price = product.price_cents
        if self.max_price_cents is not None and price > self.max_price_cents:
            return False
        return self.min_price_cents is None or price >= self.min_price_cents

    def _is_sustainable(self, product: Product) -> bool:
        has = product.sustainability
        if self.sustainability <= has:
            return True
        if Sustainability.VEGAN in goods.listed(product, goods.DIET):
            has |= {Sustainability.VEGAN}
        return self.sustainability <= has

    def _fits_make(self, product: Product) -> bool:
        """Compare size, age, colour and brand; a thing without a colour may have any."""
        if self.size is not None and not _is_of_size(product, self.size):
            return False
        if self.recipient is not None and not self.recipient.may_use(product):
            return False
        if self.colours and not self._is_coloured(product):
            return False
        if self.excluded_brands and _is_among(product.brand, self.excluded_brands):
            return False
        return not self.brands or _is_among(product.brand, self.brands)

    def _is_coloured(self, product: Product) -> bool:
        """Tell whether it may be of a colour asked for: food only when it is called so, "Pink Lemonade"."""
        colour = product.attributes.get(goods.COLOUR, "")
        if not colour and goods.is_food(product):
            colour = product.title
        return not colour or is_shade(colour, self.colours)

    def _is_without(self, product: Product, words: frozenset[str]) -> bool:
        if self.is_allergy and any(stem in word for stem in self.excluded for word in words):
            return False
        if self._is_named_by(product, words):
            return False
        if not self.allergens or not goods.may_be_swallowed(product):
            return True
        if not self.is_allergy and not goods.is_food(product):
            return True
        has = goods.listed(product, goods.ALLERGENS)
        # Nobody checked what is in it: with an allergy that is a no.
        return bool(has) and not self.allergens & has

    def _is_named_by(self, product: Product, words: frozenset[str]) -> bool:
        """Tell whether it is what must not be, by its words, by what it has, or by what is told of it."""
        lacking = goods.is_without(product)
        named = (
            {s for s in self.excluded if not covered_by(s) & lacking} if lacking else self.excluded
        )
        if goods.has_any(product, self.excluded | covered_by_any(self.excluded)) or (
            "food" in self.denied and goods.is_food(product)
        ):
            return True
        if names_any(named, words):
            return True
        return is_told_of(product.description, self.denied)


_ADDING_UP = frozenset(
    "sustainability excluded denied is_allergy diets allergens excluded_brands wants_cheapest".split()
)


def _is_among(brand: str | None, brands: frozenset[str]) -> bool:
    return (brand or "").casefold() in {each.casefold() for each in brands}


def _is_of_size(product: Product, size: str) -> bool:
    """Compare sizes in one spelling; a shoe of another country by what stands beside its size."""
    has, size = canonical(product.attributes.get(goods.SIZE, "")), canonical(size)
    country, _, number = size.partition(" ")
    if country == "us" and goods.US_SIZE in product.attributes:
        return product.attributes[goods.US_SIZE] == number
    if country in _EUROPEAN:
        return has == _EUROPEAN[country].get(number)
    return has == size


# Whole European sizes, as most makers print them beside theirs (ours).
_EUROPEAN = {
    "us": dict(
        zip("5 6 7 7.5 8 8.5 9 10 10.5 11.5 12".split(), map(str, range(36, 47)), strict=True)
    ),
    "uk": dict(
        zip("3 4 5 6 6.5 7 8 9 9.5 10.5 11.5".split(), map(str, range(36, 47)), strict=True)
    ),
}
