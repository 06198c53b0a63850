"""Whether a shopper at a store is told about an offer, and about which: every gate in order (pure).

Silence is the usual answer. It reads no clock and no database: everything it weighs is passed in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from knowledge.candidates import Candidate, best_coupon
from knowledge.discretion import is_sensitive
from knowledge.nearby.hours import closing_soon, open_interval
from knowledge.preferences import Taste
from knowledge.ranking import Ranked, rank
from storage.records import (
    Consent,
    ConsentKind,
    Coupon,
    Nudge,
    NudgeAnswer,
    Product,
    Shopper,
    Signal,
    SignalKind,
    Store,
)

# Washington's My Health My Data Act forbids fences around in-person health services.
HEALTH_SERVICES = frozenset(
    {"pharmacy", "clinic", "doctor", "dentist", "hospital", "optician", "health"}
)


@dataclass(frozen=True, slots=True)
class NudgeRules:
    """How rarely a shopper is spoken to unasked.

    Sources: caps after Radar (2 in 48 h) and Localytics 2017 (37 % switch pushes off at 2–5 a week); cool-down,
    Braze 6 h at least; quiet hours, Braze 22–06; speeds and the rest are ours.
    """

    per_day: int = 1
    per_week: int = 3
    cool_down: timedelta = timedelta(hours=24)
    fewer_cool_down: timedelta = timedelta(days=7)
    remembered: timedelta = timedelta(days=90)
    quiet_from: time = time(21)
    quiet_until: time = time(9)
    fastest_m_per_s: float = 3.0
    habit_at_least: float = 0.05


class Gate(StrEnum):
    """What can keep a nudge from being sent, in the order asked."""

    CONSENT = "consent"
    UNDER_AGE = "under age"
    PAUSED = "paused"
    REACHABLE = "reachable"
    HEALTH_SERVICE = "health service"
    TIME_ZONE = "time zone"
    QUIET_HOURS = "quiet hours"
    SPEED = "speed"
    ONCE_A_VISIT = "once a visit"
    PER_DAY = "per day"
    PER_WEEK = "per week"
    COOL_DOWN = "cool-down"
    FEWER = "fewer wished"
    CLOSED = "closed"
    NOTHING_FITS = "nothing fits"


@dataclass(frozen=True, slots=True)
class Person:
    """Who might be told, as of now. `nudges` are those of the last 90 days; `time_zone` None = not known."""

    shopper: Shopper
    consents: Mapping[ConsentKind, Consent]
    time_zone: str | None
    taste: Taste
    nudges: Sequence[Nudge] = ()
    signals: Sequence[Signal] = ()
    saved_codes: Collection[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Passing:
    """A visit as it stands: at which store, how far from its door, how fast. Coupons are those this shopper may use.

    `products` are what the store has on its shelves.
    """

    visit_id: int
    store: Store
    distance_m: float
    speed_m_per_s: float | None
    products: Sequence[Product]
    coupons: Sequence[Coupon]


@dataclass(frozen=True, slots=True)
class Decision:
    """The one thing worth telling, or the first gate that was shut."""

    told: Ranked | None
    shut: Gate | None


def is_health_service(store: Store) -> bool:
    """Tell whether a store never gets a fence at all."""
    return store.category.casefold() in HEALTH_SERVICES


def decide(person: Person, passing: Passing, now: datetime, rules: NudgeRules) -> Decision:
    """Decide at shop time `now` whether the shopper is told about an offer of the store."""
    shut = (
        _shut_by_person(person, now, rules)
        or _shut_by_visit(passing, now, rules)
        or _shut_by_history(person, passing, now, rules)
    )
    if shut is not None:
        return Decision(None, shut)
    fitting = _fitting(person, passing, now, rules)
    return Decision(fitting[0], None) if fitting else Decision(None, Gate.NOTHING_FITS)


def shut_by_wish(
    shopper: Shopper, consents: Mapping[ConsentKind, Consent], now: datetime
) -> Gate | None:
    """Give what the shopper has said against nudges at shop time `now`, None when they want them.

    Without it nobody is followed either: what nothing may come of is not written down.
    """
    for kind in ConsentKind:
        consent = consents.get(kind)
        if consent is None or not consent.is_granted:
            return Gate.CONSENT
    if shopper.under_age_since is not None:
        return Gate.UNDER_AGE
    return Gate.PAUSED if shopper.is_paused(now) else None


def _shut_by_person(person: Person, now: datetime, rules: NudgeRules) -> Gate | None:
    shut = shut_by_wish(person.shopper, person.consents, now)
    if shut is not None:
        return shut
    if not person.shopper.is_reachable or person.shopper.stopped_at is not None:
        return Gate.REACHABLE
    if person.time_zone is None:
        return Gate.TIME_ZONE
    local = now.astimezone(ZoneInfo(person.time_zone)).time()
    return Gate.QUIET_HOURS if _is_quiet(local, rules) else None


def _shut_by_visit(passing: Passing, now: datetime, rules: NudgeRules) -> Gate | None:
    if is_health_service(passing.store):
        return Gate.HEALTH_SERVICE
    speed = passing.speed_m_per_s
    if speed is None or speed > rules.fastest_m_per_s:
        return Gate.SPEED
    arrives = _arrives(passing, now)
    is_open = open_interval(passing.store, arrives) is not None
    return None if is_open and closing_soon(passing.store, arrives) is None else Gate.CLOSED


def _shut_by_history(
    person: Person, passing: Passing, now: datetime, rules: NudgeRules
) -> Gate | None:
    nudges = person.nudges
    today = _local(now, person).date()
    gates = {
        Gate.ONCE_A_VISIT: any(each.visit_id == passing.visit_id for each in nudges),
        Gate.PER_DAY: sum(_local(each.nudged_at, person).date() == today for each in nudges)
        >= rules.per_day,
        Gate.PER_WEEK: sum(now - each.nudged_at < timedelta(days=7) for each in nudges)
        >= rules.per_week,
        Gate.COOL_DOWN: any(
            each.store_id == passing.store.id and now - each.nudged_at < rules.cool_down
            for each in nudges
        ),
        Gate.FEWER: _wishes_fewer(nudges, now, rules)
        and any(now - each.nudged_at < rules.fewer_cool_down for each in nudges),
    }
    return next((gate for gate, is_shut in gates.items() if is_shut), None)


def _wishes_fewer(nudges: Sequence[Nudge], now: datetime, rules: NudgeRules) -> bool:
    return any(
        each.answer is NudgeAnswer.FEWER
        and each.answered_at is not None
        and now - each.answered_at < rules.remembered
        for each in nudges
    )


def _fitting(person: Person, passing: Passing, now: datetime, rules: NudgeRules) -> list[Ranked]:
    """Give what the store has, with a coupon that names it, and that this shopper has shown to like."""
    # A coupon for everything is no reason to speak up about one thing.
    coupons = [c for c in passing.coupons if c.product_ids or c.categories]
    turned_down = {
        signal.product_id
        for signal in person.signals
        if signal.kind is SignalKind.DISMISS and now - signal.seen_at < rules.remembered
    }
    candidates = [
        Candidate(product, passing.store, 0.0, passing.distance_m, coupon)
        for product in passing.products
        if product.id not in turned_down and not is_sensitive(product)
        for coupon in [best_coupon(coupons, product, passing.store.id, _arrives(passing, now))]
        if coupon is not None
    ]
    return [r for r in rank(candidates, person.taste) if _is_relevant(r, person, rules)]


def _is_relevant(ranked: Ranked, person: Person, rules: NudgeRules) -> bool:
    """Tell whether the shopper keeps the coupon, or buys such things often enough."""
    coupon = ranked.candidate.coupon
    is_saved = coupon is not None and coupon.code in person.saved_codes
    return is_saved or ranked.contributions["habit"] >= rules.habit_at_least


def _arrives(passing: Passing, now: datetime) -> datetime:
    return now + timedelta(seconds=passing.distance_m)  # at a slow walk of 1 m/s


def _is_quiet(local: time, rules: NudgeRules) -> bool:
    if rules.quiet_from <= rules.quiet_until:
        return rules.quiet_from <= local < rules.quiet_until
    return local >= rules.quiet_from or local < rules.quiet_until


def _local(moment: datetime, person: Person) -> datetime:
    return moment.astimezone(ZoneInfo(person.time_zone or "UTC"))
