"""Column types that behave alike on SQLite and PostgreSQL, and JSON kept as plain text.

Knows SQLAlchemy and nothing of the shop.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Row
from sqlalchemy.types import TypeDecorator

AnyRow = Row[*tuple[Any, ...]]
"""A result row, before a repository turns it into a record."""

# SQLite gives a table its fast integer key (and AUTOINCREMENT) for the exact type INTEGER only.
BigId = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time, in and out; SQLite keeps no zone, so it is added when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could tell later which zone was meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive time reached the database; pass an aware one.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored time as aware UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def to_json(value: Any) -> str:
    """Give compact JSON with sorted keys, so that equal values are equal text."""
    return msgspec.json.encode(value, order="sorted").decode()


def mapping_from_json(text: str) -> dict[str, Any]:
    """Read a JSON object."""
    return msgspec.json.decode(text, type=dict[str, Any])


def texts_from_json(text: str) -> tuple[str, ...]:
    """Read a JSON list of strings."""
    return msgspec.json.decode(text, type=tuple[str, ...])


@lru_cache(maxsize=4_096)
def set_from_json(text: str) -> frozenset[str]:
    """Read a JSON list of strings as a set; cached, since most rows say the same few things."""
    return msgspec.json.decode(text, type=frozenset[str])
