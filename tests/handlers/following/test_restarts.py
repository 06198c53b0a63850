"""What a restart loses and what it does not."""

from datetime import timedelta

import pytest

from tests.handlers.following.conftest import restarted
from tests.handlers.walking import PAST_THE_CAFE, Walker, passes_time
from tests.sample_town import MORNING

RESTARTS = {"walking up": 1, "inside": 4, "dwelt": 6}


@pytest.mark.parametrize("when", RESTARTS)
async def test_restart_repeats_neither_visit_nor_nudge(walker: Walker, when: str) -> None:
    await walker.shares(190)
    trail = [175, 160, 145, 130, 115, 100]
    await walker.walks(*trail[: RESTARTS[when]])
    if when == "dwelt":
        await stays(walker)
    restarted(walker.counter)
    await walker.walks(*trail[RESTARTS[when] :], 100, 100)
    await stays(walker)
    assert (len(await walker.visits()), len(walker.nudges)) == (1, 1)
    assert len(await walker.ledger()) == 1


async def test_visit_that_has_dwelt_does_not_dwell_again(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    await stays(walker)
    share = walker.counter.nudging.share_of(7)
    assert share is not None
    assert {state.has_dwelt for state in share.fences.values()} == {True}
    restarted(walker.counter)
    await walker.walks(100, 100)
    share = walker.counter.nudging.share_of(7)
    assert share is not None
    assert {state.has_dwelt for state in share.fences.values()} == {True}


async def stays(walker: Walker) -> None:
    for _ in range(4):
        await walker.walks(98, 100, 98)
        await passes_time(walker, 10)


async def test_share_stopped_while_the_bot_was_away_ends_the_visit(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    restarted(walker.counter)
    await walker.stops()
    (visit,) = await walker.visits()
    assert visit.left_at is not None


async def test_share_that_ran_out_while_the_bot_was_away_ends_the_visit_then(
    walker: Walker,
) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    restarted(walker.counter)
    walker.counter.clock.pass_by(hours=3)
    await walker.counter.nudging.tick()
    (visit,) = await walker.visits()
    assert visit.left_at == MORNING.replace(minute=0) + timedelta(hours=1)


async def test_end_of_another_share_leaves_the_visit_alone(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    restarted(walker.counter)
    walker.message_id -= 1
    await walker.stops()
    (visit,) = await walker.visits()
    assert visit.left_at is None
