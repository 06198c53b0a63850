"""The diets and allergies in a message, as structured as catalogues tell them (pure)."""

import re
from collections.abc import Iterable, Mapping

from knowledge.constraints.food import Diet

# Said as they are, anywhere in a message.
_SAID: Mapping[Diet, str] = {
    Diet.VEGETARIAN: r"vegetarians?|veggie|(?:two|three|four|five|\d|both|for|are|we're|they're|us|feed(?:ing)?|couple of) veggies|veggo|meat[- ]?free|meatless|lacto[- ]vegetarian",
    Diet.PESCATARIAN: r"pesc[ae]tarians?",
    Diet.GLUTEN_FREE: r"gluten[- ]?free|wheat[- ]?free|c(?:o)?eliac|gluten[- ]intoleran(?:t|ce)|gf",
    Diet.DAIRY_FREE: r"(?:dairy|milk|lactose)[- ]?free|non[- ]dairy|df|lactose[- ]intoleran(?:t|ce)|lactose intolerance",
    Diet.NUT_FREE: r"nut[- ]?free",
    Diet.HALAL: r"halal",
    Diet.KOSHER: r"kosher",
    Diet.SUGAR_FREE: r"sugar[- ]?free|sugarless|unsweetened|no added sugar|diabetics?(?:[- ]friendly)?",
    Diet.LOW_CARB: r"low[- ]?carb|keto(?:genic)?|no carbs?",
    Diet.ALCOHOL_FREE: r"(?:alcohol|booze)[- ]?free|non[- ]?alcoholic|mocktails?",
    Diet.CAFFEINE_FREE: r"(?:caffeine|caffein)[- ]?free|decaf(?:feinated)?|decaff|(?:won't|wont|will not|wouldn't|doesn't|doesnt|does not|don't|not) keep (?:me|him|her|us|them|you) (?:awake|up)",
}
_PATTERNS = {diet: re.compile(rf"\b(?:{words})\b") for diet, words in _SAID.items()}
# Denied, they ask for the diet that is told of in catalogues.
_DENIED: Mapping[str, Diet] = {
    "meat": Diet.VEGETARIAN,
    "gluten": Diet.GLUTEN_FREE,
    "wheat": Diet.GLUTEN_FREE,
    "dairy": Diet.DAIRY_FREE,
    "milky": Diet.DAIRY_FREE,
    "milk": Diet.DAIRY_FREE,
    "lactose": Diet.DAIRY_FREE,
    "cow": Diet.DAIRY_FREE,
    "sugar": Diet.SUGAR_FREE,
    "carb": Diet.LOW_CARB,
    "alcohol": Diet.ALCOHOL_FREE,
    "booze": Diet.ALCOHOL_FREE,
    "caffeine": Diet.CAFFEINE_FREE,
    "alcoholic": Diet.ALCOHOL_FREE,
    "caffeinated": Diet.CAFFEINE_FREE,
}
# Denied, they name more than their own word. The allergens are those that catalogues list.
_NAMES: Mapping[str, str] = {
    "pork": "pork ham bacon prosciutto salami chorizo pepperoni sausage",
    "beef": "beef steak burger meatloaf",
    "poultry": "chicken turkey duck",
    "mushroom": "mushroom portobello shiitake",
    "wool": "wool merino lambswool cashmere",
    "booze": "beer wine",
    "alcohol": "beer wine rum whisky whiskey vodka cider",
}
_ALLERGENS: Mapping[str, str] = {
    "milk": "milk", "dairy": "milk", "lactose": "milk", "egg": "egg", "gluten": "gluten", "wheat": "gluten",
    "nut": "nuts peanuts", "almond": "nuts", "walnut": "nuts", "hazelnut": "nuts", "cashew": "nuts", "pecan": "nuts",
    "pistachio": "nuts", "peanut": "peanuts", "soy": "soy", "soya": "soy", "sesame": "sesame", "fish": "fish",
    "seafood": "fish shellfish", "shellfish": "shellfish", "shrimp": "shellfish", "prawn": "shellfish",
    "crab": "shellfish", "lobster": "shellfish",
}  # fmt: skip
_ALLERGIC = re.compile(r"\ballerg\w*")
# With something that must not be there, they tell of an allergy.
_REACTION = re.compile(
    r"\banaphyla\w*|\bepi-?pens?\b|\bswells? up\b|\bbreaks? out\b|\bhives\b|\bthroat (?:closes|swells)|\breacts? (?:badly )?to\b"
    r"|\bc(?:o)?eliac|\bintoleran(?:t|ce)\b.*\bsevere|\bdeathly\b|\bend(?:s)? up in (?:the )?hospital|\bambulance\b|\bsets? off (?:my|his|her|their) (?!smile)|\bsends? (?:me|him|her|them|us) to (?:the )?(?:hospital|er|a&e|doctor)\b"
)
_ALLERGY_BEFORE = re.compile(
    r"\b((?:tree )?[a-z]+?)s?(?: and ([a-z]+?)s?| or ([a-z]+?)s?)? allerg(?:y|ies|ic)\b"
)


def diet_words() -> frozenset[str]:
    """Give the words that diets and allergens are asked for with."""
    said = " ".join([*_SAID.values(), *_DENIED, *_ALLERGENS])
    return frozenset(re.findall(r"[a-z]{4,}", said))


def diets_in(text: str, denied: Iterable[str]) -> frozenset[Diet]:
    """Find the diets that a message, in small letters, asks for; `denied` are stems it firmly denies."""
    said = {diet for diet, pattern in _PATTERNS.items() if pattern.search(text)}
    said |= {_DENIED[stem] for stem in denied if stem in _DENIED}
    return frozenset(said)


def is_allergic(text: str, *, denies: bool = False) -> bool:
    """Tell whether a message, in small letters, speaks of an allergy; `denies` = it says that something must not be there."""
    return bool(_ALLERGIC.search(text)) or (denies and bool(_REACTION.search(text)))


def allergic_to(text: str) -> set[str]:
    """Find the stems named before "allergy": "a nut allergy"."""
    found = {word for match in _ALLERGY_BEFORE.finditer(text) for word in match.groups() if word}
    return {
        word.removeprefix("tree ") for word in found if word.removeprefix("tree ") in _ALLERGENS
    }


def allergens_of(stems: Iterable[str]) -> frozenset[str]:
    """Give the allergens, as catalogues list them, that denied stems name."""
    return frozenset(name for stem in stems for name in _ALLERGENS.get(stem, "").split())


def words_left_out(stems: Iterable[str]) -> frozenset[str]:
    """Give the words no product may have when these stems are denied: more where a word names a family.

    What a diet stands for is left to the diet: a "no milk" must not take away the oat milk.
    """
    left = set[str]()
    for stem in stems:
        left |= set(_NAMES.get(stem, "" if stem in _DENIED else stem).split())
    return frozenset(left)
