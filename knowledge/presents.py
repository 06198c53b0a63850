"""Whether a wish is for a present though it names none: "something for my friend", "a gift for a friend" (pure)."""

import re
from dataclasses import replace

from knowledge.understanding import POLICY_INTENTS, Intent, Need, Reading
from knowledge.understanding.forms import asks

_OF_ANYTHING = frozenset({Intent.PRODUCT_SEARCH, Intent.RECOMMEND, Intent.OUT_OF_SCOPE})
# What is wanted for these is what they need.
_NOT_GIVEN_TO = frozenset("dog cat rabbit bird baby toddler family".split())
_SOMETHING_FOR = re.compile(
    r"\b(?:something|anything|ideas?|what (?:to get|can i get|should i get|do you have))\b(?: [\w-]+){0,3}? for\b"
    # What somebody is to eat on the way is no present.
    r"(?!(?: [\w-]+){1,3} to (?:eat|nibble|munch|snack|drink|chew|sip)\b)"
    r"|\bwhat (?:could|can|should|shall|might|do|would|to) (?:(?:i|we) )?(?:get|give|buy|bring) (?!back|for|with|at|in|here)"
    r"|\b(?:gift|present|surprise)(?: idea)?s? for\b",
    re.IGNORECASE,
)


_GIVES = re.compile(
    r"\b(?:give|get|buy|find|bring)\b(?! back).{1,40}?\b(?:present|gift)\b", re.IGNORECASE
)
_PRESENT = re.compile(
    r"\b(?:gifts?|presents?)\b(?! (?:wrap|wrapping|bags?|box(?:es)?|cards?|ribbons?|tags?|receipts?))",
    re.IGNORECASE,
)


def as_present(reading: Reading, gift: Need | None) -> Reading:
    """Give a wish for a present, or that names no thing and only whom it is for, as that need; any other as it is.

    `gift` is the need of whoever looks for one, None where nobody knows it.
    """
    if gift is None or reading.need is not None:
        return reading
    if reading.intent not in _OF_ANYTHING and not _is_given(reading, gift):
        return reading
    recipient = reading.constraints.recipient
    is_given = recipient is not None and recipient.who not in _NOT_GIVEN_TO
    is_for_somebody = is_given and _SOMETHING_FOR.search(reading.text)
    # With a price or for whom it is, a present sounds like a thing that is looked for.
    if not is_for_somebody and not _PRESENT.search(reading.text):
        return reading
    limits = replace(reading.constraints, excluded=reading.constraints.excluded | gift.never)
    return replace(reading, intent=Intent.NEED, need=gift, constraints=limits)


def _is_given(reading: Reading, gift: Need) -> bool:
    """Tell whether somebody is to be given a present, though the words around it sound like a question to the rules."""
    is_told = reading.intent in POLICY_INTENTS and not asks(reading.text)
    return is_told and reading.hunch == gift and _GIVES.search(reading.text) is not None
