"""Who of a shopper's people uses the bot and agreed to tell the other what they like; and the one-time codes for it.

What is told is read here and nowhere else: the entry that somebody made of themselves, and the limits they declared.
It knows nothing of what anybody buys.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.crypto import Cipher
from storage.family_tables import link_codes, links, presents
from storage.preferences import Preferences
from storage.records import Link, Relation, Relative
from storage.relatives import Relatives
from storage.upserts import insert_unless_there

_OFFER = insert_unless_there(link_codes)
_OF_CODE = (
    link_codes.c.code_hash == bindparam("hashed"),
    link_codes.c.expires_at > bindparam("at"),
)
_OFFERED = select(link_codes.c.shopper_id, link_codes.c.relative_id).where(*_OF_CODE)
_TAKE = (
    delete(link_codes)
    .where(*_OF_CODE)
    .returning(link_codes.c.shopper_id, link_codes.c.relative_id)
)
_DELETE_EXPIRED = delete(link_codes).where(link_codes.c.expires_at <= bindparam("at"))
_ADD = insert(links)
_OF_SHOPPER = (
    select(links)
    .where(links.c.shopper_id == bindparam("of_shopper"))
    .order_by(links.c.relative_id)
)
_END = delete(links).where(
    or_(
        (links.c.shopper_id == bindparam("one")) & (links.c.linked_id == bindparam("other")),
        (links.c.shopper_id == bindparam("other")) & (links.c.linked_id == bindparam("one")),
    )
)
# What is on its way to somebody from whoever is linked with them.
_KEPT_FROM = (
    select(presents.c.product_id)
    .join(links, links.c.relative_id == presents.c.relative_id)
    .where(links.c.linked_id == bindparam("whom"), presents.c.booked_at >= bindparam("since"))
)


class Links:
    """The tables links and link_codes."""

    __slots__ = ("_cipher", "_connection", "_preferences", "_relatives")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self._relatives = Relatives(connection, cipher)
        self._preferences = Preferences(connection, cipher)

    async def offer(self, code: str, relative: Relative, expires_at: datetime) -> None:
        """Keep a code for one of a shopper's people, by its keyed hash."""
        row = {
            "code_hash": self._cipher.keyed_hash(code),
            "shopper_id": relative.shopper_id,
            "relative_id": relative.id,
            "expires_at": expires_at,
        }
        await self._connection.execute(_OFFER.on(self._connection), row)

    async def offered(self, code: str, now: datetime) -> Relative | None:
        """Give whom a code is for, as its maker calls them; None when it is unknown, used or too old."""
        values = {"hashed": self._cipher.keyed_hash(code), "at": now}
        row = (await self._connection.execute(_OFFERED, values)).one_or_none()
        return None if row is None else await self._one(row.shopper_id, row.relative_id)

    async def take(self, code: str, now: datetime) -> Relative | None:
        """Use a code up and give whom it is for; None when it is unknown, used or too old."""
        values = {"hashed": self._cipher.keyed_hash(code), "at": now}
        row = (await self._connection.execute(_TAKE, values)).one_or_none()
        return None if row is None else await self._one(row.shopper_id, row.relative_id)

    async def join(self, one: Relative, other: Relative, now: datetime) -> None:
        """Link two shoppers: `one` is what the first calls the second, `other` the other way round.

        Whoever they were linked by before, these two or either entry, is linked no more.
        """
        for each in (one, other):
            await self.end(each.shopper_id, each.id)
        await self._end(one.shopper_id, other.shopper_id)
        rows = [
            {
                "relative_id": each.id,
                "shopper_id": each.shopper_id,
                "linked_id": whom.shopper_id,
                "linked_at": now,
            }
            for each, whom in ((one, other), (other, one))
        ]
        await self._connection.execute(_ADD, rows)

    async def of_shopper(self, shopper_id: int) -> list[Link]:
        """List with whom a shopper is linked."""
        rows = await self._connection.execute(_OF_SHOPPER, {"of_shopper": shopper_id})
        return [Link(**row._asdict()) for row in rows]

    async def end(self, shopper_id: int, relative_id: int) -> bool:
        """End a link on both sides at once; False when there is none."""
        for link in await self.of_shopper(shopper_id):
            if link.relative_id == relative_id:
                await self._end(shopper_id, link.linked_id)
                return True
        return False

    async def people(self, shopper_id: int) -> list[Relative]:
        """List a shopper's people, without the shopper, with what those who are linked tell of themselves."""
        linked = {each.relative_id: each.linked_id for each in await self.of_shopper(shopper_id)}
        known = await self._relatives.of_shopper(shopper_id)
        return [
            await self._with_told(each, linked[each.id]) if each.id in linked else each
            for each in known
            if each.relation is not Relation.SELF
        ]

    async def kept_from(self, shopper_id: int, since: datetime) -> frozenset[str]:
        """Give the products that were booked since then for this shopper by somebody who is linked with them."""
        values = {"whom": shopper_id, "since": since}
        return frozenset((await self._connection.execute(_KEPT_FROM, values)).scalars())

    async def delete_expired(self, now: datetime) -> int:
        """Delete codes that are too old to be used, and give their number."""
        return (await self._connection.execute(_DELETE_EXPIRED, {"at": now})).rowcount

    async def _with_told(self, relative: Relative, linked_id: int) -> Relative:
        """Add what somebody tells of themselves: likes, dislikes, diet and birthday, and nothing more."""
        declared = await self._preferences.get(linked_id)
        theirs = await self._relatives.of_shopper(linked_id)
        own = next((each for each in theirs if each.relation is Relation.SELF), None)
        tastes = [relative.tastes, own.tastes if own else "", *declared.limits.values()]
        told = ", ".join(dict.fromkeys(filter(None, tastes)))
        return replace(
            relative, tastes=told, birthday=relative.birthday or (own.birthday if own else None)
        )

    async def _one(self, shopper_id: int, relative_id: int) -> Relative | None:
        known = await self._relatives.of_shopper(shopper_id)
        return next((each for each in known if each.id == relative_id), None)

    async def _end(self, one: int, other: int) -> None:
        await self._connection.execute(_END, {"one": one, "other": other})
