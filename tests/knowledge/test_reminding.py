"""When the clock may speak, and of which saved coupons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from knowledge.catalogue import Catalogue
from knowledge.digest import Pick, Reader, digest
from knowledge.geography.store_index import StoreIndex
from knowledge.reminding import (
    Hours,
    ReminderRules,
    closes_at,
    day_began,
    ending,
    is_digest_day,
    is_digest_day_anywhere,
    is_same_day,
    is_wanted,
    week_of,
)
from storage.records import UNTIL_THEY_SAY, Consent, ConsentKind, Coupon, Product, Shopper
from tests.builders import NOON, coupon, product, shopper, store

BERLIN = ZoneInfo("Europe/Berlin")
RULES = ReminderRules()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAYTIME, NIGHT = Hours(time(10), time(20)), Hours(time(22), time(6))


def local(hour: int, minute: int = 0, day: int = 21) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "hours", "closes"),
    [
        (local(9, 59), DAYTIME, None),
        (local(10), DAYTIME, local(20)),
        (local(19, 59), DAYTIME, local(20)),
        (local(20), DAYTIME, None),
        (local(23), NIGHT, local(6, day=22)),
        (local(1, day=22), NIGHT, local(6, day=22)),
        (local(12), NIGHT, None),
        (local(12), Hours(time(9), time(9)), local(9, day=22)),
    ],
)
def test_hours_are_those_of_the_shopper(
    now: datetime, hours: Hours, closes: datetime | None
) -> None:
    assert closes_at(now.astimezone(UTC), BERLIN, hours) == closes


def test_hours_of_the_day_on_which_clocks_go_back_end_by_the_clock() -> None:
    ends = closes_at(datetime(2026, 10, 25, 8, tzinfo=UTC), BERLIN, Hours(time(1), time(20)))
    assert ends is not None
    assert ends.astimezone(UTC) == datetime(2026, 10, 25, 19, tzinfo=UTC)


def test_day_on_which_clocks_go_back_began_at_midnight() -> None:
    began = day_began(datetime(2026, 10, 25, 8, tzinfo=UTC), BERLIN)
    assert began.astimezone(UTC) == datetime(2026, 10, 24, 22, tzinfo=UTC)


def test_today_is_the_shoppers_day() -> None:
    assert is_same_day([local(0, 30).astimezone(UTC)], local(23), BERLIN)
    assert not is_same_day([local(23, day=20).astimezone(UTC)], local(1), BERLIN)
    assert not is_same_day([], NOON, BERLIN)


WHO: dict[str, tuple[dict[str, Any], bool | None, bool]] = {
    "asked for it": ({}, True, True),
    "said no": ({}, False, False),
    "was never asked": ({}, None, False),
    "is paused": ({"paused_until": NOON + HOUR}, True, False),
    "is paused until they say": ({"paused_until": UNTIL_THEY_SAY}, True, False),
    "was paused": ({"paused_until": NOON}, True, True),
    "stopped": ({"stopped_at": NOON}, True, False),
    "blocked the bot": ({"is_reachable": False}, True, False),
    "is under age": ({"under_age_since": NOON}, True, False),
}


@pytest.mark.parametrize(("changes", "answer", "wanted"), WHO.values(), ids=WHO)
def test_only_who_asked_for_it_is_reminded(
    changes: dict[str, Any], answer: bool | None, wanted: bool
) -> None:
    kind = ConsentKind.DIGEST
    consents = {ConsentKind.NUDGES: Consent(7, ConsentKind.NUDGES, True, 1, NOON)}
    if answer is not None:
        consents[kind] = Consent(7, kind, answer, 1, NOON)
    who: Shopper = shopper(**changes)
    assert is_wanted(who, consents, kind, NOON) is wanted


def shop(*products: Product) -> Catalogue:
    stores = [store(), store("pharmacy", category="pharmacy")]
    return Catalogue(StoreIndex(stores), {each.id: each for each in products}, (), "1", {}, {})


CATALOGUE = shop(product(), product("mug", category="mugs"), product("wine", category="wine"))
SOON = coupon(valid_until=NOON + DAY, product_ids=frozenset({"choc"}))
COUPONS: dict[str, tuple[Coupon, bool]] = {
    "ends tomorrow": (SOON, True),
    "ends in two days": (replace(SOON, valid_until=NOON + 2 * DAY), True),
    "ends later": (replace(SOON, valid_until=NOON + 2 * DAY + timedelta(seconds=1)), False),
    "is over": (replace(SOON, valid_until=NOON), False),
    "is paused": (replace(SOON, is_paused=True), False),
    "is used up": (replace(SOON, remaining=0), False),
    "was used": (replace(SOON, code="USED"), False),
    "may be used again": (replace(SOON, code="USED", per_shopper=2), True),
    "is for everything": (replace(SOON, product_ids=frozenset()), True),
    "names a sensitive thing": (replace(SOON, product_ids=frozenset({"wine"})), False),
    "names a sensitive kind": (
        replace(SOON, product_ids=frozenset(), categories=frozenset({"baby food"})),
        False,
    ),
    "is called so": (replace(SOON, title="10 % off lingerie"), False),
    "holds at a pharmacy": (replace(SOON, store_ids=frozenset({"pharmacy"})), False),
}


@pytest.mark.parametrize(("saved", "is_told"), COUPONS.values(), ids=COUPONS)
def test_coupon_worth_a_reminder(saved: Coupon, is_told: bool) -> None:
    assert ending([saved], {"USED": 1}, CATALOGUE, NOON, RULES) == [saved] * is_told


def test_first_to_end_is_told_first() -> None:
    first = replace(SOON, code="Z", valid_until=NOON + HOUR)
    assert ending([SOON, first], {}, CATALOGUE, NOON, RULES) == [first, SOON]


@pytest.mark.parametrize(
    ("now", "week", "is_due"),
    [
        (local(12, day=18), "2026-W47", False),  # a Wednesday
        (local(0, day=19), "2026-W47", True),
        (local(23, day=22), "2026-W47", True),
        (local(0, day=23), "2026-W48", False),
        (datetime(2027, 1, 1, 12, tzinfo=BERLIN), "2026-W53", True),
    ],
)
def test_digest_is_due_from_thursday_on(now: datetime, week: str, is_due: bool) -> None:
    assert (week_of(now, BERLIN), is_digest_day(now, BERLIN, RULES)) == (week, is_due)


@pytest.mark.parametrize(
    ("now", "digest_on", "is_due"),
    [
        (datetime(2026, 11, 18, 9, 59, tzinfo=UTC), 3, False),  # Wednesday, 23:59 on Kiritimati
        (datetime(2026, 11, 18, 10, tzinfo=UTC), 3, True),
        (datetime(2026, 11, 23, 11, 59, tzinfo=UTC), 3, True),  # still Sunday on Baker Island
        (datetime(2026, 11, 23, 12, tzinfo=UTC), 3, False),
        (datetime(2026, 11, 22, 11, tzinfo=UTC), 6, True),  # Sunday only between the two
        (datetime(2026, 11, 23, 12, tzinfo=UTC), 0, True),
    ],
)
def test_digest_is_due_somewhere_on_earth(now: datetime, digest_on: int, is_due: bool) -> None:
    assert is_digest_day_anywhere(now, replace(RULES, digest_on=digest_on)) is is_due


def reader(**changes: Any) -> Reader:
    return replace(Reader(saved=[], bought={}, uses={}, known_codes=frozenset()), **changes)


CHOC, MUG = CATALOGUE.products["choc"], CATALOGUE.products["mug"]
MUGS = coupon("MUGS", categories=frozenset({"mugs"}))
DRINKS = coupon("DRINKS", categories=frozenset({"drinks"}))
ONE = coupon("ONE", product_ids=frozenset({"choc"}))
PICKS: dict[str, tuple[Sequence[Coupon], Reader, list[tuple[str, str | None]]]] = {
    "nobody known": ([MUGS, DRINKS], reader(), []),
    "saved a mug": ([MUGS, DRINKS], reader(saved=[MUG]), [("MUGS", "mug")]),
    "often buys drinks": ([MUGS, DRINKS], reader(bought={"drinks": 3}), [("DRINKS", None)]),
    "bought two drinks": ([MUGS, DRINKS], reader(bought={"drinks": 2}), []),
    "a product of a kind often bought": ([ONE], reader(bought={"drinks": 3}), [("ONE", None)]),
    "saved comes before often": (
        [DRINKS, MUGS],
        reader(saved=[MUG], bought={"drinks": 9}),
        [("MUGS", "mug"), ("DRINKS", None)],
    ),
    "told before": ([MUGS], reader(saved=[MUG], known_codes={"MUGS"}), []),
    "used up": ([MUGS], reader(saved=[MUG], uses={"MUGS": 1}), []),
    "turned down": ([ONE], reader(saved=[CHOC], unwanted={"choc"}), []),
    "wants fewer of that kind": (
        [ONE, DRINKS],
        reader(saved=[CHOC], bought={"drinks": 9}, unwanted_kinds={"drinks"}),
        [],
    ),
    "for everything": ([coupon("ALL")], reader(saved=[MUG], bought={"drinks": 9}), []),
    "sensitive": (
        [coupon("WINE", categories=frozenset({"wine"}))],
        reader(saved=[CATALOGUE.products["wine"]], bought={"wine": 9}),
        [],
    ),
    "three at most": (
        [coupon(f"D{n}", discount_percent=n, categories=frozenset({"drinks"})) for n in range(5)],
        reader(bought={"drinks": 3}),
        [("D4", None), ("D3", None), ("D2", None)],
    ),
}


@pytest.mark.parametrize(("coupons", "whom", "told"), PICKS.values(), ids=PICKS)
def test_digest_tells_what_fits(
    coupons: Sequence[Coupon], whom: Reader, told: list[tuple[str, str | None]]
) -> None:
    picks: list[Pick] = digest(coupons, whom, CATALOGUE, NOON, RULES)
    named = [(each.coupon.code, each.product.id if each.product else None) for each in picks]
    assert named == told
