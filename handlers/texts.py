"""Every sentence that a handler says. What the concierge says about facts is in knowledge/data/phrases.toml."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from knowledge import amounts, days_ahead
from knowledge.booking import Booking, Refusal
from knowledge.nearby.offering import Offer
from knowledge.reasons import OFTEN
from storage.records import Order, OrderStatus, Store

_SOON = timedelta(days=14)  # an end further off hurries nobody (ours)

WELCOME = (
    "Hi {name}, I'm the concierge of {shop}. Tell me what you need, like “I'm cold”, and I find it close "
    "by, with any coupon there is."
)
WELCOME_BACK = "Welcome back, {name}."
WELCOME_BACK_ORDER = "Welcome back, {name}. Your order {order} is {status}{place}."
LOOK_AROUND = (
    "Just write what you need: “I'm hungry”, “a present for my mum”, “do you have wool socks?”. "
    "/coupons shows what you can save."
)
AT_STORE = "Welcome to {store}. {hours}"
AT_STORE_COUPON = "{coupon} takes {percent} off here: {title}."
STORE_OPEN = "It's open until {closes}."
STORE_CLOSED = "It's closed now and opens {opens}."
STORE_UNKNOWN = "I don't know that store (any more). Tell me what you need and I'll find it."

HELP = (
    "Tell me what you need and I find it close by.\n"
    "/nearby shops around you · /coupons what you can save\n"
    "/orders your orders · /history what you bought\n"
    "/family who you shop for\n"
    "/settings messages and place · /privacy your data\n"
    "/pause keeps offers away · /stop ends all messages\n"
    "/export copies what I know of you · /forget erases it"
)
DESCRIPTION = (
    "Tell me what you need, like “I'm cold” or “a present for my mum”, and I find it in a store close by, with its "
    "price and any coupon there is. Share where you are if you like; I forget it after 15 minutes."
)
SHORT_DESCRIPTION = "Finds what you need in stores close by, with its price and any coupon."
HELP_ROLE = "Because you work here:"
STOPPED = (
    "Done. You won't hear from me any more, and what I had queued for you is dropped. "
    "Write /start whenever you want me back."
)
UNKNOWN_COMMAND = "I don't know that command. /help lists what I can do."
EDITED_COMMAND = (
    "I take a command only as it was first sent. Please send it again as a new message."
)

NEEDS_PLACE = (
    "I can tell you what's closest if you share where you are. I use it for this and forget it after "
    "15 minutes."
)
PLACE_THANKS = "Thanks. I use your place for 15 minutes, then forget it. What are you after?"
PLACE_LOST = "I lost that place when I restarted, sorry. Please share it again."
PLACE_NOT_YOURS = "That's a place, but not where you are. Use the button below to share your own."
PLACE_ASK_CONSENT = (
    "You told me not to use your place. May I use it now, to find what's close? I forget it after "
    "15 minutes, and no costs you nothing."
)
NOTHING_NEAR = "None of our stores is open within half an hour's walk right now."
NEARBY = "Open near you:"

NO_THANKS = "All right. Tell me what else I can find."

BUTTON_NOT_YOURS = "That button belongs to another chat."
BUTTON_STALE = "That one is out of date. Ask me again and I'll look afresh."
BUTTON_UNKNOWN = "That button no longer works. Write me what you need."
SAVED = "Saved. You'll find it in /coupons."
SAVED_ITEM = "Saved for you. /history lists it, and takes it off again."
UNSAVED = "Taken off your list."
ALREADY_SAVED = "You have that one already."
NO_COUPON = "There's no coupon for this any more."
DISMISSED = "All right, not that one."
NOTHING_ELSE = (
    "That was all I have for this. Tell me a bit more, like a colour or a price, and I'll look again; "
    "/nearby lists the stores around you."
)
SHOW_AT_TILL = "Show this code at the till."

NO_ORDERS = "You have no orders yet. Tell me what you need and tap Book it."
NO_HISTORY = "Nothing bought yet. What you collect will be listed here."
ORDERS = "Your orders:"
HISTORY = "What you bought lately:"
SAVED_LIST = "Saved: {items}"
CANCEL_SURE = "Cancel order {order}, {item} at {store}?"
CANCELLED = "Order {order} is cancelled. Nothing to pay."
NOT_CANCELLED = "Order {order} is {status} and can't be cancelled here. Please ask in the store."
ORDER_KEPT = "Your order stays booked."
ORDER_UNKNOWN = "I don't find that order among yours."
STORE_TOLD = "The store has your order; I'll tell you when it's ready."
# What a shopper hears of an order without having asked; `o` is an OrderWords.
ORDER_READY = "Order {o.code} is ready at {o.store}{o.until}. Show this code."
ORDER_REFUSED = "I'm sorry, {o.store} can't do order {o.code}, {o.item}. It's cancelled and there's nothing to pay.{coupon}"
ORDER_REFUSED_COUPON = " You can use {coupon} again."
ORDER_QUESTION = "{o.store} has a question about order {o.code}, {o.item}. Please ask at the counter, or cancel if that doesn't suit you."
ORDER_COLLECTED = "Thank you for coming to {o.store}. Enjoy: {o.item}."
ORDER_SILENCE = "{o.store} hasn't confirmed order {o.code} yet. It's kept{o.until}."
ORDER_SILENCE_TOLD = ORDER_SILENCE + " I've told the people who run the shop."
ORDER_EXPIRED = "Order {o.code}, {o.item}, wasn't collected in time, so it went back on the shelf. Nothing to pay."
# Nobody at the store could have said that it was collected.
ORDER_EXPIRED_UNSEEN = "Order {o.code}, {o.item}, was kept{o.until}. If you haven't collected it, it's back on the shelf. Nothing to pay."

PLACE_LIVE_THANKS = "Thanks. I use your place while you share it, and forget each one after 15 minutes. What are you after?"
NUDGES_ASK = (
    "Shall I tell you when you walk past a store with an offer for you? At most one a day, only while you "
    "share a live location.\n"
    "For adults. I note for 90 days which stores you passed, never where you were; /settings turns it off, "
    "and no costs you nothing."
)
NUDGE = "You're {distance} from {store}: {item} is {price} there, and {coupon} takes {percent} off{until}, so {total}."
NUDGE_UNTIL = " until {day}"
NUDGE_HABIT = "You often buy {category}."
NUDGE_BEFORE = "You bought {category} before."
NUDGE_SAVED = "You saved that coupon."
NOT_NOW = "All right, not now."
FEWER = "All right, no more of that, and at most one offer a week from me. /settings turns them off altogether."
CONSENT_LOCATION_ON = "I may use a place you share, for 15 minutes each time."
CONSENT_LOCATION_OFF = "I won't use your place. What I knew of it is gone."
CONSENT_NUDGES_ON = (
    "I'll tell you about offers close by while you share a live location. At most one a day."
)
CONSENT_NUDGES_OFF = "No messages about offers close by."
CONSENT_LABELS = {"location": "using a shared place", "nudges": "offers close by"}

FORGET_KEPT = "Nothing was erased."

ONLY_PRIVATE = "I work in private chats. Write me there and I'll gladly help."
STICKER = "Nice one. Tell me in words what you need and I'll find it."
VOICE = "I can't listen to voice messages yet. Please write it in a few words."
CONTACT = "I don't need contacts, and I haven't kept it. Tell me what you're looking for."
PICTURE = "I can't read pictures yet. Tell me in words what you're looking for."
FILE = "I can't use files from shoppers. Tell me in words what you need."
FORWARDED = "Those are somebody else's words. Tell me in your own what you need."
OTHER = "I can't use that, but tell me in words what you need and I'll help."

REFUSALS = {
    Refusal.STALE: BUTTON_STALE,
    Refusal.GONE: "That isn't sold here any more. Ask me again and I'll look afresh.",
    Refusal.SOLD_OUT: "Somebody was quicker: that was the last piece. Shall I look for something else?",
}
STATUS_WORDS = {
    OrderStatus.PLACED: "booked",
    OrderStatus.READY: "ready",
    OrderStatus.COLLECTED: "collected",
    OrderStatus.CANCELLED: "cancelled",
    OrderStatus.RETURNED: "returned",
    OrderStatus.EXPIRED: "not collected in time",
}


def booked(booking: Booking, now: datetime, locale: Locale) -> str:
    """Confirm an order in at most three lines."""
    order = booking.order
    paid = amounts.price(order.price_cents, order.currency, locale)
    with_coupon = f" with {order.coupon_code}" if order.coupon_code else ""
    opening = "Booked." if booking.is_new else "You booked that already."
    until = ""
    if order.kept_until is not None:
        local = order.kept_until.astimezone(ZoneInfo(booking.store.time_zone))
        until = f"Kept until {moment(local, now, locale)}, pay in store. "
    lost = f" {booking.lost_coupon} can no longer be used." if booking.lost_coupon else ""
    return (
        f"{opening} {booking.product.title} at {booking.store.name}, {paid}{with_coupon}.{lost}\n"
        f"{until}Your code: {order.code}"
    )


def nudge(offer: Offer, now: datetime, locale: Locale) -> str:
    """Tell an offer close by in two sentences: what, how far, how much; and why."""
    candidate, coupon = offer.candidate, offer.candidate.coupon
    assert coupon is not None  # noqa: S101  # there is no nudge without one
    product = candidate.product
    zone = ZoneInfo(candidate.store.time_zone)
    # A coupon that ends at midnight is good until the day before.
    last_day = (coupon.valid_until.astimezone(zone) - timedelta(microseconds=1)).date()
    today = now.astimezone(zone).date()
    is_soon = last_day - today < _SOON
    day = amounts.day(last_day, today, locale) if last_day > today else "tonight"
    text = NUDGE.format(
        distance=amounts.distance(candidate.distance_m or 0.0, locale),
        store=candidate.store.name,
        item=product.title,
        price=amounts.price(product.price_cents, product.currency, locale),
        coupon=coupon.code,
        percent=amounts.percent(coupon.discount_percent),
        until=NUDGE_UNTIL.format(day=day) if is_soon else "",
        total=amounts.price(candidate.price_cents, product.currency, locale),
    )
    habit = NUDGE_HABIT if offer.times_bought >= OFTEN else NUDGE_BEFORE
    reason = NUDGE_SAVED if offer.is_saved else habit.format(category=product.category)
    return f"{text} {reason}"


def store_lines(stores: Sequence[tuple[Store, float]], locale: Locale) -> str:
    """List stores by number, name and distance in metres."""
    lines = [
        f"{number}. {store.name}, {amounts.distance(far, locale)}"
        for number, (store, far) in enumerate(stores, 1)
    ]
    return "\n".join([NEARBY, *lines])


def order_line(order: Order, item: str, store: str, locale: Locale) -> str:
    """Tell one order in one line."""
    paid = amounts.price(order.price_cents, order.currency, locale)
    return f"{order.code}: {item}, {paid}, {store}, {STATUS_WORDS[order.status]}"


def moment(local: datetime, now: datetime, locale: Locale) -> str:
    """Say a moment to come, in local time: "6:00 PM", "tomorrow at 6:00 PM"."""
    return days_ahead.moment(local, now, locale)


def opening_phrase(opens: datetime, now: datetime, locale: Locale) -> str:
    """Say when a store opens: "at 8:00 AM", "tomorrow at 8:00 AM"."""
    return days_ahead.opening(opens, now, locale)
