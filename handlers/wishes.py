"""Whether shoppers wish to be followed: read from the database for many at once, and believed for up to a minute.

Whatever a shopper says to the bot meanwhile makes it read anew, and what is written down is always decided by a reading
in the same transaction; so this only spares the database a question for every place somebody passes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.unasked import UnaskedParts
from knowledge.nearby.gates_of_person import shut_by_wish
from knowledge.nearby.shares import Share
from storage.work import Work

BELIEVED_FOR = timedelta(seconds=60)  # ours


class Wishes:
    """Keeps at each share whether it is wanted."""

    def __init__(self, parts: UnaskedParts) -> None:
        self._parts = parts

    def is_known(self, share: Share) -> bool:
        """Tell whether a share's wish was read a short time ago."""
        if share.asked_at is None or share.is_wanted is None:
            return False
        return self._parts.machine_now() - share.asked_at < BELIEVED_FOR

    async def read(self, shares: Sequence[Share]) -> None:
        """Read the wishes of these shares. What is told to be read anew meanwhile stays so."""
        if not shares:
            return
        asked_at = self._parts.machine_now()
        for share in shares:
            share.asked_at = asked_at
        wanted: set[int] = set()
        try:
            async with self._parts.database.reading() as work:
                ids = [share.shopper_id for share in shares]
                wanted = await wanted_by(work, ids, self._parts.now())
        except BaseException:
            for share in shares:
                share.asked_at = None
            raise
        for share in shares:
            # Else somebody reads it later than we did, and knows better; but never read is no answer.
            if share.is_wanted is None or share.asked_at is None or share.asked_at is asked_at:
                share.is_wanted = share.shopper_id in wanted


async def wanted_by(work: Work, shopper_ids: Sequence[int], now: datetime) -> set[int]:
    """Give those of these shoppers who wish to be followed at shop time `now`."""
    shoppers = await work.shoppers.get_many(shopper_ids)
    consents = await work.consents.current_of(shopper_ids)
    return {
        shopper.id
        for shopper in shoppers
        if shut_by_wish(shopper, consents.get(shopper.id, {}), now) is None
    }
