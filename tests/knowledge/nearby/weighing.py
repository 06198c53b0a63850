"""A shopper who passes the café and would hear of an offer, but for what a test changes."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from knowledge.nearby.policy import Decision, decide
from knowledge.nearby.situation import NudgeRules, Passing, Person
from knowledge.preferences import Taste
from storage.records import (
    Consent,
    ConsentKind,
    Gate,
    Nudge,
    OpeningHours,
    Sustainability,
)
from tests.builders import coupon, product, shopper, store

# A Friday in Berlin, 15:00 there.
NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
RULES = NudgeRules()
NEUTRAL = dict.fromkeys(Sustainability, 1.0)
LIKES_CHOC = Taste({"choc": 3}, {"drinks": 5}, NEUTRAL)
NOTHING_BOUGHT = Taste({}, {}, NEUTRAL)
ALWAYS = tuple(OpeningHours(day, time(), time()) for day in range(7))
WARM = coupon(product_ids=frozenset({"choc"}), valid_until=NOW + timedelta(days=9))


def consents(**granted: bool) -> dict[ConsentKind, Consent]:
    """Both granted unless said otherwise; None leaves one out."""
    answers = {"location": True, "nudges": True} | granted
    return {
        ConsentKind(kind): Consent(7, ConsentKind(kind), yes, 1, NOW)
        for kind, yes in answers.items()
        if yes is not None
    }


def nudge(ago: timedelta, **changes: Any) -> Nudge:
    return replace(Nudge(7, "bakery", "ROLL20", 1, 1, NOW - ago), **changes)


def person(**changes: Any) -> Person:
    base = Person(shopper(), consents(), "Europe/Berlin", LIKES_CHOC)
    return replace(base, **changes)


def passing(**changes: Any) -> Passing:
    base = Passing(9, store(hours=ALWAYS), 60.0, 1.3, [product()], [WARM])
    return replace(base, **changes)


def decided(
    who: Person | None = None,
    where: Passing | None = None,
    now: datetime = NOW,
    rules: NudgeRules = RULES,
) -> Decision:
    return decide(who or person(), where or passing(), now, rules)


def outcome(
    who: Person | None = None, where: Passing | None = None, now: datetime = NOW
) -> Gate | None:
    decision = decided(who, where, now)
    assert (decision.told is None) is (decision.shut is not None)
    return decision.shut


def local(hour: int, minute: int = 0) -> datetime:
    """That time of day in Berlin, where it is one hour later than UTC."""
    return NOW.replace(hour=hour - 1, minute=minute)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
