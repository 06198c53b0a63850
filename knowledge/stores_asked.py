"""The stores that a message asks for: by name or kind, by their hours, or for somebody to talk to (pure)."""

import re

from knowledge.catalogue import Catalogue
from knowledge.constraints import When
from knowledge.context import Question
from knowledge.evidence import Evidence
from knowledge.nearby.reach import (
    exact_distance_m,
    open_stores_near,
    opens_when,
    store_distances,
)
from knowledge.opening import STORES_TOLD, open_first
from knowledge.rules import ReplyRules
from storage.records import Store

_WORD = re.compile(r"[a-zà-ÿ]{2,}")  # the s of "where's" is none
_SELLING = re.compile(
    r"\b(?:with|sells?|selling|has|have|having|carr(?:y|ies)|stocks?)\b", re.IGNORECASE
)
_FILLER = frozenset(
    "store shop the a an and of co in for nearest closest where is open near me".split()
)


# Kinds of stores by the names they have elsewhere.
_ALSO_CALLED = {
    "chemist": "pharmacy", "chemists": "pharmacy", "drugstore": "pharmacy", "apothecary": "pharmacy",
    "greengrocer": "grocer", "greengrocers": "grocer", "bookshop": "books", "bookstore": "books", "florist": "flowers",
    "baker": "bakery", "bakers": "bakery", "ironmonger": "hardware", "ironmongers": "hardware", "coffeehouse": "café",
    "toyshop": "toys", "toystore": "toys",
}  # fmt: skip


def asks_for_goods(text: str) -> bool:
    """Tell whether a store is looked for by what it sells: "the nearest store with coffee"."""
    return bool(_SELLING.search(text))


def stores_named(
    name: str | None, question: Question, catalogue: Catalogue, rules: ReplyRules
) -> list[tuple[Store, float | None]]:
    """Give the store of that name, else those whose name or kind the message says: open first, then the nearest."""
    named = [store for store in catalogue.stores.values() if store.name == name]
    if named:
        return [(named[0], exact_distance_m(named[0], question.fix))]
    said = set(_WORD.findall(question.text.casefold())) - _FILLER
    said |= {f"{word.removesuffix('store')}shop" for word in said if word.endswith("store")}
    said |= {_ALSO_CALLED[word] for word in said if word in _ALSO_CALLED}
    distances = store_distances(catalogue.index, question.fix, rules)
    matching = [
        (catalogue.stores[key], far)
        for key, far in distances.items()
        if said & _words(catalogue.stores[key])
    ]
    now = question.asked_at
    return sorted(
        matching,
        key=lambda pair: (
            opens_when(pair[0], pair[1], now, rules) is not None,
            pair[1] or 0.0,
            pair[0].id,
        ),
    )


def any_store(
    when: When | None, question: Question, catalogue: Catalogue, rules: ReplyRules
) -> Evidence:
    """Give the stores whose hours are asked for: those near by; without a place, all of a few."""
    is_known = question.fix is not None or len(catalogue.stores) <= STORES_TOLD
    nearby = open_first(catalogue.index, when, question, rules) if is_known else []
    return Evidence(
        question.asked_at,
        has_place=question.fix is not None,
        nearby=nearby[:STORES_TOLD],
        is_any_store=True,
    )


def with_staff(question: Question, catalogue: Catalogue, rules: ReplyRules) -> Evidence:
    """Give the nearest store in which somebody can be asked right away, if a place is known."""
    if question.fix is None:
        return Evidence(question.asked_at)
    nearby = open_stores_near(catalogue.index, question.fix, question.asked_at, rules)
    return Evidence(question.asked_at, nearby=nearby[:1])


def _words(store: Store) -> set[str]:
    return set(_WORD.findall(f"{store.name} {store.category}".casefold())) - _FILLER
