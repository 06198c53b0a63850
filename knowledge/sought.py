"""What is searched for: what it means, and the words to look up (pure)."""

import re
from dataclasses import dataclass, replace

from knowledge.constraints import Constraints
from knowledge.privacy.placeholders import PLACEHOLDER
from knowledge.search.base import Vectors

_NUMBER = r"\d+(?:[.,]\d+)*"
_CURRENCY = r"dollars?|bucks|euros?|pounds?|cents?|usd|eur|gbp"
_BOUND = r"under|below|less than|up to|at most|max(?:imum)?|over|above|more than|at least"
_MONEY = re.compile(
    rf"(?:\b(?:{_BOUND})\s+)?(?:[$€£]\s*{_NUMBER}|\b{_NUMBER}\s*(?:[$€£]|(?:{_CURRENCY})\b))"
    rf"|\b(?:{_BOUND})\s+{_NUMBER}",
    re.IGNORECASE,
)
NO_LIMITS = Constraints()


@dataclass(frozen=True, slots=True)
class Sought:
    """`vectors` are unit vectors of shape (n, dim), any of which may be met; `text` "" = nothing to look up.

    For a wish that `is_open`, for any idea or a present, what is kept quiet about is not shown.
    """

    vectors: Vectors
    text: str = ""
    is_open: bool = False


def looked_up(text: str, constraints: Constraints) -> str:
    """Give the part of a message that names the thing: not the store, not the price, not what it must not be."""
    if constraints.store is not None:
        text = re.sub(_in_any_spelling(constraints.store), " ", text, flags=re.IGNORECASE)
    text = _MONEY.sub(" ", PLACEHOLDER.sub(" ", text))
    if not constraints.excluded:
        return text
    words = text.split()
    return " ".join(word for word in words if not _is_excluded(word, constraints))


def _in_any_spelling(name: str) -> str:
    """Give the pattern of a name whose accents a phone may have left out."""
    return "".join(each if each.isascii() and each.isalnum() else r"\W?\w?" for each in name)


def limits_products(constraints: Constraints) -> bool:
    """Tell whether there is anything a product could break: most messages name no limit at all."""
    limits = replace(constraints, quantity=None, recipient=None, when=None, store=None, near=None)
    return replace(limits, wants_cheapest=False, is_allergy=False) != NO_LIMITS


def _is_excluded(word: str, constraints: Constraints) -> bool:
    plain = word.casefold().strip(".,;:!?()\"'")
    return any(plain.startswith(stem) for stem in constraints.excluded)
