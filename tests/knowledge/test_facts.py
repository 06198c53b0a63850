import pytest

from knowledge.facts import Facts, Kind


@pytest.mark.parametrize(
    ("price_cents", "percent", "expected"),
    [
        (350, 15, 298),  # 297.5: the half cent goes up
        (350, 0, 350),
        (350, 100, 0),
        (1, 50, 1),
        (999, 33, 669),
        (None, 15, None),
        (350, None, None),
    ],
)
def test_discount_is_rounded_half_up(
    price_cents: int | None, percent: int | None, expected: int | None
) -> None:
    facts = Facts(Kind.OFFER, price_cents=price_cents, discount_percent=percent)
    assert facts.discounted_cents == expected


def test_everything_walks_through_nested_facts() -> None:
    inner = Facts(Kind.OFFER, store="A")
    coupon = Facts(Kind.COUPONS, coupon_code="B1")
    outer = Facts(Kind.OPTIONS, options=(inner, Facts(Kind.OFFER)), coupons=(coupon,))
    assert list(outer.everything()) == [outer, inner, Facts(Kind.OFFER), coupon]
