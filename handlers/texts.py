"""Every sentence that a handler says. What the concierge says about facts is in knowledge/data/phrases.toml."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from knowledge import amounts
from knowledge.booking import Refusal
from knowledge.language import Sentence, told
from knowledge.nearby.offering import Offer
from knowledge.reasons import OFTEN
from storage.records import Coupon, OrderStatus, Store

_YEAR_IS_PLAIN = timedelta(days=300)  # a day further off is told with its year (ours)

WELCOME = Sentence(
    "Hi {name}, I'm the concierge of {shop}. Tell me what you need, like “I'm cold”, and I find it close "
    "by, with any coupon there is."
)
WELCOME_BACK = Sentence("Welcome back, {name}.")
WELCOME_BACK_ORDER = Sentence("Welcome back, {name}. Your order {order} is {status}.")
WELCOME_BACK_ORDER_AT = Sentence(
    "Welcome back, {name}. Your order {order} is {status} at {store}."
)
LOOK_AROUND = Sentence(
    "Just write what you need: “I'm hungry”, “a present for my mum”, “do you have wool socks?”. "
    "/coupons shows what you can save."
)
AT_STORE = Sentence("Welcome to {store}.")
AT_STORE_COUPON = Sentence("{coupon} takes {percent} off here: {title}.")
STORE_OPEN = Sentence("It's open until {closes}.")
STORE_CLOSED = Sentence("It's closed now and opens {opens}.")
STORE_UNKNOWN = Sentence(
    "I don't know that store (any more). Tell me what you need and I'll find it."
)

HELP = Sentence(
    "Tell me what you need and I find it close by.\n"
    "/nearby shops around you · /coupons what you can save\n"
    "/orders your orders · /history what you bought\n"
    "/family who you shop for\n"
    "/settings messages, place and language · /privacy your data\n"
    "/pause keeps offers away · /why one came · /stop ends all messages\n"
    "/export copies what I know of you · /forget erases it"
)
DESCRIPTION = Sentence(
    "Tell me what you need, like “I'm cold” or “a present for my mum”, and I find it in a store close by, with its "
    "price and any coupon there is. Share where you are if you like; I forget it after 15 minutes."
)
SHORT_DESCRIPTION = Sentence(
    "Finds what you need in stores close by, with its price and any coupon."
)
HELP_ROLE = Sentence("Because you work here:")
STOPPED = Sentence(
    "Done. You won't hear from me any more, and what I had queued for you is dropped. "
    "Write /start whenever you want me back."
)
UNKNOWN_COMMAND = Sentence("I don't know that command. /help lists what I can do.")
EDITED_COMMAND = Sentence(
    "I take a command only as it was first sent. Please send it again as a new message."
)

NEEDS_PLACE = Sentence(
    "I can tell you what's closest if you share where you are. I use it for this and forget it after "
    "15 minutes."
)
PLACE_THANKS = Sentence(
    "Thanks. I use your place for 15 minutes, then forget it. What are you after?"
)
PLACE_LOST = Sentence("I lost that place when I restarted, sorry. Please share it again.")
PLACE_NOT_YOURS = Sentence(
    "That's a place, but not where you are. Use the button below to share your own."
)
PLACE_ASK_CONSENT = Sentence(
    "You told me not to use your place. May I use it now, to find what's close? I forget it after "
    "15 minutes, and no costs you nothing."
)
NOTHING_NEAR = Sentence("None of our stores is open within half an hour's walk right now.")
NEARBY = Sentence("Open near you:")

NO_THANKS = Sentence("All right. Tell me what else I can find.")

BUTTON_NOT_YOURS = Sentence("That button belongs to another chat.")
BUTTON_STALE = Sentence("That one is out of date. Ask me again and I'll look afresh.")
BUTTON_UNKNOWN = Sentence("That button no longer works. Write me what you need.")
SAVED = Sentence("Saved. You'll find it in /coupons.")
SAVED_ITEM = Sentence("Saved for you. /history lists it, and takes it off again.")
UNSAVED = Sentence("Taken off your list.")
ALREADY_SAVED = Sentence("You have that one already.")
NO_COUPON = Sentence("There's no coupon for this any more.")
DISMISSED = Sentence("All right, not that one.")
NOTHING_ELSE = Sentence(
    "That was all I have for this. Tell me a bit more, like a colour or a price, and I'll look again; "
    "/nearby lists the stores around you."
)
SHOW_AT_TILL = Sentence("Show this code at the till.")

NO_ORDERS = Sentence("You have no orders yet. Tell me what you need and tap Book it.")
ORDERS = Sentence("Your orders:")
CANCEL_SURE = Sentence("Cancel order {order}, {item} at {store}?")
CANCELLED = Sentence("Order {order} is cancelled. Nothing to pay.")
NOT_CANCELLED = Sentence(
    "Order {order} is {status} and can't be cancelled here. Please ask in the store."
)
ORDER_KEPT = Sentence("Your order stays booked.")
ORDER_UNKNOWN = Sentence("I don't find that order among yours.")
STORE_TOLD = Sentence("The store has your order; I'll tell you when it's ready.")
BOOKED = Sentence("Booked. {item} at {store}, {paid}.")
BOOKED_BEFORE = Sentence("You booked that already. {item} at {store}, {paid}.")
BOOKED_LOST_COUPON = Sentence("{coupon} can no longer be used.")
BOOKED_KEPT = Sentence("Kept until {until}, pay in store. Your code: {order}")
BOOKED_CODE = Sentence("Your code: {order}")
# What a shopper hears of an order without having asked; `o` is an OrderWords.
ORDER_READY = Sentence("Order {o.code} is ready at {o.store}. Show this code.")
ORDER_REFUSED = Sentence(
    "I'm sorry, {o.store} can't do order {o.code}, {o.item}. It's cancelled and there's nothing to pay."
)
ORDER_REFUSED_COUPON = Sentence(
    "I'm sorry, {o.store} can't do order {o.code}, {o.item}. It's cancelled and there's nothing to pay. You can use {coupon} again."
)
ORDER_QUESTION = Sentence(
    "{o.store} has a question about order {o.code}, {o.item}. Please ask at the counter, or cancel if that doesn't suit you."
)
ORDER_COLLECTED = Sentence("Thank you for coming to {o.store}. Enjoy: {o.item}.")
ORDER_SILENCE = Sentence("{o.store} hasn't confirmed order {o.code} yet. It's kept.")
ORDER_SILENCE_TOLD = Sentence(
    "{o.store} hasn't confirmed order {o.code} yet. It's kept. I've told the people who run the shop."
)
ORDER_EXPIRED = Sentence(
    "Order {o.code}, {o.item}, wasn't collected in time, so it went back on the shelf. Nothing to pay."
)
# Nobody at the store could have said that it was collected.
ORDER_EXPIRED_UNSEEN = Sentence(
    "Order {o.code}, {o.item}, was kept. If you haven't collected it, it's back on the shelf. Nothing to pay."
)

# What is said instead of an order that is kept until a time.
NEWS_UNTIL = {
    ORDER_READY: Sentence("Order {o.code} is ready at {o.store} until {o.until}. Show this code."),
    ORDER_SILENCE: Sentence(
        "{o.store} hasn't confirmed order {o.code} yet. It's kept until {o.until}."
    ),
    ORDER_SILENCE_TOLD: Sentence(
        "{o.store} hasn't confirmed order {o.code} yet. It's kept until {o.until}. I've told the people who run the shop."
    ),
    ORDER_EXPIRED_UNSEEN: Sentence(
        "Order {o.code}, {o.item}, was kept until {o.until}. If you haven't collected it, it's back on the shelf. Nothing to pay."
    ),
}

PLACE_LIVE_THANKS = Sentence(
    "Thanks. I use your place while you share it, and forget each one after 15 minutes. What are you after?"
)
NUDGES_ASK = Sentence(
    "Shall I tell you when you walk past a store with an offer for you? At most one a day, only while you "
    "share a live location.\n"
    "For adults. I note for 90 days which stores you passed, never where you were; /settings turns it off, "
    "and no costs you nothing."
)
NUDGE = Sentence(
    "You're {distance} from {store}: {item} is {price} there, and {coupon} takes {percent} off until {day}, so {total}."
)
TONIGHT = Sentence("tonight")
NUDGE_HABIT = Sentence("You often buy {category}.")
NUDGE_BEFORE = Sentence("You bought {category} before.")
NUDGE_SAVED = Sentence("You saved that coupon.")
NUDGE_ON_LIST = Sentence("It's on your list.")
NOT_NOW = Sentence("All right, not now.")
FEWER = Sentence(
    "All right: for 90 days no more of that, and at most one offer a week from me. The button takes that back, "
    "/settings turns them off altogether."
)
FEWER_OF = Sentence(
    "All right: for 90 days no more offers of {category}, and at most one a week of anything else. The button takes "
    "that back, /settings turns them off altogether."
)
FEWER_UNDONE = Sentence("Taken back: offers come as before, at most one a day.")
CONSENT_LOCATION_ON = Sentence("I may use a place you share, for 15 minutes each time.")
CONSENT_LOCATION_OFF = Sentence("I won't use your place. What I knew of it is gone.")
CONSENT_NUDGES_ON = Sentence(
    "I'll tell you about offers close by while you share a live location. At most one a day."
)
CONSENT_NUDGES_OFF = Sentence("No messages about offers close by.")

FORGET_KEPT = Sentence("Nothing was erased.")

ONLY_PRIVATE = Sentence("I work in private chats. Write me there and I'll gladly help.")
STICKER = Sentence("Nice one. Tell me in words what you need and I'll find it.")
VOICE = Sentence("I can't listen to voice messages yet. Please write it in a few words.")
CONTACT = Sentence(
    "I don't need contacts, and I haven't kept it. Tell me what you're looking for."
)
VIDEO = Sentence(
    "I can't watch videos. Send a photo of a barcode, or tell me in words what you're looking for."
)
FILE = Sentence("I can't use files from shoppers. Tell me in words what you need.")
FORWARDED = Sentence("Those are somebody else's words. Tell me in your own what you need.")
OTHER = Sentence("I can't use that, but tell me in words what you need and I'll help.")

REFUSALS = {
    Refusal.STALE: BUTTON_STALE,
    Refusal.GONE: Sentence("That isn't sold here any more. Ask me again and I'll look afresh."),
    Refusal.SOLD_OUT: Sentence(
        "Somebody was quicker: that was the last piece. Shall I look for something else?"
    ),
}
STATUS_WORDS = {
    OrderStatus.PLACED: Sentence("booked"),
    OrderStatus.READY: Sentence("ready"),
    OrderStatus.COLLECTED: Sentence("collected"),
    OrderStatus.CANCELLED: Sentence("cancelled"),
    OrderStatus.RETURNED: Sentence("returned"),
    OrderStatus.EXCHANGED: Sentence("exchanged"),
    OrderStatus.EXPIRED: Sentence("not collected in time"),
}


def nudge(offer: Offer, now: datetime, locale: Locale) -> str:
    """Tell an offer close by in two sentences: what, how far, how much; and why."""
    candidate, coupon = offer.candidate, offer.candidate.coupon
    assert coupon is not None  # noqa: S101  # there is no nudge without one
    product = candidate.product
    text = told(
        NUDGE,
        locale,
        distance=amounts.distance(candidate.distance_m or 0.0, locale),
        store=candidate.store.name,
        item=product.title,
        price=amounts.price(product.price_cents, product.currency, locale),
        coupon=coupon.code,
        percent=amounts.percent(coupon.discount_percent),
        day=last_day(coupon, candidate.store.time_zone, now, locale),
        total=amounts.price(candidate.price_cents, product.currency, locale),
    )
    return f"{text} {_reason(offer, product.category, locale)}"


def last_day(coupon: Coupon, time_zone: str, now: datetime, locale: Locale) -> str:
    """Say on which day a coupon is good for the last time, as the clock stands in an IANA time zone."""
    zone = ZoneInfo(time_zone)
    # One that ends at midnight is good until the day before.
    last = (coupon.valid_until.astimezone(zone) - timedelta(microseconds=1)).date()
    today = now.astimezone(zone).date()
    if last <= today:
        return told(TONIGHT, locale)
    is_far = last - today > _YEAR_IS_PLAIN
    return (amounts.past_day if is_far else amounts.day)(last, today, locale)


def _reason(offer: Offer, category: str, locale: Locale) -> str:
    """Say why this offer, of all."""
    if offer.is_saved:
        return told(NUDGE_SAVED, locale)
    if offer.is_on_list:
        return told(NUDGE_ON_LIST, locale)
    habit = NUDGE_HABIT if offer.times_bought >= OFTEN else NUDGE_BEFORE
    return told(habit, locale, category=category)


def store_lines(stores: Sequence[tuple[Store, float]], locale: Locale) -> str:
    """List stores by number, name and distance in metres."""
    lines = [
        f"{number}. {store.name}, {amounts.distance(far, locale)}"
        for number, (store, far) in enumerate(stores, 1)
    ]
    return "\n".join([told(NEARBY, locale), *lines])
