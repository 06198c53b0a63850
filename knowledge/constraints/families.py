"""What a denied word covers beyond itself: whoever wants no coffee wants no latte either (pure).

Members are compared as whole words, in the singular. What catalogues tell by a diet or an allergen
(meat, milk, nuts …) stands in knowledge/constraints/diets.py.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from knowledge.constraints.denial import denials_in

_SCENTS = "scent scented fragrance perfume perfumed lavender rosemary balsam peppermint sage rose citrus vanilla menthol mint"
_FIZZY = (
    "fizzy sparkling carbonated soda cola tonic kombucha spritz seltzer bubbly beer ale bubble"
)
_FAMILIES = {
    "coffee": "espresso latte cappuccino mocha americano macchiato cortado decaf",
    "chocolate": "cocoa mocha truffle brownie fudge nutella choc",
    "tea": "chai matcha rooibos earl",
    "soda": "cola lemonade",
    "fizzy": _FIZZY,
    "fizz": _FIZZY,
    "gas": _FIZZY,
    "bubble": _FIZZY,
    "carbonated": _FIZZY,
    "sparkling": _FIZZY,
    "milky": "milk latte cappuccino macchiato cortado mocha",
    "drink": "coffee tea juice smoothie lemonade cola soda water cider latte kombucha beverage",
    "cheese": "cheddar mozzarella feta parmesan brie gouda ricotta paneer cheesecake cheeseburger cheesy margherita caprese",
    "fish": "salmon tuna haddock cod trout anchovy sardine mackerel herring",
    "seafood": "fish salmon tuna haddock cod clam crab lobster shrimp prawn mussel oyster scallop squid chowder seaweed",
    "shellfish": "clam crab lobster shrimp prawn mussel oyster scallop",
    "meat": "chicken turkey duck beef pork ham bacon lamb sausage pepperoni salami meatloaf steak jerky",
    "berry": "blueberry strawberry raspberry blackberry cranberry",
    "citrus": "lemon lime orange grapefruit clementine mandarin",
    "fruit": "apple banana berry blueberry strawberry raspberry mango pineapple peach pear orange lemon clementine",
    "nut": "peanut almond walnut hazelnut cashew pecan pistachio praline nutty",
    "spicy": "chili chilli jalapeno vindaloo sriracha wasabi kimchi cayenne",
    "spice": "spicy chili chilli vindaloo",
    "chili": "chilli spicy",
    "bread": "sandwich toast bagel baguette loaf roll bun focaccia naan panini",
    "pasta": "spaghetti penne macaroni lasagna noodle ravioli",
    "sweet": "cake cookie chocolate candy dessert caramel fudge doughnut pastry sugary brownie muffin taffy gummy",
    "dessert": "cake cookie brownie pie pastry tart doughnut",
    "candy": "sweet caramel taffy gummy licorice fudge",
    "cake": "cheesecake cupcake torte",
    "pastry": "croissant danish turnover doughnut scone muffin",
    "soup": "chowder minestrone broth ramen stew",
    "mint": "peppermint spearmint menthol",
    "scent": _SCENTS,
    "fragrance": _SCENTS,
    "perfume": _SCENTS,
    "scented": _SCENTS,
    "smell": _SCENTS,
    "heat": "spicy chili chilli jalapeno vindaloo sriracha wasabi kimchi cayenne",
    "flower": "bouquet rose sunflower orchid tulip",
    "plant": "orchid succulent",
    "candle": "taper",
    "mug": "cup",
    "cup": "mug",
    "book": "novel cookbook memoir handbook",
    "toy": "plush",
    "plush": "stuffed cuddly teddy",
    "stuffed": "plush",
    "game": "chess card",
    "food": "treat kibble snack",
    "wireless": "bluetooth earbud",
    "kid": "child children toddler baby",
    "child": "kid children toddler baby",
    "jewellery": "jewelry necklace earring bracelet ring",
    "jewelry": "jewellery necklace earring bracelet ring",
    "clothe": "shirt sweater jacket sock glove hat scarf knitwear rainwear clothing",
    "clothing": "shirt sweater jacket sock glove hat scarf knitwear rainwear",
    "sweater": "jumper pullover knitwear",
    "hat": "beanie cap",
    "beanie": "hat",
    "glove": "mitten",
    "shoe": "boot sandal sneaker",
    "leather": "suede",
    "earbud": "earphone",
    "earphone": "earbud",
    "headphone": "earbud earphone",
    "blue": "navy teal",
    "gray": "grey charcoal slate",
    "grey": "gray charcoal slate",
    "purple": "lavender violet",
    "pink": "rose",
    "brown": "tan",
    "beige": "cream sand",
}
# As the beginning of longer words these mean something else: tea and teak, pea and peach, blue and blueberry.
_WHOLE_WORDS = frozenset(
    "blue red black corn pear bean lamb plum rice mint rose gold star ring lime sage card".split()
)
_SHORTEST_BEGINNING = 4
_HISSING = ("shes", "ches", "xes", "sses", "zes", "toes")
_NO_PLURAL = ("ss", "us", "is")


@lru_cache(maxsize=256)
def covered_by(stem: str) -> frozenset[str]:
    """Give the words in the singular that a denied stem names: itself and the members of its family."""
    return frozenset(map(singular, (stem, *_FAMILIES.get(singular(stem), "").split())))


@lru_cache(maxsize=256)
def covered_by_any(stems: frozenset[str]) -> frozenset[str]:
    """Give all words that some of the denied stems name."""
    return frozenset[str]().union(*map(covered_by, stems))


def names_any(stems: Collection[str], words: Collection[str]) -> bool:
    """Tell whether some word is one that a stem covers, or, for longer stems, begins with it."""
    beginnings = tuple(
        stem for stem in stems if len(stem) >= _SHORTEST_BEGINNING and stem not in _WHOLE_WORDS
    )
    covered = frozenset[str]().union(*map(covered_by, stems))
    return any(word.startswith(beginnings) or singular(word) in covered for word in words)


def is_told_of(description: str, stems: Collection[str]) -> bool:
    """Tell whether a description names what a stem covers as being in it: "instead of dairy" does not."""
    lowered = description.casefold()
    covered = frozenset[str]().union(*map(covered_by, stems))
    if not any(each in lowered for each in covered):
        return False
    letters = list(lowered)
    for denial in denials_in(lowered):
        letters[denial.start : denial.end] = " " * (denial.end - denial.start)
    return names_any(stems, re.findall(r"[a-z]+", "".join(letters)))


def singular(word: str) -> str:
    """Take the plural off a lower-case word, the same way for both forms."""
    if word.endswith("ies") and len(word) > _SHORTEST_BEGINNING:
        return f"{word[:-3]}y"
    if word.endswith(_HISSING):
        return word[:-2]
    is_short = len(word) < _SHORTEST_BEGINNING  # "gas"
    return word if is_short or word.endswith(_NO_PLURAL) else word.removesuffix("s")
