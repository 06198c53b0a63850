from dataclasses import replace

import pytest

from knowledge.candidates import Candidate
from knowledge.variants import one_of_each, variety
from tests.builders import product, store

SHOE = product(
    "shoe", title="Ridge Shoes, EU 44 (US 10.5)", brand="Headwind", category="shoes",
    attributes={"size": "44", "us_size": "10.5", "colour": "slate"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"title": "Ridge Shoes, EU 45 (US 11.5)", "attributes": {"size": "45", "us_size": "11.5", "colour": "slate"}}, True),
        ({"attributes": {"size": "44", "us_size": "10.5", "colour": "red"}}, True),
        ({"price_cents": 999}, True),
        ({"brand": "Granite"}, False),
        ({"title": "Fog Shoes, EU 44 (US 10.5)"}, False),
        ({"attributes": {"size": "44", "us_size": "10.5", "colour": "slate", "material": "wool"}}, False),
    ],
)  # fmt: skip
def test_variants_differ_in_size_and_colour_alone(
    change: dict[str, object], is_same: bool
) -> None:
    assert (variety(replace(SHOE, **change)) == variety(SHOE)) is is_same  # type: ignore[arg-type]


def sized(
    size: str, *, similarity: float = 0.6, at: str = "cafe", far_m: float = 100.0
) -> Candidate:
    mug = product(f"mug-{size}", title=f"Mug, {size}", attributes={"size": size})
    return Candidate(mug, store(at), similarity, far_m, None)


def test_one_option_is_left_with_the_sizes_it_comes_in() -> None:
    other = Candidate(product("soup", title="Soup", attributes={}), store(), 0.5, 100.0, None)
    cups = [sized("L"), other, sized("S"), sized("M", similarity=0.7), sized("XL", at="bakery")]
    kept = one_of_each(cups, bought=())
    assert [each.product.id for each in kept] == ["mug-M", "soup"]
    assert kept[0].sizes == ("S", "M", "L", "XL")
    assert kept[1].sizes == ()


def test_sizes_with_numbers_stand_by_number() -> None:
    kept = one_of_each([sized("100 ml"), sized("42"), sized("9.5")], bought=())
    assert kept[0].sizes == ("9.5", "42", "100 ml")


def test_among_equals_what_was_bought_before_and_then_the_nearest_is_kept() -> None:
    near, far = sized("S", far_m=50.0), sized("L", far_m=900.0)
    assert one_of_each([far, near], bought=())[0].product.id == "mug-S"
    assert one_of_each([far, near], bought=["mug-L"])[0].product.id == "mug-L"


def test_nothing_stays_nothing() -> None:
    assert one_of_each([], bought=()) == []
