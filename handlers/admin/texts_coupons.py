"""What is said to those who manage coupons. Days are written as they are to be typed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import count

from handlers.admin.texts_problems import NOTHING_CHANGED
from knowledge import amounts
from knowledge.loaders.coupon_changes import Known, ShopDay
from storage.records import Coupon

HOW = (
    "Add a coupon with what it takes off, for what, and until when:\n"
    "/coupon add {code} 15% {goods} until {until} limit 200 stores all\n"
    "/coupon list · show CODE · edit CODE 20% · pause CODE · resume CODE · end CODE\n"
    "Many at once: /template coupons"
)
COMMAND_UNKNOWN = (
    'Field command: "{given}" is none. Write /coupon add, list, show, edit, pause, resume or end.'
)
CODE_HOW = "Field code: it is missing. Write /coupon {verb} and a code from /coupon list."
CODE_UNKNOWN = 'Field code: "{given}" is no coupon. {fix}'
CODE_NEAREST = "Did you mean {nearest}?"
CODE_LIST = "/coupon list shows all."
EDIT_HOW = "Field change: it is missing. Write what is to change, like /coupon edit {code} 20%."

ADDED = "Added."
CHANGED = "Changed."
SAME = "{code} was so already."
PAUSED = "{code} is paused. Nobody is offered it until /coupon resume {code}."
RESUMED = "{code} holds again."
NOT_PAUSED = "{code} isn't paused."
IS_PAUSED = "{code} is paused already."
HAS_ENDED = "{code} has ended. /coupon edit {code} until {until} would start it anew."
END_SURE = "End {code} now? {uses}. What is booked with it stands."
ENDED = "{code} has ended. Nobody is offered it any more."
NOT_ENDED = "{code} stays as it is."
FILE_ENDING = "Field file: its name must end in .csv or .json. /template coupons sends one. Nothing was changed."
FILE_NOT_FETCHED = (
    "Field file: Telegram didn't hand it over. Please send it again. Nothing was changed."
)
TEMPLATE = "Replace the two examples by your coupons and send the file back. Until you do, nothing changes."
TEMPLATE_HOW = (
    "Field template: write /template coupons, or /template coupons json. Nothing was changed."
)
NO_COUPONS = "There are no coupons yet. /coupon shows how to add one."
LISTED = "Coupons {first}–{last} of {count}: {states}"
_STATE_ORDER = ("valid", "not started", "used up", "paused", "ended")


def how(day: ShopDay, taken: Collection[str]) -> str:
    """Give the short help, with an example that can be copied as it is: its code is not `taken`."""
    goods = min(day.names.titles, default="all")
    code = next(code for number in count(15) if (code := f"SAVE{number}") not in taken)
    return HOW.format(code=code, goods=goods, until=f"{day.today.year + 1}-12-31")


def state(coupon: Coupon, now: datetime) -> str:
    """Tell whether a coupon can be used, or why not."""
    if coupon.valid_until <= now:
        return "ended"
    if coupon.is_paused:
        return "paused"
    if coupon.remaining == 0:
        return "used up"
    return "valid" if coupon.valid_from <= now else "not started"


def uses(known: Known) -> str:
    """Tell how often it was used, of how many times if there is a limit."""
    left = known.coupon.remaining
    return f"{known.uses} used" if left is None else f"{known.uses} of {known.uses + left} used"


def card(known: Known, day: ShopDay) -> str:
    """Tell everything of one coupon, in three lines."""
    coupon = known.coupon
    goods = sorted(coupon.categories)
    goods += sorted(day.names.titles.get(key, key) for key in coupon.product_ids)
    stores = sorted(day.names.store_names.get(key, key) for key in coupon.store_ids)
    off = f"{amounts.percent(coupon.discount_percent)} off {', '.join(goods) or 'everything'}"
    where = f"at {', '.join(stores)}" if stores else "in all stores"
    # A title nobody chose says the same as the scope.
    title = "" if coupon.title.startswith(off) else f": {coupon.title}"
    return (
        f"{coupon.code}, {state(coupon, day.now)}{title}\n"
        f"{off}, {where}\n"
        f"From {day.first_day(coupon)} until {day.last_day(coupon)}, {uses(known)}, "
        f"{coupon.per_shopper} for each shopper"
    )


def answered(opening: str, known: Known, day: ShopDay) -> str:
    """Tell what was done, and how the coupon is now."""
    return f"{opening}\n{card(known, day)}"


def in_order(coupons: Sequence[Known], now: datetime) -> list[Known]:
    """Give what can be used first, by code."""
    return sorted(coupons, key=lambda k: (_STATE_ORDER.index(state(k.coupon, now)), k.coupon.code))


def page(coupons: Sequence[Known], first: int, size: int, day: ShopDay) -> str:
    """List some of all coupons; `first` counts from 0."""
    told = [state(known.coupon, day.now) for known in coupons]
    counts = [f"{told.count(each)} {each}" for each in _STATE_ORDER if each in told]
    shown = coupons[first : first + size]
    heading = LISTED.format(
        first=first + 1, last=first + len(shown), count=len(coupons), states=", ".join(counts)
    )
    return "\n".join([heading, *(_line(known, day) for known in shown)])


def loaded(new: int, changed: int, same: int) -> str:
    """Tell what a file did."""
    total = new + changed + same
    coupons = "1 coupon" if total == 1 else f"{total} coupons"
    told = (
        (new, "new"),
        (changed, "changed"),
        (same, "as it was" if same == 1 else "as they were"),
    )
    return f"{coupons}: {', '.join(f'{n} {word}' for n, word in told if n)}."


def unchanged(sentence: str) -> str:
    """End a refusal as every refusal ends."""
    return f"{sentence} {NOTHING_CHANGED}"


def _line(known: Known, day: ShopDay) -> str:
    coupon = known.coupon
    told = state(coupon, day.now)
    return f"{coupon.code}, {told}: {coupon.title}, until {day.last_day(coupon)}, {uses(known)}"
