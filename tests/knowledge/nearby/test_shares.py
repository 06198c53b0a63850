"""Shares in memory: which are open, and which fix of them is next."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.nearby import trails
from knowledge.nearby.fence import FenceState
from knowledge.nearby.places import Fix
from knowledge.nearby.shares import FOR_EVER_S, Notice, Share, Shares
from knowledge.nearby.waiting_fixes import WaitingFixes

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EVERY = timedelta(seconds=5)
AN_HOUR = Notice.of(1, NOON, 3600)


def at(seconds: float, latitude: float = 44.0) -> Fix:
    return Fix(latitude, -69.1, 10.0, NOON + timedelta(seconds=seconds), True)


def opened(shares: Shares, shopper_id: int = 7, notice: Notice = AN_HOUR) -> Share:
    share = shares.open(shopper_id, notice)
    assert share is not None
    return share


def test_packed_fixes_come_back_as_they_were() -> None:
    chance = random.Random(3)  # noqa: S311  # seeded places, no secret
    fixes = tuple(
        Fix(
            chance.uniform(-90, 90),
            chance.uniform(-180, 180),
            chance.choice([None, 0.0, chance.uniform(0, 1500)]),
            NOON + timedelta(microseconds=chance.randrange(10**12)),
            True,
        )
        for _ in range(100)
    )
    assert trails.unpack(trails.pack(fixes)) == fixes


@pytest.mark.parametrize(("limit_s", "left"), [(0, 3), (10, 2), (21, 0)])
def test_places_older_than_told_are_dropped_from_a_trail(limit_s: float, left: int) -> None:
    fixes, limit_at = (at(0), at(10), at(20)), NOON + timedelta(seconds=limit_s)
    assert trails.since(fixes, limit_at) == fixes[3 - left :]
    assert trails.since(trails.pack(fixes), limit_at) == trails.pack(fixes[3 - left :])


def test_what_is_seen_of_a_share_is_what_was_kept_of_it() -> None:
    shares = Shares()
    share = opened(shares)
    for fences in ({}, {"cafe": FenceState(doubted_since=NOON)}):
        shares.keep(share, (at(0), at(5)), fences, {})
        assert (share.recent, share.last) == ((at(0), at(5)), at(5))


def test_newest_fix_waits_whatever_the_order_of_arrival() -> None:
    share = opened(Shares())
    for seconds in (3, 9, 6, 9):
        share.take_in(at(seconds, latitude=seconds))
    assert share.take_waiting(NOON, EVERY) == at(9, latitude=9)
    share.take_in(at(6))
    assert share.waiting is None


@pytest.mark.parametrize(
    ("fix_s", "now_s", "is_due"),
    [(4, 4, False), (5, 5, True), (5, 9, True), (4, 5, True), (12, 3, True)],
)
def test_fix_has_its_turn_by_its_own_time_or_by_the_clock(
    fix_s: float, now_s: float, is_due: bool
) -> None:
    share = opened(Shares())
    share.take_in(at(0))
    assert share.take_waiting(NOON, EVERY) == at(0)
    share.take_in(at(fix_s))
    due = share.take_waiting(NOON + timedelta(seconds=now_s), EVERY)
    assert due == (at(fix_s) if is_due else None)


def test_fix_put_back_gives_way_to_a_newer_one() -> None:
    share = opened(Shares())
    share.take_in(at(0))
    share.take_waiting(NOON, EVERY)
    share.take_in(at(7))
    share.put_back(at(0))
    assert share.waiting == at(7)


def test_fix_of_an_older_or_ended_share_opens_nothing() -> None:
    shares = Shares()
    opened(shares, notice=Notice.of(5, NOON, 3600))
    assert shares.open(7, Notice.of(4, NOON, 3600)) is None
    shares.end(7, 5)
    shares.close(7)
    assert shares.open(7, Notice.of(5, NOON, 3600)) is None
    assert shares.open(7, Notice.of(6, NOON, 3600)) is not None


def test_who_is_forgotten_leaves_no_trace() -> None:
    shares = Shares()
    opened(shares)
    shares.end(7, 1)
    shares.forget(7)
    assert (len(shares), dict(shares._ended)) == (0, {})


def test_share_runs_out_at_the_end_told_last() -> None:
    shares = Shares()
    share = opened(shares)
    opened(shares, 8, Notice.of(2, NOON, FOR_EVER_S))
    opened(shares, notice=replace(AN_HOUR, ends_at=NOON + timedelta(hours=2)))
    assert list(shares.run_out(NOON + timedelta(hours=1))) == []
    two = NOON + timedelta(hours=2)
    assert list(shares.run_out(two)) == [share]
    assert list(shares.run_out(two)) == []
    assert list(shares.run_out(two + timedelta(minutes=2))) == [share]  # nobody closed it
    shares.close(7)
    assert list(shares.run_out(two + timedelta(hours=1))) == []


def test_only_shares_at_stores_are_looked_at_by_the_clock() -> None:
    shares = Shares()
    here, there = opened(shares), opened(shares, 8)
    shares.keep(here, (at(0),), {"cafe": FenceState(doubted_since=NOON)}, {})
    shares.keep(there, (at(0),), {}, {})
    assert shares.at_stores == [here]
    shares.keep(here, (at(0),), {}, {})
    assert shares.at_stores == []
    shares.keep(there, (at(0),), {"cafe": FenceState(entered_at=NOON)}, {"cafe": 1})
    shares.close(8)
    assert shares.at_stores == []


def test_second_share_goes_on_where_the_first_is() -> None:
    shares = Shares()
    first = opened(shares)
    fences = {"cafe": FenceState(entered_at=NOON)}
    shares.keep(first, (at(0),), fences, {"cafe": 1})
    second = opened(shares, notice=Notice.of(2, NOON, 3600))
    assert (second.fences, second.visits) == (fences, {"cafe": 1})
    assert shares.at_stores == [second]
    assert not shares.is_open(first)


def test_beyond_the_limit_the_most_silent_are_given_up() -> None:
    shares = Shares(limit=200)
    for shopper_id in range(200):
        opened(shares, shopper_id).take_in(at(1000 - shopper_id))
    opened(shares, 1000)
    assert [each for each in (199, 198, 197) if shares.get(each) is not None] == [197]
    assert (len(shares), shares.given_up) == (199, 2)


def test_ended_shares_are_remembered_up_to_a_limit() -> None:
    shares = Shares(limit=100)
    for shopper_id in range(1000):
        shares.end(shopper_id, 1)
    assert len(shares._ended) == 10


def test_share_waits_once_however_fast_it_sends() -> None:
    waiting, share = WaitingFixes(10), opened(Shares())
    for seconds in (0, 1, 2):
        share.take_in(at(seconds))
        waiting.put(share, NOON, EVERY)
    assert waiting.take(10) == [share]
    assert waiting.take(10) == []


def test_turn_that_has_not_come_is_waited_for() -> None:
    waiting, share = WaitingFixes(10), opened(Shares())
    share.take_in(at(0))
    share.take_waiting(NOON, EVERY)
    share.take_in(at(2))
    waiting.put(share, NOON + timedelta(seconds=2), EVERY)
    assert waiting.take(10) == []
    waiting.ripen(NOON + timedelta(seconds=5), EVERY)
    assert waiting.take(10) == [share]


def test_beyond_the_limit_the_oldest_fixes_are_left_out_and_counted() -> None:
    waiting, shares = WaitingFixes(3), Shares()
    followed = [opened(shares, shopper_id) for shopper_id in range(5)]
    for share in followed:
        share.take_in(at(0))
        waiting.put(share, NOON, EVERY)
    assert (waiting.take(10), waiting.dropped) == (followed[2:], 2)
    assert followed[0].waiting is None


def test_shares_that_end_soon_are_those_and_no_others() -> None:
    dice = random.Random(7)  # noqa: S311  # seeded ends, no secret
    shares, ends = Shares(), dict[int, datetime]()
    for shopper_id in range(1, 400):
        for message_id in range(1, dice.choice((2, 2, 3))):  # some share a second time
            ends[shopper_id] = NOON + timedelta(minutes=dice.uniform(-30, 60))
            shares.open(shopper_id, Notice(message_id, ends[shopper_id]))
        if dice.random() < 0.2:  # prolonged, or cut short
            ends[shopper_id] = NOON + timedelta(minutes=dice.uniform(-30, 60))
            shares.open(shopper_id, Notice(message_id, ends[shopper_id]))
        if dice.random() < 0.1:
            shares.close(shopper_id)
            del ends[shopper_id]
    shares.open(500, Notice.of(1, NOON, FOR_EVER_S))
    ahead = timedelta(minutes=5)
    soon = {key for key, ends_at in ends.items() if NOON < ends_at <= NOON + ahead}
    assert len(soon) > 10
    assert set(shares.ending(NOON, ahead)) == soon
