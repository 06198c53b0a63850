"""Where receipts are written: what changed of a decision, as far as it leaves open where the shopper was.

It works inside a transaction that somebody else opened and commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from knowledge.catalogue import Catalogue
from knowledge.discretion import is_sensitive_store
from knowledge.nearby.policy import Decision
from knowledge.nearby.receipts import changed, receipt_of
from knowledge.nearby.vagueness import Kept, stores_to_drop
from storage.records import Receipt
from storage.work import Work


@dataclass(frozen=True, slots=True)
class ReceiptBook:
    """One shopper's receipts, in one transaction."""

    work: Work
    catalogue: Catalogue
    shopper_id: int

    async def keep(self, decision: Decision, today: date) -> None:
        """Write down what was decided on the shopper's day, where it is not what was decided before.

        Of sensitive stores nothing is written down.
        """
        new = [
            receipt_of(self.shopper_id, each, today)
            for each in decision.considered
            if not is_sensitive_store(each.passing.store)
        ]
        visit_ids = list({each.visit_id for each in new})
        known = await self.work.receipts.of_visits(self.shopper_id, visit_ids)
        has_some = {each.visit_id for each in known}
        to_write = changed(known, new)
        await self.work.receipts.put_many([r for r in to_write if r.visit_id in has_some])
        first_ones = [each for each in to_write if each.visit_id not in has_some]
        for of_visit in _weightiest_first(first_ones):
            await self._keep_if_vague(of_visit)

    async def _keep_if_vague(self, of_visit: Sequence[Receipt]) -> None:
        """Write the first receipts of a visit, unless those of stores around it would then tell too much."""
        store = self.catalogue.stores[of_visit[0].store_id]
        new = Kept(store, max(each.importance for each in of_visit))
        stores = self.catalogue.stores
        worth = await self.work.receipts.stores_of(self.shopper_id)
        known = [Kept(stores[key], worth[key]) for key in worth if key in stores]
        to_drop = stores_to_drop(new, known)
        if to_drop is None:
            return
        if to_drop:
            await self.work.receipts.delete_of_stores(self.shopper_id, to_drop)
        await self.work.receipts.put_many(of_visit)


def _weightiest_first(receipts: Sequence[Receipt]) -> list[list[Receipt]]:
    """Give receipts by visit, those that are worth most first."""
    by_visit = [list(each) for _, each in groupby(receipts, key=lambda receipt: receipt.visit_id)]
    return sorted(by_visit, key=lambda each: -max(receipt.importance for receipt in each))
