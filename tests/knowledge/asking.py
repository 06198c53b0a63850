"""Asks the concierge of the sample town, and checks what it offers against the database."""

from dataclasses import replace
from datetime import datetime

import pytest

from knowledge.answer import Answer
from knowledge.concierge import Concierge
from knowledge.context import Question
from knowledge.facts import Facts, Kind
from knowledge.geography.distance import distance_m
from knowledge.llm.base import Terms
from knowledge.nearby.hours import open_interval
from knowledge.nearby.places import Fix
from storage.database import Database
from storage.records import Shopper
from tests.sample_town import ANA, MORNING, near

CAFE = "downtown-cafe"


async def ana(town: Database) -> Shopper:
    async with town.reading() as work:
        shopper = await work.shoppers.get(ANA)
    assert shopper is not None
    return shopper


async def stranger(town: Database) -> Shopper:
    async with town.work() as work:
        shopper, _ = await work.shoppers.load_or_create(7, "Mia", "en", MORNING)
        await work.commit()
    return shopper


async def ask(
    concierge: Concierge,
    town: Database,
    text: str,
    *,
    by: Shopper | None = None,
    **how: object,
) -> Answer:
    """Ask as Ana unless told otherwise, in the morning, from the door of Downtown Café unless just searching."""
    place = None if "just_search" in how else await near(town, CAFE)
    question = Question(by or await ana(town), text, MORNING, place)
    return await concierge.reply(replace(question, **how))  # type: ignore[arg-type]


def all_facts(terms: Terms) -> str:
    """Give a draft that says every fact and nothing else."""
    return " ".join(f"{{{name}}}" for name in terms.names)


async def check_goods(
    told: Facts, answer: Answer, town: Database, fix: Fix | None, at: datetime
) -> None:
    """Check one thing that is offered against the database."""
    ranked = next(
        each
        for each in answer.shown
        if (each.candidate.product.title, each.candidate.store.name) == (told.item, told.store)
    )
    async with town.reading() as work:
        store = await work.stores.get(ranked.candidate.store.id)
        product = await work.products.get(ranked.candidate.product.id)
        assert store is not None
        assert product is not None
        on_shelf = await work.stock.quantities([product.id], [store.id])
        usable = {coupon.code: coupon for coupon in await work.coupons.valid_at(at)}
    assert (store.name, product.title) == (told.store, told.item)
    assert (product.price_cents, product.currency) == (told.price_cents, told.currency)
    assert on_shelf[store.id, product.id] > 0
    assert open_interval(store, at) is not None or told.kind is Kind.CLOSED
    if fix is None:
        assert told.distance_m is None
    else:
        exact_m = distance_m((fix.latitude, fix.longitude), (store.latitude, store.longitude))
        assert told.distance_m == pytest.approx(exact_m, rel=0.005, abs=1)
    if told.coupon_code is not None:
        assert usable[told.coupon_code].discount_percent == told.discount_percent
