"""What people say of a wish's limits, kind by kind."""

from datetime import time
from typing import Any

import pytest

from knowledge.constraints import (
    Recipient,
    SpokenNames,
    When,
    constraints_in,
    product_words,
)
from tests.builders import product

NAMES = SpokenNames(
    brands=frozenset({"Northlight", "Home & Co", "Wick & Wax"}),
    stores=frozenset({"Home & Co", "Tea Room", "Corner Bakery"}),
)


def read(text: str, field: str) -> Any:
    return getattr(constraints_in(text, NAMES), field)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("a gift between 20 and 30 dollars", 2_000, 3_000),
        ("something $15-$25", 1_500, 2_500),
        ("a scarf for around $20", 1_200, 2_400),
        ("at least 50 euros", 5_000, None),
        ("over $100", 10_000, None),
        ("I only have $5", None, 500),
        ("a present for 25 dollars", None, 2_500),
        ("30 bucks max", None, 3_000),
        ("20 or less", None, 2_000),
        ("open from 8", None, None),
        ("earbuds, not more than $70", None, 7_000),
        ("no more than $9", None, 900),
        ("a book for 5 friends", None, None),
        ("about 5 minutes away", None, None),
        ("over 18s only", None, None),
        ("we are 4 to 6 people", None, None),
    ],
)
def test_price_range_is_read(text: str, least: int | None, most: int | None) -> None:
    limits = constraints_in(text)
    assert (limits.min_price_cents, limits.max_price_cents) == (least, most)


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("the cheapest umbrella", True),
        ("lunch on a budget", True),
        ("nothing special, not too expensive", True),
        ("an umbrella", False),
    ],
)
def test_wish_for_the_cheapest_is_read(text: str, *, is_said: bool) -> None:
    assert read(text, "wants_cheapest") is is_said


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("trail shoes US 10", "us 10"),
        ("running shoes size uk 8", "uk 8"),
        ("boots in 9 us", "us 9"),
        ("EU 42 sandals", "42"),
        ("a raincoat in large", "l"),
        ("a T-shirt, size medium", "m"),
        ("XXL hoodie", "xxl"),
        ("fleece jacket, large", "l"),
        ("jeans waist 32", "32"),
        ("a 500 ml bottle", "500 ml"),
        ("a 20 l backpack", "20 l"),
        ("he wears a large", "l"),
        ("soup in a large bowl", None),
        ("I'm in a small town", None),
        ("a gift for my mum's 44th birthday", None),
    ],
)
def test_size_is_read_in_one_spelling(text: str, size: str | None) -> None:
    assert read(text, "size") == size


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("a scarf in blue", {"blue"}),
        ("red or green mittens", {"red", "green"}),
        ("a gray jumper", {"grey"}),
        ("orange juice", set()),
        ("green tea and black coffee", set()),
        ("a vase in orange", {"orange"}),
        ("a hat, not black", set()),
        ("something warm", set()),
    ],
)
def test_colours_are_read(text: str, colours: set[str]) -> None:
    assert read(text, "colours") == colours


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("a gift for my dad", Recipient("dad")),
        ("something for a 5 year old", Recipient("child", 5)),
        ("a toy for my 3-year-old niece", Recipient("niece", 3)),
        ("for our best friend's birthday", Recipient("friend")),
        ("my boss is leaving, need a card", Recipient("boss")),
        ("a puzzle for a kid aged six", Recipient("child", 6)),
        ("treats for the dog", Recipient("dog")),
        ("coffee for me", None),
        ("lunch for 5 dollars", None),
    ],
)
def test_recipient_is_read(text: str, recipient: Recipient | None) -> None:
    assert read(text, "recipient") == recipient


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("two croissants", 2),
        ("a dozen rolls", 12),
        ("3 oat lattes please", 3),
        ("in 10 minutes", None),
        ("a game for 4 players", None),
        ("under 20 dollars", None),
        ("one coffee", None),
    ],
)
def test_quantity_is_read(text: str, count: int | None) -> None:
    assert read(text, "quantity") == count


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("something quick to eat", When(minutes=15)),
        ("lunch in 20 minutes", When(minutes=20)),
        ("I have half an hour", When(minutes=30)),
        ("soup tonight", When(days_ahead=0, after=time(18), before=time(23, 59))),
        ("a cake tomorrow", When(days_ahead=1)),
        ("a cake for tomorrow morning", When(days_ahead=1, after=time(6), before=time(12))),
        ("a cake by 6pm", When(before=time(18))),
        ("flowers before 5", When(before=time(17))),
        ("rolls at 7 am", When(after=time(7))),
        ("a coat", None),
        ("a gift under 20 dollars", None),
    ],
)
def test_when_is_read(text: str, when: When | None) -> None:
    assert read(text, "when") == when


