"""Made-up values: every slot can be filled, and the same dice make the same ones."""

import pytest

from knowledge.privacy.tagging.base import Label
from scripts.train_tagger.values import SLOTS
from scripts.train_tagger.values.drawing import filled, seeded, weighted
from scripts.train_tagger.values.pools import _faker

DRAWS = 200


@pytest.mark.parametrize("name", SLOTS)
def test_a_slot_is_filled_with_varied_words_and_without_holes(name: str) -> None:
    dice = seeded(5)
    values = [SLOTS[name].make(dice) for _ in range(DRAWS)]
    assert [value for value in values if not value.strip() or set(value) & set("{}")] == []
    assert len(set(values)) > 2


@pytest.mark.parametrize("name", ["full", "address", "phone", "org", "work"])
def test_the_same_dice_make_the_same_values(name: str) -> None:
    once, again = seeded(9), seeded(9)
    make = SLOTS[name].make
    assert [make(once) for _ in range(DRAWS)] == [make(again) for _ in range(DRAWS)]


def test_italian_towns_come_in_the_same_order_in_every_process() -> None:
    towns = _faker("it_IT").provider("faker.providers.address").cities
    assert len(towns) > 1000
    assert towns == sorted(towns)


def test_other_dice_make_other_values() -> None:
    make = SLOTS["full"].make
    assert make(seeded(1)) != make(seeded(2))


@pytest.mark.parametrize(
    ("label", "names"),
    [
        (Label.NAME, {"first", "last", "full", "name", "pet_form"}),
        (Label.ADDRESS, {"address", "street", "unit", "postcode"}),
        (Label.PHONE, {"phone"}),
        (Label.ID, {"licence", "passport", "national_id"}),
    ],
)
def test_personal_slots_carry_their_label(label: Label, names: set[str]) -> None:
    assert {name for name, slot in SLOTS.items() if slot.label is label} == names


@pytest.mark.parametrize("name", ["phone", "licence", "passport", "national_id"])
def test_numbers_have_digits_enough_to_be_one(name: str) -> None:
    dice = seeded(4)
    values = [SLOTS[name].make(dice) for _ in range(DRAWS)]
    assert [value for value in values if sum(map(str.isalnum, value)) < 5] == []


def test_a_pattern_gets_digits_and_capitals_and_keeps_the_rest() -> None:
    value = filled(seeded(1), "P-##?")
    assert value[:2] == "P-"
    assert value[2:4].isdigit()
    assert value[4].isupper()


def test_heavier_entries_come_more_often() -> None:
    dice = seeded(1)
    drawn = [weighted(dice, {"often": 9, "seldom": 1}) for _ in range(DRAWS)]
    assert drawn.count("often") > 5 * drawn.count("seldom")
