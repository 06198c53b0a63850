"""Deletes all that is held about one shopper, table by table, so that the person can be told what went.

Orders stay in the books without their person; the audit log keeps what was done, not to whom.
"""

from sqlalchemy import bindparam, delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.records import InboxStatus, OutboxStatus

_OWNED = (
    tables.consents,
    tables.coupon_uses,
    tables.saved_coupons,
    tables.purchases,
    tables.signals,
    tables.suggestions,
    tables.visits,
    tables.nudges,
    tables.receipts,
    tables.reminders,
    tables.dialogues,
    tables.usage,
    tables.vault,
    tables.presents,
    tables.links,
    tables.link_codes,
    tables.relatives,
    tables.preferences,
    tables.roles,
)
_DELETE_OWNED = {
    table.name: delete(table).where(table.c.shopper_id == bindparam("of_shopper"))
    for table in _OWNED
}
_STRIP_ORDERS = (
    update(tables.orders)
    .where(tables.orders.c.shopper_id == bindparam("of_shopper"))
    .values(shopper_id=None, suggestion_id=None)
)
_STRIP_ORDER_EVENTS = (
    update(tables.order_events)
    .where(tables.order_events.c.shopper_id == bindparam("of_shopper"))
    .values(shopper_id=None)
)
# What is in flight or still to be answered is part of the conversation that is going on.
_DELETE_OUTGOING = delete(tables.outbox).where(
    tables.outbox.c.chat_id == bindparam("of_shopper"),
    tables.outbox.c.status != OutboxStatus.SENDING.value,
)
_LAST_WORDS = (
    update(tables.outbox)
    .where(tables.outbox.c.chat_id == bindparam("of_shopper"))
    .values(is_farewell=True, reason="forgotten")  # not to be tried again, see outbox_statements
)
_ERASE_INCOMING = (
    update(tables.inbox)
    .where(
        tables.inbox.c.chat_id == bindparam("of_shopper"),
        tables.inbox.c.status != InboxStatus.WAITING.value,
    )
    .values(chat_id=None, payload=None)
)
_STRIP_AUDIT = [
    update(tables.audit)
    .where(column.in_(bindparam("names", expanding=True)))
    .values({column.name: "forgotten"})
    for column in (tables.audit.c.actor, tables.audit.c.subject)
]
_DELETE_SHOPPER = delete(tables.shoppers).where(tables.shoppers.c.id == bindparam("of_shopper"))

_END_INCOMING = (
    update(tables.inbox)
    .where(tables.inbox.c.chat_id == bindparam("of_shopper"))
    .values(status=InboxStatus.DONE.value, chat_id=None, payload=None)
)
_END_OUTGOING = delete(tables.outbox).where(tables.outbox.c.chat_id == bindparam("of_shopper"))


async def forget(connection: AsyncConnection, shopper_id: int, *, alias: str) -> dict[str, int]:
    """Erase a shopper and give the number of rows erased, or stripped of the person, by table.

    `alias` is what the audit log calls them.
    Messages in flight and updates still to be handled stay: they belong to the conversation in which
    this was asked for, and are erased as soon as they are done: such messages become farewells, and are
    not tried again if they fail.
    """
    this_one = {"of_shopper": shopper_id}
    counts: dict[str, int] = {}
    for name, statement in _DELETE_OWNED.items():
        counts[name] = (await connection.execute(statement, this_one)).rowcount
    counts["orders"] = (await connection.execute(_STRIP_ORDERS, this_one)).rowcount
    counts["order_events"] = (await connection.execute(_STRIP_ORDER_EVENTS, this_one)).rowcount
    await connection.execute(_LAST_WORDS, this_one)
    counts["outbox"] = (await connection.execute(_DELETE_OUTGOING, this_one)).rowcount
    counts["inbox"] = (await connection.execute(_ERASE_INCOMING, this_one)).rowcount
    names = {"names": [f"shopper:{shopper_id}", str(shopper_id), alias]}
    stripped = [(await connection.execute(each, names)).rowcount for each in _STRIP_AUDIT]
    counts["audit"] = sum(stripped)
    counts["shoppers"] = (await connection.execute(_DELETE_SHOPPER, this_one)).rowcount
    return counts


async def end_conversation(connection: AsyncConnection, shopper_id: int) -> None:
    """Erase what `forget` leaves in flight: in a restored database nobody waits for it any more."""
    await connection.execute(_END_INCOMING, {"of_shopper": shopper_id})
    await connection.execute(_END_OUTGOING, {"of_shopper": shopper_id})