EVENING = {"after": time(18), "before": time(23, 59)}


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("my umbrella broke this morning", None),
        ("my kettle just broke down this afternoon", None),
        ("this morning my kettle broke", None),
        ("today the dog chewed up my slippers", None),
        ("I lost my gloves on Monday", None),
        ("my the umbrella this morning broke", None),  # "se me rompió el paraguas esta mañana"
        ("my charger today died", None),
        ("I lost my gloves on the train on Monday morning", None),
        ("I spilled coffee on my shirt today", None),
        ("I got soaked this morning", None),
        ("we ran out of milk today", None),
        ("left my umbrella on the ferry this evening", None),
        ("my kettle broke this morning, can I get one today?", When(days_ahead=0)),
        ("my umbrella broke, I need one this evening", When(**EVENING)),
        ("my umbrella broke and I need one tonight", When(days_ahead=0, **EVENING)),
        ("my umbrella broke today so I need one by 6pm", When(before=time(18))),
        ("a kettle by 6pm, mine died this morning", When(before=time(18))),
        ("my umbrella broke, anything for tomorrow?", When(days_ahead=1)),
        ("I need coffee this morning", When(after=time(6), before=time(12))),
        ("do you have any rolls left this morning", When(after=time(6), before=time(12))),
        ("have you got scones today", When(days_ahead=0)),
    ],
)
def test_time_at_which_something_happened_is_no_time_to_come(text: str, when: When | None) -> None:
    assert read(text, "when") == when


@pytest.mark.parametrize(
    ("text", "store", "brands"),
    [
        ("do you have scones at the Tea Room?", "Tea Room", frozenset()),
        ("northlight gloves", None, {"Northlight"}),
        ("a Home & Co mug", None, {"Home & Co"}),
        ("a mug from home & co", "Home & Co", frozenset()),
        ("anything but Northlight", None, frozenset()),
        ("a cup of tea", None, frozenset()),
    ],
)
def test_names_of_the_shop_are_read(text: str, store: str | None, brands: set[str]) -> None:
    assert (read(text, "store"), read(text, "brands")) == (store, brands)


def test_denied_brand_is_excluded() -> None:
    assert read("gloves, anything but Northlight", "excluded_brands") == {"Northlight"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("coffee near the ferry landing", "ferry landing"),
        ("lunch close to Main Street please", "main street"),
        ("a coffee near me", None),
        ("cake by 6pm", None),
    ],
)
def test_place_is_read(text: str, place: str | None) -> None:
    assert read(text, "near") == place


@pytest.mark.parametrize(
    ("text", "attributes", "is_allowed"),
    [
        ("shoes US 10", {"size": "43", "us_size": "10"}, True),
        ("shoes US 9", {"size": "43", "us_size": "10"}, False),
        ("shoes uk 9", {"size": "43"}, True),
        ("a hat in large", {"size": "one size"}, False),
        ("a hat in large", {"size": "L"}, True),
        ("a scarf in blue", {"colour": "ocean blue"}, True),
        ("a scarf in grey", {"colour": "gray"}, True),
        ("a white t-shirt", {"colour": "navy"}, False),
        ("a scarf in blue", {"colour": "forest green"}, False),
        ("a toy for a 2 year old", {"age": "3+"}, False),
        ("a toy for a 4 year old", {"age": "3+"}, True),
        ("a toy for a 9 year old", {"age": "3–6"}, False),
        ("a toy for a 1 year old", {"age": "6 months+"}, True),
    ],
)
def test_limit_is_compared_in_the_shop_s_own_terms(
    text: str, attributes: dict[str, str], *, is_allowed: bool
) -> None:
    thing = product(category="clothing", attributes=attributes)
    assert constraints_in(text).allow(thing, product_words(thing)) is is_allowed


@pytest.mark.parametrize(
    "text",
    ["we ran out of diapers", "out of eggs", "I have no umbrella", "I don't have a charger"],
)
def test_what_is_missing_is_not_excluded(text: str) -> None:
    assert constraints_in(text).excluded == frozenset()


@pytest.mark.parametrize(
    ("text", "attributes", "is_allowed"),
    [
        ("a toy for my nephew", {"animal": "dog"}, False),
        ("treats for my sister's dog", {"animal": "dog"}, True),
        ("a book for my dad", {"age": "7–10"}, False),
        ("a game for my dad", {"age": "8+"}, True),
        ("diapers for a 4 month old", {"age": "0–3 months"}, False),
        ("diapers for a 4 month old", {"age": "3–6 months"}, True),
    ],
)
def test_what_is_for_others_is_not_for_this_one(
    text: str, attributes: dict[str, str], is_allowed: bool
) -> None:
    thing = product(title="Nice One", attributes=attributes)
    assert constraints_in(text).allow(thing, product_words(thing)) is is_allowed


def test_drink_that_sparkles_is_no_toy() -> None:
    wand = product(title="Bubble Wand", category="toys", attributes={"aisle": "toys"})
    assert not constraints_in("something bubbly").allow(wand, product_words(wand))
