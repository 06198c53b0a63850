"""What of the shop is the sample town's: marked when it is laid out, so that it can be told apart and taken away.

The mark is one of the facts about this database; what the shop entered itself is never in it.
"""

import json
from collections.abc import Collection, Mapping
from enum import StrEnum

from sqlalchemy import bindparam, delete
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.meta import Meta
from storage.tables import coupons, policies, products, stores

_KEY = "sample_town"


class SampleKind(StrEnum):
    """What a sample town is made of."""

    STORES = "stores"
    PRODUCTS = "products"
    COUPONS = "coupons"
    POLICIES = "policies"


_COLUMNS = {
    SampleKind.STORES: stores.c.id,
    SampleKind.PRODUCTS: products.c.id,
    SampleKind.COUPONS: coupons.c.code,
    SampleKind.POLICIES: policies.c.id,
}
_DELETE = {
    kind: delete(column.table).where(column == bindparam("marked"))
    for kind, column in _COLUMNS.items()
}
Marks = Mapping[SampleKind, frozenset[str]]


class Sample:
    """The mark in the meta table, and what it stands for."""

    __slots__ = ("_connection", "_meta")

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._meta = Meta(connection)

    async def marks(self) -> Marks:
        """Give the ids of what is the sample town's, by kind; empty sets when there is none."""
        written = json.loads(await self._meta.get(_KEY) or "{}")
        return {kind: frozenset(written.get(kind.value, ())) for kind in SampleKind}

    async def mark(self, kinds: Mapping[SampleKind, Collection[str]]) -> None:
        """Make these the sample town's, in place of whatever was marked before."""
        written = {kind.value: sorted(ids) for kind, ids in kinds.items()}
        await self._meta.set(_KEY, json.dumps(written))

    async def remove(self) -> dict[SampleKind, int]:
        """Delete what is marked, and the marks; gives how many of each were still there."""
        counts = dict.fromkeys(SampleKind, 0)
        for kind, ids in (await self.marks()).items():
            if ids:
                rows = [{"marked": each} for each in sorted(ids)]
                counts[kind] = (await self._connection.execute(_DELETE[kind], rows)).rowcount
        await self._meta.set(_KEY, "{}")
        return counts
