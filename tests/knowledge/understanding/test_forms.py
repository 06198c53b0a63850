"""What form a text has."""

import pytest

from knowledge.understanding.forms import (
    describes,
    is_name,
    is_question,
    looks_for,
    narrows,
    requests,
)


@pytest.mark.parametrize(
    "text", ["where is it", "can I pay", "I need socks", "shoes?", "cancel it"]
)
def test_questions_and_requests(text: str) -> None:
    assert requests(text)
    assert not is_name(text)


@pytest.mark.parametrize("text", ["yesterday I bought shoes", "they are too small", "red ones"])
def test_what_is_told_requests_nothing(text: str) -> None:
    assert not requests(text)


@pytest.mark.parametrize("text", ["car charger, two ports", "play mat", "alarm clock", "The Bees"])
def test_names_of_things(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["play some jazz", "who is that", "I'm cold", "remind me", "is it on"]
)
def test_no_names_of_things(text: str) -> None:
    assert not is_name(text)


def test_questions() -> None:
    assert all(map(is_question, ["shoes?", "who won", "what now"]))
    assert not is_question("tell me more")


def test_looking_for_goods_is_brief_and_names_them() -> None:
    assert all(map(looks_for, ["do you have umbrellas?", "any oat milk"]))
    assert not any(map(looks_for, ["do you have it in red?", "any recommendation", "where is it"]))


def test_what_a_thing_is_to_do_describes_it() -> None:
    assert all(map(describes, ["something that keeps tea hot", "anything for a sore throat"]))
    assert not any(map(describes, ["a flask for tea", "something vegan", "shoes that fit"]))


def test_limits_narrow_a_wish() -> None:
    assert all(map(narrows, ["something vegan", "under 10 dollars", "not too sweet", "in blue"]))
    assert not narrows("where is my order")
