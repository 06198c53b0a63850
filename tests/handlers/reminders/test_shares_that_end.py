from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.records import (
    UNTIL_THEY_SAY,
    ConsentKind,
    Priority,
)
from tests.handlers.conftest import Sent
from tests.handlers.reminders.conftest import Clockwork, begun
from tests.handlers.walking import PAST_THE_CAFE, Walker, agree
from tests.sample_town import MORNING


async def passes_by(walker: Walker, metres: Sequence[float] = PAST_THE_CAFE) -> None:
    """Share for an hour and walk past the café, which has no offer today."""
    async with walker.counter.database.work() as work:
        for known in await work.coupons.all():
            await work.coupons.add_many([replace(known, is_paused=True)])
        await work.commit()
    await walker.shares(190)
    await walker.walks(*metres)
    assert walker.nudges == []


def ends_at(walker: Walker) -> datetime:
    (notice,) = walker.counter.nudging.ending(timedelta(days=1)).values()
    return notice.ends_at


def until_its_end(walker: Walker, minutes: float) -> None:
    """Let a share have so many minutes left."""
    walker.counter.clock.at = ends_at(walker) - timedelta(minutes=minutes)


async def test_share_that_ends_is_told_once(mia_walks: Walker, clockwork: Clockwork) -> None:
    await passes_by(mia_walks)
    until_its_end(mia_walks, 6)
    assert await clockwork.told() == []
    until_its_end(mia_walks, 4)
    (item,) = await clockwork.tick()
    assert str(item.outgoing.arguments["text"]).startswith("Your live location ends at 11:31")
    assert item.outgoing.priority is Priority.CAMPAIGN
    assert item.outgoing.send_before == ends_at(mia_walks)
    asked = await mia_walks.phone.taps(Sent([item]).buttons["Pause offers"], Sent([item]))
    assert "1 week" in asked.buttons
    until_its_end(mia_walks, 3)
    assert await clockwork.told() == []


async def test_share_that_passed_no_store_ends_without_a_word(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await passes_by(mia_walks, (600, 610))
    until_its_end(mia_walks, 4)
    assert await clockwork.told() == []


async def test_share_of_which_nothing_is_said_is_only_read_about(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await passes_by(mia_walks)
    until_its_end(mia_walks, 4)
    with begun(clockwork.counter.database._writing_engine) as transactions:
        await clockwork.shares.tick()
        assert len(transactions) == 1
        await clockwork.shares.tick()
        assert len(transactions) == 1


async def test_share_of_who_heard_an_offer_today_ends_without_a_word(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1
    until_its_end(mia_walks, 4)
    assert await clockwork.told() == []


async def test_share_without_an_end_is_never_told(mia_walks: Walker, clockwork: Clockwork) -> None:
    async with mia_walks.counter.database.work() as work:
        await work.visits.enter(7, "downtown-cafe", MORNING)
        await work.commit()
    await mia_walks.shares(190, live_period=0x7FFFFFFF)
    mia_walks.counter.clock.pass_by(minutes=56)
    assert await clockwork.told() == []


async def test_share_that_was_stopped_is_not_told(mia_walks: Walker, clockwork: Clockwork) -> None:
    await passes_by(mia_walks)
    until_its_end(mia_walks, 4)
    await mia_walks.stops()
    assert await clockwork.told() == []


@pytest.mark.parametrize("why", ["paused", "no more", "quiet"])
async def test_share_ends_without_a_word_where_none_is_wanted(
    mia_walks: Walker, clockwork: Clockwork, why: str
) -> None:
    await passes_by(mia_walks)
    until_its_end(mia_walks, 4)
    if why == "quiet":
        async with mia_walks.counter.database.work() as work:
            await work.visits.enter(7, "downtown-cafe", MORNING)
            await work._connection.exec_driver_sql(
                "UPDATE shoppers SET time_zone = 'Pacific/Auckland'"
            )
            await work.commit()
    elif why == "paused":
        async with mia_walks.counter.database.work() as work:
            await work.shoppers.pause(7, UNTIL_THEY_SAY)
            await work.commit()
    else:
        await agree(mia_walks.counter, 7, ConsentKind.NUDGES, yes=False)
    assert await clockwork.told(clockwork.shares) == []
