from datetime import timedelta

from knowledge.passing_over import STILL_SEEN, passed_over
from storage.records import Signal, SignalKind
from tests.builders import NOON, suggestion

MINUTE = timedelta(minutes=1)
EARLIER = NOON - 5 * MINUTE
FIRST, SECOND = (suggestion(id=n, product_id=f"p{n}", position=n - 1) for n in (1, 2))
BEFORE = suggestion(id=9, shown_at=EARLIER)


def ids(*shown: object, **changes: object) -> list[int | None]:
    how = {"answered_at": {NOON, EARLIER}, "touched": set(), "now": NOON + MINUTE} | changes
    return [each.suggestion_id for each in passed_over(shown, **how)]  # type: ignore[arg-type]


def test_what_was_shown_last_and_left_untouched_is_passed_over() -> None:
    assert passed_over([FIRST, SECOND], {NOON}, {1}, NOON + MINUTE) == [
        Signal(7, "p2", SignalKind.IGNORE, NOON + MINUTE, 2, 1)
    ]


def test_only_the_last_answer_counts() -> None:
    assert ids(BEFORE, FIRST, SECOND) == [1, 2]


def test_what_came_unasked_may_lie_unread() -> None:
    assert ids(FIRST, answered_at=set()) == []


def test_another_visit_to_the_chat_passes_nothing_over() -> None:
    assert ids(FIRST, now=NOON + STILL_SEEN) == [1]
    assert ids(FIRST, now=NOON + STILL_SEEN + MINUTE) == []


def test_nothing_shown_is_nothing_passed_over() -> None:
    assert ids() == []
