from typing import Any

import pytest

from handlers.following_rules import FollowingRules
from handlers.nudging import Nudging
from knowledge.nearby.shares import Share
from storage.errors import DatabaseUnavailable
from storage.records import ConsentKind
from tests.handlers.conftest import Phone
from tests.handlers.following.conftest import database_is_away, moved, way
from tests.handlers.walking import Walker, agree, passes_time


async def test_fix_is_looked_at_once_more_when_the_database_was_away(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await walker.shares(190)
    await walker.walks(160, 140, 128)
    nudging = walker.counter.nudging
    update = moved(walker, 116)
    with monkeypatch.context() as patched:
        patched.setattr(nudging._crossings, "write_down", database_is_away)
        await way(walker).brings(update)
        await nudging.tick()
    assert await walker.visits() == []
    walker.counter.clock.pass_by(seconds=5)
    await nudging.tick()
    assert len(await walker.visits()) == 1


@pytest.mark.parametrize("question", ["wishes", "catalogue"])
async def test_fix_waits_on_while_nothing_can_be_read(
    walker: Walker, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    await walker.shares(9000)
    await walker.walks(8990)
    nudging = walker.counter.nudging
    asked = {
        "wishes": (nudging._wishes, "read"),
        "catalogue": (nudging._parts.concierge, "catalogue"),
    }
    with monkeypatch.context() as patched:
        patched.setattr(*asked[question], database_is_away)
        with pytest.raises(DatabaseUnavailable):
            await way(walker).brings(moved(walker, 8980))
    share = nudging.share_of(7)
    assert share is not None
    assert share.waiting is not None
    with pytest.raises(DatabaseUnavailable):
        await nudging.tick()  # tells what happened meanwhile
    await nudging.tick()
    assert share.waiting is None


async def test_share_that_always_fails_holds_up_no_other(
    walker: Walker, ana: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("handlers.nudging._AT_ONCE", 1)
    for kind in ConsentKind:
        await agree(walker.counter, ana.shopper_id, kind)
    behind = Walker(ana, walker.counter, walker.door, way=walker.way)
    for each in (walker, behind):
        await each.shares(240)
        await each.walks(190, 140, 90, 40, after_s=10)
        await each.walks(40, 40, 40, after_s=10)
    crossings = walker.counter.nudging._crossings
    write_down = crossings.write_down

    async def fails_for_one(share: Share, *more: Any) -> Any:
        if share.shopper_id == walker.phone.shopper_id:
            raise LookupError
        return await write_down(share, *more)

    monkeypatch.setattr(crossings, "write_down", fails_for_one)
    await passes_time(walker, 150)
    share = walker.counter.nudging.share_of(ana.shopper_id)
    assert share is not None
    assert any(state.has_dwelt for state in share.fences.values())
    assert caplog.text.count("a live location could not be looked at") == 1
    assert caplog.text.count("Traceback") == 1


async def test_more_than_there_is_room_for_is_left_out_and_told(
    walker: Walker, caplog: pytest.LogCaptureFixture
) -> None:
    parts = walker.counter.nudging._parts
    nudging = Nudging(parts, FollowingRules(followed_at_most=1))
    await walker.shares(190)
    place = walker.counter.places.latest(7, walker.counter.clock())
    share = walker.counter.nudging.share_of(7)
    assert place is not None
    assert share is not None
    for shopper_id in (7, 8):
        await nudging.follow(shopper_id, share.notice, place)
    await nudging.tick()
    assert (nudging.is_live(7), nudging.is_live(8)) == (False, True)
    assert "0 fixes were left out and 1 shares given up" in caplog.text
