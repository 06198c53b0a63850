from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from storage.records import Nudge, NudgeAnswer, OpenVisit, Signal, SignalKind
from tests.builders import NOON, shopper

DAY = timedelta(days=1)
FIRST = Nudge(7, "cafe", "WARM15", visit_id=3, suggestion_id=11, nudged_at=NOON)


@pytest.fixture(autouse=True)
async def known_shoppers(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(8)])
        await work.commit()


async def test_nudge_is_entered_once_for_shopper_store_coupon_and_visit(
    database: Database,
) -> None:
    others = [
        replace(FIRST, store_id="bakery"),
        replace(FIRST, coupon_code="ROLL20"),
        replace(FIRST, visit_id=4),
        replace(FIRST, shopper_id=8),
    ]
    async with database.work() as work:
        assert await work.nudges.add(FIRST)
        assert not await work.nudges.add(replace(FIRST, suggestion_id=12, nudged_at=NOON + DAY))
        assert [await work.nudges.add(each) for each in others] == [True] * 4
        assert len(await work.nudges.of_shopper(7, NOON)) == 4


async def test_nudges_come_newest_first_since_a_time(database: Database) -> None:
    later = [replace(FIRST, visit_id=n, nudged_at=NOON + n * DAY) for n in (4, 5)]
    async with database.work() as work:
        for each in (FIRST, *later):
            await work.nudges.add(each)
        assert await work.nudges.of_shopper(7, NOON + DAY) == later[::-1]


async def test_last_word_about_a_nudge_counts_and_only_its_shoppers(database: Database) -> None:
    async with database.work() as work:
        await work.nudges.add(FIRST)
        assert not await work.nudges.answer(11, 8, NudgeAnswer.FEWER, NOON)
        assert not await work.nudges.answer(12, 7, NudgeAnswer.FEWER, NOON)
        assert await work.nudges.answer(11, 7, NudgeAnswer.NOT_NOW, NOON)
        assert await work.nudges.answer(11, 7, NudgeAnswer.FEWER, NOON + DAY)
        (kept,) = await work.nudges.of_shopper(7, NOON)
    assert kept == replace(FIRST, answer=NudgeAnswer.FEWER, answered_at=NOON + DAY)


async def test_answer_is_taken_back_only_while_it_is_the_last_word(database: Database) -> None:
    async with database.work() as work:
        await work.nudges.add(FIRST)
        await work.nudges.answer(11, 7, NudgeAnswer.FEWER, NOON)
        assert not await work.nudges.unanswer(11, 8, NudgeAnswer.FEWER)
        assert not await work.nudges.unanswer(11, 7, NudgeAnswer.NOT_NOW)
        assert await work.nudges.unanswer(11, 7, NudgeAnswer.FEWER)
        assert await work.nudges.of_shopper(7, NOON) == [FIRST]


async def test_signal_of_a_suggestion_is_added_once_of_each_kind(database: Database) -> None:
    view = Signal(7, "choc", SignalKind.VIEW, NOON, suggestion_id=11)
    no = replace(view, kind=SignalKind.DISMISS)
    async with database.work() as work:
        added = [await work.signals.add_once(each) for each in (view, no, view)]
        assert added == [True, True, False]
        assert await work.signals.add_once(replace(view, suggestion_id=12))
        assert await work.signals.take_back(8, 11, SignalKind.DISMISS) == 0
        assert await work.signals.take_back(7, 11, SignalKind.DISMISS) == 1
        left = await work.signals.of_shopper(7)
    assert sorted(each.suggestion_id or 0 for each in left) == [11, 12]


async def test_old_nudges_are_deleted(database: Database) -> None:
    async with database.work() as work:
        await work.nudges.add(FIRST)
        await work.nudges.add(replace(FIRST, visit_id=4, nudged_at=NOON + DAY))
        assert await work.nudges.delete_before(NOON + DAY) == 1
        assert len(await work.nudges.of_shopper(7, NOON)) == 1


async def test_open_visits_are_the_latest_of_each_store(database: Database) -> None:
    async with database.work() as work:
        await work.visits.enter(7, "cafe", NOON)
        again = await work.visits.enter(7, "cafe", NOON + DAY)
        await work.visits.enter(7, "bakery", NOON)
        await work.visits.leave(7, "bakery", NOON + DAY)
        await work.visits.enter(8, "tea", NOON)
        assert await work.visits.open_of(7) == {"cafe": OpenVisit(again, "cafe", NOON + DAY)}
