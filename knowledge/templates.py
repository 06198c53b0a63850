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
from knowledge.sentences import HOURS, hours_told, open_variant, variant_name, why_closed

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
        own = self._own(facts, manner, opening, closing)
        earlier = [self._own(each, manner, "", "") for each in facts.before]
        texts = [each.text for each in (*earlier, own)]
        bold = [part for each in (*earlier, own) for part in each.bold]
        return Words("\n".join(texts), tuple(bold))

    def _own(self, facts: Facts, manner: Manner, opening: str, closing: str) -> Words:
        if facts.kind in (Kind.OFFER, Kind.NUDGE):
            middle = self.offer(facts, manner)
            text = " ".join(part for part in (opening, middle, closing) if part)
            return Words(text, _bold(facts))
        if facts.kind in (Kind.OPTIONS, Kind.SUMMARY):
            return Words(
                self._options(facts, manner), tuple(o.item for o in facts.options if o.item)
            )
        if facts.kind is Kind.COUPONS:
            return Words(self._coupons(facts, manner), _codes(facts))
        lines = self._lines(facts, manner)
        told = (facts, *facts.options)
        return Words("\n".join(lines), tuple(each.store for each in told if each.store))

    def _lines(self, facts: Facts, manner: Manner) -> list[str]:
        """Give one sentence, or as many lines as there are orders, or a line of other stores below it."""
        if not facts.options:
            return [self._sentence(facts, manner)]
        if facts.kind is Kind.ORDER_STATUS:
            return [self._sentence(each, manner) for each in facts.options]
        return [self._sentence(facts, manner), self._other_stores(facts.options, manner)]

    def offer(self, facts: Facts, manner: Manner) -> str:
        """Give the sentences of an offer that carry its facts: distance, price, coupon, in that order."""
        place = "place" if facts.distance_m is not None else "no_distance"
        parts = [self._pick("offer", place, manner)]
        if facts.coupon_code is not None and facts.discount_percent is not None:
            parts.append(self._pick("offer", "coupon", manner))
        parts += [self._pick("offer", name, manner) for name in hours_told(facts)]
        if facts.unknown:
            parts.append(self._pick("offer", "unknown", manner))
        if facts.tone == _ALLERGY:
            parts.append(self._pick("offer", _ALLERGY, manner))
        return " ".join(parts).format_map(filled(facts, manner))

    def _options(self, facts: Facts, manner: Manner) -> str:
        is_near = all(option.distance_m is not None for option in facts.options)
        days = {option.day for option in facts.options}
        name = "heading_then" if len(days) == 1 and None not in days else "heading"
        heading = self._pick(
            "options", "heading_near" if is_near and None in days else name, manner
        )
        heading = heading.format_map({"day": next(iter(days), None)})
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
        return "\n".join([heading, *lines])

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
        lines = [self._coupon_line(coupon, manner) for coupon in facts.coupons]
        return "\n".join([self._pick("coupons", "heading", manner), *lines])

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


def _bold(facts: Facts) -> tuple[str, ...]:
    return (facts.store,) if facts.store else ()


def _codes(facts: Facts) -> tuple[str, ...]:
    return tuple(coupon.coupon_code for coupon in facts.coupons if coupon.coupon_code)
