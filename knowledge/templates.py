"""The floor under every reply: hand-written sentences with the facts filled in (pure).

Whatever a model does, these words for the same facts are ready at once. data/phrases.toml holds them.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from typing import Any

from babel import Locale

from knowledge import amounts
from knowledge.facts import Facts, Kind

_ALLERGY = "allergy"
_HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Manner:
    """How to say it: language customs, today's date, and `variant` to vary equal sentences (any int)."""

    locale: Locale
    today: date
    variant: int = 0

    def other(self) -> "Manner":
        """Give the manner in which the next of equal sentences is said."""
        return replace(self, variant=self.variant + 1)


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
        parts += [self._pick("offer", name, manner) for name in _hours_told(facts)]
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
        told = [self._phrases["options"][name] for name in (*names, *_hours_told(option))]
        return "".join([line, *told])

    def _unknown(self, facts: Facts, manner: Manner) -> list[str]:
        """Say of which options it is not known whether they are as asked."""
        numbers = [number for number, each in enumerate(facts.options, 1) if each.unknown]
        if not numbers:
            return []
        asked = tuple(dict.fromkeys(word for each in facts.options for word in each.unknown))
        name = "unknown" if len(numbers) == len(facts.options) else "unknown_of"
        values = {"unknown": _listed(asked, "or"), "numbers": _listed(map(str, numbers), "and")}
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
        sentence = self._pick(section, _variant_name(facts), manner)
        if facts.kind is Kind.STORES and facts.item is not None:
            sentence += " " + self._pick(section, "item", manner)
        if facts.kind is Kind.STORES and facts.tone != _HOURS:
            names = _hours_told(facts) if facts.day or facts.opens_at is None else []
            sentence = " ".join([sentence, *(self._pick(section, name, manner) for name in names)])
        values = filled(facts, manner)
        if facts.kind is Kind.STORES:
            values["open"] = self._phrases[section]["open"][_open_variant(facts)].format_map(
                values
            )
        if facts.kind is Kind.CLOSED and (why := _why_closed(facts)) is not None:
            values["shut"] = self._phrases[section][why].format_map(values)
        senses = self._phrases["clarify"]["senses"]
        values["choices"] = _listed([senses.get(each, each) for each in facts.choices], "or")
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
        return self._pick("stores", "also", manner).format_map({"stores": _listed(told, "and")})

    def _pick(self, section: str, name: str, manner: Manner) -> str:
        variants: Sequence[str] = self._phrases[section][name]
        return variants[manner.variant % len(variants)]


def written(facts: Facts, manner: Manner) -> list[str]:
    """Give every fact as a text may write it, the numbers of a list included."""
    values = [value for each in facts.everything() for value in filled(each, manner).values()]
    most = max(len(each.options) for each in facts.everything())
    numbers = [str(number) for number in range(1, most + 1)]
    return [*values, *numbers]


def filled(facts: Facts, manner: Manner) -> dict[str, str]:
    """Give every placeholder's value; facts that are not known have no entry."""
    locale = manner.locale
    values: dict[str, str | None] = {
        "store": facts.store,
        "item": facts.item,
        "coupon": facts.coupon_code,
        "reason": facts.reason,
        "holiday": facts.holiday,
        "day": facts.day,
        "order": facts.order_code,
        "quote": facts.quote,
        "document": facts.document,
        "size": facts.size,
        "sizes": _listed(facts.choices, "and") or None,
        "unknown": _listed(facts.unknown, "or") or None,
    }
    if facts.distance_m is not None:
        values["distance"] = amounts.distance(facts.distance_m, locale)
    if facts.price_cents is not None:
        values["price"] = amounts.price(facts.price_cents, facts.currency or "USD", locale)
    if facts.discounted_cents is not None:
        values["total"] = amounts.price(facts.discounted_cents, facts.currency or "USD", locale)
    if facts.discount_percent is not None:
        values["percent"] = amounts.percent(facts.discount_percent)
    if facts.expires_on is not None:
        values["expires"] = amounts.day(facts.expires_on, manner.today, locale)
    if facts.valid_from is not None:
        values["since"] = amounts.past_day(facts.valid_from, manner.today, locale)
    if facts.valid_to is not None:
        values["until"] = amounts.past_day(facts.valid_to, manner.today, locale)
    known = {name: value for name, value in values.items() if value is not None}
    return known | _times(facts, locale)


