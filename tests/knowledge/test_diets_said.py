"""What people say of what must not be in a thing: diets, allergies, what they leave out."""

import pytest

from knowledge.constraints import Diet, constraints_in, product_words
from tests.builders import product


@pytest.mark.parametrize(
    ("text", "diets"),
    [
        ("a vegetarian lunch", {Diet.VEGETARIAN}),
        ("soup without meat", {Diet.VEGETARIAN}),
        ("no meat and no fish", {Diet.VEGETARIAN}),
        ("a gluten-free roll", {Diet.GLUTEN_FREE}),
        ("I'm celiac", {Diet.GLUTEN_FREE}),
        ("lactose intolerant, need a coffee", {Diet.DAIRY_FREE}),
        ("a latte, no milk", {Diet.DAIRY_FREE}),
        ("nut-free cookies", {Diet.NUT_FREE}),
        ("halal or kosher?", {Diet.HALAL, Diet.KOSHER}),
        ("sugar free gum", {Diet.SUGAR_FREE}),
        ("gum without sugar", {Diet.SUGAR_FREE}),
        ("keto snack", {Diet.LOW_CARB}),
        ("a non-alcoholic drink", {Diet.ALCOHOL_FREE}),
        ("decaf please", {Diet.CAFFEINE_FREE}),
        ("not too much sugar", set()),
        ("veggies for soup", set()),
    ],
)
def test_diets_are_read(text: str, diets: set[Diet]) -> None:
    assert constraints_in(text).diets == diets


@pytest.mark.parametrize(
    ("text", "allergens"),
    [
        ("I'm allergic to nuts", {"nuts", "peanuts"}),
        ("my son has a peanut allergy", {"peanuts"}),
        ("allergic to shellfish and eggs", {"shellfish", "egg"}),
        ("no seafood please", {"fish", "shellfish"}),
        ("allergic to kiwi", set()),
        ("not only nuts but also chips", set()),
    ],
)
def test_allergens_are_read(text: str, allergens: set[str]) -> None:
    assert constraints_in(text).allergens == allergens


def test_allergy_to_what_no_catalogue_lists_excludes_the_word() -> None:
    limits = constraints_in("I'm allergic to kiwi")
    bowl = product(title="Fruit Bowl with Kiwi", attributes={"allergens": "none"})
    assert limits.is_allergy
    assert not limits.allow(bowl, product_words(bowl))


def test_oat_milk_stays_where_milk_is_denied() -> None:
    limits = constraints_in("a latte without milk")
    oat = product(
        attributes={"diet": "vegan, dairy_free", "allergens": "gluten", "milk": "oat milk"}
    )
    whole = product(attributes={"diet": "vegetarian", "allergens": "milk", "milk": "whole milk"})
    assert limits.allow(oat, product_words(oat))
    assert not limits.allow(whole, product_words(whole))


def test_denied_family_takes_its_members_away() -> None:
    limits = constraints_in("a sandwich, no pork")
    blt = product(title="Bacon Roll", attributes={})
    assert not limits.allow(blt, product_words(blt))


def test_medicine_whose_allergens_nobody_listed_is_not_for_the_allergic() -> None:
    syrup = product(title="Syrup", category="pharmacy & care", attributes={})
    assert not constraints_in("I have a nut allergy").allow(syrup, product_words(syrup))


def test_cake_is_not_sugar_free_though_nobody_wrote_so() -> None:
    cake = product(title="Carrot Cake", category="bakery", attributes={"diet": "vegetarian"})
    assert not constraints_in("I'm diabetic, a treat").allow(cake, product_words(cake))
