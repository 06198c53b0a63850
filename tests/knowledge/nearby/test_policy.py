from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from knowledge.nearby.policy import Decision, Gate, NudgeRules, Passing, Person, decide
from knowledge.preferences import Taste
from storage.records import (
    UNTIL_THEY_SAY,
    Consent,
    ConsentKind,
    Nudge,
    NudgeAnswer,
    OpeningHours,
    SignalKind,
    Sustainability,
)
from storage.records import Signal as Told
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


def outcome(
    who: Person | None = None, where: Passing | None = None, now: datetime = NOW
) -> Gate | None:
    decision: Decision = decide(who or person(), where or passing(), now, RULES)
    assert (decision.told is None) is (decision.shut is not None)
    return decision.shut


def local(hour: int, minute: int = 0) -> datetime:
    """That time of day in Berlin, where it is one hour later than UTC."""
    return NOW.replace(hour=hour - 1, minute=minute)


def test_the_offer_that_fits_is_told() -> None:
    decision = decide(person(), passing(), NOW, RULES)
    assert decision.told is not None
    candidate = decision.told.candidate
    assert (candidate.product.id, candidate.coupon) == ("choc", WARM)
    assert candidate.distance_m == 60.0


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHO: dict[str, tuple[Person, Gate | None]] = {
    "no to place": (person(consents=consents(location=False)), Gate.CONSENT),
    "no to nudges": (person(consents=consents(nudges=False)), Gate.CONSENT),
    "never asked about nudges": (
        person(consents={ConsentKind.LOCATION: consents()[ConsentKind.LOCATION]}),
        Gate.CONSENT,
    ),
    "blocked the bot": (person(shopper=shopper(is_reachable=False)), Gate.REACHABLE),
    "stopped": (person(shopper=shopper(stopped_at=NOW)), Gate.REACHABLE),
    "said to be under age": (person(shopper=shopper(under_age_since=NOW - DAY)), Gate.UNDER_AGE),
    "pause lasts": (person(shopper=shopper(paused_until=NOW + HOUR)), Gate.PAUSED),
    "pause until they say": (person(shopper=shopper(paused_until=UNTIL_THEY_SAY)), Gate.PAUSED),
    "pause ends now": (person(shopper=shopper(paused_until=NOW)), None),
    "time zone not known": (person(time_zone=None), Gate.TIME_ZONE),
    "deep in the night elsewhere": (person(time_zone="Pacific/Auckland"), Gate.QUIET_HOURS),
    "likes other things": (person(taste=NOTHING_BOUGHT), Gate.NOTHING_FITS),
    "keeps the coupon": (person(taste=NOTHING_BOUGHT, saved_codes={"WARM15"}), None),
    "buys the category now and then": (
        person(taste=Taste({}, {"drinks": 3}, NEUTRAL)),
        Gate.NOTHING_FITS,
    ),
    "buys the category often": (person(taste=Taste({}, {"drinks": 9}, NEUTRAL)), None),
    "turned it down": (
        person(signals=[Told(7, "choc", SignalKind.DISMISS, NOW - DAY)]),
        Gate.NOTHING_FITS,
    ),
    "only looked at it": (person(signals=[Told(7, "choc", SignalKind.VIEW, NOW - DAY)]), None),
    "told today": (person(nudges=[nudge(HOUR)]), Gate.PER_DAY),
    "told yesterday elsewhere": (person(nudges=[nudge(DAY)]), None),
    "told in this visit": (person(nudges=[nudge(DAY, visit_id=9)]), Gate.ONCE_A_VISIT),
    "three this week": (
        person(nudges=[nudge(DAY), nudge(3 * DAY), nudge(6 * DAY)]),
        Gate.PER_WEEK,
    ),
    "three, one of them before": (
        person(nudges=[nudge(DAY), nudge(3 * DAY), nudge(8 * DAY)]),
        None,
    ),
    "told here less than a day ago": (
        person(nudges=[nudge(23 * HOUR, store_id="cafe")]),
        Gate.COOL_DOWN,
    ),
    "told here a day ago": (person(nudges=[nudge(25 * HOUR, store_id="cafe")]), None),
    "wants fewer, told this week": (
        person(
            nudges=[nudge(6 * DAY, answer=NudgeAnswer.FEWER, answered_at=NOW - 6 * DAY)],
        ),
        Gate.FEWER,
    ),
    "wants fewer, told a week ago": (
        person(
            nudges=[nudge(8 * DAY, answer=NudgeAnswer.FEWER, answered_at=NOW - 8 * DAY)],
        ),
        None,
    ),
    "not now, two days ago": (
        person(nudges=[nudge(2 * DAY, answer=NudgeAnswer.NOT_NOW, answered_at=NOW - 2 * DAY)]),
        None,
    ),
}


