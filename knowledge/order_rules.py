"""What may be done with an order in which state: one table, and the limits for what is brought back (pure).

Everybody who changes an order asks here; who may do it, and what happens to stock and coupon, is told elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from storage.records import Order, OrderStatus, Product


class OrderAction(StrEnum):
    """What somebody, or the clock, wants to do with an order."""

    BOOK = "book"
    CHANGE = "change"
    CANCEL = "cancel"
    READY = "ready"
    REFUSE = "refuse"
    HAND_OVER = "hand over"
    RETURN = "return"
    EXCHANGE = "exchange"
    EXPIRE = "expire"


class Reason(StrEnum):
    """Why something is not done with an order."""

    NOT_BOOKED = "not booked"
    BOOKED = "booked"  # and so it cannot be booked once more
    PROMISED = "promised"  # a colleague said that it is ready
    READY = "ready"
    NOT_COLLECTED = "not collected"
    COLLECTED = "collected"
    OVER = "over"  # cancelled, expired, brought back: nothing can be done with it any more
    TOO_LATE = "too late"
    NEVER = "never"  # such goods are not taken back


LEADS_TO: Mapping[OrderAction, OrderStatus] = {
    OrderAction.BOOK: OrderStatus.PLACED,
    OrderAction.CHANGE: OrderStatus.PLACED,  # the store has to look for something else
    OrderAction.CANCEL: OrderStatus.CANCELLED,
    OrderAction.READY: OrderStatus.READY,
    OrderAction.REFUSE: OrderStatus.CANCELLED,
    OrderAction.HAND_OVER: OrderStatus.COLLECTED,
    OrderAction.RETURN: OrderStatus.RETURNED,
    OrderAction.EXCHANGE: OrderStatus.EXCHANGED,
    OrderAction.EXPIRE: OrderStatus.EXPIRED,
}
"""What an order is after an action that was allowed."""

_BRINGS_BACK = (OrderAction.RETURN, OrderAction.EXCHANGE)
_NOT_OPEN_YET = dict.fromkeys(set(OrderAction) - {OrderAction.BOOK}, Reason.NOT_BOOKED)
_OVER = dict.fromkeys(OrderAction, Reason.OVER)
# What is ready may still be changed or cancelled: nobody has paid, and the written rules promise both until it is
# collected. The store does not refuse it any more: a colleague has promised it, and maybe the shopper is on the way.
_REFUSED: Mapping[OrderStatus | None, Mapping[OrderAction, Reason]] = {
    None: _NOT_OPEN_YET,
    OrderStatus.PLACED: {
        OrderAction.BOOK: Reason.BOOKED,
        **dict.fromkeys(_BRINGS_BACK, Reason.NOT_COLLECTED),
    },
    OrderStatus.READY: {
        OrderAction.BOOK: Reason.BOOKED,
        OrderAction.READY: Reason.READY,
        OrderAction.REFUSE: Reason.PROMISED,
        **dict.fromkeys(_BRINGS_BACK, Reason.NOT_COLLECTED),
    },
    OrderStatus.COLLECTED: {
        **dict.fromkeys(set(OrderAction) - set(_BRINGS_BACK), Reason.COLLECTED),
        OrderAction.BOOK: Reason.BOOKED,
    },
    OrderStatus.CANCELLED: _OVER,
    OrderStatus.RETURNED: _OVER,
    OrderStatus.EXCHANGED: _OVER,
    OrderStatus.EXPIRED: _OVER,
}


def refusal(status: OrderStatus | None, action: OrderAction) -> Reason | None:
    """Tell why an action is not allowed in a state; None when it is. The state None is: never booked."""
    return _REFUSED[status].get(action)


def allowing(action: OrderAction) -> frozenset[OrderStatus]:
    """Give the states in which an action is allowed."""
    return frozenset(status for status in OrderStatus if refusal(status, action) is None)


@dataclass(frozen=True, slots=True)
class KindLimit:
    """How many days goods of some kinds may be brought back, 0 = never, and the section of the rules that says so.

    `kinds` are categories or aisles, in lower case.
    """

    kinds: frozenset[str]
    days: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class KindLimits:
    """Limits of kinds of goods, as the settings write them."""

    limits: tuple[KindLimit, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "KindLimits":
        """Read "flowers, bakery: 0: Returns, §3; groceries: 7: Returns, §3", or nothing at all.

        Raises:
            ValueError: it is neither.
        """
        return cls(tuple(_kind_limit(each) for each in text.split(";") if each.strip()))


def _kind_limit(text: str) -> KindLimit:
    names, days, rule = (part.strip() for part in text.split(":"))
    kinds = frozenset(name.strip().casefold() for name in names.split(",") if name.strip())
    if not kinds or int(days) < 0:
        raise ValueError(text)
    return KindLimit(kinds, int(days), rule)


@dataclass(frozen=True, slots=True)
class OrderLimits:
    """The shop's limits for what is brought back, and where its written rules say so ("Returns, §1").

    Thirty days are what the sample shop's rules promise, and US shops usually do (ours). The first kind that fits counts.
    """

    days: int = 30
    kinds: tuple[KindLimit, ...] = ()
    return_rule: str = ""
    exchange_rule: str = ""
    not_exchanged_rule: str = ""
    change_rule: str = ""
    cancel_rule: str = ""

    def of(self, product: Product | None) -> KindLimit:
        """Give the limit of a product; what is no longer sold is like any other."""
        if product is not None:
            names = {product.category.casefold(), product.attributes.get("aisle", "").casefold()}
            for limit in self.kinds:
                if not names.isdisjoint(limit.kinds):
                    return limit
        return KindLimit(frozenset(), self.days, self.return_rule)

    def rule_on(self, action: OrderAction, limit: KindLimit) -> str:
        """Name the section that limits an action; empty when the shop named none."""
        if action is OrderAction.EXCHANGE:
            return self.exchange_rule if limit.days else self.not_exchanged_rule
        rules = {OrderAction.CANCEL: self.cancel_rule, OrderAction.CHANGE: self.change_rule}
        return rules.get(action, limit.rule)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an action is not done, and the section that says so, if one does.

    `days` and `last_day` are set with Reason.TOO_LATE.
    """

    reason: Reason
    rule: str = ""
    days: int = 0
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something is asked for (shop time), in which time zone days begin, and by which limits."""

    now: datetime
    zone: ZoneInfo
    limits: OrderLimits


def judge(
    order: Order, product: Product | None, action: OrderAction, occasion: Occasion
) -> Refused | None:
    """Tell why an action on an order is refused, None when it may be done.

    The days of what is brought back are counted from the day after it was collected.
    """
    limits = occasion.limits
    limit = limits.of(product)
    rule = limits.rule_on(action, limit)
    reason = refusal(order.status, action)
    if reason is not None:
        is_about_time = reason in (Reason.COLLECTED, Reason.NOT_COLLECTED)
        told = limits.change_rule if reason is Reason.NOT_COLLECTED else rule
        return Refused(reason, told if is_about_time else "")
    if action not in _BRINGS_BACK:
        return None
    if not limit.days:
        return Refused(Reason.NEVER, rule)
    last = last_day(order, limit, occasion.zone)
    if occasion.now.astimezone(occasion.zone).date() > last:
        return Refused(Reason.TOO_LATE, rule, limit.days, last)
    return None


def last_day(order: Order, limit: KindLimit, zone: ZoneInfo) -> date:
    """Give the last day on which a collected order may be brought back; it changed last when it was collected."""
    return order.changed_at.astimezone(zone).date() + timedelta(days=limit.days)
