"""What food may be asked to fit, and whether it does as far as a catalogue tells (pure)."""

from collections.abc import Set as AbstractSet
from enum import StrEnum

from knowledge.constraints import goods
from knowledge.constraints.families import names_any
from storage.records import Product


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
_SUGARY = frozenset({"sweet", "dessert", "pastry", "jam", "honey", "syrup"})


def fits_diets(product: Product, diets: AbstractSet[Diet]) -> bool:
    """Tell whether a product, food or not, is known to break none of these diets."""
    if not diets:
        return True
    if not goods.is_food(product):
        return not diets & _ALWAYS_LISTED  # who names a diet means to eat it
    return all(fits_diet(product, diet) is not False for diet in diets)


def fits_diet(product: Product, diet: Diet) -> bool | None:
    """Tell whether food fits a diet; None = the catalogue does not know."""
    listed = goods.listed(product, goods.DIET)
    if diet in listed:
        return True
    if listed and diet in _ALWAYS_LISTED:
        return False
    free = goods.is_free(product, diet.value)
    if (
        free is None
        and diet is Diet.SUGAR_FREE
        and names_any(_SUGARY, goods.product_words(product))
    ):
        return False  # nobody needs to write that there is sugar in a cake
    return free
