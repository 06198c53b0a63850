"""What somebody likes and what is not for them, as it was said of them: "candles, vegan, no wool" (pure).

It reads words alone and knows neither who said them nor of whom.
"""

import re
from dataclasses import dataclass, replace

from knowledge.constraints import Constraints, constraints_in, goods
from knowledge.constraints.families import names_any
from knowledge.spanish import in_english
from storage.records import Product, Sustainability

_BETWEEN = re.compile(r"\s*[,;]\s*|\s+(?:and|y|e)\s+")
_ARTICLE = r"(?:(?:a|al|el|la|los|las|the|any)\s+)*"
_ALLERGIC = re.compile(
    rf"\A(?:(?:is|es)\s+)?(?:allergic\s+to|al[eé]rgic[oa]\s+)\s*{_ARTICLE}(?P<what>.+)",
    re.IGNORECASE,
)
_DISLIKES = re.compile(
    r"\A(?:(?:he|she|they)\s+)?(?:"
    r"(?:a\s+\w+\s+)?no\s+les?\s+gustan?(?:\s+nada)?|no\s+(?:come|bebe|toma|usa|lleva)|odian?|detestan?|sin|nada\s+de"
    r"|(?:does\s+not|doesn['’]t|do\s+not|don['’]t)\s+(?:like|love|eat|drink|wear|want|use)"
    r"|can(?:not|['’]t)\s+stand|dislikes?|hates?|never|without|nothing\s+with|not?"
    rf")\s+{_ARTICLE}(?P<what>.+)",
    re.IGNORECASE,
)
# A remark that says how somebody eats is no wish for vegan things.
_DIET = re.compile(
    r"(?:(?:he|she|is|es|strictly|mostly|a)\s+)*(?:vegans?|vegetarians?|veggie|pescatarian|halal|kosher|c(?:o)?eliac"
    r"|(?:gluten|lactose|dairy|nut|sugar|alcohol|caffeine)[- ]?(?:free|intolerant)|keto|low[- ]carb|teetotal"
    r"|plant[- ]based|diabetic)(?:\s+(?:diet|food|only))?",
    re.IGNORECASE,
)
_NOTHING_SAID = Constraints()
# What goods that nobody eats are not made of for who lives vegan (ours).
_OF_ANIMALS = frozenset("leather wool silk suede fur sheepskin beeswax feather".split())


@dataclass(frozen=True, slots=True)
class Limits:
    """What a present for somebody must not be.

    A diet is about what is eaten and drunk: who is vegetarian may be given a candle, who is vegan none of beeswax.
    """

    said: Constraints = _NOTHING_SAID

    @property
    def is_empty(self) -> bool:
        """Tell whether everything may be given."""
        return self == Limits()

    def allow(self, product: Product, words: frozenset[str]) -> bool:
        """Tell whether a product, with its `product_words`, is known to break no limit."""
        if goods.is_food(product):
            return self.said.allow(product, words)
        is_vegan = Sustainability.VEGAN in self.said.sustainability
        if is_vegan and names_any(_OF_ANIMALS, words):
            return False
        return replace(self.said, sustainability=frozenset(), diets=frozenset()).allow(
            product, words
        )

    def also(self, others: "Limits") -> "Limits":
        """Give both together."""
        return Limits(self.said.then(others.said))


@dataclass(frozen=True, slots=True)
class Likings:
    """What is liked, in English, in the order told, and the limits."""

    likes: tuple[str, ...] = ()
    limits: Limits = Limits()


def likings_in(tastes: str) -> Likings:
    """Read tastes as /family keeps them, in English or Spanish."""
    likes, limits = list[str](), Limits()
    for remark in filter(None, (each.strip(" .") for each in _BETWEEN.split(tastes))):
        if match := _ALLERGIC.match(remark):
            limits = limits.also(_limits(f"allergic to {_english(match['what'])}"))
        elif match := _DISLIKES.match(remark):
            limits = limits.also(_limits(f"no {_english(match['what'])}"))
        else:
            said = _english(remark)
            limits = limits.also(_limits(said))
            if not _DIET.fullmatch(said):
                likes.append(said)
    return Likings(tuple(likes), limits)


def _english(remark: str) -> str:
    """Give a remark in English; one word with an accent alone is too little to tell that it is Spanish."""
    said = in_english(remark)
    if said == remark and not remark.isascii():
        said = in_english(f"me gusta {remark}").removeprefix("I like ")
    return said.removeprefix("the ")


def _limits(remark: str) -> Limits:
    """Keep of what a remark says only what holds for every present: no price, no colour, no day."""
    read = constraints_in(remark)
    return Limits(
        Constraints(
            sustainability=read.sustainability & {Sustainability.VEGAN},
            excluded=read.excluded,
            is_allergy=read.is_allergy,
            diets=read.diets,
            allergens=read.allergens,
            denied=read.denied,
        )
    )
