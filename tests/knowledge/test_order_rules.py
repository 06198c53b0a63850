"""Every state of an order with everything that can be wanted of it, and the limits of what is brought back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.order_rules import (
    LEADS_TO,
    KindLimit,
    Occasion,
    OrderAction,
    OrderLimits,
    Reason,
    Refused,
    allowing,
    judge,
    refusal,
)
from storage.records import OrderStatus
from tests.builders import order, product

ACTIONS = "book change cancel ready refuse hand_over return exchange expire".split()
# yes, or why not: one letter for each action, in the order above.
WHY = {
    "y": None,
    "-": Reason.NOT_BOOKED,
    "b": Reason.BOOKED,
    "p": Reason.PROMISED,
    "r": Reason.READY,
    "n": Reason.NOT_COLLECTED,
    "c": Reason.COLLECTED,
    "o": Reason.OVER,
}
TABLE = {
    None: "y--------",
    OrderStatus.PLACED: "byyyyynny",
    OrderStatus.READY: "byyrpynny",
    OrderStatus.COLLECTED: "bcccccyyc",
    OrderStatus.CANCELLED: "ooooooooo",
    OrderStatus.RETURNED: "ooooooooo",
    OrderStatus.EXCHANGED: "ooooooooo",
    OrderStatus.EXPIRED: "ooooooooo",
}
CASES = [
    (status, OrderAction[name.upper()], WHY[letter])
    for status, row in TABLE.items()
    for name, letter in zip(ACTIONS, row, strict=True)
]
LIMITS = OrderLimits(
    days=30,
    kinds=(
        KindLimit(frozenset({"bakery", "flowers"}), 0, "Returns, §3"),
        KindLimit(frozenset({"groceries"}), 7, "Returns, §3"),
    ),
    return_rule="Returns, §1",
    exchange_rule="Exchanges, §1",
    not_exchanged_rule="Exchanges, §4",
    change_rule="Exchanges, §5",
    cancel_rule="Refunds, §5",
)
BERLIN = ZoneInfo("Europe/Berlin")
COLLECTED_AT = datetime(2026, 11, 1, 22, 30, tzinfo=UTC)  # half past eleven at night in the store
COLLECTED = order(status=OrderStatus.COLLECTED, changed_at=COLLECTED_AT)
MUG, BREAD = product(category="home"), product(category="Bakery")
ROSES = product(category="home & gifts", attributes={"aisle": "flowers"})
RICE = product(category="groceries")


def test_table_has_every_state_and_every_action() -> None:
    assert len(CASES) == (len(OrderStatus) + 1) * len(OrderAction)
    assert {status for status, _, _ in CASES} == {None, *OrderStatus}


@pytest.mark.parametrize(("status", "action", "why"), CASES)
def test_state_allows_or_refuses_an_action(
    status: OrderStatus | None, action: OrderAction, why: Reason | None
) -> None:
    assert refusal(status, action) is why
    if status is not None:
        assert (status in allowing(action)) == (why is None)


def test_every_action_leads_somewhere() -> None:
    assert LEADS_TO.keys() == set(OrderAction)


def test_nothing_leads_out_of_the_end() -> None:
    ends = set(OrderStatus) - set().union(*map(allowing, OrderAction))
    assert ends == {
        OrderStatus.CANCELLED,
        OrderStatus.RETURNED,
        OrderStatus.EXCHANGED,
        OrderStatus.EXPIRED,
    }


def days_later(days: int, hour: int = 12) -> Occasion:
    now = datetime(2026, 11, 1, hour, tzinfo=BERLIN) + timedelta(days=days)
    return Occasion(now, BERLIN, LIMITS)


@pytest.mark.parametrize(
    ("goods", "action", "days", "why"),
    [
        (MUG, OrderAction.RETURN, 0, None),
        (MUG, OrderAction.RETURN, 30, None),
        (
            MUG,
            OrderAction.RETURN,
            31,
            Refused(Reason.TOO_LATE, "Returns, §1", 30, date(2026, 12, 1)),
        ),
        (
            MUG,
            OrderAction.EXCHANGE,
            31,
            Refused(Reason.TOO_LATE, "Exchanges, §1", 30, date(2026, 12, 1)),
        ),
        (RICE, OrderAction.RETURN, 7, None),
        (
            RICE,
            OrderAction.RETURN,
            8,
            Refused(Reason.TOO_LATE, "Returns, §3", 7, date(2026, 11, 8)),
        ),
        (BREAD, OrderAction.RETURN, 0, Refused(Reason.NEVER, "Returns, §3")),
        (BREAD, OrderAction.EXCHANGE, 0, Refused(Reason.NEVER, "Exchanges, §4")),
        (ROSES, OrderAction.RETURN, 0, Refused(Reason.NEVER, "Returns, §3")),
        (None, OrderAction.RETURN, 30, None),
        (MUG, OrderAction.CANCEL, 0, Refused(Reason.COLLECTED, "Refunds, §5")),
        (MUG, OrderAction.CHANGE, 0, Refused(Reason.COLLECTED, "Exchanges, §5")),
    ],
)
def test_collected_goods_come_back_within_the_limit_of_their_kind(
    goods: object, action: OrderAction, days: int, why: Refused | None
) -> None:
    assert judge(COLLECTED, goods, action, days_later(days)) == why  # type: ignore[arg-type]


def test_last_day_lasts_until_midnight_in_the_store() -> None:
    assert judge(COLLECTED, MUG, OrderAction.RETURN, days_later(30, hour=23)) is None


def test_what_waits_in_the_store_is_changed_instead_of_returned() -> None:
    why = judge(order(), MUG, OrderAction.RETURN, days_later(0))
    assert why == Refused(Reason.NOT_COLLECTED, "Exchanges, §5")


def test_what_is_over_needs_no_rule() -> None:
    gone = order(status=OrderStatus.CANCELLED)
    assert judge(gone, BREAD, OrderAction.RETURN, days_later(0)) == Refused(Reason.OVER)
