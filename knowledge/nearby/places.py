"""Where shoppers are, in memory and for a quarter of an hour: the only home coordinates have.

It must not know Telegram or the database. Nothing in here is ever written to disk or logged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

# Ours, after the CNIL's finding that keeping positions longer than the service needs is excessive.
KEPT_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Fix:
    """One reported position in degrees; `accuracy_m` is the radius of the error circle, None = not told."""

    latitude: float
    longitude: float
    accuracy_m: float | None
    seen_at: datetime
    is_live: bool = False

    def __repr__(self) -> str:
        """Hide the coordinates: a repr may end up in a log."""
        return f"Fix(seen_at={self.seen_at.isoformat()})"


class Places:
    """The newest fix of each shopper, and fixes of updates that are not handled yet."""

    def __init__(self) -> None:
        self._by_update: dict[int, Fix] = {}
        self._by_shopper: dict[int, Fix] = {}

    def hold(self, update_id: int, fix: Fix) -> None:
        """Keep the coordinates taken out of an update until it is done."""
        self._by_update[update_id] = fix

    def held(self, update_id: int) -> Fix | None:
        """Give an update's coordinates, at every try; None when the process restarted in between."""
        return self._by_update.get(update_id)

    def let_go(self, update_id: int) -> None:
        """Drop the coordinates of an update that is done."""
        self._by_update.pop(update_id, None)

    def keep(self, shopper_id: int, fix: Fix) -> None:
        """Remember where the shopper is, unless something newer is known."""
        known = self._by_shopper.get(shopper_id)
        if known is None or known.seen_at <= fix.seen_at:
            self._by_shopper[shopper_id] = fix

    def latest(self, shopper_id: int, now: datetime) -> Fix | None:
        """Give the shopper's newest fix, or None when there is none from the last 15 minutes."""
        fix = self._by_shopper.get(shopper_id)
        return fix if fix is not None and now - fix.seen_at <= KEPT_FOR else None

    def forget(self, shopper_id: int) -> None:
        """Drop what is known about a shopper's place."""
        self._by_shopper.pop(shopper_id, None)

    def sweep(self, now: datetime, step: int = 2000) -> Iterator[None]:
        """Drop every fix that is older than a quarter of an hour, pausing after each `step` of them."""
        for fixes in (self._by_update, self._by_shopper):
            for number, (key, fix) in enumerate(list(fixes.items()), start=1):
                if now - fix.seen_at > KEPT_FOR and fixes.get(key) is fix:
                    del fixes[key]
                if number % step == 0:
                    yield
