"""Whether a wish is for a present though it names none: "something for my friend", "a gift for a friend" (pure)."""

import re
from dataclasses import replace

from knowledge.understanding import Intent, Need, Reading

_OF_ANYTHING = frozenset({Intent.PRODUCT_SEARCH, Intent.RECOMMEND, Intent.OUT_OF_SCOPE})
# What is wanted for these is what they need.
_NOT_GIVEN_TO = frozenset("dog cat rabbit bird baby toddler family".split())
_SOMETHING_FOR = re.compile(
    r"\b(?:something|anything|ideas?|what (?:to get|can i get|should i get|do you have))\b(?: [\w-]+){0,3}? for\b"
    r"|\b(?:gift|present|surprise)(?: idea)?s? for\b",
    re.IGNORECASE,
)


def as_present(reading: Reading, gift: Need | None) -> Reading:
    """Give a wish that names no thing, only whom it is for, as one for a present; any other as it is.

    `gift` is the need of whoever looks for one, None where nobody knows it.
    """
    recipient = reading.constraints.recipient
    is_open = reading.need is None and reading.intent in _OF_ANYTHING
    if gift is None or not is_open or recipient is None or recipient.who in _NOT_GIVEN_TO:
        return reading
    if not _SOMETHING_FOR.search(reading.text):
        return reading
    limits = replace(reading.constraints, excluded=reading.constraints.excluded | gift.never)
    return replace(reading, intent=Intent.NEED, need=gift, constraints=limits)
