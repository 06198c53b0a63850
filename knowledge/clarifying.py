"""Whether to ask back, once, and between what (pure). What is asked is in data/phrases.toml.

A sense is one of the things a message may mean, by a short name that a button can carry.
"""

import re
from collections.abc import Sequence

from knowledge.ranking import Ranked
from knowledge.understanding import POLICY_INTENTS, Intent, Reading

EAT, PRESENT, BUY, STORE, COUPONS, ORDER, RULES = SENSES = (
    "eat",
    "present",
    "buy",
    "store",
    "coupons",
    "order",
    "rules",
)
_NEEDS = {
    **dict.fromkeys(("hungry", "thirsty", "sweet", "breakfast", "dinner"), EAT),
    "gift": PRESENT,
}
_INTENTS = {
    Intent.NEED: BUY,
    Intent.PRODUCT_SEARCH: BUY,
    Intent.RECOMMEND: BUY,
    Intent.STORE_LOOKUP: STORE,
    Intent.COUPONS: COUPONS,
    Intent.ORDER_STATUS: ORDER,
    Intent.ORDER_CHANGE: ORDER,
    Intent.ORDER_CANCEL: ORDER,
    **dict.fromkeys(POLICY_INTENTS, RULES),
}
# Both are things to buy: whoever gets one loses nothing.
_SAME_THING = frozenset({BUY, EAT}), frozenset({BUY, PRESENT}), frozenset({BUY, STORE})
_SAID = {
    EAT: "eat|food|to eat|something to eat|a snack|a bite|drink|something to drink",
    PRESENT: "present|gift|a present|a gift|as a (?:present|gift)",
    BUY: "buy|to buy|something to buy|a product|shopping",
    STORE: "store|shop|a store|a shop|where",
    COUPONS: "coupons?|my coupons|discounts?",
    ORDER: "order|my order|an order",
    RULES: "rules?|polic(?:y|ies)|store rules|your rules|the rules?",
}
_WITHIN = 0.15  # with a greater lead the likelier reading is believed (ours)
_SIZES_SHOWN = 6  # two rows of buttons
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")


def sense_of(reading: Reading) -> str | None:
    """Give the sense of a reading; None for one that nobody is asked about."""
    if reading.need is not None and reading.need.name in _NEEDS:
        return _NEEDS[reading.need.name]
    return _INTENTS.get(reading.intent)


def senses(reading: Reading) -> tuple[str, ...]:
    """Give the two senses to choose from, the likelier first; empty when there is nothing to ask."""
    rival = reading.rival
    if rival is None or reading.others or reading.confidence - rival.confidence > _WITHIN:
        return ()
    first, second = sense_of(reading), sense_of(rival)
    if first is None or second is None or first == second:
        return ()
    return () if frozenset({first, second}) in _SAME_THING else (first, second)


def in_sense(reading: Reading, sense: str) -> Reading:
    """Give the one of a message's two readings that has the sense, or is called so; else the first."""
    rival = reading.rival
    return rival if rival is not None and sense in (sense_of(rival), rival.label) else reading


def sense_said(text: str) -> str | None:
    """Give the sense that somebody names in so many words, None when they say something else."""
    said = text.casefold().strip(" .,!?…")
    return next((sense for sense in SENSES if re.fullmatch(_SAID[sense], said)), None)


def sizes(reading: Reading, ranked: Sequence[Ranked]) -> tuple[str, ...]:
    """Give the shoe sizes to choose from when the best find comes in several and none was said."""
    if reading.intent is not Intent.PRODUCT_SEARCH or reading.constraints.size or not ranked:
        return ()
    model = _model(ranked[0])
    products = [each.candidate.product for each in ranked if _model(each) == model]
    found = {product.attributes.get("size", "") for product in products}
    found.update(ranked[0].candidate.sizes)
    if len(found) == 1 or not all(size.isdigit() for size in found):
        return ()
    return tuple(sorted(found, key=int)[:_SIZES_SHOWN])


def _model(ranked: Ranked) -> str:
    """Give a title without the numbers in it: that of the same shoe in every size."""
    return _DIGITS.sub("", ranked.candidate.product.title)
