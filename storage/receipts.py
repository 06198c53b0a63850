"""Receipts: what was decided about each candidate of a visit, and by what. What was weighed is ciphertext on disk."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow, mapping_from_json, to_json
from storage.crypto import Cipher
from storage.records import Gate, Importance, Outcome, Reading, Receipt
from storage.tables import receipts
from storage.upserts import insert_or_replace

_PUT = insert_or_replace(receipts)
_OF_SHOPPER = (
    select(receipts)
    .where(receipts.c.shopper_id == bindparam("of_shopper"))
    .order_by(receipts.c.visit_id.desc(), receipts.c.candidate_hash)
)
_OF_VISITS = _OF_SHOPPER.where(receipts.c.visit_id.in_(bindparam("visits", expanding=True)))
_LATEST = _OF_SHOPPER.limit(bindparam("at_most"))
_ABOUT = _LATEST.where(receipts.c.candidate_hash == bindparam("hashed"))
_OF_NUDGE = _OF_SHOPPER.where(
    receipts.c.visit_id == bindparam("of_visit"), receipts.c.candidate_hash == bindparam("hashed")
)
_STORES = (
    select(receipts.c.store_id, func.max(receipts.c.importance))
    .where(receipts.c.shopper_id == bindparam("of_shopper"))
    .group_by(receipts.c.store_id)
)
_DELETE_OF_STORES = delete(receipts).where(
    receipts.c.shopper_id == bindparam("of_shopper"),
    receipts.c.store_id.in_(bindparam("stores", expanding=True)),
)
_DELETE_BEFORE = delete(receipts).where(receipts.c.decided_on < bindparam("limit_on"))


class Receipts:
    """The receipts table."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def put_many(self, new: Sequence[Receipt]) -> None:
        """Write receipts, each in place of the one about the same candidate in the same visit."""
        if new:
            rows = [self._to_row(each) for each in new]
            await self._connection.execute(_PUT.on(self._connection), rows)

    async def of_visits(self, shopper_id: int, visit_ids: Sequence[int]) -> list[Receipt]:
        """List the receipts of some of a shopper's visits."""
        if not visit_ids:
            return []
        values = {"of_shopper": shopper_id, "visits": list(visit_ids)}
        return [self._from_row(row) for row in await self._connection.execute(_OF_VISITS, values)]

    async def about(self, shopper_id: int, coupon_code: str) -> Receipt | None:
        """Give the receipt of the latest visit in which a coupon was weighed; None when it never was."""
        hashed = self._hash(shopper_id, coupon_code, None)
        values = {"of_shopper": shopper_id, "hashed": hashed, "at_most": 1}
        row = (await self._connection.execute(_ABOUT, values)).first()
        return None if row is None else self._from_row(row)

    async def of_nudge(self, shopper_id: int, visit_id: int, coupon_code: str) -> Receipt | None:
        """Give the receipt about a coupon in one visit; None when there is none."""
        hashed = self._hash(shopper_id, coupon_code, None)
        values = {"of_shopper": shopper_id, "of_visit": visit_id, "hashed": hashed}
        row = (await self._connection.execute(_OF_NUDGE, values)).first()
        return None if row is None else self._from_row(row)

    async def latest(self, shopper_id: int, limit: int) -> list[Receipt]:
        """List at most `limit` receipts of a shopper, those of the newest visit first."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        return [self._from_row(row) for row in await self._connection.execute(_LATEST, values)]

    async def stores_of(self, shopper_id: int) -> dict[str, Importance]:
        """Give the stores of a shopper's receipts, and what the weightiest of each is worth."""
        rows = await self._connection.execute(_STORES, {"of_shopper": shopper_id})
        return {store_id: Importance(most) for store_id, most in rows}

    async def delete_of_stores(self, shopper_id: int, store_ids: Collection[str]) -> int:
        """Delete a shopper's receipts of some stores, and give the number."""
        values = {"of_shopper": shopper_id, "stores": list(store_ids)}
        return (await self._connection.execute(_DELETE_OF_STORES, values)).rowcount

    async def delete_before(self, limit_on: date) -> int:
        """Delete what was decided on earlier days, and give the number."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_on": limit_on})).rowcount

    def _hash(self, shopper_id: int, coupon_code: str | None, campaign_id: str | None) -> str:
        """Hash what a receipt is about; another shopper's hash of the same coupon is another."""
        return self._cipher.keyed_hash(
            f"receipt {shopper_id} {campaign_id or ''}|{coupon_code or ''}"
        )

    def _to_row(self, receipt: Receipt) -> dict[str, Any]:
        told = {
            "coupon_code": receipt.coupon_code,
            "product_id": receipt.product_id,
            "campaign_id": receipt.campaign_id,
            "within_m": receipt.within_m,
            "readings": [[each.gate, each.value, each.limit] for each in receipt.readings],
        }
        return {
            "shopper_id": receipt.shopper_id,
            "visit_id": receipt.visit_id,
            "candidate_hash": self._hash(
                receipt.shopper_id, receipt.coupon_code, receipt.campaign_id
            ),
            "store_id": receipt.store_id,
            "outcome": receipt.outcome.value,
            "decided_on": receipt.decided_on,
            "version": receipt.version,
            "importance": receipt.importance.value,
            "told": self._cipher.encrypt(to_json(told)),
        }

    def _from_row(self, row: AnyRow) -> Receipt:
        told = mapping_from_json(self._cipher.decrypt(row.told))
        readings = told.pop("readings")
        return Receipt(
            shopper_id=row.shopper_id,
            visit_id=row.visit_id,
            store_id=row.store_id,
            outcome=Outcome(row.outcome),
            decided_on=row.decided_on,
            version=row.version,
            importance=Importance(row.importance),
            readings=tuple(Reading(Gate(gate), value, limit) for gate, value, limit in readings),
            **told,
        )
