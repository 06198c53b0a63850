"""Who is followed: whoever wishes it, from the next fix on."""

import asyncio
from datetime import timedelta

import pytest

from handlers.callbacks import Action
from storage.records import ConsentKind
from tests.handlers.following.conftest import (
    latitude,
)
from tests.handlers.walking import Walker, agree


@pytest.mark.parametrize("how", ["consent", "pause", "stop", "forget"])
async def test_who_wants_no_more_is_followed_no_more_from_the_next_fix_on(
    walker: Walker, how: str
) -> None:
    await walker.shares(190)
    await walker.walks(175, 160)
    phone = walker.phone
    if how == "consent":
        await phone.taps(phone.button(Action.CONSENT_NO, ConsentKind.LOCATION.value))
    elif how == "forget":
        await phone.taps(phone.button(Action.FORGET_YES))
    else:
        await phone.says({"pause": "/pause 2 days", "stop": "/stop"}[how])
    await walker.walks(145, 130, 115, 100)
    assert await walker.visits() == []
    assert walker.nudges == []
    if how in ("consent", "forget"):
        assert await latitude(walker) is None


async def test_who_agrees_while_sharing_is_followed_from_the_next_fix_on(walker: Walker) -> None:
    await agree(walker.counter, 7, ConsentKind.NUDGES, yes=False)
    await walker.shares(190)
    await walker.walks(175)
    phone = walker.phone
    await phone.taps(phone.button(Action.CONSENT_YES, ConsentKind.NUDGES.value))
    await walker.walks(145, 130, 115, 100)
    assert len(await walker.visits()) == 1


async def test_wish_told_elsewhere_counts_when_something_is_written_down(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(175, 160, 145)
    await agree(walker.counter, 7, ConsentKind.NUDGES, yes=False)  # by another process
    await walker.walks(130, 115)
    assert (await walker.visits(), walker.nudges) == ([], [])


async def test_wish_that_two_read_at_once_for_the_first_time_is_known_to_both(
    walker: Walker,
) -> None:
    await walker.shares(190)
    share = walker.counter.nudging.share_of(7)
    assert share is not None
    wishes, share.is_wanted = walker.counter.nudging._wishes, None
    first = asyncio.ensure_future(wishes.read([share]))
    await asyncio.sleep(0)
    share.asked_at = walker.counter.clock() + timedelta(seconds=1)  # another reads it meanwhile
    await first
    assert share.is_wanted
