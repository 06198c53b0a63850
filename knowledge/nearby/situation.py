"""What is weighed before a nudge: the rules, the person, and the visit as it stands (pure)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.nearby.bands import fence_band_m
from knowledge.nearby.holding_out import Lot, everybody_hears
from knowledge.preferences import Taste
from knowledge.standing import Standing
from storage.records import (
    Consent,
    ConsentKind,
    Coupon,
    Nudge,
    Product,
    Shopper,
    Signal,
    Store,
)


@dataclass(frozen=True, slots=True)
class NudgeRules:
    """How rarely a shopper is spoken to unasked.

    Sources: caps after Radar (2 in 48 h) and Localytics 2017 (37 % switch pushes off at 2–5 a week); cool-down,
    Braze 6 h at least; quiet hours, Braze 22–06; `exclusion_m`, Washington's My Health My Data Act (2,000 ft);
    speeds and the rest are ours. Nobody is held out unless a share is given.
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
    exclusion_m: float = 610.0
    exclusion_places: tuple[tuple[float, float], ...] = ()
    holdout_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """Who might be told, as of now. `nudges` are those of the last 90 days; `time_zone` None = not known.

    `reminded_at` says when a message they asked for came by the clock, in the last 24 hours at least.

    `saved_codes` are the coupons and `saved_products` the things on their list. `fewer_of` are the categories of which they said "fewer like this", and `lot` says what the shopper draws for a campaign or coupon, see holding_out. `standing` is the diet and dislikes they declared.
    """

    shopper: Shopper
    consents: Mapping[ConsentKind, Consent]
    time_zone: str | None
    taste: Taste
    nudges: Sequence[Nudge] = ()
    reminded_at: Collection[datetime] = ()
    signals: Sequence[Signal] = ()
    saved_codes: Collection[str] = field(default_factory=frozenset)
    saved_products: Collection[str] = field(default_factory=frozenset)
    fewer_of: Collection[str] = field(default_factory=frozenset)
    lot: Lot = everybody_hears
    standing: Standing | None = None

    def local(self, moment: datetime) -> datetime:
        """Give a moment in the shopper's zone, in UTC while that is not known."""
        return moment.astimezone(ZoneInfo(self.time_zone or "UTC"))


@dataclass(frozen=True, slots=True)
class Passing:
    """A visit as it stands: at which store, how far from its door, how fast.

    `products` are what the store has on its shelves, `sold_out` what it keeps and has none of now. `coupons` may be
    any; `uses` counts by code what this shopper used. `distance_m` is for the words alone: nothing is decided by it.
    """

    visit_id: int
    store: Store
    distance_m: float
    speed_m_per_s: float | None
    products: Sequence[Product]
    coupons: Sequence[Coupon]
    sold_out: Sequence[Product] = ()
    uses: Mapping[str, int] = field(default_factory=dict)
    is_in_exclusion_zone: bool = False

    @property
    def within_m(self) -> int:
        """Give the band by which is decided: that of the store's fence."""
        return fence_band_m(self.store.radius_m)

    def arrives(self, now: datetime) -> datetime:
        """Give when the shopper could be at the door, at a slow walk of 1 m/s through the whole band."""
        return now + timedelta(seconds=self.within_m)
