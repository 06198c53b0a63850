"""Every sentence of the reminders and of the weekly digest."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale

from handlers.texts import last_day
from knowledge import amounts
from knowledge.birthdays import Near
from knowledge.candidates import Candidate
from knowledge.digest import Pick
from knowledge.language import Sentence, told
from knowledge.wished_for import Comeback
from storage.records import Coupon

SHARE_ENDS = Sentence(
    "Your live location ends at {time}. If you'd like to hear of offers on the way, share it again then: "
    "📎, Location, Share my live location."
)
COUPON_ENDS = Sentence("{coupon}, which you saved, is good until {day}: {title}.")
COUPONS_END = Sentence("Coupons you saved end soon:")
COUPON_LINE = Sentence("{coupon}, until {day}: {title}")
DIGEST = Sentence("This week for you:")
DIGEST_SAVED = Sentence("{coupon}, until {day}: {title}. You saved {item}.")
DIGEST_HABIT = Sentence("{coupon}, until {day}: {title}. You often buy {category}.")
COUPON_FOR_IT = Sentence(
    "You saved {item}: {coupon} takes {percent} off until {day}, so it's {total} instead of {price}."
)
CHEAPER = Sentence("You saved {item}: it's {price} now, and was {before}.")

BIRTHDAY = Sentence("Birthday of {nickname}: {day}.")
IDEA = Sentence("An idea: {item} at {store}, {price}.")
IDEA_BECAUSE = Sentence("An idea: {item} at {store}, {price}, because {reason}.")


def birthday(near: Near, today: date, locale: Locale) -> str:
    """Say whose birthday is when."""
    day = amounts.day(near.day, today, locale)
    return told(BIRTHDAY, locale, nickname=near.relative.nickname, day=day)


def idea(candidate: Candidate, reason: str, locale: Locale) -> str:
    """Tell of one present; `reason` is why it may please, "" where nothing is known."""
    product = candidate.product
    return told(
        IDEA_BECAUSE if reason else IDEA,
        locale,
        item=product.title,
        store=candidate.store.name,
        price=amounts.price(product.price_cents, product.currency, locale),
        reason=reason,
    )


def share_ends(at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Say when a live location ends and how it goes on."""
    return told(SHARE_ENDS, locale, time=amounts.hour(at.astimezone(zone).time(), locale))


def coupons_end(coupons: Sequence[Coupon], zone: ZoneInfo, now: datetime, locale: Locale) -> str:
    """Say until when saved coupons are good, in one sentence for one and a line for each of several."""
    sentence = COUPON_ENDS if len(coupons) == 1 else COUPON_LINE
    lines = [
        told(
            sentence,
            locale,
            coupon=coupon.code,
            day=last_day(coupon, zone.key, now, locale),
            title=coupon.title,
        )
        for coupon in coupons
    ]
    return lines[0] if len(lines) == 1 else "\n".join([told(COUPONS_END, locale), *lines])


def comebacks(found: Sequence[Comeback], zone: ZoneInfo, now: datetime, locale: Locale) -> str:
    """Tell each saved thing that is cheaper in a line: by which coupon, or by its price."""
    return "\n".join(_comeback(each, zone, now, locale) for each in found)


def _comeback(each: Comeback, zone: ZoneInfo, now: datetime, locale: Locale) -> str:
    product, coupon = each.saved.product, each.coupon

    def price(cents: int) -> str:
        return amounts.price(cents, product.currency, locale)

    if coupon is None:
        before = price(each.saved.was_cents or product.price_cents)
        now_cents = price(product.price_cents)
        return told(CHEAPER, locale, item=product.title, price=now_cents, before=before)
    return told(
        COUPON_FOR_IT,
        locale,
        item=product.title,
        coupon=coupon.code,
        percent=amounts.percent(coupon.discount_percent),
        day=last_day(coupon, zone.key, now, locale),
        total=price((product.price_cents * (100 - coupon.discount_percent) + 50) // 100),
        price=price(product.price_cents),
    )


def digest(picks: Sequence[Pick], zone: ZoneInfo, now: datetime, locale: Locale) -> str:
    """Tell each pick in a line: what, how long, and why this shopper."""
    lines = [
        told(
            DIGEST_HABIT if pick.product is None else DIGEST_SAVED,
            locale,
            coupon=pick.coupon.code,
            day=last_day(pick.coupon, zone.key, now, locale),
            title=pick.coupon.title,
            item="" if pick.product is None else pick.product.title,
            category=pick.category,
        )
        for pick in picks
    ]
    return "\n".join([told(DIGEST, locale), *lines])
