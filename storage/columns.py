"""Column types that behave alike on SQLite and PostgreSQL, and JSON kept as plain text.

Knows SQLAlchemy and nothing of the shop.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Row
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator

AnyRow = Row[*tuple[Any, ...]]
"""A result row, before a repository turns it into a record."""

# SQLite gives a table its fast integer key (and AUTOINCREMENT) for the exact type INTEGER only.
BigId = BigInteger().with_variant(Integer(), "sqlite")


_SQLITE_UTC = sqlite.DATETIME(  # type: ignore[no-untyped-call]  # as SQLAlchemy ships it
    storage_format=(
        "%(year)04d-%(month)02d-%(day)02d %(hour)02d:%(minute)02d:%(second)02d"
        ".%(microsecond)06d+00:00"
    )
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time, in and out.

    SQLite gets text that ends in +00:00, which Python's own parser reads back as aware: a method of
    ours on the way out would cost more than the rest of a row.
    """

    impl = DateTime(timezone=True).with_variant(_SQLITE_UTC, "sqlite")
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could tell later which zone was meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive time reached the database; pass an aware one.")
        return value.astimezone(UTC)


_read_mapping = msgspec.json.Decoder(dict[str, Any]).decode
_read_texts = msgspec.json.Decoder(tuple[str, ...]).decode
_read_set = msgspec.json.Decoder(frozenset[str]).decode


def to_json(value: Any) -> str:
    """Give compact JSON with sorted keys, so that equal values are equal text."""
    return msgspec.json.encode(value, order="sorted").decode()


def mapping_from_json(text: str) -> dict[str, Any]:
    """Read a JSON object."""
    return _read_mapping(text)


def texts_from_json(text: str) -> tuple[str, ...]:
    """Read a JSON list of strings."""
    return _read_texts(text)


@lru_cache(maxsize=4_096)
def set_from_json(text: str) -> frozenset[str]:
    """Read a JSON list of strings as a set; cached, since most rows say the same few things."""
    return _read_set(text)
