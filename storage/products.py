"""The catalogue, and a fingerprint of it for whoever builds an index over it."""

import hashlib
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow, mapping_from_json, set_from_json, texts_from_json, to_json
from storage.meta import Meta
from storage.records import Product, Sustainability
from storage.tables import products
from storage.upserts import insert_or_replace

_ALL = select(products).order_by(products.c.id)
_GET_MANY = select(products).where(products.c.id.in_(bindparam("ids", expanding=True)))
_WITH_NUMBER = (
    select(products).where(products.c.gtin == bindparam("number")).order_by(products.c.id).limit(1)
)
_PUT = insert_or_replace(products)
_VERSION_KEY = "catalogue_version"
_BLANK_VERSION = "blank"
_VERSION_CHARACTERS = 16


class Products:
    """The products table."""

    __slots__ = ("_connection", "_meta")

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._meta = Meta(connection)

    async def all(self) -> list[Product]:
        """List the whole catalogue by id."""
        return [_from_row(row) for row in (await self._connection.execute(_ALL)).all()]

    async def get(self, product_id: str) -> Product | None:
        """Give one product, None when unknown."""
        return (await self.get_many([product_id])).get(product_id)

    async def get_many(self, product_ids: Collection[str]) -> dict[str, Product]:
        """Give the products by id, in the order asked for; unknown ids are absent."""
        if not product_ids:
            return {}
        rows = (await self._connection.execute(_GET_MANY, {"ids": list(product_ids)})).all()
        found = {row[0]: _from_row(row) for row in rows}
        return {each: found[each] for each in product_ids if each in found}

    async def with_number(self, gtin: str) -> Product | None:
        """Give the product with this article number, of several the first by id; None when there is none."""
        row = (await self._connection.execute(_WITH_NUMBER, {"number": gtin})).first()
        return None if row is None else _from_row(row)

    async def add_many(self, new: Sequence[Product]) -> None:
        """Put products in, replacing those with the same id; the version changes."""
        if not new:
            return
        rows = [_to_row(product) for product in new]
        await self._connection.execute(_PUT.on(self._connection), rows)
        # A chain of digests: the same writes give the same version on every machine, any other another.
        before = await self.version()
        digest = hashlib.sha256((before + to_json(rows)).encode()).hexdigest()
        await self._meta.set(_VERSION_KEY, digest[:_VERSION_CHARACTERS])

    async def version(self) -> str:
        """Give a fingerprint that changes with every write to the catalogue."""
        return await self._meta.get(_VERSION_KEY) or _BLANK_VERSION


def _to_row(product: Product) -> dict[str, Any]:
    row = {column.name: getattr(product, column.name) for column in products.columns}
    return row | {
        "attributes": to_json(dict(product.attributes)),
        "sustainability": to_json(sorted(product.sustainability)),
        "tags": to_json(product.tags),
    }


def _from_row(row: AnyRow) -> Product:
    # By position: the catalogue is read whole to be indexed, and dozens of rows for every reply.
    product_id, title, category, description, price, currency, brand, free, kinds, tags, gtin = row
    attributes, found_by = mapping_from_json(free), texts_from_json(tags)
    sustainability = _sustainability(kinds)
    return Product(
        product_id,
        title,
        category,
        description,
        price,
        currency,
        brand,
        attributes,
        sustainability,
        found_by,
        gtin,
    )


@lru_cache(maxsize=256)
def _sustainability(text: str) -> frozenset[Sustainability]:
    return frozenset(map(Sustainability, set_from_json(text)))
