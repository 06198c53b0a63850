"""What somebody may ask of a thing, as people call it: gluten-free, blue, fair trade (pure).

Facts hold the English names; what is not here is the shop's own word, and stays as it is.
"""

from collections.abc import Mapping

from babel import Locale

from knowledge.language import Sentence, told
from storage.records import Sustainability

_DIETS: Mapping[str, Sentence] = {
    "vegetarian": Sentence("vegetarian"),
    "pescatarian": Sentence("pescatarian"),
    "gluten-free": Sentence("gluten-free"),
    "dairy-free": Sentence("dairy-free"),
    "nut-free": Sentence("nut-free"),
    "halal": Sentence("halal"),
    "kosher": Sentence("kosher"),
    "sugar-free": Sentence("sugar-free"),
    "low-carb": Sentence("low-carb"),
    "alcohol-free": Sentence("alcohol-free"),
    "caffeine-free": Sentence("caffeine-free"),
}
_COLOURS: Mapping[str, Sentence] = {
    "blue": Sentence("blue"),
    "red": Sentence("red"),
    "green": Sentence("green"),
    "grey": Sentence("grey"),
    "black": Sentence("black"),
    "white": Sentence("white"),
    "brown": Sentence("brown"),
    "beige": Sentence("beige"),
    "pink": Sentence("pink"),
    "yellow": Sentence("yellow"),
    "orange": Sentence("orange"),
    "purple": Sentence("purple"),
    "navy": Sentence("navy"),
    "teal": Sentence("teal"),
    "turquoise": Sentence("turquoise"),
    "burgundy": Sentence("burgundy"),
    "charcoal": Sentence("charcoal"),
    "cream": Sentence("cream"),
    "gold": Sentence("gold"),
    "silver": Sentence("silver"),
    "coral": Sentence("coral"),
    "plum": Sentence("plum"),
    "mustard": Sentence("mustard"),
}
_TRAITS: Mapping[Sustainability, Sentence] = {
    Sustainability.VEGAN: Sentence("vegan"),
    Sustainability.ORGANIC: Sentence("organic"),
    Sustainability.FAIR_TRADE: Sentence("fair trade"),
    Sustainability.LOCAL: Sentence("local"),
    Sustainability.PLASTIC_FREE: Sentence("plastic free"),
    Sustainability.CRUELTY_FREE: Sentence("cruelty free"),
    Sustainability.CARBON_NEUTRAL: Sentence("carbon neutral"),
}
# Behind "it's"; other languages say that it is a colour.
_OF_COLOUR = Sentence("{colour}")


def trait(kind: Sustainability, locale: Locale) -> str:
    """Say how a product is made: "fair trade"."""
    return told(_TRAITS[kind], locale)


def make(name: str, locale: Locale) -> str:
    """Say in which make a thing comes, after "in": "blue", a size as it is."""
    return told(_COLOURS[name], locale) if name in _COLOURS else name


def quality(name: str, locale: Locale) -> str:
    """Say what a thing is, after "it's": "gluten-free", "blue"."""
    if name in _COLOURS:
        return told(_OF_COLOUR, locale, colour=told(_COLOURS[name], locale))
    return told(_DIETS[name], locale) if name in _DIETS else name
