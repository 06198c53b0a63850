"""What the catalogue tells of a product, in the words that limits are compared with (pure).

The attributes read here are those that scripts/demo/catalogue.py describes; any shop may leave them out.
"""

import re
from collections.abc import Collection, Mapping

from storage.records import Product

SIZE, US_SIZE, COLOUR, DIET, ALLERGENS = "size", "us_size", "colour", "diet", "allergens"
ANIMAL = "animal"
_AGE = re.compile(r"(\d{1,2})\s*(?:[–-]\s*(\d{1,2})|\+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_MONTHS_A_YEAR = 12
_FOOD_WORDS = frozenset(
    "food drink meal snack grocery bakery bread pastry cake dessert sweet candy chocolate coffee tea juice "
    "soup salad pizza sandwich fruit vegetable meat fish cheese dairy breakfast lunch dinner beverage "
    "groceries bakeries pastries candies".split()
)
_SWALLOWED_AT_TIMES = frozenset("pharmacy care baby pet pets health medicine supplements".split())
_HAD, _NOT_HAD = frozenset({"scent", "caffeine", "alcohol", "spicy"}), frozenset({"no", "none"})
_ALSO_CALLED = {"scent": ("scented", "perfume", "perfumed", "fragrance", "smell")}
# Attributes whose "no" says that food is free of it, and whose "yes" that it is not.
_FREE_BY: Mapping[str, str] = {
    "sugar_free": "sugar",
    "alcohol_free": "alcohol",
    "caffeine_free": "caffeine",
}


def product_words(product: Product) -> frozenset[str]:
    """Give the lower-case words and the numbers that say what a product is, for limits such as "no coffee"."""
    told = (product.title, *_kind_of(product), *product.tags, *_telling(product))
    return frozenset(re.findall(r"[a-z]+|\d+", _THOUSANDS.sub("", " ".join(told).casefold())))


def listed(product: Product, attribute: str) -> frozenset[str]:
    """Give the values of an attribute that lists several; "none" is one of them, empty = not known."""
    values = product.attributes.get(attribute, "").casefold().split(",")
    return frozenset(value.strip() for value in values if value.strip())


def is_food(product: Product) -> bool:
    """Tell whether it is eaten or drunk by people, so that diets and allergies matter."""
    if "animal" in product.attributes:
        return False
    if DIET in product.attributes or ALLERGENS in product.attributes:
        return True
    words = re.findall(r"[a-z]+", product.category.casefold())
    return any(word in _FOOD_WORDS or word.rstrip("s") in _FOOD_WORDS for word in words)


def may_be_swallowed(product: Product) -> bool:
    """Tell whether somebody may eat it, be it food, medicine, for babies or for animals: an allergy matters."""
    if is_food(product) or "animal" in product.attributes:
        return True
    words = set(re.findall(r"[a-z]+", product.category.casefold()))
    return bool(words & _SWALLOWED_AT_TIMES)


def is_free(product: Product, diet: str) -> bool | None:
    """Tell by an attribute of its own (sugar, alcohol, caffeine) whether food is free of it; None = unknown."""
    said = product.attributes.get(_FREE_BY.get(diet, ""), "").casefold()
    return {"no": True, "yes": False}.get(said)


def has_any(product: Product, named: Collection[str]) -> bool:
    """Tell whether it has one of these attributes at all: a candle with a "scent" that is not "none"."""
    asked = [name for name in _HAD if not _called(name).isdisjoint(named)]
    return any(product.attributes.get(name, "no").casefold() not in _NOT_HAD for name in asked)


def is_without(product: Product) -> frozenset[str]:
    """Give the words for attributes that it is said not to have: an unscented candle may still tell of scents."""
    said = ((name, product.attributes.get(name, "").casefold()) for name in _HAD)
    return frozenset[str]().union(*(_called(name) for name, value in said if value in _NOT_HAD))


def _called(name: str) -> frozenset[str]:
    return frozenset({name, *_ALSO_CALLED.get(name, ())})


def is_for_age(product: Product, age_years: float) -> bool:
    """Tell whether nothing says that it is for older or younger people: "3+", "6–10", "0–3 months"."""
    said = product.attributes.get("age", "")
    match = _AGE.search(said)
    if match is None:
        return True
    a_year = _MONTHS_A_YEAR if "month" in said else 1
    least, most = int(match[1]) / a_year, int(match[2]) / a_year if match[2] else None
    return least <= age_years and (most is None or age_years <= most)


def _kind_of(product: Product) -> tuple[str, ...]:
    """Give the category, but of "books & toys" nothing where the aisle tells which of them it is."""
    is_joint = re.search(r"&|/|,| and ", product.category) is not None
    return () if is_joint and "aisle" in product.attributes else (product.category,)


def _telling(product: Product) -> list[str]:
    """Give the attributes as words: the name of those that are "yes", the values of the others.

    "spicy: no" and "diet: dairy_free" name what it is not; their words would exclude the wrong things.
    """
    attributes = {name: v for name, v in product.attributes.items() if name != DIET and v != "no"}
    return [name if value == "yes" else value for name, value in attributes.items()]
