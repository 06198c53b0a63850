"""The golden set's files, and how answers are judged, on small shops of these tests."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from knowledge.answer import Answer
from knowledge.candidates import Candidate
from knowledge.context import Question
from knowledge.facts import Facts, Kind
from knowledge.nearby.places import Fix
from knowledge.ranking import Ranked
from knowledge.templates import Words
from scripts.demo.catalogue import products
from scripts.evaluate.golden.cases import Message, Wanted, talks
from scripts.evaluate.golden.impossible import impossible
from scripts.evaluate.golden.judging import judged
from scripts.evaluate.golden.stage import Asked
from storage.database import Database
from storage.records import Coupon, OpeningHours, Product, SpecialDay, Stock
from tests.builders import coupon, product, shopper, store

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOURS = tuple(OpeningHours(day, time(8), time(18)) for day in range(7))
CAFE = store(hours=HOURS, time_zone="UTC")
COCOA = product(
    attributes={"aisle": "hot chocolate", "size": "S", "diet": "vegan", "allergens": "soy"}
)


def test_every_name_in_the_files_is_known_to_the_sample_shop() -> None:
    known = {name for p in products() for name in (p.id, p.category, p.attributes["aisle"])}
    kinds = {kind.value for kind in Kind}
    for part in ("tuned", "blind"):
        for talk in talks(part):
            for wanted in talk.messages:
                assert wanted.group | wanted.not_group <= known, wanted.message.say
                assert wanted.kinds <= kinds, wanted.message.say


def test_there_are_enough_messages_and_none_is_in_both_parts() -> None:
    said = {p: [w.message.say for t in talks(p) for w in t.messages] for p in ("tuned", "blind")}
    assert len(said["tuned"]) + len(said["blind"]) >= 320
    held = {
        part: {(t.place, t.at, *(w.message.say for w in t.messages)) for t in talks(part)}
        for part in ("tuned", "blind")
    }
    assert not held["tuned"] & held["blind"]


def wanted(**changes: Any) -> Wanted:
    message = Message(say="cocoa", **changes)
    return Wanted(
        "test", 0, message, frozenset({"offer"}), (), frozenset({"hot chocolate"}), frozenset()
    )


def asked(
    *products: Product, deal: Coupon | None = None, at: datetime = FRIDAY, kind: Kind = Kind.OFFER
) -> Asked:
    fix = Fix(CAFE.latitude, CAFE.longitude, 10.0, at)
    shown = tuple(Ranked(Candidate(each, CAFE, 0.8, 0.0, deal), {}) for each in products)
    answer = Answer(Words("Here."), Facts(kind, store=CAFE.name), shown, (), "need", "", "")
    return Asked(Question(shopper(), "cocoa", at, fix), answer)


async def lay_out(
    database: Database, *coupons: Coupon, pieces: int = 3, rests: bool = False
) -> None:
    special = (SpecialDay(FRIDAY.date(), "Harbor Day"),) if rests else ()
    async with database.work() as work:
        await work.stores.add_many([replace(CAFE, special_days=special)])
        await work.products.add_many([COCOA])
        await work.stock.add_many([Stock(CAFE.id, COCOA.id, pieces)])
        await work.coupons.add_many(coupons)
        await work.commit()


async def test_what_can_be_had_is_not_impossible(database: Database) -> None:
    await lay_out(database, coupon())
    assert await impossible(database, asked(COCOA, deal=coupon()), wanted()) == []


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"max_price": 3}, "costs"),
        ({"size": "M"}, "size"),
        ({"colour": "red"}, "colour"),
        ({"diet": "gluten_free"}, "gluten_free"),
        ({"free_of": ("soy",)}, "soy"),
        ({"sustain": ("organic",)}, "organic"),
        ({"never": ("chocolate",)}, "chocolate"),
        ({"attributes": {"spicy": "yes"}}, "spicy"),
    ],
)
async def test_what_the_message_rules_out_is_found(
    database: Database, limits: dict[str, Any], reason: str
) -> None:
    await lay_out(database)
    (found,) = await impossible(database, asked(COCOA), wanted(**limits))
    assert reason in found


@pytest.mark.parametrize(
    ("at", "rests"),
    [(FRIDAY.replace(hour=19), False), (FRIDAY.replace(hour=7, minute=58), False), (FRIDAY, True)],
)
async def test_closed_store_is_found(database: Database, at: datetime, *, rests: bool) -> None:
    await lay_out(database, rests=rests)
    (found,) = await impossible(database, asked(COCOA, at=at), wanted())
    assert "closed" in found


async def test_empty_shelf_is_found(database: Database) -> None:
    await lay_out(database, pieces=0)
    assert await impossible(database, asked(COCOA), wanted()) == [
        "Hot Chocolate at Downtown Café: out of stock"
    ]


@pytest.mark.parametrize(
    "deal",
    [
        coupon(valid_until=FRIDAY),
        coupon(valid_from=FRIDAY + timedelta(minutes=1)),
        coupon(is_paused=True),
        coupon(remaining=0),
        coupon(per_shopper=0),
    ],
)
async def test_coupon_that_does_not_hold_is_found(database: Database, deal: Coupon) -> None:
    await lay_out(database, deal)
    (found,) = await impossible(database, asked(COCOA, deal=deal), wanted())
    assert deal.code in found


def test_kind_and_group_are_judged() -> None:
    tea = replace(COCOA, id="tea", title="Tea", attributes={"aisle": "tea"})
    good = judged(wanted(), asked(COCOA, tea), None, [])
    assert (good.kind, good.group, good.shown, good.fitting) == (True, True, 2, 1)
    assert judged(wanted(), asked(tea), None, []).group is False
    nothing = judged(wanted(), asked(kind=Kind.NOTHING_NEAR), None, [])
    assert (nothing.kind, nothing.group, nothing.is_well) == (False, False, False)


def test_cheaper_means_cheaper_than_before() -> None:
    before, cheap = asked(COCOA), replace(COCOA, price_cents=300)
    assert judged(wanted(cheaper=True), asked(cheap), before, []).group
    assert judged(wanted(cheaper=True), asked(COCOA), before, []).group is False


def test_store_that_was_asked_for_is_judged() -> None:
    assert judged(wanted(store="cafe"), asked(COCOA), None, []).store
    assert judged(wanted(store="tea-room"), asked(COCOA), None, []).store is False
