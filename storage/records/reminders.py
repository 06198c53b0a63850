"""What shoppers are told by the clock because they asked for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReminderKind(StrEnum):
    """What a reminder is about, and with it what `Reminder.about` holds.

    A share's message id; a coupon's code; a week of the calendar; the code of a coupon that a digest told of; a saved
    product's id and, behind a colon, the coupon's code or the price in cents that it came back with; somebody's number
    in /family and, behind a colon, the day.
    """

    SHARE_ENDS = "share_ends"
    COUPON_ENDS = "coupon_ends"
    DIGEST = "digest"
    IN_DIGEST = "in_digest"
    WISH = "wish"
    BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that is decided about once for a shopper, in shop time; not `is_told`: there was nothing to tell."""

    shopper_id: int
    kind: ReminderKind
    about: str
    decided_at: datetime
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class LocalDay:
    """Today where some shoppers are: the name of their time zone, None where nobody knows it, and when the day began."""

    zone: str | None
    began_at: datetime
