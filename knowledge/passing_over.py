"""What was on the screen and left untouched: the shopper went on to something else (pure).

Only what was really seen counts: the answer shown last, while the talk went on. A push may lie unread, and what stood on
a page that nobody opened was never shown.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from storage.records import Signal, SignalKind, Suggestion

STILL_SEEN = timedelta(minutes=30)  # later it is another visit to the chat (ours)


def passed_over(
    shown: Sequence[Suggestion],
    answered_at: Collection[datetime],
    touched: Collection[int],
    now: datetime,
) -> list[Signal]:
    """Give a signal for each thing of the last answer that was left alone.

    Args:
        shown: What the shopper was shown lately, oldest first.
        answered_at: When they were answered: what was shown at another time came unasked.
        touched: The ids of suggestions that they did anything with.
        now: When they go on, shop time.
    """
    asked_for = [each for each in shown if each.shown_at in answered_at]
    if not asked_for or now - asked_for[-1].shown_at > STILL_SEEN:
        return []
    last = asked_for[-1].shown_at
    return [
        Signal(each.shopper_id, each.product_id, SignalKind.IGNORE, now, each.id, each.position)
        for each in asked_for
        if each.shown_at == last and each.id not in touched
    ]
