"""Until when a nudge that was decided is still one that might be sent: the queue keeps no gates (pure)."""

from datetime import datetime, timedelta

from knowledge.nearby.hours import open_interval
from knowledge.nearby.situation import NudgeRules
from storage.records import Coupon, Store


def useful_until(local: datetime, coupon: Coupon, store: Store, rules: NudgeRules) -> datetime:
    """Give when the first of these comes after a moment: quiet hours, the coupon's end, the store's closing.

    `local` is the moment of the decision in the shopper's zone, at which all gates were open.
    """
    ends = (_next_quiet(local, rules), coupon.valid_until, _closing(store, local))
    return min(end for end in ends if end is not None)


def _next_quiet(local: datetime, rules: NudgeRules) -> datetime | None:
    """Give when quiet hours begin next, None when there are none."""
    if rules.quiet_from == rules.quiet_until:
        return None
    days = 0 if local.time() < rules.quiet_from else 1
    return datetime.combine(local.date() + timedelta(days), rules.quiet_from, local.tzinfo)


def _closing(store: Store, at: datetime) -> datetime | None:
    """Give when a store that is open closes; None for one that is yet to open, or never closes."""
    interval = open_interval(store, at)
    if interval is None or open_interval(store, interval.closes) is not None:
        return None
    return interval.closes
