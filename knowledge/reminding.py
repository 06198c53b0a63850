"""Who may be reminded of something now, and of which saved coupons: what the clock weighs before it speaks (pure).

One message a day that nobody waits for is enough: whoever heard a nudge or a reminder today hears the next reminder
tomorrow, if it is still worth it, and a reminder counts among the nudges of a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.catalogue import Catalogue
from knowledge.discretion import is_health_service, is_sensitive, names_something_sensitive
from storage.records import Consent, ConsentKind, Coupon, Shopper


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of the day, in local time, in which somebody may be written to; beyond midnight when it ends earlier."""

    since: time
    until: time


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """When and of how much shoppers are reminded. All ours.

    `share_hours` are those in which nudges come; only who passed a store `passed_within` that time hears that a share
    ends, for the others nothing came of it. `digest_on` is the day of the week, 0 = Monday, from which on the
    digest of that week is due, and two are `digest_apart` at least.
    """

    hours: Hours = Hours(time(10), time(20))
    share_hours: Hours = Hours(time(9), time(21))
    share_ahead: timedelta = timedelta(minutes=5)
    passed_within: timedelta = timedelta(hours=2)
    coupon_ahead: timedelta = timedelta(days=2)
    birthday_days: int = 7
    digest_on: int = 3
    digest_apart: timedelta = timedelta(days=6)
    at_most: int = 3


def is_wanted(
    shopper: Shopper, consents: Mapping[ConsentKind, Consent], kind: ConsentKind, now: datetime
) -> bool:
    """Tell whether a shopper agreed to messages of a kind, and nothing they said or did since is against it."""
    consent = consents.get(kind)
    is_here = shopper.is_reachable and shopper.stopped_at is None
    is_free = shopper.under_age_since is None and not shopper.is_paused(now)
    return consent is not None and consent.is_granted and is_here and is_free


def closes_at(now: datetime, zone: ZoneInfo, hours: Hours) -> datetime | None:
    """Give when the hours that `now` lies in are over for today; None outside of them."""
    local = now.astimezone(zone)
    is_before_end, is_after_start = local.time() < hours.until, local.time() >= hours.since
    is_over_midnight = hours.until <= hours.since
    is_within = (
        is_before_end or is_after_start if is_over_midnight else is_before_end and is_after_start
    )
    day = local.date() if is_before_end else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.until, zone) if is_within else None


def day_began(now: datetime, zone: ZoneInfo) -> datetime:
    """Give when the local day of `now` began."""
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def is_same_day(told_at: Iterable[datetime], now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether any of these moments is on the local day of `now`."""
    today = now.astimezone(zone).date()
    return any(each.astimezone(zone).date() == today for each in told_at)


def ending(
    saved: Sequence[Coupon],
    uses: Mapping[str, int],
    catalogue: Catalogue,
    now: datetime,
    rules: ReminderRules,
) -> list[Coupon]:
    """Give which saved coupons end soon and are worth a word, the first to end first.

    Not those that can no longer be used, nor any that tells of something sensitive.
    """
    soon = [
        coupon
        for coupon in saved
        if now < coupon.valid_until <= now + rules.coupon_ahead
        and is_usable(coupon, uses.get(coupon.code, 0), now)
        and is_harmless(coupon, catalogue)
    ]
    return sorted(soon, key=lambda coupon: (coupon.valid_until, coupon.code))


def is_usable(coupon: Coupon, times_used: int, now: datetime) -> bool:
    """Tell whether somebody who used a coupon so many times could use it at `now`."""
    has_budget = coupon.remaining is None or coupon.remaining > 0
    is_valid = coupon.valid_from <= now < coupon.valid_until and not coupon.is_paused
    return is_valid and has_budget and times_used < coupon.per_shopper


def is_harmless(coupon: Coupon, catalogue: Catalogue) -> bool:
    """Tell whether whoever glances at the message learns nothing of a body, a family or a habit."""
    named = (catalogue.products.get(key) for key in coupon.product_ids)
    stores = (catalogue.stores.get(key) for key in coupon.store_ids)
    return not (
        any(product is not None and is_sensitive(product) for product in named)
        or any(store is not None and is_health_service(store) for store in stores)
        or any(names_something_sensitive(said) for said in (*coupon.categories, coupon.title))
    )


def week_of(now: datetime, zone: ZoneInfo) -> str:
    """Give the week of the calendar that a moment lies in: "2026-W47". Source: ISO 8601."""
    year, week, _ = now.astimezone(zone).isocalendar()
    return f"{year}-W{week:02}"


def is_digest_day(now: datetime, zone: ZoneInfo, rules: ReminderRules) -> bool:
    """Tell whether this week's digest is due: what was missed on the day itself is made up for until Sunday."""
    return now.astimezone(zone).weekday() >= rules.digest_on


def is_digest_day_anywhere(now: datetime, rules: ReminderRules) -> bool:
    """Tell whether this week's digest is due in any time zone; where it is in none, nobody need be looked at.

    Source: the zones in use lie from UTC-12 to UTC+14 (tz database 2025b).
    """
    return any(
        (now.astimezone(UTC) + timedelta(hours=hours)).weekday() >= rules.digest_on
        for hours in range(-12, 15)
    )
