"""What a message says as a whole, from readings made by hand."""

from dataclasses import replace

import pytest

from knowledge.constraints import Constraints
from knowledge.understanding import Intent, Need, Reading
from knowledge.understanding.joining import joined

COLD = Need("cold", ("I'm cold",), ("soup",), ("Brr.",))


def reading(intent: Intent, text: str, confidence: float = 0.9, tone: str = "") -> Reading:
    need = COLD if intent is Intent.NEED else None
    return Reading(intent, confidence, need, Constraints(), tone, text=text)


def told(*parts: Reading, whole: Reading | None = None) -> Reading:
    numbered = [replace(part, rows=(row,)) for row, part in enumerate(parts, 1)]
    text = " ".join(part.text for part in parts)
    return joined(whole or replace(parts[0], text=text), numbered)


def test_order_comes_before_wish_and_wish_before_what_is_not_ours() -> None:
    got = told(
        reading(Intent.OUT_OF_SCOPE, "who won the cup?"),
        reading(Intent.NEED, "I'm cold"),
        reading(Intent.ORDER_STATUS, "where is my order?"),
    )
    assert got.intent is Intent.ORDER_STATUS
    assert [other.intent for other in got.others] == [Intent.NEED, Intent.OUT_OF_SCOPE]


@pytest.mark.parametrize("place", [0, 1])
def test_danger_stands_alone_wherever_it_is_told(place: int) -> None:
    parts = [reading(Intent.PRODUCT_SEARCH, "do you have rope?")]
    parts.insert(place, reading(Intent.CARE, "I want to die"))
    got = told(*parts, whole=reading(Intent.PRODUCT_SEARCH, "rope"))
    assert (got.intent, got.others) == (Intent.CARE, ())


def test_gravest_care_wins() -> None:
    got = told(
        reading(Intent.CARE, "I'm sad", tone="sad"),
        reading(Intent.CARE, "I bleed", tone="medical"),
    )
    assert got.tone == "medical"


def test_small_talk_beside_a_question_is_dropped() -> None:
    got = told(
        reading(Intent.SMALLTALK, "thanks!", tone="thanks"),
        reading(Intent.DELIVERY, "do you deliver?"),
    )
    assert (got.intent, got.text, got.others) == (Intent.DELIVERY, "do you deliver?", ())


def test_limits_in_a_sentence_of_their_own_stay_with_the_wish() -> None:
    got = told(
        reading(Intent.NEED, "I'm cold."),
        reading(Intent.PRODUCT_SEARCH, "something vegan please."),
        reading(Intent.ORDER_STATUS, "where is my order?"),
    )
    assert [(other.text, other.rows) for other in got.others] == [
        ("I'm cold. something vegan please.", (1, 2))
    ]


def test_two_things_looked_for_are_two_and_one_asked_twice_is_one() -> None:
    twice = told(
        reading(Intent.PRODUCT_SEARCH, "do you have umbrellas?"),
        reading(Intent.PRODUCT_SEARCH, "do you sell oat milk?"),
    )
    assert [other.text for other in twice.others] == ["do you sell oat milk?"]
    once = told(
        reading(Intent.ORDER_STATUS, "where is it?"), reading(Intent.ORDER_STATUS, "is it ready?")
    )
    assert once.others == ()


def test_story_around_a_request_is_no_request() -> None:
    got = told(
        reading(Intent.ORDER_STATUS, "I ordered shoes last week."),
        reading(Intent.REFUND_RETURN, "I want my money back!"),
        whole=reading(Intent.REFUND_RETURN, "I ordered shoes last week. I want my money back!"),
    )
    assert (got.intent, got.others) == (Intent.REFUND_RETURN, ())


def test_guess_about_a_part_is_no_request() -> None:
    whole = reading(Intent.PRODUCT_SEARCH, "do you have shoes? can they take rain?")
    got = told(
        reading(Intent.PRODUCT_SEARCH, "do you have shoes?"),
        reading(Intent.POLICY, "can they take rain?", confidence=0.4),
        whole=whole,
    )
    assert got.others == ()


def test_person_is_wanted_wherever_it_is_said() -> None:
    got = told(reading(Intent.HUMAN, "let me talk to a person"), reading(Intent.NEED, "I'm cold"))
    assert got.wants_person
    assert not told(reading(Intent.HUMAN, "person", confidence=0.3)).wants_person


def test_need_narrowed_by_another_sentence_stays_that_need_with_all_its_limits() -> None:
    got = told(
        reading(Intent.NEED, "I'm cold."),
        reading(Intent.PRODUCT_SEARCH, "nothing with milk."),
        whole=replace(
            reading(Intent.PRODUCT_SEARCH, "I'm cold. nothing with milk."),
            constraints=Constraints(excluded=frozenset({"milk"})),
        ),
    )
    assert (got.label, got.text) == ("cold", "I'm cold. nothing with milk.")
    assert got.constraints.excluded == {"milk"}


def test_goods_named_after_a_need_are_what_is_looked_for() -> None:
    whole = reading(Intent.PRODUCT_SEARCH, "I'm cold. a red scarf would be nice")
    got = told(
        reading(Intent.NEED, "I'm cold."),
        reading(Intent.PRODUCT_SEARCH, "a red scarf would be nice"),
        whole=whole,
    )
    assert (got.label, got.others) == ("product_search", ())


def test_each_of_several_wishes_keeps_its_limits_and_an_allergy_holds_for_all() -> None:
    whole = reading(Intent.NEED, "I'm cold and do you have cookies? I'm allergic to nuts")
    allergic = Constraints(excluded=frozenset({"nut"}), is_allergy=True)
    got = told(
        reading(Intent.NEED, "I'm cold"),
        replace(reading(Intent.PRODUCT_SEARCH, "do you have cookies?"), constraints=allergic),
        reading(Intent.PRODUCT_SEARCH, "I'm allergic to nuts"),
        whole=whole,
    )
    assert [part.constraints.is_allergy for part in (got, *got.others)] == [True, True]


def test_only_wish_beside_an_order_has_all_limits_of_the_message() -> None:
    whole = reading(Intent.ORDER_STATUS, "where is it? I'm cold. under 5 dollars")
    got = told(
        reading(Intent.ORDER_STATUS, "where is it?"),
        reading(Intent.NEED, "I'm cold."),
        reading(Intent.PRODUCT_SEARCH, "under 5 dollars"),
        whole=whole,
    )
    assert [other.constraints.max_price_cents for other in got.others] == [500]
