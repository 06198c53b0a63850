"""What somebody likes and what is not for them, as it was said of them: "candles, vegan, no wool" (pure).

It reads words alone and knows neither who said them nor of whom.
"""

import re
from dataclasses import dataclass

from knowledge.constraints import Constraints, constraints_in
from knowledge.receivers import EVERYTHING, Limits
from knowledge.spanish import in_english
from storage.records import Sustainability

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


@dataclass(frozen=True, slots=True)
class Likings:
    """What is liked, in English, in the order told, the same as it was `said`, and the limits."""

    likes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    limits: Limits = EVERYTHING


def likings_in(tastes: str) -> Likings:
    """Read tastes as /family keeps them, in English or Spanish."""
    likes, told, limits = list[str](), list[str](), EVERYTHING
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
                told.append(remark)
    return Likings(tuple(likes), tuple(told), limits)


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
