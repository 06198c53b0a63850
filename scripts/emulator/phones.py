"""Show each shopper's phone what happens in the private chat with the bot.

Messages live in the world; here are the moments in between: a new or edited bubble, typing, a
draft, a toast. They are kept in memory, some hundreds a phone, and end with the process.
"""

from collections import deque
from dataclasses import dataclass, field

from scripts.emulator.signals import Signal
from scripts.emulator.wire import Json

EVENTS_KEPT = 500


@dataclass(slots=True)
class Phone:
    """One shopper's screen: what happened lately, and who watches."""

    changed: Signal = field(default_factory=Signal)
    events: deque[Json] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))


class Phones:
    """All phones by user id; event numbers grow across phones and restarts.

    changed is given whenever something happens on any of them.
    """

    def __init__(self, started_at: float) -> None:
        self._phones: dict[int, Phone] = {}
        self.sequence = int(started_at * 1000)
        self.changed = Signal()

    def phone(self, user_id: int) -> Phone:
        """Give a shopper's phone."""
        return self._phones.setdefault(user_id, Phone())

    def show(self, user_id: int, kind: str, **details: object) -> None:
        """Let something happen on a phone's screen."""
        self.sequence += 1
        phone = self.phone(user_id)
        phone.events.append({"seq": self.sequence, "kind": kind, **details})
        phone.changed.give()
        self.changed.give()

    def events_after(self, user_id: int, sequence: int) -> list[Json]:
        """Give what happened on a phone since an event number, oldest first."""
        return [event for event in self.phone(user_id).events if event["seq"] > sequence]
