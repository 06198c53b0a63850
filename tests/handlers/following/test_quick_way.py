"""What is stored of live locations nevertheless, in which order they count, and how often one is looked at."""

from dataclasses import replace
from typing import Any

import pytest

from knowledge.nearby.watching import look
from tests.handlers.following.conftest import latitude, moved, restarted, stopped, way
from tests.handlers.walking import PAST_THE_CAFE, Walker


async def test_only_the_first_message_and_the_end_are_stored(walker: Walker) -> None:
    before = await way(walker).stored()
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    assert await way(walker).stored() == before + 1
    assert len(walker.nudges) == 1
    await walker.stops()
    assert await way(walker).stored() == before + 2


async def test_place_is_known_for_questions_too(walker: Walker) -> None:
    await walker.shares(190)
    before = await latitude(walker)
    await walker.walks(100)
    after = await latitude(walker)
    assert before is not None
    assert after is not None
    assert after > before


async def test_fix_does_not_overtake_the_message_that_opens_its_share(walker: Walker) -> None:
    walker._now()
    first = walker.phone.updates.message(location=walker._place(190, 3600))
    walker.message_id = first["message"]["message_id"]
    stored = await way(walker).stored()
    await way(walker).brings(first, moved(walker, 175))
    assert await way(walker).stored() == stored + 2
    assert walker.counter.nudging.is_live(7)


async def test_fix_that_comes_once_more_after_the_end_opens_nothing(walker: Walker) -> None:
    await walker.shares(190)
    last = moved(walker, 130)
    await way(walker).brings(last)
    await walker.stops()
    await way(walker).brings(last)
    assert not walker.counter.nudging.is_live(7)


async def test_batch_that_a_crash_left_unacknowledged_opens_no_ended_share(
    walker: Walker,
) -> None:
    await walker.shares(190)
    batch = [moved(walker, 130), stopped(walker)]
    await way(walker).brings(*batch)
    restarted(walker.counter)
    await way(walker).brings(*batch)
    assert not walker.counter.nudging.is_live(7)


async def test_newest_fix_of_a_batch_is_the_one_looked_at(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await walker.shares(400)
    looked_at = watch(monkeypatch)
    batch = [moved(walker, south_m) for south_m in (300, 200, 100)]
    await way(walker).brings(batch[0], batch[2], batch[1])
    assert looked_at == [batch[2]["edited_message"]["location"]["latitude"]]


async def test_one_look_in_five_seconds_is_enough(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await walker.shares(400)
    looked_at = watch(monkeypatch)
    for south_m in range(300, 270, -1):
        await way(walker).brings(moved(walker, south_m, after_s=1))
    assert (
        len(set(looked_at)) == 6
    )  # one that crosses a fence is looked at again to be written down


def watch(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note the latitude of each fix that is looked at."""
    looked_at: list[float] = []

    def noted(share: Any, fix: Any, *more: Any) -> Any:
        looked_at.append(fix.latitude)
        return look(share, fix, *more)

    monkeypatch.setattr("handlers.nudging.look", noted)
    return looked_at


async def test_updates_that_are_repeated_do_no_harm(walker: Walker) -> None:
    await walker.shares(190)
    batch = [moved(walker, south_m) for south_m in PAST_THE_CAFE]
    for number, update in enumerate(batch):
        await way(walker).brings(update, update)
        await way(walker).brings(*batch[:number])
    heard = (await walker.counter.deliver()).items
    assert (len(heard), len(await walker.visits())) == (1, 1)


async def test_malformed_place_is_stored_without_coordinates(walker: Walker) -> None:
    await walker.shares(190)
    place = walker._place(100, 3600) | {"heading": 90, "longitude": "-69.1136"}
    update = walker.phone.updates.edited(location=place, message_id=walker.message_id)
    stored = await way(walker).stored()
    walker.counter.inbox_ids.clear()
    await way(walker).brings(update)
    assert await way(walker).stored() == stored + 1
    async with walker.counter.database.reading() as work:
        held = await work.shoppers.held(7)
    assert "69.11" not in str(held["inbox"])


async def test_places_are_gone_after_a_quarter_of_an_hour(walker: Walker) -> None:
    await walker.shares(400)
    await walker.walks(390, 380)
    share = walker.counter.nudging.share_of(7)
    assert share is not None
    assert share.trail
    walker.counter.clock.pass_by(minutes=15)
    await walker.counter.nudging.sweep()
    assert (share.recent, share.waiting) == ((), None)
    assert walker.counter.nudging.is_live(7)


@pytest.mark.parametrize("end", ["forgotten", "followed by another"])
async def test_share_that_is_over_leaves_no_place_where_it_waits(walker: Walker, end: str) -> None:
    await walker.shares(400)
    await walker.walks(390, 380)
    nudging = walker.counter.nudging
    share = nudging.share_of(7)
    assert share is not None
    await way(walker).brings(moved(walker, 370, after_s=1))
    assert share.waiting is not None
    if end == "forgotten":
        nudging.forget(7)
    else:
        nudging._shares.open(7, replace(share.notice, message_id=share.notice.message_id + 1))
    assert (share.recent, share.waiting) == ((), None)
