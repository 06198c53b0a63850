"""Whom the clock looks at because something they saved may be worth a word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.records import ConsentKind, LocalDay, Reminder, ReminderKind, Signal, SignalKind
from storage.work import Work
from tests.builders import NOON, coupon, product, shopper, suggestion

TODAY = LocalDay(None, NOON + timedelta(days=1))  # when nobody has heard anything yet
FOR_IT = coupon(product_ids=frozenset({"choc"}))
TOLD = Reminder(7, ReminderKind.WISH, "choc:WARM15", NOON)


async def wishes(work: Work, shopper_id: int = 7, **shown: Any) -> None:
    """Have somebody who wants to hear of it save the hot chocolate."""
    await work.products.add_many([product()])
    await work.shoppers.add_many([shopper(shopper_id)])
    await work.consents.decide(
        shopper_id, ConsentKind.WISHES, is_granted=True, version=1, now=NOON
    )
    (key,) = await work.suggestions.add_many([suggestion(shopper_id, **shown)])
    await work.signals.add(Signal(shopper_id, "choc", SignalKind.WISHLIST, NOON, key))


async def looked_at(work: Work) -> list[int]:
    found = await work.reminders.with_wishes(NOON, TODAY)
    assert bool(await work.reminders.zones_with_wishes(NOON)) == bool(found)
    return found


@pytest.mark.parametrize(
    ("offer", "is_found"),
    [
        (FOR_IT, True),
        (coupon(categories=frozenset({"food", "drinks"})), True),
        (coupon(categories=frozenset({"soft drinks"})), False),
        (coupon(product_ids=frozenset({"choc-dark"})), False),
        (coupon(), False),
        (replace(FOR_IT, is_paused=True), False),
        (replace(FOR_IT, remaining=0), False),
        (replace(FOR_IT, remaining=1), True),
        (replace(FOR_IT, valid_until=NOON), False),
        (replace(FOR_IT, valid_from=NOON + timedelta(seconds=1)), False),
    ],
)
async def test_who_saved_what_a_coupon_names_is_looked_at(
    database: Database, offer: Any, *, is_found: bool
) -> None:
    async with database.work() as work:
        await wishes(work)
        await work.coupons.add_many([offer])
        assert await looked_at(work) == [7] * is_found


@pytest.mark.parametrize(("was", "is_found"), [(350, False), (349, False), (351, True)])
async def test_who_saved_what_is_cheaper_now_is_looked_at(
    database: Database, was: int, *, is_found: bool
) -> None:
    async with database.work() as work:
        await wishes(work, price_cents=was)
        assert await looked_at(work) == [7] * is_found


@pytest.mark.parametrize("about", ["choc:WARM15", "choc:350"])
async def test_nobody_is_looked_at_again_for_what_was_told(database: Database, about: str) -> None:
    async with database.work() as work:
        is_price = about == "choc:350"
        await wishes(work, price_cents=400 if is_price else 350)
        await work.coupons.add_many([] if is_price else [FOR_IT])
        assert await looked_at(work) == [7]
        await work.reminders.add(replace(TOLD, about=about))
        assert await looked_at(work) == []


async def test_only_what_is_on_the_list_counts(database: Database) -> None:
    async with database.work() as work:
        await wishes(work, price_cents=400)
        await work.signals.remove(7, "choc", SignalKind.WISHLIST)
        await work.signals.add(Signal(7, "choc", SignalKind.VIEW, NOON, 1))
        assert await looked_at(work) == []


async def test_who_never_asked_for_it_is_not_looked_at(database: Database) -> None:
    async with database.work() as work:
        await wishes(work, price_cents=400)
        no = {"is_granted": False, "version": 1, "now": NOON}
        await work.consents.decide(7, ConsentKind.WISHES, **no)
        await work.consents.decide(7, ConsentKind.DIGEST, is_granted=True, version=1, now=NOON)
        assert await looked_at(work) == []
