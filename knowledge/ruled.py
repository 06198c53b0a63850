"""Questions to the shop's rules that sound like something else: "where can I buy a gift card", "is tax included".

What they were taken for is not certain, and what the rules say is: so the rules themselves tell what is meant.
"""

import re
from dataclasses import replace
from datetime import date

from knowledge.naming import named_in
from knowledge.rulebook import Rulebook
from knowledge.search.base import Vectors
from knowledge.understanding import PLACE_INTENTS, POLICY_INTENTS, Intent, Reading
from knowledge.understanding.forms import asks

_MAY_BE_MEANT_SO = frozenset({Intent.OUT_OF_SCOPE, Intent.NEED, Intent.PRODUCT_SEARCH})
# Told first, asked behind: "I lost my gift card, what now".
_ASKS_BEHIND = re.compile(
    r"\b(?:what (?:now|then|if|happens|do i do|can i do)|now what|can i|do i|am i)\b",
    re.IGNORECASE,
)


async def as_ruled(reading: Reading, vector: Vectors, rulebook: Rulebook, today: date) -> Reading:
    """Give a reading as a question to the rules when they answer it, though it sounded like something else.

    `vector` is the unit vector of what it reads, shape (dim,). Goods that are called so come first.
    """
    if reading.others:
        return reading
    if _may_be_about_rules(reading):
        is_meant = await rulebook.tells(reading.text, vector, today)
        if not is_meant and reading.intent in PLACE_INTENTS:
            return replace(reading, rival=None)  # nobody is asked about rules that say nothing
    else:
        is_meant = (
            reading.intent in _MAY_BE_MEANT_SO
            and (asks(reading.text) or _ASKS_BEHIND.search(reading.text) is not None)
            and not rulebook.finder.names_thing(named_in(reading.text, reading.constraints))
            and rulebook.tells_plainly(reading.text, vector, today)
        )
    if not is_meant:
        return reading
    return replace(reading, intent=Intent.POLICY, need=None, tone="", confidence=1.0, rival=None)


def _may_be_about_rules(reading: Reading) -> bool:
    """Tell whether the rules are one of two things that are meant."""
    if reading.rival is None:
        return False
    are_rules = [each.intent in POLICY_INTENTS for each in (reading, reading.rival)]
    return any(are_rules) and not all(are_rules)
