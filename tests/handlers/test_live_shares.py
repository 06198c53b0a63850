"""How a live location is followed: when it ends, what waits, and what is left of it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from handlers.callbacks import Action
from storage.records import (
    OutboxStatus,
)
from tests.handlers.walking import PAST_THE_CAFE, QuickWay, Walker, mia_walks, nudged
from tests.sample_town import MORNING

__all__ = ["mia_walks"]


@pytest.fixture(params=["stored", "in memory"])
def walker(request: pytest.FixtureRequest, mia_walks: Walker) -> Walker:
    """Mia, whose places come through the inbox or past it."""
    mia_walks.way = QuickWay(mia_walks.counter) if request.param == "in memory" else None
    return mia_walks


async def test_stopping_ends_the_visit(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    await walker.stops()
    (visit,) = await walker.visits()
    assert visit.left_at is not None
    assert not walker.counter.nudging.is_live(7)


async def test_share_that_runs_out_ends_without_a_last_edit(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    walker.counter.clock.pass_by(seconds=3600)
    assert not walker.counter.nudging.is_live(7)
    await walker.counter.nudging.tick()
    (visit,) = await walker.visits()
    assert visit.left_at is not None


async def test_quick_fixes_are_looked_at_every_five_seconds(walker: Walker) -> None:
    await walker.shares(160)
    await walker.walks(*range(125, 105, -1), after_s=1)
    assert await walker.visits() == []
    await walker.walks(*range(105, 95, -1), after_s=1)
    assert len(await walker.visits()) == 1


async def test_fix_that_waited_is_looked_at_by_the_clock(walker: Walker) -> None:
    await walker.shares(160)
    await walker.moves(130, after_s=12)
    await walker.moves(118, after_s=12)
    await walker.moves(106, after_s=8)
    await walker.moves(104, after_s=2)
    for _ in range(2):
        walker.counter.clock.pass_by(seconds=5)
        await walker.counter.nudging.tick()
    assert len(await walker.visits()) == 1


async def test_restart_goes_on_with_the_visit(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    counter = walker.counter
    counter.nudging._shares.close(7)  # what a restart loses
    await walker.walks(95, 90, 85)
    assert (len(walker.nudges), len(await walker.visits())) == (1, 1)
    await walker.walks(*range(300, 384, 12))
    (visit,) = await walker.visits()
    assert visit.left_at is not None


async def test_nudge_that_could_not_leave_in_time_never_does(walker: Walker) -> None:
    counter = walker.counter
    await walker.shares(190)
    await walker.walks(175, 160, 145, 130)
    counter.clock.pass_by(seconds=12)
    walker._now()
    place = walker._place(115, 3600)
    update = walker.phone.updates.edited(location=place, message_id=walker.message_id)
    await counter.handle(await counter.store(update))
    counter.clock.pass_by(minutes=6)
    assert (await counter.deliver()).items == []
    async with counter.database.reading() as work:
        assert (await work.outbox.counts())[OutboxStatus.DROPPED] == 1


async def test_nudge_that_waits_does_not_leave_in_quiet_hours(walker: Walker) -> None:
    counter = walker.counter
    crossings = counter.nudging._crossings
    nudges = replace(crossings._rules.nudges, quiet_from=time(10, 34), quiet_until=time(11))
    crossings._rules = replace(crossings._rules, nudges=nudges)
    (nudge,) = (await nudged(walker)).items
    assert nudge.outgoing.send_before == MORNING.replace(minute=34)


async def test_stopped_shopper_hears_nothing(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(175, 160)
    await walker.phone.says("/stop")
    await walker.walks(145, 130, 115)
    assert walker.nudges == []


async def test_forgetting_takes_the_share_along(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    phone = walker.phone
    await phone.taps(phone.button(Action.FORGET_YES))
    assert not walker.counter.nudging.is_live(7)
    await walker.counter.nudging.tick()
    assert (await walker.ledger(), await walker.visits()) == ([], [])


async def test_nothing_kept_tells_where_somebody_walked(walker: Walker) -> None:
    await nudged(walker)
    async with walker.counter.database.reading() as work:
        (suggestion,) = await work.suggestions.shown_to(7, MORNING - timedelta(days=1))
    assert suggestion.distance_band_m == 150
    assert "distance" not in suggestion.contributions


async def test_share_that_goes_on_makes_nobody_known_again(walker: Walker) -> None:
    await walker.shares(190)
    phone = walker.phone
    await phone.taps(phone.button(Action.FORGET_YES))
    await walker.walks(*PAST_THE_CAFE)
    assert await walker.counter.shopper(7) is None
    assert walker.counter.places.latest(7, walker.counter.clock()) is None
    assert (await phone.says("/start")).text.startswith("Hi Mia")
