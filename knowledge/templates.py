"""The floor under every reply: hand-written sentences with the facts filled in (pure).

Whatever a model does, these words for the same facts are ready at once. data/phrases.toml holds them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from knowledge.amounts import listed
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, filled, one_of
from knowledge.language import Sentence
from knowledge.sentences import (
    HOURS,
    hours_told,
    offer_variant,
    open_variant,
    variant_name,
    why_closed,
)

_ALLERGY = "allergy"


@dataclass(frozen=True, slots=True)
class Words:
    """A finished text; `bold` are the parts of it to look for; `source` is "template" or "model"."""

    text: str
    bold: tuple[str, ...] = ()
    source: str = "template"


class Templates:
    """The shipped sentences. Openings and closings are offered apart, for a model to choose from."""

    def __init__(self, phrases: Mapping[str, Any]) -> None:
        self._phrases = _sayable(phrases)
        self.openings: tuple[Sentence, ...] = self._phrases["openings"]
        self.closings: tuple[Sentence, ...] = self._phrases["closings"]

    @classmethod
    def shipped(cls) -> "Templates":
        """Read the sentences that come with the program."""
        text = (files("knowledge") / "data" / "phrases.toml").read_text(encoding="utf-8")
        return cls(tomllib.loads(text))

    def say(self, facts: Facts, manner: Manner, *, opening: str = "", closing: str = "") -> Words:
        """Put facts into words, what is told before first. Opening and closing frame an offer alone."""
        return self.after_earlier(self._own(facts, manner, opening, closing), facts, manner)

    def after_earlier(self, own: Words, facts: Facts, manner: Manner) -> Words:
        """Give words behind those about the other things that were asked."""
        words = [*(self._own(each, manner, "", "") for each in facts.before), own]
        bold = tuple(part for each in words for part in each.bold)
        return Words("\n".join(each.text for each in words), bold, own.source)

    def _own(self, facts: Facts, manner: Manner, opening: str, closing: str) -> Words:
        if facts.kind in (Kind.OFFER, Kind.NUDGE):
            middle = self.offer(facts, manner)
            text = " ".join(part for part in (opening, middle, closing) if part)
        elif facts.kind in (Kind.OPTIONS, Kind.SUMMARY):
            text = self._options(facts, manner)
        elif facts.kind is Kind.COUPONS:
            text = self._coupons(facts, manner)
        else:
            text = "\n".join(self._lines(facts, manner))
        return Words(text, bold(facts))

    def _lines(self, facts: Facts, manner: Manner) -> list[str]:
        """Give one sentence, or as many lines as there are orders, or a line of other stores below it."""
        if not facts.options:
            return [self._sentence(facts, manner)]
        if facts.kind is Kind.ORDER_STATUS:
            return [self._sentence(each, manner) for each in facts.options]
        return [self._sentence(facts, manner), self._other_stores(facts.options, manner)]

    def offer(self, facts: Facts, manner: Manner) -> str:
        """Give the sentences of an offer that carry its facts: distance, price, coupon, in that order."""
        offer = self._said("offer", offer_variant(facts), manner, filled(facts, manner))
        return " ".join(part for part in (offer, self.more(facts, manner)) if part)

    def more(self, facts: Facts, manner: Manner) -> str:
        """Give what must be said of an offer besides: coupon, hours, what is not known, what to ask in the store."""
        names = []
        if facts.coupon_code is not None and facts.discount_percent is not None:
            names.append("coupon" if facts.discounted_cents is not None else "coupon_no_price")
        names += hours_told(facts)
        if facts.unknown:
            names.append("unknown")
        if facts.tone == _ALLERGY:
            names.append(_ALLERGY)
        values = filled(facts, manner)
        return " ".join(self._said("offer", name, manner, values) for name in names)

    def _options(self, facts: Facts, manner: Manner) -> str:
        is_near = all(option.distance_m is not None for option in facts.options)
        days = {option.day for option in facts.options}
        name = "heading_then" if len(days) == 1 and None not in days else "heading"
        name = "heading_near" if is_near and None in days else name
        heading = self._said(
            "options", name, manner, filled(next(iter(facts.options), facts), manner)
        )
        return "\n".join([heading, *self.lines(facts, manner)])

    def lines(self, facts: Facts, manner: Manner) -> list[str]:
        """Give a line for each option or coupon, and what is to be said of them below."""
        if facts.kind is Kind.COUPONS:
            return [self._coupon_line(coupon, manner) for coupon in facts.coupons]
        is_near = all(option.distance_m is not None for option in facts.options)
        line = "line_near" if is_near else "line_anywhere"
        lines = [
            self._option_line(line, option, number, manner)
            for number, option in enumerate(facts.options, 1)
        ]
        lines += self._unknown(facts, manner)
        if facts.tone == _ALLERGY:
            lines.append(self._said("offer", _ALLERGY, manner, {}))
        return lines

    def _option_line(self, line: str, option: Facts, number: int, manner: Manner) -> str:
        """Tell one option of a list, then put around it what is to be said besides."""
        values = {**filled(option, manner), "number": str(number)}
        names = ["coupon"] if option.discounted_cents is not None else []
        for name in (line, *names, *hours_told(option)):
            values["line"] = self._said("options", name, manner, values)
        return values["line"]

    def _unknown(self, facts: Facts, manner: Manner) -> list[str]:
        """Say of which options it is not known whether they are as asked."""
        numbers = [number for number, each in enumerate(facts.options, 1) if each.unknown]
        if not numbers:
            return []
        asked = tuple(dict.fromkeys(word for each in facts.options for word in each.unknown))
        name = "unknown" if len(numbers) == len(facts.options) else "unknown_of"
        values = filled(Facts(facts.kind, unknown=asked), manner)
        values["numbers"] = listed(map(str, numbers), "and", manner.locale)
        return [self._said("options", name, manner, values)]

    def _coupons(self, facts: Facts, manner: Manner) -> str:
        if not facts.coupons:
            return self._said("coupons", "none", manner, {})
        heading = self._said("coupons", "heading", manner, {})
        return "\n".join([heading, *self.lines(facts, manner)])

    def _coupon_line(self, coupon: Facts, manner: Manner) -> str:
        """Tell one coupon: by its title if that names the discount, else by the discount."""
        values = filled(coupon, manner)
        is_titled = coupon.item is not None and values["percent"] in coupon.item
        name = "titled" if is_titled else "line"
        name = name if coupon.expires_on is None else f"{name}_until"
        return self._said("coupons", name, manner, values)

    def _sentence(self, facts: Facts, manner: Manner) -> str:
        section, phrases = facts.kind.value, self._phrases[facts.kind.value]
        values = filled(facts, manner)
        if facts.kind is Kind.STORES:
            values["open"] = one_of(phrases["open"][open_variant(facts)], manner, **values)
        if facts.kind is Kind.CLOSED and (why := why_closed(facts)) is not None:
            values["shut"] = one_of(phrases[why], manner, **values)
        if facts.kind is Kind.CLARIFY:
            values["choices"] = self._choices(facts, manner)
        names = [variant_name(facts)]
        if facts.kind is Kind.STORES and facts.item is not None:
            names.append("item")
        if facts.kind is Kind.STORES and facts.tone != HOURS:
            names += hours_told(facts) if facts.day or facts.opens_at is None else []
        return " ".join(self._said(section, name, manner, values) for name in names)

    def _choices(self, facts: Facts, manner: Manner) -> str:
        """List what was meant perhaps, by what people call the senses."""
        senses = self._phrases["clarify"]["senses"]
        choices = (
            one_of(senses[each], manner) if each in senses else each for each in facts.choices
        )
        return listed(choices, "or", manner.locale)

    def _other_stores(self, stores: Sequence[Facts], manner: Manner) -> str:
        """List the hours of stores that nobody named, in a line."""
        parts = []
        for each in stores:
            name = "shut" if each.kind is Kind.CLOSED else "always"
            if each.kind is Kind.STORES and each.closes_at is not None:
                name = "until" if each.day is None else "then"
            hours = self._phrases["stores"]["others"][name]
            parts.append(one_of(hours, manner, **filled(each, manner)))
        return self._said(
            "stores", "also", manner, {"stores": listed(parts, "and", manner.locale)}
        )

    def _said(self, section: str, name: str, manner: Manner, values: Mapping[str, str]) -> str:
        """Say one of the equal sentences that have a name."""
        return one_of(self._phrases[section][name], manner, **values)


def _sayable(phrases: Any) -> Any:
    """Make equal sentences of each text, or list of texts, as they are nested."""
    if isinstance(phrases, Mapping):
        return {name: _sayable(each) for name, each in phrases.items()}
    return tuple(map(Sentence, [phrases] if isinstance(phrases, str) else phrases))


def bold(facts: Facts) -> tuple[str, ...]:
    """Give what to look for in a text about these facts: the things of a list, the codes, else the stores."""
    if facts.kind in (Kind.OPTIONS, Kind.SUMMARY):
        return tuple(option.item for option in facts.options if option.item)
    if facts.kind is Kind.COUPONS:
        return tuple(coupon.coupon_code for coupon in facts.coupons if coupon.coupon_code)
    return tuple(each.store for each in (facts, *facts.options) if each.store)