@pytest.mark.parametrize(("who", "gate"), WHO.values(), ids=WHO)
def test_gates_of_the_shopper(who: Person, gate: Gate | None) -> None:
    assert outcome(who) is gate


EVERYTHING = coupon("WELCOME10")
WHERE: dict[str, tuple[Passing, Gate | None]] = {
    "walking fast": (passing(speed_m_per_s=3.0), None),
    "running": (passing(speed_m_per_s=3.1), Gate.SPEED),
    "driving": (passing(speed_m_per_s=14.0), Gate.SPEED),
    "speed not known": (passing(speed_m_per_s=None), Gate.SPEED),
    "pharmacy": (
        passing(store=store(category="pharmacy", hours=ALWAYS)),
        Gate.HEALTH_SERVICE,
    ),
    "no opening hours known": (passing(store=store(hours=())), Gate.CLOSED),
    "sold out": (passing(products=[]), Gate.NOTHING_FITS),
    "no coupon": (passing(coupons=[]), Gate.NOTHING_FITS),
    "coupon for everything": (passing(coupons=[EVERYTHING]), Gate.NOTHING_FITS),
    "coupon that ends on the way": (
        passing(coupons=[replace(WARM, valid_until=NOW + timedelta(seconds=50))]),
        Gate.NOTHING_FITS,
    ),
    "coupon of another store": (
        passing(coupons=[replace(WARM, store_ids=frozenset({"bakery"}))]),
        Gate.NOTHING_FITS,
    ),
    **{
        f"about {kind}": (
            passing(products=[product(attributes={"sensitive": kind})]),
            Gate.NOTHING_FITS,
        )
        for kind in ("health", "baby", "intimate", "alcohol")
    },
    "said to be harmless": (passing(products=[product(attributes={"sensitive": "no"})]), None),
}


@pytest.mark.parametrize(("where", "gate"), WHERE.values(), ids=WHERE)
def test_gates_of_the_visit(where: Passing, gate: Gate | None) -> None:
    assert outcome(where=where) is gate


@pytest.mark.parametrize(
    ("now", "gate"),
    [
        (local(8, 59), Gate.QUIET_HOURS),
        (local(9), None),
        (local(20, 59), None),
        (local(21), Gate.QUIET_HOURS),
        (local(1), Gate.QUIET_HOURS),
    ],
)
def test_nudge_is_held_during_quiet_hours(now: datetime, gate: Gate | None) -> None:
    assert outcome(now=now) is gate


@pytest.mark.parametrize(
    ("now", "gate"),
    [(local(17, 49), None), (local(17, 50), Gate.CLOSED), (local(18), Gate.CLOSED)],
)
def test_store_is_open_on_arrival_and_a_while_after(now: datetime, gate: Gate | None) -> None:
    assert outcome(where=passing(store=store()), now=now) is gate


def test_saved_coupon_of_a_sensitive_thing_stays_unsaid() -> None:
    diapers = product(attributes={"sensitive": "baby"})
    who = person(taste=NOTHING_BOUGHT, saved_codes={"WARM15"})
    assert outcome(who, passing(products=[diapers])) is Gate.NOTHING_FITS


def test_day_is_the_shoppers_own() -> None:
    # 23 hours ago and yesterday in Berlin; elsewhere, so no cool-down.
    assert outcome(person(nudges=[nudge(23 * HOUR)])) is None


@pytest.mark.parametrize("category", ["Baby & Pets", "beer, wine & spirits", "pharmacy & care"])
def test_sensitive_category_stays_unsaid_though_the_shop_calls_the_thing_harmless(
    category: str,
) -> None:
    saved = person(taste=NOTHING_BOUGHT, saved_codes={"WARM15"})
    harmless = product(category=category, attributes={"sensitive": "no"})
    assert outcome(saved, passing(products=[harmless])) is Gate.NOTHING_FITS


@pytest.mark.parametrize("category", ["drinks", "books & toys", "swinery", "adulthood stories"])
def test_category_is_not_sensitive_for_a_part_of_a_word(category: str) -> None:
    saved = person(taste=NOTHING_BOUGHT, saved_codes={"WARM15"})
    assert outcome(saved, passing(products=[product(category=category)])) is None
