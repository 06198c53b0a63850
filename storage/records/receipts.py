"""What was decided about an offer at a store, gate by gate: bands, counts and yes or no, never metres or a place."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Gate(StrEnum):
    """What can keep a nudge from being sent, in the order asked; the values are stored."""

    CONSENT = "consent"
    UNDER_AGE = "under age"
    PAUSED = "paused"
    REACHABLE = "reachable"
    SENSITIVE_STORE = "sensitive store"
    EXCLUSION_ZONE = "exclusion zone"
    TIME_ZONE = "time zone"
    QUIET_HOURS = "quiet hours"
    SPEED = "speed"
    ONCE_A_VISIT = "once a visit"
    PER_DAY = "per day"
    PER_WEEK = "per week"
    COOL_DOWN = "cool-down"
    FEWER = "fewer wished"
    NOTHING_FITS = "nothing fits"
    COUPON = "coupon"
    USES = "uses"
    BUDGET = "budget"
    STOCK = "stock"
    CLOSED = "closed"
    TURNED_DOWN = "turned down"
    RELEVANCE = "relevance"
    BETTER = "better offer"
    HOLD_OUT = "hold-out"


class Pace(StrEnum):
    """How fast somebody moves, as a band: all that is kept of a speed."""

    UNKNOWN = "unknown"
    STANDING = "standing"
    WALKING = "walking"
    FASTER = "faster than walking"
    DRIVING = "driving"


class Outcome(StrEnum):
    """What came of a decision. Who is held out hears nothing, and uses up their caps as if they had."""

    TOLD = "told"
    HELD_OUT = "held out"
    SILENT = "silent"


Value = bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one gate saw, and the limit it was held against; None where there is no such thing."""

    gate: Gate
    value: Value
    limit: Value = None


class Importance(IntEnum):
    """How much a receipt is worth keeping: what the shopper would never have heard of least."""

    FILLER = 0
    RELEVANT = 1
    DECIDED = 2


@dataclass(frozen=True, slots=True)
class Receipt:
    """The decision about one candidate in one visit, as it was last; a changed one counts its `version` up.

    Without `coupon_code` nothing at the store could have been told. `within_m` is the band that the store's fence
    lies in and `decided_on` the day in the shop's zone: from nothing in here a place or a speed can be computed.
    `readings` are those of all gates, in their order.
    """

    shopper_id: int
    visit_id: int
    store_id: str
    coupon_code: str | None
    product_id: str | None
    outcome: Outcome
    readings: tuple[Reading, ...]
    within_m: int
    decided_on: date
    importance: Importance = Importance.FILLER
    campaign_id: str | None = None
    version: int = 1

    def of(self, gate: Gate) -> Reading | None:
        """Give what a gate saw, None when it was not asked."""
        return next((each for each in self.readings if each.gate is gate), None)
