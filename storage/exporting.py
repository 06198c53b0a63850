"""Reads all that is held about one shopper, table by table, decrypted: what they may ask a copy of.

The tables are those that storage.forgetting empties; a test compares both lists with the schema, so that a new table
with people in it is in both or stands in NOT_HELD with a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Select, Table, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.columns import AnyRow, mapping_from_json
from storage.crypto import Cipher
from storage.schema import IS_ENCRYPTED

Row = Mapping[str, Any]
Held = Mapping[str, Sequence[Row]]
"""Rows by table, each oldest first; values as in the records, JSON parsed, nothing encrypted."""

NOT_HELD: Mapping[str, str] = {}
"""Tables with a column that names a person of which nobody gets a copy, and why."""

_OWNER = {
    tables.shoppers: tables.shoppers.c.id,
    tables.consents: tables.consents.c.shopper_id,
    tables.dialogues: tables.dialogues.c.shopper_id,
    tables.vault: tables.vault.c.shopper_id,
    tables.relatives: tables.relatives.c.shopper_id,
    tables.preferences: tables.preferences.c.shopper_id,
    tables.presents: tables.presents.c.shopper_id,
    tables.links: tables.links.c.shopper_id,
    tables.link_codes: tables.link_codes.c.shopper_id,
    tables.suggestions: tables.suggestions.c.shopper_id,
    tables.signals: tables.signals.c.shopper_id,
    tables.orders: tables.orders.c.shopper_id,
    tables.order_events: tables.order_events.c.shopper_id,
    tables.purchases: tables.purchases.c.shopper_id,
    tables.saved_coupons: tables.saved_coupons.c.shopper_id,
    tables.coupon_uses: tables.coupon_uses.c.shopper_id,
    tables.visits: tables.visits.c.shopper_id,
    tables.nudges: tables.nudges.c.shopper_id,
    tables.receipts: tables.receipts.c.shopper_id,
    tables.reminders: tables.reminders.c.shopper_id,
    tables.usage: tables.usage.c.shopper_id,
    tables.roles: tables.roles.c.shopper_id,
    tables.invitations: tables.invitations.c.invited_by,
    tables.inbox: tables.inbox.c.chat_id,
    tables.outbox: tables.outbox.c.chat_id,
}
# What only the program can use: whose row it is goes without saying, a hash and a process's number say nothing.
_LEFT_OUT = {
    *(str(owner) for owner in _OWNER.values() if owner.name != "id"),
    "vault.value_hash",
    "receipts.candidate_hash",
    "receipts.importance",
    "invitations.code_hash",
    "link_codes.code_hash",
    "links.linked_id",  # somebody else
    "outbox.claimed_by",
    "outbox.is_farewell",
}
_JSON = {
    "suggestions.contributions",
    "suggestions.alternatives",
    "preferences.declared",
    "receipts.told",
    "inbox.payload",
    "outbox.arguments",
    "audit.details",
}
_FILE = {"filename", "base64"}


def _of(table: Table, owner: Column[Any]) -> Select[Any]:
    shown = [column for column in table.columns if str(column) not in _LEFT_OUT]
    return select(*shown).where(owner == bindparam("of_shopper")).order_by(*table.primary_key)


_SELECTS = {table: _of(table, owner) for table, owner in _OWNER.items()}
_AUDIT = (
    select(tables.audit)
    .where(
        or_(
            tables.audit.c.actor.in_(bindparam("names", expanding=True)),
            tables.audit.c.subject.in_(bindparam("names", expanding=True)),
        )
    )
    .order_by(tables.audit.c.id)
)
TABLES = (*(table.name for table in _SELECTS), tables.audit.name)
"""The tables of which a copy is made, in its order."""


async def held(
    connection: AsyncConnection, cipher: Cipher, shopper_id: int, *, alias: str
) -> Held:
    """Give every row about a shopper, who is called `alias` in the audit log; tables without one are empty."""
    found: dict[str, Sequence[Row]] = {}
    for table, statement in _SELECTS.items():
        rows = await connection.execute(statement, {"of_shopper": shopper_id})
        found[table.name] = _readable(table, rows, cipher)
    names = {"names": [f"shopper:{shopper_id}", str(shopper_id), alias]}
    found[tables.audit.name] = _readable(
        tables.audit, await connection.execute(_AUDIT, names), cipher
    )
    return found


def _readable(table: Table, rows: Iterable[AnyRow], cipher: Cipher) -> list[Row]:
    """Give rows of a table as a person could read them."""
    return [
        {name: _value(table.columns[name], value, cipher) for name, value in row._asdict().items()}
        for row in rows
    ]


def _value(column: Column[Any], stored: Any, cipher: Cipher) -> Any:
    if stored is None:
        return None
    value = cipher.decrypt(stored) if column.info.get(IS_ENCRYPTED) else stored
    return _without_files(mapping_from_json(value)) if str(column) in _JSON else value


def _without_files(value: Any) -> Any:
    """Give the name of a file in place of its content: a copy of everything may be on its way itself."""
    if not isinstance(value, Mapping):
        return value
    if value.keys() == _FILE:
        return value["filename"]
    return {key: _without_files(each) for key, each in value.items()}
