"""What is said to those who manage coupons. Days are written as they are to be typed."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import count

from babel import Locale

from handlers.admin.texts_problems import NOTHING_CHANGED
from knowledge import amounts
from knowledge.language import Sentence, told
from knowledge.loaders.coupon_changes import Known, ShopDay
from knowledge.loaders.coupon_titles import EVERYTHING, tells
from storage.records import Coupon

HOW = Sentence(
    "Add a coupon with what it takes off, for what, and until when:\n"
    "/coupon add {code} 15% {goods} until {until} limit 200 stores all\n"
    "/coupon list · show CODE · edit CODE 20% · pause CODE · resume CODE · end CODE\n"
    "Many at once: /template coupons"
)
COMMAND_UNKNOWN = Sentence(
    'Field command: "{given}" is none. Write /coupon add, list, show, edit, pause, resume or end.'
)
CODE_HOW = Sentence(
    "Field code: it is missing. Write /coupon {verb} and a code from /coupon list."
)
CODE_UNKNOWN = Sentence('Field code: "{given}" is no coupon. {fix}')
CODE_NEAREST = Sentence("Did you mean {nearest}?")
CODE_LIST = Sentence("/coupon list shows all.")
EDIT_HOW = Sentence(
    "Field change: it is missing. Write what is to change, like /coupon edit {code} 20%."
)

ADDED = Sentence("Added.")
CHANGED = Sentence("Changed.")
SAME = Sentence("{code} was so already.")
PAUSED = Sentence("{code} is paused. Nobody is offered it until /coupon resume {code}.")
RESUMED = Sentence("{code} holds again.")
NOT_PAUSED = Sentence("{code} isn't paused.")
IS_PAUSED = Sentence("{code} is paused already.")
HAS_ENDED = Sentence("{code} has ended. /coupon edit {code} until {until} would start it anew.")
END_SURE = Sentence("End {code} now? {uses}. What is booked with it stands.")
ENDED = Sentence("{code} has ended. Nobody is offered it any more.")
NOT_ENDED = Sentence("{code} stays as it is.")
FILE_ENDING = Sentence(
    "Field file: its name must end in .csv or .json. /template coupons sends one. Nothing was changed."
)
FILE_NOT_FETCHED = Sentence(
    "Field file: Telegram didn't hand it over. Please send it again. Nothing was changed."
)
TEMPLATE = Sentence(
    "Replace the two examples by your coupons and send the file back. Until you do, nothing changes."
)
TEMPLATE_HOW = Sentence(
    "Field template: write /template coupons, or /template coupons json. Nothing was changed."
)
NO_COUPONS = Sentence("There are no coupons yet. /coupon shows how to add one.")
LISTED = Sentence("Coupons {first}–{last} of {count}: {states}")
LINE = Sentence("{code}, {state}: {title}, until {until}, {uses}")

USED = Sentence("{used} used")
USED_OF = Sentence("{used} of {limit} used")
GOODS_IN_ALL_STORES = Sentence("{percent} off {goods}, in all stores")
GOODS_AT_STORES = Sentence("{percent} off {goods}, at {stores}")
CARD_TIME = Sentence("From {first} until {last}, {uses}, {each} for each shopper")

VALID = Sentence("valid")
NOT_STARTED = Sentence("not started")
USED_UP = Sentence("used up")
PAUSED_NOW = Sentence("paused")
OVER = Sentence("ended")
# How many there are of each, in the order of the list.
_COUNTED = {
    VALID: Sentence("{count} valid", "{count} valid"),
    NOT_STARTED: Sentence("{count} not started", "{count} not started"),
    USED_UP: Sentence("{count} used up", "{count} used up"),
    PAUSED_NOW: Sentence("{count} paused", "{count} paused"),
    OVER: Sentence("{count} ended", "{count} ended"),
}
_STATE_ORDER = tuple(_COUNTED)

LOADED = Sentence("{count} coupon: {changes}.", "{count} coupons: {changes}.")
NEW = Sentence("{count} new", "{count} new")
CHANGES = Sentence("{count} changed", "{count} changed")
AS_BEFORE = Sentence("{count} as it was", "{count} as they were")


def how(day: ShopDay, taken: Collection[str]) -> str:
    """Give the short help, with an example that can be copied as it is: its code is not `taken`."""
    goods = min(day.names.titles, default="all")
    code = next(code for number in count(15) if (code := f"SAVE{number}") not in taken)
    return told(HOW, day.locale, code=code, goods=goods, until=f"{day.today.year + 1}-12-31")


def state(coupon: Coupon, now: datetime) -> Sentence:
    """Tell whether a coupon can be used, or why not."""
    if coupon.valid_until <= now:
        return OVER
    if coupon.is_paused:
        return PAUSED_NOW
    if coupon.remaining == 0:
        return USED_UP
    return VALID if coupon.valid_from <= now else NOT_STARTED


def uses(known: Known, locale: Locale) -> str:
    """Tell how often it was used, of how many times if there is a limit."""
    left = known.coupon.remaining
    if left is None:
        return told(USED, locale, used=known.uses)
    return told(USED_OF, locale, used=known.uses, limit=known.uses + left)


def card(known: Known, day: ShopDay) -> str:
    """Tell everything of one coupon, in three lines."""
    coupon, locale = known.coupon, day.locale
    heading = f"{coupon.code}, {told(state(coupon, day.now), locale)}"
    # A title nobody chose says the same as the scope.
    if not tells(coupon.title, coupon.discount_percent, _goods(coupon, day)):
        heading = f"{heading}: {coupon.title}"
    time = told(
        CARD_TIME,
        locale,
        first=day.first_day(coupon),
        last=day.last_day(coupon),
        uses=uses(known, locale),
        each=coupon.per_shopper,
    )
    return f"{heading}\n{_scope(coupon, day)}\n{time}"


def answered(opening: Sentence, known: Known, day: ShopDay) -> str:
    """Tell what was done, and how the coupon is now."""
    return f"{told(opening, day.locale, code=known.coupon.code)}\n{card(known, day)}"


def in_order(coupons: Sequence[Known], now: datetime) -> list[Known]:
    """Give what can be used first, by code."""
    return sorted(coupons, key=lambda k: (_STATE_ORDER.index(state(k.coupon, now)), k.coupon.code))


def page(coupons: Sequence[Known], first: int, size: int, day: ShopDay) -> str:
    """List some of all coupons; `first` counts from 0."""
    counts = Counter(state(known.coupon, day.now) for known in coupons)
    states = [
        told(words, day.locale, count=counts[each])
        for each, words in _COUNTED.items()
        if counts[each]
    ]
    shown = coupons[first : first + size]
    heading = told(
        LISTED,
        day.locale,
        first=first + 1,
        last=first + len(shown),
        count=len(coupons),
        states=", ".join(states),
    )
    return "\n".join([heading, *(_line(known, day) for known in shown)])


def loaded(new: int, changed: int, same: int, locale: Locale) -> str:
    """Tell what a file did."""
    counted = ((NEW, new), (CHANGES, changed), (AS_BEFORE, same))
    changes = ", ".join(told(words, locale, count=n) for words, n in counted if n)
    return told(LOADED, locale, count=new + changed + same, changes=changes)


def unchanged(sentence: Sentence, locale: Locale, **values: str) -> str:
    """Say a refusal, which ends as every refusal ends."""
    return f"{told(sentence, locale, count=1, **values)} {told(NOTHING_CHANGED, locale)}"


def _scope(coupon: Coupon, day: ShopDay) -> str:
    """Tell what it takes off, of what and where."""
    stores = sorted(day.names.store_names.get(key, key) for key in coupon.store_ids)
    return told(
        GOODS_AT_STORES if stores else GOODS_IN_ALL_STORES,
        day.locale,
        percent=amounts.percent(coupon.discount_percent),
        goods=_goods(coupon, day) or told(EVERYTHING, day.locale),
        stores=", ".join(stores),
    )


def _goods(coupon: Coupon, day: ShopDay) -> str:
    """Name what it is for, "" for everything."""
    goods = sorted(coupon.categories)
    goods += sorted(day.names.titles.get(key, key) for key in coupon.product_ids)
    return ", ".join(goods)


def _line(known: Known, day: ShopDay) -> str:
    coupon = known.coupon
    return told(
        LINE,
        day.locale,
        code=coupon.code,
        state=told(state(coupon, day.now), day.locale),
        title=coupon.title,
        until=day.last_day(coupon),
        uses=uses(known, day.locale),
    )
