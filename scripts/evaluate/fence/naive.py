"""The rule that everybody starts with: inside the radius, push. The peer of the task."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.places import Fix
from scripts.evaluate.fence.events import NUDGE, Event

DWELL = timedelta(seconds=120)


@dataclass(slots=True)
class Naive:
    """Follows all users: every fix is believed, coming in is told at once, and so is staying two minutes."""

    index: StoreIndex
    _since: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _dwelt: set[tuple[str, str]] = field(default_factory=set)
    _at: dict[str, set[str]] = field(default_factory=dict)

    def take(self, user: str, fix: Fix) -> Iterator[Event]:
        """Give what happens with a fix."""
        around = {store.id for store, _ in self.index.around(fix.latitude, fix.longitude)}
        before = self._at.get(user, set())
        self._at[user] = around
        for store_id in before - around:
            self._dwelt.discard((user, store_id))
            yield Event(user, store_id, "exit", fix.seen_at)
        for store_id in around:
            key = (user, store_id)
            if store_id not in before:
                self._since[key] = fix.seen_at
                yield Event(user, store_id, "enter", fix.seen_at)
                yield Event(user, store_id, NUDGE, fix.seen_at)
            elif key not in self._dwelt and fix.seen_at - self._since[key] >= DWELL:
                self._dwelt.add(key)
                yield Event(user, store_id, "dwell", fix.seen_at)
