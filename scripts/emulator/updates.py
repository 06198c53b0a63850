"""Queue what happened for the bot until it confirms having it.

Updates are rows of the ledger, so a restart keeps ids, order and what was not yet confirmed.
It knows ids, kinds, chats and ages; who fetches them (long poll or webhook) is not its business.
Confirming takes the same time however many wait: what was confirmed out of turn stays in the
queues and is skipped when it comes to their head.
"""

from collections import deque

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
        done = ledger.table("done")
        self._confirmed = deque(sorted(int(key) for key in done))
        self._queue: deque[int] = deque()
        self._open: set[int] = set()
        self._again: deque[int] = deque()
        self._by_chat: dict[int, deque[int]] = {}
        self._stirred: set[int] = set()
        self.arrived = Signal()
        for update_id in sorted(int(key) for key in self._rows if key not in done):
            self._enqueue(update_id)

    def _enqueue(self, update_id: int) -> None:
        self._queue.append(update_id)
        self._open.add(update_id)
        self._enqueue_for_chat(update_id)

    def _enqueue_for_chat(self, update_id: int) -> None:
        chat_id = self._rows[str(update_id)]["chat"]
        self._by_chat.setdefault(chat_id, deque()).append(update_id)
        self._stirred.add(chat_id)

    # what comes in

    def publish(self, kind: str, content: Json, *, chat_id: int) -> None:
        """Queue an update of one kind, unless the bot did not ask for it or it is too old."""
        made_at = content.get("edit_date") or content.get("date") or self._clock.seconds()
        if not self._wanted(kind) or made_at < self._clock.now() - OLDEST_S:
            return
        update_id = self._ledger.next_number("update", FIRST_UPDATE_ID)
        row = {"update": {"update_id": update_id, kind: content}, "date": made_at, "chat": chat_id}
        self._ledger.put("update", str(update_id), row)
        self._enqueue(update_id)
        self.arrived.give()

    def _wanted(self, kind: str) -> bool:
        allowed = self._ledger.table("setting").get("allowed_updates")
        return kind in allowed if allowed else kind not in ASKED_FOR_BY_NAME

    def allow(self, kinds: object) -> None:
        """Choose the kinds of updates queued from now on; an empty list is Telegram's default."""
        if isinstance(kinds, list):
            names = [kind for kind in kinds if isinstance(kind, str)]
            if names != self.allowed():
                self._ledger.put("setting", "allowed_updates", names)

    def allowed(self) -> list[str]:
        """Give the kinds asked for by name, empty for the default."""
        names: list[str] = self._ledger.table("setting").get("allowed_updates", [])
        return names

    # what goes out

    def take(self, limit: int) -> list[Json]:
        """Give the first pending updates, redelivered ones once and ahead of them."""
        self._forget_old()
        chosen = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        for update_id in self._queue:
            if len(chosen) >= limit:
                break
            if update_id in self._open:
                chosen.append(update_id)
        return [self.update(update_id) for update_id in chosen]

    def update(self, update_id: int) -> Json:
        """Give one update by its id."""
        found: Json = self._rows[str(update_id)]["update"]
        return found

    def pending_count(self) -> int:
        """Count what was not confirmed."""
        self._forget_old()
        return len(self._open)

    def stirred_chats(self) -> set[int]:
        """Give the chats in which something arrived since this was last asked."""
        self._forget_old()
        chats, self._stirred = self._stirred, set()
        return chats

    def restir(self) -> None:
        """Count every chat with something pending as stirred, for a pusher that starts."""
        self._stirred.update(self._by_chat)

    def first_of(self, chat_id: int) -> int | None:
        """Give the id of the first update to deliver in a chat, None when there is none."""
        self._forget_old()
        return self._trimmed(chat_id)

    def _trimmed(self, chat_id: int) -> int | None:
        """Take what is over off the head of a chat's queue and give what comes then."""
        waiting = self._by_chat.get(chat_id)
        while waiting and waiting[0] not in self._open and waiting[0] not in self._again:
            waiting.popleft()
        return waiting[0] if waiting else None

    # what is over

    def confirm_before(self, offset: int) -> None:
        """Confirm all updates with a smaller id; a negative offset keeps the last −offset."""
        while len(self._open) > -offset if offset < 0 else self._head_is_before(offset):
            self._settle_head()

    def _head_is_before(self, offset: int) -> bool:
        return bool(self._queue) and self._queue[0] < offset

    def _settle_head(self) -> None:
        update_id = self._queue.popleft()
        if update_id in self._open:
            self._settle(update_id)

    def confirm(self, update_id: int) -> None:
        """Confirm one update, whatever its place."""
        if update_id in self._again:
            self._again.remove(update_id)
        elif update_id in self._open:
            self._settle(update_id)

    def drop_all(self) -> None:
        """Confirm everything unseen, as drop_pending_updates does."""
        self._again.clear()
        self.confirm_before(2**63)

    def _settle(self, update_id: int) -> None:
        self._open.discard(update_id)
        self._ledger.put("done", str(update_id), 1)
        self._confirmed.append(update_id)
        chat_id = self._rows[str(update_id)]["chat"]
        if self._trimmed(chat_id) is None:
            self._by_chat.pop(chat_id, None)
        while len(self._confirmed) > REMEMBERED:
            oldest = str(self._confirmed.popleft())
            self._ledger.drop("update", oldest)
            self._ledger.drop("done", oldest)

    def _forget_old(self) -> None:
        oldest_date = self._clock.now() - OLDEST_S
        while self._queue and (
            self._queue[0] not in self._open
            or self._rows[str(self._queue[0])]["date"] < oldest_date
        ):
            self._settle_head()

    def deliver_again(self, update_id: int) -> None:
        """Hand an update out once more, confirmed or not.

        Raises PhoneError when it is not remembered.
        """
        if str(update_id) not in self._rows:
            text = f"No update {update_id} is remembered."
            raise PhoneError(text)
        self._again.append(update_id)
        self._enqueue_for_chat(update_id)
        self.arrived.give()
