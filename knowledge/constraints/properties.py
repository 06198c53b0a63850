"""What food is asked to be by an adjective, "something hot", "a mild curry", and whether it is (pure).

The words stand in data/properties.toml; `properties` reads them once.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.constraints.goods import is_food
from storage.records import Product


@dataclass(frozen=True, slots=True)
class Property:
    """One property: how it is asked for, the attribute and values that tell of it, and the words that do without it.

    `denied` are the words that ask for it when they are denied. `passes`: a product nothing is known of may be shown. Words in
    `lacking` say that a product does without.
    `is_food_only`: nothing but food and drink can have it.
    """

    asked: re.Pattern[str] | None
    denied: frozenset[str]
    attribute: str
    values: frozenset[str]
    told: frozenset[str]
    passes: bool
    is_food_only: bool = False
    lacking: frozenset[str] = frozenset()

    def is_had_by(self, product: Product, words: frozenset[str]) -> bool:
        """Tell whether food, with its `product_words`, has it; what is not eaten need not."""
        if not is_food(product):
            return not self.is_food_only
        value = product.attributes.get(self.attribute, "").casefold()
        if value:
            return value in self.values
        if not self.lacking.isdisjoint(words):
            return False
        described = re.findall(r"[a-z]+", product.description.casefold())
        return self.passes or not self.told.isdisjoint(words.union(described))


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties by their names, and the words that deny some stems by what they say: "mild" denies "spicy".

    `said` are the adjectives that ask for them.
    """

    by_name: Mapping[str, Property]
    denials: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    said: frozenset[str] = frozenset()


@cache
def properties() -> Properties:
    """Give those that come with the program. Reads a file the first time."""
    text = (files("knowledge") / "data" / "properties.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return Properties(
        {
            each["name"]: Property(
                _asked(each["said"], each["nouns"]) if "said" in each else None,
                frozenset(each.get("denied", ())),
                each.get("attribute", ""),
                frozenset(each.get("values", ())),
                frozenset(each.get("told", ())),
                each.get("passes", False),
                each.get("food_only", False),
                frozenset(each.get("lacking", ())),
            )
            for each in told["property"]
        },
        tuple(
            (re.compile(rf"\b(?:{'|'.join(each['said'])})"), frozenset(each["stems"]))
            for each in told["denial"]
        ),
        frozenset(word for each in told["property"] for word in each.get("said", ())),
    )


def properties_in(wanted: str, denied: Collection[str]) -> frozenset[str]:
    """Find the names of the properties asked for in small letters from which denials were taken.

    `denied` are the words that were firmly denied of things, not of somebody's state.
    """
    return frozenset(
        name
        for name, each in properties().by_name.items()
        if (each.asked and each.asked.search(wanted)) or not each.denied.isdisjoint(denied)
    )


def denied_by_adjective(lowered: str) -> set[str]:
    """Find the stems denied by what a message says a thing should be: "still water" is not fizzy."""
    found = (stems for pattern, stems in properties().denials if pattern.search(lowered))
    return set().union(*found)


def _asked(said: list[str], nouns: list[str]) -> re.Pattern[str]:
    how = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
    of = "|".join(map(re.escape, nouns))
    return re.compile(
        rf"\b(?:something|anything|sth|smth|sumthing)(?: (?:nice|really|very|properly|to eat|to drink|and))* (?:{how})\b(?! (?:enough|for|against|weather|day))"
        rf"|\b(?:want|like|need|take|prefer|serve|have|eat|drink)s? (?:it|them|mine|that) (?:{how})\b"
        rf"|\b(?:served|eaten) (?:{how})\b|\b(?:{how}) (?:\w+ )?(?:{of})\b"
        rf"|\bsomething (?:to eat|to drink)[, ]+(?:but )?(?:{how})\b"
    )
