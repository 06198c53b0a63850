"""The quick way in for live locations: from Telegram's bytes to the fences in memory, past database and handlers.

There are thousands of them a second where people walk, each is worth nothing a minute later, and a lost one is made good
by the next. Only shares that are followed already come this way; all else is stored by ingest before it is acknowledged.
"""

import json
import logging
from collections.abc import Sequence

from bot.clock import Clock
from bot.ingest import Ingest
from bot.live_edits import LiveEdit, ended_share, read_live_edit
from handlers.nudging import Nudging
from knowledge.nearby.places import Places

log = logging.getLogger(__name__)


class LiveFixes:
    """Takes raw updates, keeps what is a followed share's next fix, and hands on the rest in its order."""

    def __init__(self, ingest: Ingest, nudging: Nudging, places: Places, now: Clock) -> None:
        self._ingest = ingest
        self._nudging = nudging
        self._places = places
        self._now = now

    @property
    def has_room(self) -> bool:
        """Whether `accept` would take a batch at once."""
        return self._ingest.has_room

    async def accept(self, updates: Sequence[bytes]) -> None:
        """Take a batch: live locations into memory, everything else into the inbox.

        Raises:
            StorageError: nothing of the rest is stored; the batch must not be acknowledged. To bring fixes twice
                does no harm.
        """
        now = self._now()
        rest: list[tuple[LiveEdit | None, bytes]] = []
        for raw in updates:
            edit = read_live_edit(raw, now)
            if edit is None or not self._is_taken(edit):
                rest.append((edit, raw))
        if rest:
            await self._ingest.accept(_in_full(rest))

    async def close(self) -> None:
        """Look at no fix any more."""
        await self._nudging.close()

    def _is_taken(self, edit: LiveEdit) -> bool:
        if not self._nudging.take(edit.shopper_id, edit.notice, edit.fix):
            return False
        self._places.keep(edit.shopper_id, edit.fix)
        return True


def _in_full(rest: Sequence[tuple[LiveEdit | None, bytes]]) -> list[object]:
    """Read updates to the last field, without the fixes of a share that ends in the same batch.

    A batch that a crash left unacknowledged comes twice. The end is in the inbox by then and would not be handled
    again, so a fix before it must not open the share anew.
    """
    read = [(edit, _parsed(raw)) for edit, raw in rest]
    ended = {ended_share(update) for _, update in read}
    return [update for edit, update in read if edit is None or edit.share not in ended]


def _parsed(raw: bytes) -> object:
    """Read JSON; what is none becomes None, which nobody takes for an update."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        log.error("an update was garbled on its way (%s)", type(error).__name__)  # noqa: TRY400  # it would be quoted
        return None
