"""What the policy would tell somebody: consent given, a coupon that always fits at each store, no quiet hours.

Caps, cool-down, speed, health services and the zones around them hold as they do in the shop.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.exclusion import is_in_exclusion_zone
from knowledge.nearby.fence import Crossing
from knowledge.nearby.policy import decide_among
from knowledge.nearby.situation import NudgeRules, Passing, Person
from knowledge.nearby.watching import Change, Look
from knowledge.preferences import Taste
from storage.records import (
    Consent,
    ConsentKind,
    Coupon,
    Nudge,
    Product,
    Shopper,
    Sustainability,
)

RULES = NudgeRules(quiet_from=time(0), quiet_until=time(0))
_LONG_AGO, _FAR_AHEAD = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
_CODE, _THING, _KIND = "FITS", "thing", "things"
_COUPON = Coupon(_CODE, _CODE, 10, _LONG_AGO, _FAR_AHEAD, product_ids=frozenset({_THING}))
_PRODUCT = Product(_THING, "Thing", _KIND, "", 100, "USD")
_TASTE = Taste({_THING: 1}, {_KIND: 1}, dict.fromkeys(Sustainability, 1.0))


@dataclass(slots=True)
class Nudged:
    """One user among these stores, and what they were told so far."""

    shopper_id: int
    index: StoreIndex
    told: list[Nudge] = field(default_factory=list)
    visits: dict[str, int] = field(default_factory=dict)

    def consider(self, seen: Look, now: datetime) -> str | None:
        """Give the store whose offer is told now; None for silence."""
        at = [change for change in seen.changes if change.crossing is not Crossing.LEFT]
        if not at:
            return None
        passings = [self._passing(change, seen.speed_m_per_s) for change in at]
        chosen = decide_among(self._person(now), passings, now, RULES).chosen
        if chosen is None:
            return None
        store, visit_id = chosen.passing.store, chosen.passing.visit_id
        self.told.append(Nudge(self.shopper_id, store.id, _CODE, visit_id, visit_id, now))
        return store.id

    def _passing(self, change: Change, speed_m_per_s: float | None) -> Passing:
        store = change.store
        if change.crossing is Crossing.ENTERED:
            self.visits[store.id] = 1 + max(self.visits.values(), default=0)
        return Passing(
            self.visits.get(store.id, 0),
            store,
            change.distance_m,
            speed_m_per_s,
            [_PRODUCT],
            [_COUPON],
            is_in_exclusion_zone=is_in_exclusion_zone(store, self.index, (), RULES.exclusion_m),
        )

    def _person(self, now: datetime) -> Person:
        shopper = Shopper(self.shopper_id, "", "en", created_at=now, last_seen_at=now)
        consents = {kind: Consent(shopper.id, kind, True, 1, now) for kind in ConsentKind}
        recent = [each for each in self.told if now - each.nudged_at < RULES.remembered]
        return Person(shopper, consents, "UTC", _TASTE, recent, saved_codes={_CODE})
