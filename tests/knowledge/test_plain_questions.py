"""The form of some questions tells what they ask for; danger and advice are never taken for goods."""

import pytest

from knowledge.constraints import Constraints
from knowledge.plain_questions import as_asked
from knowledge.understanding import Intent, Reading


def _asked(reading: Reading) -> Intent:
    return as_asked(reading, names_thing=bool, sells=bool).intent


def _reading(text: str, intent: Intent, tone: str = "", **limits: str) -> Reading:
    return Reading(intent, 0.6, None, Constraints(**limits), tone, text=text)  # type: ignore[arg-type]  # a store's name


@pytest.mark.parametrize(
    ("text", "was", "asked"),
    [
        ("are you out of umbrellas?", Intent.OUT_OF_SCOPE, Intent.PRODUCT_SEARCH),
        ("have you run out of milk", Intent.SMALLTALK, Intent.PRODUCT_SEARCH),
        ("is there any bread left", Intent.OUT_OF_SCOPE, Intent.PRODUCT_SEARCH),
        ("any deals at the pet shop?", Intent.PRODUCT_SEARCH, Intent.COUPONS),
        ("any deals on coffee?", Intent.PRODUCT_SEARCH, Intent.PRODUCT_SEARCH),
        ("tell me a joke", Intent.OUT_OF_SCOPE, Intent.OUT_OF_SCOPE),
    ],
)
def test_form_of_a_question_tells_what_it_asks(text: str, was: Intent, asked: Intent) -> None:
    assert _asked(_reading(text, was)) is asked


def test_way_to_a_store_asks_for_the_store() -> None:
    asked = _reading("how do I get to the Tea Room", Intent.OUT_OF_SCOPE, store="Tea Room")
    assert _asked(asked) is Intent.STORE_LOOKUP


def test_medicine_asked_for_by_stock_is_goods_and_danger_never_is() -> None:
    text = "are you out of ibuprofen"
    assert _asked(_reading(text, Intent.CARE, "health")) is Intent.PRODUCT_SEARCH
    assert _asked(_reading(text, Intent.CARE, "medical")) is Intent.CARE
    assert _asked(_reading("can I take ibuprofen", Intent.CARE, "health")) is Intent.CARE
