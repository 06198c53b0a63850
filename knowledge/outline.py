"""What a model is given to say facts with: the kind of reply, and each fact by its name (pure).

What needs a sentence of its own, such as hours or what nobody knows, comes in whole as {more}, lists as {list}.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, filled
from knowledge.sentences import HOURS, why_closed
from knowledge.templates import Templates

_BREAK = re.compile(r"[ \n]*\n[ \n]*")
# These end with a mark, or on a line of their own.
_AFTER_WHOLE = re.compile(r"(\{(?:more|list)\}) *[.,;:!]+")


@dataclass(frozen=True, slots=True)
class Outline:
    """The kind of reply, as the model knows it, and the facts as they will stand in it, by name."""

    kind: str
    values: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the facts."""
        return tuple(self.values)

    def filled(self, draft: str) -> str:
        """Put the facts into a draft in which each name stands in braces; lists get lines of their own."""
        draft = _AFTER_WHOLE.sub(r"\1", draft)
        return _BREAK.sub("\n", draft.format_map(self.values)).strip()


def outline(facts: Facts, manner: Manner, templates: Templates) -> Outline | None:
    """Give the outline of facts; None for what only sentences of ours say well."""
    facts = replace(facts, before=())
    if facts.kind in (Kind.OFFER, Kind.NUDGE):
        return _of_offer(facts, manner, templates)
    if facts.kind in (Kind.OPTIONS, Kind.SUMMARY):
        is_of_day = any(option.day is not None for option in facts.options)
        return (
            None
            if is_of_day
            else Outline(facts.kind.value, {"list": _as_list(templates.lines(facts, manner))})
        )
    if facts.kind is Kind.COUPONS and facts.coupons:
        return Outline(facts.kind.value, {"list": _as_list(templates.lines(facts, manner))})
    return _of_sentence(facts, manner)


def _of_sentence(facts: Facts, manner: Manner) -> Outline | None:
    names = _plain_names(facts)
    if names is None:
        return None
    known = filled(facts, manner)
    values = {name: known[name] for name in names if name in known}
    if facts.kind is Kind.POLICY:
        values["quote"] = f"«{facts.quote}»"
    if facts.kind is Kind.ORDER_STATUS and facts.status is not None:
        values["status"] = facts.status.value
    return Outline(_CALLED.get(facts.kind, facts.kind.value), values)


def _of_offer(facts: Facts, manner: Manner, templates: Templates) -> Outline | None:
    if facts.item is None or facts.price_cents is None or facts.store is None:
        return None
    known = filled(facts, manner)
    names = ["store", "distance", "item", "price"]
    if "coupon" in known and "total" in known:
        names += ["coupon", "percent", "total"]
    values = {name: known[name] for name in names if name in known}
    if more := templates.more(facts, manner):
        values["more"] = more
    return Outline(facts.kind.value, values)


def _plain_names(facts: Facts) -> tuple[str, ...] | None:
    """Name the facts of a reply that is one sentence; None where it takes a sentence made for the case."""
    is_plain = not (facts.tone or facts.options or facts.choices)
    if facts.kind is Kind.ORDER_STATUS:
        is_plain &= facts.status is not None and facts.order_code is not None
        return ("order", "status", "store") if is_plain and facts.kept_until is None else None
    if facts.kind is Kind.CLOSED:
        is_plain &= facts.day is None and why_closed(facts) is None and facts.tone != HOURS
        return ("store", "distance", "opens", "item") if is_plain else None
    if facts.kind is Kind.POLICY:
        return ("quote", "document") if is_plain and facts.valid_from is None else None
    if facts.kind in (Kind.NOTHING_NEAR, Kind.OUT_OF_SCOPE, Kind.CLARIFY, Kind.COUPONS):
        return () if is_plain and facts.store is None and facts.day is None else None
    return None


def _as_list(lines: list[str]) -> str:
    return "\n".join(["", *lines, ""])


_CALLED = {Kind.OUT_OF_SCOPE: "refusal"}
