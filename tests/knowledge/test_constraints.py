import pytest

from knowledge.constraints import Constraints, Diet, constraints_in, product_words
from storage.records import Sustainability
from tests.builders import product


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("running shoes under 80 dollars", 8_000),
        ("under $5", 500),
        ("below 12.50 please", 1_250),
        ("max 7,5 euro", 750),
        ("less than €20", 2_000),
        ("at most 10", 1_000),
        ("cheaper than 15", 1_500),
        ("no more than $9.99", 999),
        ("up to 40 bucks", 4_000),
        ("a laptop bag under $1,000", 100_000),
        ("something for 5", None),
        ("I am 30", None),
        ("under the bridge", None),
    ],
)
def test_price_ceiling_is_read(text: str, cents: int | None) -> None:
    assert constraints_in(text).max_price_cents == cents


@pytest.mark.parametrize(
    "text",
    [
        "coffee less than 500 m away",
        "something under 10 minutes from here",
        "a game for up to 4 people",
        "up to 12 kids are coming",
        "max 2 km",
        "at most 15 min on foot",
        "toys for under 3 years",
        "below 20 degrees outside",
    ],
)
def test_other_numbers_are_no_price(text: str) -> None:
    assert constraints_in(text).max_price_cents is None


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("trail shoes in size 44", "44"),
        ("trail shoes in 44", "44"),
        ("a T-shirt size M", "m"),
        ("in XL please", "xl"),
        ("AAA batteries for the remote", "aaa"),
        ("a battery", None),
        ("meeting in 10 minutes, I need coffee", None),
        ("back in 20 min", None),
        ("I leave in 24 hours", None),
        ("lunch in 15", None),
        ("boots in 42", "42"),
        ("done in 45 minutes", None),
        ("warm", None),
        ("baby clothes 0-3 months", "0–3 months"),
        ("a sleepsuit for 3 to 6 mths", "3–6 months"),
        ("my son is 6 months old", None),
    ],
)
def test_size_is_read(text: str, size: str | None) -> None:
    assert constraints_in(text).size == size


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("something vegan", {Sustainability.VEGAN}),
        ("plant-based and fair-trade", {Sustainability.VEGAN, Sustainability.FAIR_TRADE}),
        ("no plastic please", {Sustainability.PLASTIC_FREE}),
        ("not tested on animals", {Sustainability.CRUELTY_FREE}),
        ("organic, climate neutral", {Sustainability.ORGANIC, Sustainability.CARBON_NEUTRAL}),
        ("locally made", {Sustainability.LOCAL}),
        ("a warm drink", set()),
    ],
)
def test_sustainability_is_read(text: str, kinds: set[Sustainability]) -> None:
    assert constraints_in(text).sustainability == kinds


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("something warm, but no coffee", {"coffee"}),
        ("no coffee or tea", {"coffee", "tea"}),
        ("I'm cold, don't want any drinks", {"drink"}),
        ("anything but chocolate", {"chocolate"}),
        ("without nuts", {"nut"}),
        ("she hates candles", {"candle"}),
        ("I don’t want wool", {"wool", "merino", "lambswool", "cashmere"}),
        ("not too expensive", set()),
        ("no idea, surprise me", set()),
        ("no more than 5 dollars", set()),
        ("no thanks, not now", set()),
        ("warm", set()),
    ],
)
def test_what_it_must_not_be_is_read(text: str, stems: set[str]) -> None:
    assert constraints_in(text).excluded == stems


def test_product_within_every_limit_is_allowed() -> None:
    limits = Constraints(350, frozenset({Sustainability.VEGAN}), frozenset({"coffee"}), "large")
    assert limits.allow(product(), product_words(product()))


