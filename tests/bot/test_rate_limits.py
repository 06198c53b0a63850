from itertools import pairwise

import pytest

from bot.rate_limits import Backoff, Limits, SendLimits, TokenBucket, strict_bucket

LIMITS = Limits(sends_per_s=30, per_chat_per_s=1.0, per_chat_burst=3, group_per_min=20)


def times_of(bucket: TokenBucket, count: int) -> list[float]:
    """Send as fast as the bucket allows, and give when each left."""
    now_s, times = 100.0, []
    for _ in range(count):
        now_s += bucket.wait_s(now_s)
        bucket.take(now_s)
        times.append(now_s)
    return times


def most_in_a_window(times: list[float], window_s: float) -> int:
    return max(sum(start <= other < start + window_s - 1e-6 for other in times) for start in times)


@pytest.mark.parametrize(
    ("limit", "window_s", "burst"), [(30, 1.0, 2), (20, 60.0, 5), (1, 1.0, 1)]
)
def test_no_window_holds_more_than_the_limit(limit: int, window_s: float, burst: int) -> None:
    times = times_of(strict_bucket(limit, window_s, burst), 200)
    assert most_in_a_window(times, window_s) <= max(limit, 2)


def test_thirty_a_second_are_nearly_used() -> None:
    times = times_of(strict_bucket(30, 1.0, 2), 300)
    assert 300 / (times[-1] - times[0]) >= 27


def test_short_burst_then_one_a_second() -> None:
    times = times_of(TokenBucket(1.0, 3), 6)
    assert [round(b - a, 6) for a, b in pairwise(times)] == [0, 0, 1, 1, 1]


def test_taking_ahead_of_time_queues_the_rest_behind() -> None:
    bucket = TokenBucket(10.0, 1)
    waits = []
    for _ in range(4):
        waits.append(round(bucket.wait_s(0.0), 6))
        bucket.take(0.0)
    assert waits == [0, 0.1, 0.2, 0.3]


def test_one_chat_waits_and_others_do_not() -> None:
    limits = SendLimits(LIMITS)
    for _ in range(3):
        limits.take(7, 0.0)
    assert limits.chat_wait_s(7, 0.0) == pytest.approx(1.0)
    assert limits.chat_wait_s(8, 0.0) == 0.0


@pytest.mark.parametrize("workers", [1, 2, 3, 5])
def test_several_workers_together_keep_the_limit_of_one(workers: int) -> None:
    times: list[float] = []
    for place in range(workers):
        limits, now_s = SendLimits(LIMITS), 100.0
        limits.take_over(workers, now_s)
        for number in range(100):
            now_s += limits.overall_wait_s(now_s)
            limits.take(1000 * place + number, now_s)
            times.append(now_s)
    assert most_in_a_window(times, 1.0) <= 30
    assert 100 * workers / (max(times) - 100.0) >= 30 - max(workers, 2) - 0.5


def test_chats_that_were_taken_over_begin_without_a_burst() -> None:
    limits = SendLimits(LIMITS)
    for _ in range(3):
        limits.take(7, 0.0)
    limits.take_over(2, 10.0)
    assert [limits.chat_wait_s(chat, 10.0) for chat in (7, 8)] == [1.0, 1.0]
    assert limits.chat_wait_s(9, 11.0) == 0.0
    limits.take(8, 13.0)
    assert limits.chat_wait_s(8, 13.0) == 0.0  # three seconds made a whole burst again


def test_what_nobody_asked_for_leaves_room_for_a_reply() -> None:
    limits = SendLimits(LIMITS)
    assert limits.chat_wait_s(7, 0.0, is_asked_for=False) == 0.0
    limits.take(7, 0.0)
    assert limits.chat_wait_s(7, 0.0, is_asked_for=False) == pytest.approx(1.0)
    assert limits.chat_wait_s(7, 0.0) == 0.0
    limits.take(7, 0.0)
    limits.take(7, 0.0)
    assert limits.chat_wait_s(7, 0.0, is_asked_for=False) == pytest.approx(3.0)
    assert limits.chat_wait_s(7, 0.0) == pytest.approx(1.0)


def test_groups_are_slower() -> None:
    limits = SendLimits(LIMITS)
    for _ in range(5):
        limits.take(-7, 0.0)
    assert limits.chat_wait_s(-7, 0.0) == pytest.approx(4.0)


def test_retry_after_holds_its_chat_and_a_second_one_holds_all() -> None:
    limits = SendLimits(LIMITS)
    assert not limits.pause(7, 5.0, 0.0)
    assert (limits.chat_wait_s(7, 1.0), limits.overall_wait_s(1.0)) == (4.0, 0.0)
    assert limits.pause(8, 3.0, 1.0)
    assert limits.overall_wait_s(1.0) == pytest.approx(3.0)
    limits.pause_all(9.0, 1.0)
    assert limits.overall_wait_s(1.0) == pytest.approx(9.0)


def test_pauses_alone_hold_what_was_counted_before() -> None:
    limits = SendLimits(LIMITS)
    for _ in range(9):
        limits.take(7, 0.0)
    assert limits.paused_s(7, 0.0) == 0.0
    limits.pause(7, 5.0, 0.0)
    assert (limits.paused_s(7, 1.0), limits.paused_s(8, 1.0), limits.paused_s(7, 6.0)) == (4, 0, 0)
    limits.pause_all(9.0, 1.0)
    assert (limits.paused_s(7, 1.0), limits.paused_s(8, 1.0)) == (9, 9)


def test_chats_at_rest_are_forgotten_without_a_difference() -> None:
    limits = SendLimits(LIMITS)
    limits.take(7, 0.0)
    limits.take(7, 0.0)
    limits.pause(8, 1.0, 0.0)
    limits.sweep(1.0)
    limits.take(7, 1.0)
    assert limits.chat_wait_s(7, 1.0) == 0.0
    limits.sweep(60.0)
    assert (limits.chat_wait_s(7, 60.0), limits.chat_wait_s(8, 60.0)) == (0.0, 0.0)


def test_backoff_doubles_is_spread_and_capped() -> None:
    backoff = Backoff(base_s=1.0, cap_s=8.0)
    assert [backoff.wait_s(n, 1.0) for n in (1, 2, 3, 4, 5, 500)] == [1, 2, 4, 8, 8, 8]
    assert backoff.wait_s(3, 0.0) == 2
