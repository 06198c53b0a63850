"""Which of our sentences tells given facts, by its name in data/phrases.toml (pure)."""

from collections.abc import Callable, Mapping

from knowledge.facts import Facts, Kind

HOURS = "hours"  # the tone in which hours are what was asked


def variant_name(facts: Facts) -> str:
    """Name the sentence for facts of a kind."""
    variant = _VARIANTS.get(facts.kind)
    return variant(facts) if variant is not None else facts.tone or "text"


def _human_variant(facts: Facts) -> str:
    if facts.store is None:
        return "text"
    return "store" if facts.closes_at is None else "store_until"


def _stores_variant(facts: Facts) -> str:
    if facts.tone == HOURS:
        return HOURS if facts.distance_m is not None else f"{HOURS}_no_distance"
    return "one" if facts.distance_m is not None else "no_distance"


def open_variant(facts: Facts) -> str:
    """Name how it is told that a store is open: now, or on the day that was asked about."""
    if facts.closes_at is None:
        return "always" if facts.day is None else "then_always"
    return "until" if facts.day is None else "then"


def _order_variant(facts: Facts) -> str:
    if facts.status is None:
        return "none"
    if facts.store is None:
        return f"{facts.status.value}_somewhere"
    return facts.status.value if facts.kept_until is None else f"{facts.status.value}_kept"


def _clarify_variant(facts: Facts) -> str:
    return facts.tone or ("text" if facts.choices else "open")


def offer_variant(facts: Facts) -> str:
    """Name the sentence that says where a thing is and what it costs, as far as that is known."""
    if facts.price_cents is None:
        return "no_price" if facts.distance_m is not None else "no_distance_no_price"
    return "place" if facts.distance_m is not None else "no_distance"


def _closed_variant(facts: Facts) -> str:
    """Tell a store asked for by its name, which "has" nothing, from one that sells what was asked for.

    Why it is closed is told when it is known: that it closed earlier today, or a holiday.
    """
    is_anywhere = facts.distance_m is None
    if facts.item is None:
        name = "named_no_distance" if is_anywhere else "named"
    else:
        name = "no_distance" if is_anywhere else "text"
    return name if why_closed(facts) is None else f"{name}_shut"


def why_closed(facts: Facts) -> str | None:
    """Name what is told of why it is closed: right now, or on the day that was asked about."""
    that_day = "" if facts.day is None else "_day"
    if facts.holiday is not None:
        return f"shut_for{that_day}"
    if facts.closed_at is not None:
        return f"shut_at{that_day}"
    return "shut_day" if that_day else None


def hours_told(facts: Facts) -> list[str]:
    """Name what must be said about the hours of a store: on the day that was asked about, else right now."""
    if facts.day is not None:
        return ["then_always" if facts.opens_at is None else "then"]
    told = {"opens": facts.opens_at, "closes": facts.closes_at}
    return [name for name, at in told.items() if at is not None]


def _policy_variant(facts: Facts) -> str:
    """Tell a rule that was from one that holds; one whose first day is not known is told without it."""
    if facts.valid_from is None:
        return "text"
    return "since" if facts.valid_to is None else "past"


_VARIANTS: Mapping[Kind, Callable[[Facts], str]] = {
    Kind.ORDER_STATUS: _order_variant,
    Kind.CLOSED: _closed_variant,
    Kind.POLICY: _policy_variant,
    Kind.STORES: _stores_variant,
    Kind.HUMAN: _human_variant,
    Kind.CLARIFY: _clarify_variant,
}