@pytest.mark.parametrize(
    "limits",
    [
        Constraints(max_price_cents=349),
        Constraints(sustainability=frozenset({Sustainability.VEGAN, Sustainability.ORGANIC})),
        Constraints(excluded=frozenset({"chocolat"})),
        Constraints(excluded=frozenset({"drink"})),
        Constraints(size="small"),
    ],
)
def test_product_beyond_one_limit_is_not_allowed(limits: Constraints) -> None:
    assert not limits.allow(product(), product_words(product()))


def test_size_is_compared_whatever_its_case() -> None:
    shirt = product(attributes={"size": "XL"})
    assert constraints_in("in xl").allow(shirt, product_words(shirt))


def test_words_of_a_product_leave_out_what_it_is_not() -> None:
    soup = product(title="Tomato Soup", attributes={"spicy": "no", "diet": "dairy_free"}, tags=())
    assert product_words(soup) == {"tomato", "soup", "drinks"}
    curry = product(title="Curry", attributes={"spicy": "yes", "colour": "red"}, tags=())
    assert {"spicy", "red"} <= product_words(curry)


def test_allergy_excludes_whatever_holds_the_word() -> None:
    limits = constraints_in("I'm allergic to nuts")
    assert limits.is_allergy
    checked = product(attributes={"allergens": "milk"})
    for word in ("nut", "nuts", "hazelnut", "peanuts"):
        assert not limits.allow(checked, frozenset({word}))
    assert limits.allow(checked, frozenset({"bread"}))


SALAD = product(
    "salad",
    title="Green Salad",
    attributes={"diet": "vegetarian, nut_free", "allergens": "milk, egg", "colour": "green"},
    price_cents=900,
)


@pytest.mark.parametrize(
    ("limits", "is_allowed"),
    [
        (Constraints(min_price_cents=901), False),
        (Constraints(min_price_cents=900), True),
        (Constraints(diets=frozenset({Diet.VEGETARIAN, Diet.NUT_FREE})), True),
        (Constraints(diets=frozenset({Diet.GLUTEN_FREE})), False),
        (Constraints(diets=frozenset({Diet.HALAL})), True),
        (Constraints(allergens=frozenset({"nuts", "peanuts"})), True),
        (Constraints(allergens=frozenset({"egg"})), False),
        (Constraints(colours=frozenset({"green", "blue"})), True),
        (Constraints(colours=frozenset({"red"})), False),
        (Constraints(brands=frozenset({"KAKAW"})), True),
        (Constraints(brands=frozenset({"Other"})), False),
        (Constraints(excluded_brands=frozenset({"Kakaw"})), False),
    ],
)
def test_limit_is_compared_with_what_the_catalogue_tells(
    limits: Constraints, *, is_allowed: bool
) -> None:
    assert limits.allow(SALAD, product_words(SALAD)) is is_allowed


def test_food_whose_allergens_nobody_listed_is_not_for_the_allergic() -> None:
    bread = product(title="Bread", category="bakery", attributes={})
    gloves = product(title="Gloves", category="clothing", attributes={})
    limits = Constraints(allergens=frozenset({"nuts"}))
    assert not limits.allow(bread, product_words(bread))
    assert limits.allow(gloves, product_words(gloves))


def test_what_the_catalogue_does_not_know_is_named() -> None:
    limits = Constraints(
        diets=frozenset({Diet.HALAL, Diet.VEGETARIAN}), colours=frozenset({"red"})
    )
    mug = product(title="Mug", category="home", attributes={})
    assert limits.unknown_for(SALAD) == ("halal",)
    assert limits.unknown_for(mug) == ("red",)


def test_later_message_changes_a_limit_and_keeps_the_hard_ones() -> None:
    first = Constraints(
        500, excluded=frozenset({"coffee"}), size="m", diets=frozenset({Diet.HALAL})
    )
    then = first.then(Constraints(excluded=frozenset({"tea"}), size="l"))
    assert then == Constraints(
        500, excluded=frozenset({"coffee", "tea"}), size="l", diets=frozenset({Diet.HALAL})
    )
