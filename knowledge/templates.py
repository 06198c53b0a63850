"""The floor under every reply: hand-written sentences with the facts filled in (pure).

Whatever a model does, these words for the same facts are ready at once. data/phrases.toml holds them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, filled, listed
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
        self._phrases = phrases
        self.openings: tuple[str, ...] = tuple(phrases["openings"])
        self.closings: tuple[str, ...] = tuple(phrases["closings"])

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
        told = [*(self._own(each, manner, "", "") for each in facts.before), own]
        bold = tuple(part for each in told for part in each.bold)
        return Words("\n".join(each.text for each in told), bold, own.source)

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
        offer = self._pick("offer", offer_variant(facts), manner).format_map(filled(facts, manner))
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
        told = [self._pick("offer", name, manner) for name in names]
        return " ".join(told).format_map(filled(facts, manner))

    def _options(self, facts: Facts, manner: Manner) -> str:
        is_near = all(option.distance_m is not None for option in facts.options)
        days = {option.day for option in facts.options}
        name = "heading_then" if len(days) == 1 and None not in days else "heading"
        heading = self._pick(
            "options", "heading_near" if is_near and None in days else name, manner
        )
        heading = heading.format_map({"day": next(iter(days), None)})
        return "\n".join([heading, *self.lines(facts, manner)])

    def lines(self, facts: Facts, manner: Manner) -> list[str]:
        """Give a line for each option or coupon, and what is to be said of them below."""
        if facts.kind is Kind.COUPONS:
            return [self._coupon_line(coupon, manner) for coupon in facts.coupons]
        is_near = all(option.distance_m is not None for option in facts.options)
        line = self._phrases["options"]["line_near" if is_near else "line_anywhere"]
        lines = [
            self._option_line(line, option).format_map(
                {**filled(option, manner), "number": number}
            )
            for number, option in enumerate(facts.options, 1)
        ]
        lines += self._unknown(facts, manner)
        if facts.tone == _ALLERGY:
            lines.append(self._pick("offer", _ALLERGY, manner))
        return lines

    def _option_line(self, line: str, option: Facts) -> str:
        names = ["coupon"] if option.discounted_cents is not None else []
        told = [self._phrases["options"][name] for name in (*names, *hours_told(option))]
        return "".join([line, *told])

    def _unknown(self, facts: Facts, manner: Manner) -> list[str]:
        """Say of which options it is not known whether they are as asked."""
        numbers = [number for number, each in enumerate(facts.options, 1) if each.unknown]
        if not numbers:
            return []
        asked = tuple(dict.fromkeys(word for each in facts.options for word in each.unknown))
        name = "unknown" if len(numbers) == len(facts.options) else "unknown_of"
        values = {"unknown": listed(asked, "or"), "numbers": listed(map(str, numbers), "and")}
        return [self._pick("options", name, manner).format_map(values)]

    def _coupons(self, facts: Facts, manner: Manner) -> str:
        if not facts.coupons:
            return self._pick("coupons", "none", manner)
        return "\n".join([self._pick("coupons", "heading", manner), *self.lines(facts, manner)])

    def _coupon_line(self, coupon: Facts, manner: Manner) -> str:
        """Tell one coupon: by its title if that names the discount, else by the discount."""
        values = filled(coupon, manner)
        is_titled = coupon.item is not None and values["percent"] in coupon.item
        line = self._phrases["coupons"]["titled" if is_titled else "line"]
        if coupon.expires_on is not None:
            line += self._phrases["coupons"]["until"]
        return str(line.format_map(values))

    def _sentence(self, facts: Facts, manner: Manner) -> str:
        section = facts.kind.value
        sentence = self._pick(section, variant_name(facts), manner)
        if facts.kind is Kind.STORES and facts.item is not None:
            sentence += " " + self._pick(section, "item", manner)
        if facts.kind is Kind.STORES and facts.tone != HOURS:
            names = hours_told(facts) if facts.day or facts.opens_at is None else []
            sentence = " ".join([sentence, *(self._pick(section, name, manner) for name in names)])
        values = filled(facts, manner)
        if facts.kind is Kind.STORES:
            values["open"] = self._phrases[section]["open"][open_variant(facts)].format_map(values)
        if facts.kind is Kind.CLOSED and (why := why_closed(facts)) is not None:
            values["shut"] = self._phrases[section][why].format_map(values)
        senses = self._phrases["clarify"]["senses"]
        values["choices"] = listed([senses.get(each, each) for each in facts.choices], "or")
        return sentence.format_map(values)

    def _other_stores(self, stores: Sequence[Facts], manner: Manner) -> str:
        """List the hours of stores that nobody named, in a line."""
        told = []
        for each in stores:
            name = "shut" if each.kind is Kind.CLOSED else "always"
            if each.kind is Kind.STORES and each.closes_at is not None:
                name = "until" if each.day is None else "then"
            line = self._phrases["stores"]["others"][name]
            told.append(line.format_map(filled(each, manner)))
        return self._pick("stores", "also", manner).format_map({"stores": listed(told, "and")})

    def _pick(self, section: str, name: str, manner: Manner) -> str:
        variants: Sequence[str] = self._phrases[section][name]
        return variants[manner.variant % len(variants)]


def bold(facts: Facts) -> tuple[str, ...]:
    """Give what to look for in a text about these facts: the things of a list, the codes, else the stores."""
    if facts.kind in (Kind.OPTIONS, Kind.SUMMARY):
        return tuple(option.item for option in facts.options if option.item)
    if facts.kind is Kind.COUPONS:
        return tuple(coupon.coupon_code for coupon in facts.coupons if coupon.coupon_code)
    return tuple(each.store for each in (facts, *facts.options) if each.store)
