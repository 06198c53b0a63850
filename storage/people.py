"""Who works here: roles, and the one-time links that give them.

It does not know who may do what; that is checked by the handlers.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow
from storage.crypto import Cipher
from storage.people_tables import invitations, roles
from storage.records import Invitation, Person, Role
from storage.upserts import insert_or_replace, insert_unless_there

_ALL = select(roles).order_by(roles.c.granted_at, roles.c.shopper_id)
_GET = _ALL.where(roles.c.shopper_id == bindparam("of_shopper"))
_OWNERS = _ALL.where(roles.c.role == Role.OWNER.value)
_GRANT = insert_or_replace(roles)
_SHOW_DEBUG = (
    update(roles)
    .where(roles.c.shopper_id == bindparam("of_shopper"))
    .values(sees_debug=bindparam("is_shown"))
)
_REVOKE = delete(roles).where(roles.c.shopper_id == bindparam("of_shopper"))
_INVITE = insert_unless_there(invitations)
_TAKE = (
    delete(invitations)
    .where(
        invitations.c.code_hash == bindparam("hashed"), invitations.c.expires_at > bindparam("at")
    )
    .returning(invitations.c.role, invitations.c.store_id)
)
_DELETE_EXPIRED = delete(invitations).where(invitations.c.expires_at <= bindparam("at"))
_OFFERED = select(invitations.c.role).where(
    invitations.c.code_hash == bindparam("hashed"), invitations.c.expires_at > bindparam("at")
)
_WITHDRAW_OF = delete(invitations).where(invitations.c.invited_by == bindparam("of_shopper"))
_WITHDRAW_ROLE = delete(invitations).where(invitations.c.role == bindparam("for_role"))


class People:
    """The tables roles and invitations."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def get(self, shopper_id: int) -> Person | None:
        """Give somebody's role, None for a shopper."""
        row = (await self._connection.execute(_GET, {"of_shopper": shopper_id})).one_or_none()
        return None if row is None else _from_row(row)

    async def all(self) -> list[Person]:
        """List who has a role, the longest first."""
        return [_from_row(row) for row in await self._connection.execute(_ALL)]

    async def has_owner(self) -> bool:
        """Tell whether the shop has an owner."""
        return (await self._connection.execute(_OWNERS)).first() is not None

    async def grant(self, person: Person) -> None:
        """Give a role in place of whatever role there was."""
        row = {
            "shopper_id": person.shopper_id,
            "role": person.role.value,
            "store_id": person.store_id,
            "granted_at": person.granted_at,
            "sees_debug": person.sees_debug,
        }
        await self._connection.execute(_GRANT.on(self._connection), row)

    async def show_debug(self, shopper_id: int, *, is_shown: bool) -> None:
        """Show somebody how replies to them come about, or no longer; nothing for who has no role."""
        values = {"of_shopper": shopper_id, "is_shown": is_shown}
        await self._connection.execute(_SHOW_DEBUG, values)

    async def revoke(self, shopper_id: int) -> bool:
        """Take a role away, with every link that its holder gave out; False when there was none."""
        values = {"of_shopper": shopper_id}
        await self._connection.execute(_WITHDRAW_OF, values)
        return (await self._connection.execute(_REVOKE, values)).rowcount > 0

    async def invite(self, code: str, invitation: Invitation) -> None:
        """Keep a link by the keyed hash of its code."""
        row = {
            "code_hash": self._cipher.keyed_hash(code),
            "role": invitation.role.value,
            "store_id": invitation.store_id,
            "invited_by": invitation.invited_by,
            "expires_at": invitation.expires_at,
        }
        await self._connection.execute(_INVITE.on(self._connection), row)

    async def offered(self, code: str, now: datetime) -> Role | None:
        """Give the role of a link without using it; None when it is unknown, used or too old."""
        values = {"hashed": self._cipher.keyed_hash(code), "at": now}
        role = await self._connection.scalar(_OFFERED, values)
        return None if role is None else Role(role)

    async def take(self, code: str, now: datetime) -> tuple[Role, str | None] | None:
        """Use a link up and give its role and store; None when it is unknown, used or too old."""
        values = {"hashed": self._cipher.keyed_hash(code), "at": now}
        row = (await self._connection.execute(_TAKE, values)).one_or_none()
        return None if row is None else (Role(row.role), row.store_id)

    async def withdraw(self, role: Role) -> None:
        """Make every unused link to a role void."""
        await self._connection.execute(_WITHDRAW_ROLE, {"for_role": role.value})

    async def delete_expired(self, now: datetime) -> int:
        """Delete links that are too old to be used, and give their number."""
        return (await self._connection.execute(_DELETE_EXPIRED, {"at": now})).rowcount


def _from_row(row: AnyRow) -> Person:
    return Person(**row._asdict() | {"role": Role(row.role)})
