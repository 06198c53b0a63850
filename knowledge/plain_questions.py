"""Questions whose form tells what they ask, whatever their words were learned to mean (pure).

"How do I get to Petal & Stem" asks for a store, "any deals at the pet shop" for coupons, "are you out of ibuprofen"
for ibuprofen and for no advice on it.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from knowledge.naming import named_in
from knowledge.naming_words import Name
from knowledge.understanding import PLACE_INTENTS, Intent, Reading

_WAY = re.compile(
    r"\b(?:how (?:do|can|could|would|to) (?:i |we |you |one )?(?:get|walk|find my way|go|drive)(?: there)? to|(?:the )?(?:way|directions?|route) to"
    r"|where(?:'s| is| are| can i find| do i find)|how far (?:is|away is)|point me (?:to|towards))\b",
    re.IGNORECASE,
)
_DEALS_AT = re.compile(
    r"\b(?:any|some|what|which|a|the|current|good)\s+(?:\w+\s+)?(?:deals?|coupons?|vouchers?|discounts?|promos?|promotions?|codes?|special offers?|offers?)\s+"
    r"(?:(?:going|on|now|today)\s+)?(?:at|in|from|by)\b",
    re.IGNORECASE,
)
_IN_STOCK = re.compile(
    r"\W*(?:(?:hi|hey|hello|so|wait)\W+)?(?:are|r|were) (?:you|they|u)(?: guys| all)? (?:completely |already |all |totally )*(?:sold )?out of\b"
    r"|\W*(?:you|they) ?(?:are|'re) (?:all |sold )?out of\b(?=.*\?)"
    r"|\W*(?:have|did) (?:you|they)(?: guys)? (?:already )?(?:run|ran|sold) out of\b"
    r"|\W*(?:is|are) there (?:any|some|more)\b.*\bleft\b|\W*(?:do you have|have you got|got) any\b.*\bleft\b",
    re.IGNORECASE,
)
# Danger comes before everything, and is certain; advice on medicine is asked for otherwise.
_MAY_ASK_FOR_GOODS = PLACE_INTENTS | {Intent.SMALLTALK, Intent.OUT_OF_SCOPE, Intent.ORDER_PLACE}
_OF_HEALTH = "health"


Knows = Callable[[Name], bool]


def as_asked(reading: Reading, *, names_thing: Knows, sells: Knows) -> Reading:
    """Give the reading of a question whose form is plain as what it asks for; any other as it is.

    `names_thing` tells whether something is called just so, `sells` whether some product says it.
    """
    if reading.others:
        return reading
    if reading.constraints.store and _WAY.search(reading.text):
        return _as(reading, Intent.STORE_LOOKUP)
    if reading.intent in PLACE_INTENTS and _DEALS_AT.search(reading.text):
        return _as(reading, Intent.COUPONS)
    is_medicine = reading.intent is Intent.CARE and reading.tone == _OF_HEALTH
    if not (is_medicine or reading.intent in _MAY_ASK_FOR_GOODS):
        return reading
    name = named_in(reading.text, reading.constraints)
    is_sold = (
        sells(name) if is_medicine else names_thing(name)
    )  # its name goes on: "Ibuprofen 200 mg"
    is_meant = bool(name) and is_sold and _IN_STOCK.match(reading.text) is not None
    return _as(reading, Intent.PRODUCT_SEARCH) if is_meant else reading


def _as(reading: Reading, intent: Intent) -> Reading:
    return replace(reading, intent=intent, need=None, tone="", confidence=1.0, rival=None)
