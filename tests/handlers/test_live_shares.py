"""How a live location is followed: when it ends, what waits, and what is left of it."""

from datetime import timedelta

from handlers.callbacks import Action
from storage.records import (
    OutboxStatus,
)
from tests.handlers.walking import PAST_THE_CAFE, Walker, mia_walks, nudged
from tests.sample_town import MORNING

__all__ = ["mia_walks"]


async def test_stopping_ends_the_visit(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    await mia_walks.stops()
    (visit,) = await mia_walks.visits()
    assert visit.left_at is not None
    assert not mia_walks.counter.nudging.is_live(7)


async def test_share_that_runs_out_ends_without_a_last_edit(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    mia_walks.counter.clock.pass_by(seconds=3600)
    assert not mia_walks.counter.nudging.is_live(7)
    await mia_walks.counter.nudging.tick()
    (visit,) = await mia_walks.visits()
    assert visit.left_at is not None


async def test_quick_fixes_are_looked_at_every_five_seconds(mia_walks: Walker) -> None:
    await mia_walks.shares(160)
    await mia_walks.walks(145, 144, 143, 142, after_s=1)
    assert await mia_walks.visits() == []
    await mia_walks.walks(141, 140, 139, 138, 137, 136, after_s=1)
    assert len(await mia_walks.visits()) == 1


async def test_fix_that_waited_is_looked_at_by_the_clock(mia_walks: Walker) -> None:
    await mia_walks.shares(160)
    await mia_walks.moves(130, after_s=12)
    await mia_walks.moves(128, after_s=2)
    for _ in range(2):
        mia_walks.counter.clock.pass_by(seconds=5)
        await mia_walks.counter.nudging.tick()
    assert len(await mia_walks.visits()) == 1


async def test_restart_goes_on_with_the_visit(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    counter = mia_walks.counter
    counter.nudging._shares.close(7)  # what a restart loses
    await mia_walks.walks(95, 90, 85)
    assert (len(mia_walks.nudges), len(await mia_walks.visits())) == (1, 1)
    await mia_walks.walks(300, 312)
    (visit,) = await mia_walks.visits()
    assert visit.left_at is not None


async def test_nudge_that_could_not_leave_in_time_never_does(mia_walks: Walker) -> None:
    counter = mia_walks.counter
    await mia_walks.shares(190)
    await mia_walks.walks(175, 160, 145)
    counter.clock.pass_by(seconds=12)
    mia_walks._now()
    place = mia_walks._place(130, 3600)
    update = mia_walks.phone.updates.edited(location=place, message_id=mia_walks.message_id)
    await counter.handle(await counter.store(update))
    counter.clock.pass_by(minutes=6)
    assert (await counter.deliver()).items == []
    async with counter.database.reading() as work:
        assert (await work.outbox.counts())[OutboxStatus.DROPPED] == 1


async def test_stopped_shopper_hears_nothing(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(175, 160)
    await mia_walks.phone.says("/stop")
    await mia_walks.walks(145, 130, 115)
    assert mia_walks.nudges == []


async def test_forgetting_takes_the_share_along(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    phone = mia_walks.phone
    await phone.taps(phone.button(Action.FORGET_YES))
    assert not mia_walks.counter.nudging.is_live(7)
    await mia_walks.counter.nudging.tick()
    assert (await mia_walks.ledger(), await mia_walks.visits()) == ([], [])


async def test_nothing_kept_tells_where_somebody_walked(mia_walks: Walker) -> None:
    await nudged(mia_walks)
    async with mia_walks.counter.database.reading() as work:
        (suggestion,) = await work.suggestions.shown_to(7, MORNING - timedelta(days=1))
    assert suggestion.distance_band_m == 150
    assert "distance" not in suggestion.contributions


async def test_share_that_goes_on_makes_nobody_known_again(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    phone = mia_walks.phone
    await phone.taps(phone.button(Action.FORGET_YES))
    await mia_walks.walks(*PAST_THE_CAFE)
    assert await mia_walks.counter.shopper(7) is None
    assert mia_walks.counter.places.latest(7, mia_walks.counter.clock()) is None
    assert (await phone.says("/start")).text.startswith("Hi Mia")
