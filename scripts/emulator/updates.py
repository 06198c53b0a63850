"""Queue what happened for the bot until it confirms having it.

Updates are rows of the ledger, so a restart keeps ids, order and what was not yet confirmed.
It knows ids, kinds and ages; who fetches them (long poll or webhook) is not its business.
"""

from collections import deque
from collections.abc import Iterable

from scripts.emulator.clock import Clock
from scripts.emulator.errors import PhoneError
from scripts.emulator.ledger import Ledger
from scripts.emulator.signals import Signal
from scripts.emulator.wire import Json

OLDEST_S = 86_400  # messages and edits older than 24 h are never delivered
FIRST_UPDATE_ID = 100_000_001
REMEMBERED = 5_000  # confirmed updates kept for redelivery
ASKED_FOR_BY_NAME = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """Pending updates in the order of their ids, and the confirmed ones for redelivery."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._rows = ledger.table("update")
        self._done = ledger.table("done")
        self._confirmed = deque(sorted(int(key) for key in self._done))
        self._pending = deque(sorted(int(key) for key in self._rows if key not in self._done))
        self._again: deque[int] = deque()
        self.arrived = Signal()

    def publish(self, kind: str, content: Json, *, chat_id: int) -> None:
        """Queue an update of one kind, unless the bot did not ask for it or it is too old."""
        made_at = content.get("edit_date") or content.get("date") or self._clock.seconds()
        if not self._wanted(kind) or made_at < self._clock.now() - OLDEST_S:
            return
        update_id = self._ledger.next_number("update", FIRST_UPDATE_ID)
        row = {"update": {"update_id": update_id, kind: content}, "date": made_at, "chat": chat_id}
        self._ledger.put("update", str(update_id), row)
        self._pending.append(update_id)
        self.arrived.give()

    def _wanted(self, kind: str) -> bool:
        allowed = self._ledger.table("setting").get("allowed_updates")
        return kind in allowed if allowed else kind not in ASKED_FOR_BY_NAME

    def allow(self, kinds: object) -> None:
        """Choose the kinds of updates queued from now on; an empty list is Telegram's default."""
        if isinstance(kinds, list):
            names = [kind for kind in kinds if isinstance(kind, str)]
            self._ledger.put("setting", "allowed_updates", names)

    def allowed(self) -> list[str]:
        """Give the kinds asked for by name, empty for the default."""
        names: list[str] = self._ledger.table("setting").get("allowed_updates", [])
        return names

    def pending_count(self) -> int:
        """Count what was not confirmed."""
        self._forget_old()
        return len(self._pending)

    def confirm_before(self, offset: int) -> None:
        """Confirm all updates with a smaller id; a negative offset keeps the last −offset."""
        if offset < 0:
            kept = -offset
            while len(self._pending) > kept:
                self._settle(self._pending.popleft())
            return
        while self._pending and self._pending[0] < offset:
            self._settle(self._pending.popleft())

    def confirm(self, update_id: int) -> None:
        """Confirm one update, whatever its place."""
        if update_id in self._again:
            self._again.remove(update_id)
        elif update_id in self._pending:
            self._pending.remove(update_id)
            self._settle(update_id)

    def drop_all(self) -> None:
        """Confirm everything unseen, as drop_pending_updates does."""
        self._again.clear()
        self.confirm_before(2**63)

    def _settle(self, update_id: int) -> None:
        self._ledger.put("done", str(update_id), 1)
        self._confirmed.append(update_id)
        while len(self._confirmed) > REMEMBERED:
            oldest = str(self._confirmed.popleft())
            self._ledger.drop("update", oldest)
            self._ledger.drop("done", oldest)

    def _forget_old(self) -> None:
        oldest_date = self._clock.now() - OLDEST_S
        while self._pending and self._rows[str(self._pending[0])]["date"] < oldest_date:
            self._settle(self._pending.popleft())

    def take(self, limit: int, *, once_more: bool = True) -> list[Json]:
        """Give the first pending updates, redelivered ones ahead of them."""
        self._forget_old()
        chosen: list[int] = []
        while once_more and self._again and len(chosen) < limit:
            chosen.append(self._again.popleft())
        for update_id in self._pending:
            if len(chosen) >= limit:
                break
            chosen.append(update_id)
        return [self._rows[str(update_id)]["update"] for update_id in chosen]

    def waiting(self) -> Iterable[tuple[int, int]]:
        """Give (update id, chat id) of everything to deliver, for a webhook."""
        self._forget_old()
        for update_id in (*self._again, *self._pending):
            yield update_id, self._rows[str(update_id)]["chat"]

    def update(self, update_id: int) -> Json:
        """Give one update by its id."""
        found: Json = self._rows[str(update_id)]["update"]
        return found

    def deliver_again(self, update_id: int) -> None:
        """Hand an update out once more, confirmed or not.

        Raises PhoneError when it is not remembered.
        """
        if str(update_id) not in self._rows:
            text = f"No update {update_id} is remembered."
            raise PhoneError(text)
        self._again.append(update_id)
        self.arrived.give()
