"""What a model is given to say facts with: the kind of reply, and each fact by its name (pure).

What needs a sentence of its own, such as hours or what nobody knows, comes in whole as {more}, lists as {list}.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.briefs import in_order
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, filled
from knowledge.templates import Templates

_BREAK = re.compile(r"[ \n]*\n[ \n]*")
# These end with a mark, or on a line of their own.
_AFTER_WHOLE = re.compile(r"(\{(?:more|list|document)\}) *[.,;:!]+")


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
    values = _values(facts, manner, templates)
    if values is None:
        return None
    told = {name: values[name] for name in in_order(values) if values[name]}
    return Outline(_CALLED.get(facts.kind, facts.kind.value), told)


def _values(facts: Facts, manner: Manner, templates: Templates) -> Mapping[str, str] | None:
    known = filled(facts, manner)
    if facts.kind in (Kind.OFFER, Kind.NUDGE):
        is_whole = {"store", "item", "price"} <= known.keys()
        more = {"more": templates.more(facts, manner)}
        return {**_of(known, "store distance item price"), **more} if is_whole else None
    if facts.kind in _LISTED and (facts.options or facts.coupons):
        is_of_day = any(option.day is not None for option in facts.options)  # its heading says so
        return None if is_of_day else {"list": _as_list(templates.lines(facts, manner))}
    if facts.tone or facts.options or facts.choices or facts.day:
        return None
    return _of_sentence(facts, manner, templates)


def _of_sentence(facts: Facts, manner: Manner, templates: Templates) -> Mapping[str, str] | None:
    """Give the facts of a reply that is one sentence; None where it takes a sentence made for the case."""
    if facts.kind in _TOLD_WHOLE:
        return {"more": templates.say(facts, manner).text}
    if facts.kind is Kind.POLICY and facts.valid_from is None:
        return {"quote": f"«{facts.quote}»", "document": f"{facts.document}."}
    return {} if facts.kind in (Kind.OUT_OF_SCOPE, Kind.CLARIFY) else None


def _of(known: Mapping[str, str], names: str) -> dict[str, str]:
    return {name: known[name] for name in names.split() if name in known}


def _as_list(lines: list[str]) -> str:
    return "\n".join(["", *lines, ""])


# That there is nothing is no fact that could be held against a model's words; how an order stands and when a store
# opens is said best in sentences of ours, around which a model may be kind.
_TOLD_WHOLE = frozenset({Kind.NOTHING_NEAR, Kind.COUPONS, Kind.ORDER_STATUS, Kind.CLOSED})
_LISTED = frozenset({Kind.OPTIONS, Kind.SUMMARY, Kind.COUPONS})
_CALLED = {Kind.OUT_OF_SCOPE: "refusal"}
