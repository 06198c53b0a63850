"""INSERT … ON CONFLICT for both databases: the same SQL, which SQLAlchemy builds by two functions.

Statements are built once, at import, so that a reply spends nothing on building them.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert

AnyInsert = sqlite.Insert | postgresql.Insert


class Upsert:
    """One insert in two dialects; `build` adds what happens on a conflict, and RETURNING."""

    __slots__ = ("_by_dialect",)

    def __init__(self, table: Table, build: Callable[[AnyInsert], Insert]) -> None:
        self._by_dialect: dict[str, Insert] = {
            "sqlite": build(sqlite.insert(table)),
            "postgresql": build(postgresql.insert(table)),
        }

    def on(self, connection: AsyncConnection) -> Insert:
        """Give the statement for this connection's database."""
        return self._by_dialect[connection.dialect.name]


def insert_unless_there(table: Table, *returning: ColumnElement[Any]) -> Upsert:
    """Insert, doing nothing when any unique key is taken already (then it returns no row)."""

    def build(statement: AnyInsert) -> Insert:
        quiet = statement.on_conflict_do_nothing()
        return quiet.returning(*returning) if returning else quiet

    return Upsert(table, build)


def insert_or_replace(table: Table) -> Upsert:
    """Insert, or overwrite every other column of the row with the same primary key."""
    key = [column.name for column in table.primary_key]
    others = [column.name for column in table.columns if column.name not in key]

    def build(statement: AnyInsert) -> Insert:
        values = {name: statement.excluded[name] for name in others}
        return statement.on_conflict_do_update(index_elements=key, set_=values)

    return Upsert(table, build)
