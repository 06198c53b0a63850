"""The ledger of nudges: one row for each that was decided, and what the shopper said to it.

A row's key is shopper, store, coupon and visit, so a second nudge of the same kind cannot come to be. Who is held out
to compare with has rows as well, of what they were not told.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow
from storage.records import Nudge, NudgeAnswer
from storage.tables import nudges
from storage.upserts import insert_unless_there

_ADD = insert_unless_there(nudges, nudges.c.id)
_OF_SHOPPER = (
    select(
        nudges.c.shopper_id,
        nudges.c.store_id,
        nudges.c.coupon_code,
        nudges.c.visit_id,
        nudges.c.suggestion_id,
        nudges.c.nudged_at,
        nudges.c.answer,
        nudges.c.answered_at,
        nudges.c.is_held_out,
        nudges.c.campaign_id,
    )
    .where(
        nudges.c.shopper_id == bindparam("of_shopper"), nudges.c.nudged_at >= bindparam("since")
    )
    .order_by(nudges.c.nudged_at.desc(), nudges.c.id.desc())
)
_ANSWER = (
    update(nudges)
    .where(
        nudges.c.suggestion_id == bindparam("about"),
        nudges.c.shopper_id == bindparam("by_shopper"),
    )
    .values(answer=bindparam("said"), answered_at=bindparam("at"))
)
_UNANSWER = (
    update(nudges)
    .where(
        nudges.c.suggestion_id == bindparam("about"),
        nudges.c.shopper_id == bindparam("by_shopper"),
        nudges.c.answer == bindparam("said"),
    )
    .values(answer=None, answered_at=None)
)
_DELETE_BEFORE = delete(nudges).where(nudges.c.nudged_at < bindparam("limit_at"))


class Nudges:
    """The nudges table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, nudge: Nudge) -> bool:
        """Enter a nudge; False when this shopper had it at this store, with this coupon, in this visit."""
        row = {
            "shopper_id": nudge.shopper_id,
            "store_id": nudge.store_id,
            "coupon_code": nudge.coupon_code,
            "visit_id": nudge.visit_id,
            "suggestion_id": nudge.suggestion_id,
            "nudged_at": nudge.nudged_at,
            "is_held_out": nudge.is_held_out,
            "campaign_id": nudge.campaign_id,
        }
        return await self._connection.scalar(_ADD.on(self._connection), row) is not None

    async def of_shopper(self, shopper_id: int, since: datetime) -> list[Nudge]:
        """List a shopper's nudges from `since` on, newest first."""
        values = {"of_shopper": shopper_id, "since": since}
        return [_from_row(row) for row in await self._connection.execute(_OF_SHOPPER, values)]

    async def answer(
        self, suggestion_id: int, shopper_id: int, said: NudgeAnswer, now: datetime
    ) -> bool:
        """Remember what was said to a nudge, the last word counts; False when there is no such nudge."""
        values = {"about": suggestion_id, "by_shopper": shopper_id, "said": said.value, "at": now}
        return (await self._connection.execute(_ANSWER, values)).rowcount > 0

    async def unanswer(self, suggestion_id: int, shopper_id: int, said: NudgeAnswer) -> bool:
        """Take an answer back; False when it is not what was said last."""
        values = {"about": suggestion_id, "by_shopper": shopper_id, "said": said.value}
        return (await self._connection.execute(_UNANSWER, values)).rowcount > 0

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete the nudges decided earlier, and give their number."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount


def _from_row(row: AnyRow) -> Nudge:
    answer = NudgeAnswer(row.answer) if row.answer else None
    return Nudge(**row._asdict() | {"answer": answer})