def _listed(words: Iterable[str], joint: str) -> str:
    """List words as people do: "2, 3 and 4"."""
    *others, last = list(words) or [""]
    return f"{', '.join(others)} {joint} {last}" if others else last


def _times(facts: Facts, locale: Locale) -> dict[str, str]:
    """Write the times of day that are known: when it closes, opens, and until when it is kept."""
    times: dict[str, str] = {}
    if facts.closes_at is not None:
        times["closes"] = amounts.clock_time(facts.closes_at, locale)
    if facts.closed_at is not None:
        times["closed"] = amounts.clock_time(facts.closed_at, locale)
    if facts.opens_at is not None:
        at = f"at {amounts.clock_time(facts.opens_at, locale)}"
        times["opens"] = f"{facts.opens_day} {at}" if facts.opens_day else at
        times["from"] = amounts.clock_time(facts.opens_at, locale)
    if facts.kept_until is not None:
        at = amounts.clock_time(facts.kept_until, locale)
        times["kept"] = f"{facts.kept_day} at {at}" if facts.kept_day else at
    return times


def _variant_name(facts: Facts) -> str:
    variant = _VARIANTS.get(facts.kind)
    return variant(facts) if variant is not None else facts.tone or "text"


def _human_variant(facts: Facts) -> str:
    if facts.store is None:
        return "text"
    return "store" if facts.closes_at is None else "store_until"


def _stores_variant(facts: Facts) -> str:
    if facts.tone == _HOURS:
        return _HOURS if facts.distance_m is not None else f"{_HOURS}_no_distance"
    return "one" if facts.distance_m is not None else "no_distance"


def _open_variant(facts: Facts) -> str:
    """Name how it is told that a store is open: now, or on the day that was asked about."""
    if facts.closes_at is None:
        return "always" if facts.day is None else "then_always"
    return "until" if facts.day is None else "then"


def _order_variant(facts: Facts) -> str:
    if facts.status is None:
        return "none"
    return facts.status.value if facts.kept_until is None else f"{facts.status.value}_kept"


def _closed_variant(facts: Facts) -> str:
    """Tell a store asked for by its name, which "has" nothing, from one that sells what was asked for.

    Why it is closed is told when it is known: that it closed earlier today, or a holiday.
    """
    is_anywhere = facts.distance_m is None
    if facts.item is None:
        name = "named_no_distance" if is_anywhere else "named"
    else:
        name = "no_distance" if is_anywhere else "text"
    return name if _why_closed(facts) is None else f"{name}_shut"


def _why_closed(facts: Facts) -> str | None:
    """Name what is told of why it is closed: right now, or on the day that was asked about."""
    that_day = "" if facts.day is None else "_day"
    if facts.holiday is not None:
        return f"shut_for{that_day}"
    if facts.closed_at is not None:
        return f"shut_at{that_day}"
    return "shut_day" if that_day else None


def _hours_told(facts: Facts) -> list[str]:
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


def _bold(facts: Facts) -> tuple[str, ...]:
    return (facts.store,) if facts.store else ()


def _codes(facts: Facts) -> tuple[str, ...]:
    return tuple(coupon.coupon_code for coupon in facts.coupons if coupon.coupon_code)


_VARIANTS: Mapping[Kind, Callable[[Facts], str]] = {
    Kind.ORDER_STATUS: _order_variant,
    Kind.CLOSED: _closed_variant,
    Kind.POLICY: _policy_variant,
    Kind.STORES: _stores_variant,
    Kind.HUMAN: _human_variant,
}
