"""What was said by the clock is remembered once, and who is to be looked at for more is found."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.records import (
    UNTIL_THEY_SAY,
    ConsentKind,
    LocalDay,
    Nudge,
    Reminder,
    ReminderKind,
    Shopper,
)
from storage.work import Work
from tests.builders import NOON, coupon, relative, shopper, store

DAY = timedelta(days=1)
TOLD = Reminder(7, ReminderKind.COUPON_ENDS, "WARM15", NOON)
TODAY = LocalDay(None, NOON)
TOMORROW = LocalDay(None, NOON + DAY)  # when nobody has heard anything yet
ENDS_TOMORROW = coupon(valid_until=NOON + DAY)


async def wants(
    work: Work, kind: ConsentKind, *shopper_ids: int, yes: bool = True, **changes: Any
) -> None:
    for key in shopper_ids:
        if await work.shoppers.get(key) is None:
            await work.shoppers.add_many([shopper(key, **changes)])
        await work.consents.decide(key, kind, is_granted=yes, version=1, now=NOON)


async def keeps(work: Work, code: str, *shopper_ids: int) -> None:
    for key in shopper_ids:
        await work.coupons.save(key, code, NOON)


async def with_ending(work: Work, **page: int) -> list[int]:
    return await work.reminders.with_ending_coupons(NOON, NOON + 2 * DAY, TOMORROW, **page)


async def without_digest(
    work: Work, since: datetime = NOON - 6 * DAY, day: LocalDay = TOMORROW
) -> list[int]:
    return await work.reminders.without_digest(NOON, since, day)


async def test_reminder_is_entered_once_for_shopper_kind_and_thing(database: Database) -> None:
    others = [
        replace(TOLD, shopper_id=8),
        replace(TOLD, kind=ReminderKind.IN_DIGEST),
        replace(TOLD, about="GIFT5", is_told=False, decided_at=NOON + DAY),
    ]
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(8)])
        assert await work.reminders.add(TOLD)
        assert not await work.reminders.add(replace(TOLD, decided_at=NOON + DAY, is_told=False))
        assert [await work.reminders.add(each) for each in others] == [True] * 3
        assert await work.reminders.of_shopper(7, NOON) == [others[2], others[1], TOLD]
        assert await work.reminders.of_shopper(7, NOON + DAY) == [others[2]]
        assert await work.reminders.delete_before(NOON + DAY) == 3


async def test_who_wants_to_hear_of_an_ending_coupon_is_found_until_told(
    database: Database,
) -> None:
    async with database.work() as work:
        later = coupon("LATER", valid_until=NOON + 3 * DAY)
        over = coupon("OVER", valid_until=NOON)
        await work.coupons.add_many([ENDS_TOMORROW, later, over])
        await wants(work, ConsentKind.COUPON_REMINDERS, 7, 8, 9)
        await keeps(work, "WARM15", 7)
        await keeps(work, "LATER", 7, 8)
        await keeps(work, "OVER", 9)
        assert await with_ending(work) == [7]
        await work.reminders.add(replace(TOLD, kind=ReminderKind.IN_DIGEST))
        assert await with_ending(work) == [7], "a digest is no reminder"
        await work.reminders.add(TOLD)
        assert await with_ending(work) == []


async def test_pages_leave_nobody_out(database: Database) -> None:
    async with database.work() as work:
        await work.coupons.add_many([ENDS_TOMORROW])
        await wants(work, ConsentKind.COUPON_REMINDERS, 3, 4, 5)
        await keeps(work, "WARM15", 3, 4, 5)
        assert await with_ending(work, limit=2) == [3, 4]
        assert await with_ending(work, after_id=4, limit=2) == [5]


async def test_who_wants_to_hear_of_birthdays_and_may_know_of_any_is_found(
    database: Database,
) -> None:
    async with database.work() as work:
        await wants(work, ConsentKind.BIRTHDAYS, 7, 8, 9)
        await work.relatives.add(relative(shopper_id=7))
        nobody = relative(shopper_id=8, birthday=None)
        await work.relatives.add(nobody)
        assert await work.reminders.zones_with_birthdays(NOON) == [None]
        day = LocalDay(None, NOON)
        assert await work.reminders.with_birthdays(NOON, day) == [7]
        one, other = await work.relatives.of_shopper(8), relative(shopper_id=9, birthday=None)
        key = await work.relatives.add(other)
        assert key is not None
        await work.links.join(one[0], replace(other, id=key), NOON)
        assert await work.reminders.with_birthdays(NOON, day) == [7, 8, 9]
        assert await work.reminders.with_birthdays(NOON, day, after_id=7, limit=1) == [8]
        await work.reminders.add(replace(TOLD, kind=ReminderKind.BIRTHDAY))
        assert await work.reminders.with_birthdays(NOON, day) == [8, 9], "once a day"


UNWILLING: dict[str, tuple[dict[str, Any], bool]] = {
    "paused": ({"paused_until": NOON + DAY}, False),
    "paused until they say": ({"paused_until": UNTIL_THEY_SAY}, False),
    "pause is over": ({"paused_until": NOON}, True),
    "stopped": ({"stopped_at": NOON}, False),
    "blocked the bot": ({"is_reachable": False}, False),
    "under age": ({"under_age_since": NOON}, False),
    "nothing of that": ({}, True),
}


@pytest.mark.parametrize(("changes", "is_found"), UNWILLING.values(), ids=UNWILLING)
async def test_nobody_is_looked_at_who_must_not_be_written_to(
    database: Database, changes: dict[str, Any], is_found: bool
) -> None:
    async with database.work() as work:
        await work.coupons.add_many([ENDS_TOMORROW])
        await wants(work, ConsentKind.COUPON_REMINDERS, 7, **changes)
        await wants(work, ConsentKind.DIGEST, 7)
        await keeps(work, "WARM15", 7)
        assert await with_ending(work) == [7] * is_found
        assert await without_digest(work) == [7] * is_found


@pytest.mark.parametrize(
    ("answers", "is_found"),
    [
        ([(ConsentKind.DIGEST, True)], True),
        ([(ConsentKind.DIGEST, True), (ConsentKind.DIGEST, False)], False),
        ([(ConsentKind.DIGEST, False), (ConsentKind.DIGEST, True)], True),
        ([(ConsentKind.DIGEST, True), (ConsentKind.NUDGES, False)], True),
        ([(ConsentKind.NUDGES, True), (ConsentKind.COUPON_REMINDERS, True)], False),
    ],
)
async def test_last_answer_to_that_question_counts(
    database: Database, answers: list[tuple[ConsentKind, bool]], is_found: bool
) -> None:
    async with database.work() as work:
        for kind, yes in answers:
            await wants(work, kind, 7, yes=yes)
        assert await without_digest(work) == [7] * is_found


@pytest.mark.parametrize("is_told", [True, False])
async def test_digest_that_was_decided_is_not_looked_at_again(
    database: Database, is_told: bool
) -> None:
    decided = Reminder(7, ReminderKind.DIGEST, "2026-W47", NOON, is_told)
    async with database.work() as work:
        await wants(work, ConsentKind.DIGEST, 7)
        await work.reminders.add(decided)
        assert await without_digest(work, NOON - DAY) == []
        assert await without_digest(work, NOON) == [7]


async def test_shoppers_are_found_by_their_time_zone_or_that_of_the_store_passed_last(
    database: Database,
) -> None:
    async with database.work() as work:
        await work.stores.add_many(
            [store("far", time_zone="Asia/Tokyo"), store("near", time_zone="Europe/Berlin")]
        )
        await wants(work, ConsentKind.DIGEST, 3, time_zone="America/Lima")
        await wants(work, ConsentKind.DIGEST, 4, 5, 6)
        for key, store_id in ((3, "far"), (4, "near"), (4, "far"), (5, "closed since")):
            await work.visits.enter(key, store_id, NOON)
        zones = await work.reminders.zones_without_digest(NOON, NOON - 6 * DAY)
        found = {name: await without_digest(work, day=replace(TODAY, zone=name)) for name in zones}
    assert found == {"America/Lima": [3], "Asia/Tokyo": [4], None: [5, 6]}


@pytest.mark.parametrize(
    ("heard", "is_found"),
    [
        (TOLD, False),
        (replace(TOLD, decided_at=NOON - DAY), True),
        (replace(TOLD, is_told=False), True),
        (Nudge(7, "cafe", "WARM15", 1, 1, NOON), False),
        (Nudge(7, "cafe", "WARM15", 1, 1, NOON - DAY), True),
    ],
)
async def test_who_heard_something_today_is_left_until_tomorrow(
    database: Database, heard: Reminder | Nudge, is_found: bool
) -> None:
    async with database.work() as work:
        await wants(work, ConsentKind.DIGEST, 7)
        if isinstance(heard, Nudge):
            await work.nudges.add(heard)
        else:
            await work.reminders.add(heard)
        assert await without_digest(work, day=TODAY) == [7] * is_found
        assert await without_digest(work, day=TOMORROW) == [7]


async def test_forgotten_shopper_has_no_reminders(database: Database) -> None:
    async with database.work() as work:
        anna: Shopper = shopper(7)
        await work.shoppers.add_many([anna])
        await work.reminders.add(TOLD)
        await work.shoppers.forget(7, NOON)
        assert await work.reminders.of_shopper(7, NOON) == []
