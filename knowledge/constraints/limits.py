"""What a product must be and must not be, and which products keep to it (pure).

It knows nothing of how people say it: knowledge/constraints/reading.py reads that out of a message.
"""

from dataclasses import dataclass, fields, replace
from datetime import time
from enum import StrEnum

from knowledge.constraints import goods
from storage.records import Product, Sustainability


class Diet(StrEnum):
    """What food may be asked to fit. Vegan is none of them: things that are not eaten can be vegan, too."""

    VEGETARIAN = "vegetarian"
    PESCATARIAN = "pescatarian"
    GLUTEN_FREE = "gluten_free"
    DAIRY_FREE = "dairy_free"
    NUT_FREE = "nut_free"
    HALAL = "halal"
    KOSHER = "kosher"
    SUGAR_FREE = "sugar_free"
    LOW_CARB = "low_carb"
    ALCOHOL_FREE = "alcohol_free"
    CAFFEINE_FREE = "caffeine_free"

    @property
    def spoken(self) -> str:
        """Give it as people say it."""
        return self.value.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom something is for: "dad", "child", "dog" …; `age_years` None = not said."""

    who: str
    age_years: int | None = None


@dataclass(frozen=True, slots=True)
class When:
    """When it is wanted, on the store's clock; None = not said.

    `minutes` is how long it may take from now, `days_ahead` 0 = today, 1 = tomorrow.
    """

    minutes: int | None = None
    days_ahead: int | None = None
    after: time | None = None
    before: time | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """The limits of one wish. Words in `excluded` are lower-case stems; a field left empty is no limit.

    `is_allergy` makes them exclude whatever holds them ("nut" in "hazelnut"): too much is safer there.
    `allergens` are those that catalogues list (milk, egg, gluten, nuts, peanuts, soy, sesame, fish, shellfish).
    Several `colours` or `brands`: any of them will do. `quantity`, `recipient`, `when`, `store` (its whole
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

    def allow(self, product: Product, words: frozenset[str]) -> bool:
        """Tell whether the product, with its `product_words`, is known to break no limit.

        What the catalogue does not know passes, but for allergens; `unknown_for` names it.
        """
        return (
            self._fits_price(product)
            and self._is_sustainable(product)
            and self._fits_make(product)
            and self._is_without(product, words)
            and self._fits_diets(product)
        )

    def unknown_for(self, product: Product) -> tuple[str, ...]:
        """Give what was asked for and the catalogue does not know of this product, as people say it."""
        unknown: list[str] = []
        if goods.is_food(product):
            diets = sorted(self.diets)
            unknown += [each.spoken for each in diets if _fits(product, each) is None]
        if self.colours and goods.COLOUR not in product.attributes:
            unknown.append(" or ".join(sorted(self.colours)))
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
        if Sustainability.VEGAN in goods.listed(product, goods.DIET):
            has |= {Sustainability.VEGAN}
        return self.sustainability <= has

    def _fits_make(self, product: Product) -> bool:
        """Compare size, colour and brand; a thing without a colour may have any."""
        attributes = product.attributes
        if self.size is not None and self.size != attributes.get(goods.SIZE, "").casefold():
            return False
        colour = attributes.get(goods.COLOUR, "").casefold()
        if self.colours and colour and not any(each in colour for each in self.colours):
            return False
        brand = (product.brand or "").casefold()
        if brand in {each.casefold() for each in self.excluded_brands}:
            return False
        return not self.brands or brand in {each.casefold() for each in self.brands}

    def _is_without(self, product: Product, words: frozenset[str]) -> bool:
        if self.is_allergy and any(stem in word for stem in self.excluded for word in words):
            return False
        if any(word.startswith(stem) for stem in self.excluded for word in words):
            return False
        if not self.allergens or not goods.is_food(product):
            return True
        has = goods.listed(product, goods.ALLERGENS)
        # Nobody checked what is in it: with an allergy that is a no.
        return bool(has) and not self.allergens & has

    def _fits_diets(self, product: Product) -> bool:
        if not self.diets or not goods.is_food(product):
            return True
        return all(_fits(product, diet) is not False for diet in self.diets)


_ADDING_UP = frozenset(
    "sustainability excluded is_allergy diets allergens excluded_brands wants_cheapest".split()
)
# Catalogues that list diets list these completely: what is not named does not fit.
_ALWAYS_LISTED = frozenset(
    {
        Diet.VEGETARIAN,
        Diet.PESCATARIAN,
        Diet.GLUTEN_FREE,
        Diet.DAIRY_FREE,
        Diet.NUT_FREE,
    }
)


def _fits(product: Product, diet: Diet) -> bool | None:
    """Tell whether food fits a diet; None = the catalogue does not know."""
    listed = goods.listed(product, goods.DIET)
    if diet in listed:
        return True
    if listed and diet in _ALWAYS_LISTED:
        return False
    return goods.is_free(product, diet.value)
