import pytest

from knowledge.policies.rewording import Rewording

REWORDING = Rewording.shipped()


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("can my sister collect it?", "can somebody else collect it?"),
        ("could my flatmate pick up my stuff", "could somebody else collect my order"),
        ("my toaster conked out", "my goods is faulty"),
        ("can I swap the hoodie for a medium", "can I exchange the clothing for another size"),
        ("do you keep my whereabouts", "do you keep my location"),
        ("do you charge for holding stuff", "do you charge for a booking"),
    ],
)
def test_question_is_put_in_the_words_of_rules(said: str, called: str) -> None:
    assert REWORDING(said) == called


def test_longer_phrase_is_put_right_before_the_shorter_one_in_it() -> None:
    rewording = Rewording.of([("pick, pick up", "collect", "")])
    assert rewording("when can I pick up the cake") == "when can I collect the cake"


@pytest.mark.parametrize("text", ["how much is delivery?", "a pickle", "is the shop broken up"])
def test_question_in_other_words_stays_as_it_is(text: str) -> None:
    assert REWORDING(text) == text


def test_phrase_that_needs_another_beside_it_stays_where_that_is_missing() -> None:
    rewording = Rewording.of([("coat", "clothing", "return")])
    assert rewording("can I return the coat") == "can I return the clothing"
    assert rewording("do you clean a coat") == "do you clean a coat"
