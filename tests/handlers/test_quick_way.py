"""Live locations that come past the inbox: what is stored nevertheless, in which order, and what is lost when."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.callbacks import Action
from handlers.following_rules import FollowingRules
from handlers.nudging import Nudging
from knowledge.nearby.shares import Share
from knowledge.nearby.watching import look
from storage.errors import DatabaseUnavailable
from storage.records import ConsentKind
from tests.handlers.conftest import Counter, Phone
from tests.handlers.walking import PAST_THE_CAFE, QuickWay, Walker, agree, mia_walks, passes_time
from tests.sample_town import MORNING

__all__ = ["mia_walks"]


@pytest.fixture
def walker(mia_walks: Walker) -> Walker:
    mia_walks.way = QuickWay(mia_walks.counter)
    return mia_walks


def way(walker: Walker) -> QuickWay:
    assert walker.way is not None
    return walker.way


def moved(walker: Walker, south_m: float, *, after_s: float = 12, **more: Any) -> dict[str, Any]:
    """Make the update of a step; `after_s` passes before it."""
    walker.counter.clock.pass_by(seconds=after_s)
    walker._now()
    place = walker._place(south_m, 3600)
    return walker.phone.updates.edited(location=place, message_id=walker.message_id, **more)


def stopped(walker: Walker) -> dict[str, Any]:
    update = moved(walker, 100)
    del update["edited_message"]["location"]["live_period"]
    return update


def restarted(counter: Counter) -> None:
    """Lose what a restart loses."""
    counter.nudging._shares._shares.clear()
    counter.nudging._shares._at_stores.clear()
    counter.nudging._shares._ended.clear()
    counter.nudging._has_caught_up = False
    counter.places._by_shopper.clear()


async def latitude(walker: Walker) -> float | None:
    fix = walker.counter.places.latest(7, walker.counter.clock())
    return None if fix is None else fix.latitude


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
    assert "a live location could not be looked at" in caplog.text


async def database_is_away(*_: object) -> None:
    raise DatabaseUnavailable


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
