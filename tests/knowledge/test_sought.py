import pytest

from knowledge.constraints import Constraints, Diet, Recipient
from knowledge.sought import limits_products, looked_up


@pytest.mark.parametrize(
    ("text", "constraints", "wanted"),
    [
        ("hot chocolate at Downtown Café", Constraints(store="Downtown Café"), "hot chocolate at"),
        ("mugs under $20", Constraints(max_price_cents=2000), "mugs"),
        ("a mug for less than 20 dollars", Constraints(max_price_cents=2000), "a mug for"),
        ("trail shoes in 44", Constraints(size="44"), "trail shoes in 44"),
        ("soup without chicken, please", Constraints(excluded=frozenset({"chicken"})), "soup without please"),
        ("a gift for <NAME_1>", Constraints(), "a gift for"),
    ],
)  # fmt: skip
def test_only_the_thing_itself_is_looked_up(
    text: str, constraints: Constraints, wanted: str
) -> None:
    assert " ".join(looked_up(text, constraints).split()) == wanted


@pytest.mark.parametrize(
    ("constraints", "limits"),
    [
        (Constraints(), False),
        (Constraints(store="Tea Room", wants_cheapest=True, quantity=2), False),
        (Constraints(recipient=Recipient("dad"), near="the harbor"), False),
        (Constraints(size="44"), True),
        (Constraints(diets=frozenset({Diet.HALAL})), True),
    ],
)
def test_products_are_checked_only_against_limits_they_could_break(
    constraints: Constraints, limits: bool
) -> None:
    assert limits_products(constraints) is limits
