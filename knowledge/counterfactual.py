"""What would have been shown without a reason, worked out again from the contributions that were kept (pure)."""

from collections.abc import Mapping

from babel import Locale

from knowledge.catalogue import Catalogue
from knowledge.language import Sentence, told
from storage.records import Suggestion

COUNTS_FROM = 0.01  # a smaller contribution decided nothing
_PASSED_OVER = "freshness"  # it speaks against others, never for what is shown
ASKED_FOR = "fit"  # what was asked for is the one reason that nobody takes away
_WITHOUT: Mapping[str, Sentence] = {
    "habit": Sentence("Without what you bought before, I would have shown {item}."),
    "preference": Sentence("Without what I learned you like, I would have shown {item}."),
    "distance": Sentence("If it didn't matter how near it is, I would have shown {item}."),
    "coupon": Sentence("Without its coupon, I would have shown {item}."),
    "popularity": Sentence("If it weren't popular near you, I would have shown {item}."),
    "freshness": Sentence("Had you not passed things over before, I would have shown {item}."),
    "local": Sentence("If it didn't matter where it comes from, I would have shown {item}."),
}
_WITHOUT_LATELY = Sentence(
    "Had you not bought {things} {count} × last month, I would have shown {item}."
)


def counted(suggestion: Suggestion) -> list[str]:
    """Name the factors that counted, the weightiest first."""
    by_weight = sorted(suggestion.contributions.items(), key=lambda part: -part[1])
    return [name for name, part in by_weight if part >= COUNTS_FROM]


def removable(suggestion: Suggestion) -> list[str]:
    """Name the factors that counted and that a shopper may want not to be used, the weightiest first."""
    return [name for name in counted(suggestion) if name != ASKED_FOR]


def place_without(suggestion: Suggestion, factor: str = "") -> int:
    """Give the place, 0 for the first, among the alternatives when a factor is used for none of them."""
    own = _score(suggestion.contributions, factor)
    return sum(
        (_score(parts, factor), suggestion.product_id) > (own, product_id)
        for product_id, parts in suggestion.alternatives.items()
    )


def place_when_taken(suggestion: Suggestion, factor: str) -> int:
    """Give the place among the alternatives when only this product loses what a factor gave it."""
    own = _score(suggestion.contributions, factor)
    return sum(
        (_score(parts), suggestion.product_id) > (own, product_id)
        for product_id, parts in suggestion.alternatives.items()
    )


def instead_without(suggestion: Suggestion, factor: str) -> str | None:
    """Give the product that would have come first without a factor; None when nothing would be another."""
    if not suggestion.alternatives or place_without(suggestion) > 0:
        return None
    if place_without(suggestion, factor) == 0:
        return None
    others = suggestion.alternatives
    return min(others, key=lambda key: (-_score(others[key], factor), key))


def counterfactual(
    suggestion: Suggestion, catalogue: Catalogue, locale: Locale, *, bought_lately: int
) -> str:
    """Say what would have been shown without the weightiest reason that decided it; "" when none alone did.

    `bought_lately` is how often the shopper bought from the product's category in the last thirty days.
    """
    for name in [*removable(suggestion), _PASSED_OVER]:
        instead = catalogue.products.get(instead_without(suggestion, name) or "")
        if instead is None or name not in _WITHOUT:
            continue
        product = catalogue.products.get(suggestion.product_id)
        if name == "habit" and bought_lately and product is not None:
            things = product.category.replace("-", " ").casefold()
            return told(
                _WITHOUT_LATELY, locale, count=bought_lately, things=things, item=instead.title
            )
        return told(_WITHOUT[name], locale, item=instead.title)
    return ""


def _score(parts: Mapping[str, float], without: str = "") -> float:
    return sum(part for name, part in parts.items() if name != without)
