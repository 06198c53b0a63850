"""Which coupon an answer tells, over the sample town."""

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.concierge import Concierge
from storage.database import Database
from storage.records import Coupon
from tests.knowledge.asking import ask, stranger
from tests.sample_town import ANA, MORNING

# Coupons


async def replace_coupons(town: Database, *coupons: Coupon) -> None:
    async with town.work() as work:
        await work.coupons.add_many(coupons)
        await work.commit()


def deal(code: str, **changes: object) -> Coupon:
    base = Coupon(code, "Ninety off", 90, MORNING - timedelta(days=1), MORNING + timedelta(days=1))
    return replace(base, **changes)  # type: ignore[arg-type]


async def test_best_coupon_that_covers_the_product_is_offered(
    concierge: Concierge, town: Database
) -> None:
    await replace_coupons(town, deal("NINETY90"))
    answer = await ask(concierge, town, "I'm cold")
    assert answer.facts.coupon_code == "NINETY90"
    assert "NINETY90 takes 90 % off" in answer.words.text


@pytest.mark.parametrize(
    "useless",
    [
        {"is_paused": True},
        {"valid_until": MORNING},
        {"valid_until": MORNING - timedelta(minutes=1)},
        {"valid_from": MORNING + timedelta(seconds=1)},
        {"remaining": 0},
        {"per_shopper": 0},
        {"store_ids": frozenset({"mill-road-pet-barn"})},
        {"categories": frozenset({"no such shelf"})},
    ],
    ids=str,
)
async def test_coupon_that_cannot_be_used_is_never_offered(
    concierge: Concierge, town: Database, useless: dict[str, object]
) -> None:
    await replace_coupons(town, deal("NINETY90", **useless))
    for text in ("I'm cold", "hot chocolate", "surprise me"):
        answer = await ask(concierge, town, text)
        assert "NINETY90" not in answer.words.text
    listed = await ask(concierge, town, "do I have any coupons left")
    if "store_ids" not in useless and "categories" not in useless:
        assert "NINETY90" not in [each.coupon_code for each in listed.facts.coupons]


async def test_coupon_that_this_shopper_has_used_up_is_not_offered(
    concierge: Concierge, town: Database
) -> None:
    await replace_coupons(town, deal("NINETY90"))
    async with town.work() as work:
        assert await work.coupons.redeem("NINETY90", ANA, "K7-2291", MORNING)
        await work.commit()
    by_ana = await ask(concierge, town, "I'm cold")
    by_another = await ask(concierge, town, "I'm cold", by=await stranger(town))
    assert (by_ana.facts.coupon_code, by_another.facts.coupon_code) == (
        by_ana.facts.coupon_code if by_ana.facts.coupon_code != "NINETY90" else None,
        "NINETY90",
    )


async def test_saved_coupons_come_first(concierge: Concierge, town: Database) -> None:
    answer = await ask(concierge, town, "do I have any coupons left")
    codes = [each.coupon_code for each in answer.facts.coupons]
    assert set(codes[:2]) == {"WARM15", "GIFT5"}
