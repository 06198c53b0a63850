"""What is quoted as it stands: coupons, orders and policies."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from knowledge.days_ahead import DayAhead
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.papers import COUPONS_SHOWN
from knowledge.policies.sections import Section
from knowledge.policies.sentences import Sentence
from knowledge.understanding import POLICY_INTENTS, Intent
from storage.records import OrderStatus
from tests.builders import coupon, order
from tests.facts import TOMORROW
from tests.knowledge.composing import NOON, composed

SAID = Sentence("Shoes can be returned.", "Shoes can be returned.")
SHOES = Section("returns", 2, "Returns", "2. Shoes", (SAID,), date(2026, 3, 1))


def test_coupons_are_told_up_to_a_limit() -> None:
    many = [coupon(f"C{n}") for n in range(9)]
    told = composed(Intent.COUPONS, Evidence(NOON, coupons=many))
    assert [each.coupon_code for each in told.facts.coupons] == [
        f"C{n}" for n in range(COUPONS_SHOWN)
    ]


def test_coupon_ends_on_its_last_day_in_the_shops_own_time() -> None:
    # Midnight in town is the next morning in UTC.
    last_second = datetime(2026, 11, 23, 4, 59, 59, tzinfo=UTC)
    evidence = Evidence(
        NOON, coupons=[coupon(valid_until=last_second)], time_zone="America/New_York"
    )
    assert composed(Intent.COUPONS, evidence).facts.coupons[0].expires_on == date(2026, 11, 22)


def test_coupon_that_ends_at_midnight_ends_on_the_day_before() -> None:
    midnight = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    evidence = Evidence(NOON, coupons=[coupon(valid_until=midnight)])
    assert composed(Intent.COUPONS, evidence).facts.coupons[0].expires_on == date(2026, 11, 22)


def test_orders_that_wait_are_told_the_ready_one_first() -> None:
    orders = [
        order("A1", status=OrderStatus.PLACED),
        order("B2", status=OrderStatus.COLLECTED),
        order("C3", status=OrderStatus.READY),
    ]
    told = composed(Intent.ORDER_STATUS, Evidence(NOON, orders=orders, store_names={"cafe": "C"}))
    assert [each.order_code for each in told.facts.options] == ["C3", "A1"]
    assert [each.code for each in told.orders] == ["C3", "A1"]


@pytest.mark.parametrize(
    ("kept_until", "told"),
    [
        (None, (None, None)),
        (NOON + timedelta(hours=5), (time(18), None)),
        (NOON + timedelta(hours=29), (time(18), TOMORROW)),
    ],
)
def test_order_tells_until_when_it_is_kept_in_the_shops_time(
    kept_until: datetime | None, told: tuple[time | None, DayAhead | None]
) -> None:
    orders = [order(kept_until=kept_until)]
    evidence = Evidence(NOON, orders=orders, time_zone="Europe/Berlin")
    facts = composed(Intent.ORDER_STATUS, evidence).facts
    assert (facts.kept_until, facts.kept_day) == told


def test_newest_order_is_told_when_none_waits() -> None:
    orders = [order("A1", status=OrderStatus.CANCELLED), order("B2", status=OrderStatus.COLLECTED)]
    told = composed(Intent.ORDER_STATUS, Evidence(NOON, orders=orders, store_names={"cafe": "C"}))
    assert (told.facts.order_code, told.facts.status, told.facts.store) == (
        "A1",
        OrderStatus.CANCELLED,
        "C",
    )


@pytest.mark.parametrize("intent", sorted(POLICY_INTENTS))
def test_policy_is_quoted_with_its_place(intent: Intent) -> None:
    told = composed(intent, Evidence(NOON, section=SHOES, quote="Shoes can be returned."))
    assert told.facts == Facts(
        Kind.POLICY,
        quote="Shoes can be returned.",
        document="Returns, §2",
        valid_from=date(2026, 3, 1),
    )


def test_rule_that_no_longer_holds_is_told_with_both_its_days() -> None:
    past = replace(SHOES, valid_from=date(2025, 9, 1), valid_to=date(2026, 2, 28))
    told = composed(Intent.POLICY, Evidence(NOON, section=past, quote="Shoes can be returned."))
    assert (told.facts.valid_from, told.facts.valid_to) == (date(2025, 9, 1), date(2026, 2, 28))


def test_last_day_of_a_rule_that_holds_is_not_told() -> None:
    ending = replace(SHOES, valid_to=NOON.date())
    told = composed(Intent.POLICY, Evidence(NOON, section=ending, quote="Shoes can be returned."))
    assert told.facts.valid_to is None
