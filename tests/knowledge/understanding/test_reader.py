"""Which examples win. What real vectors make of real messages is measured elsewhere."""

import numpy as np

from knowledge.constraints import Constraints
from knowledge.search.toy import ToyEmbedder
from knowledge.understanding import (
    PLACE_INTENTS,
    POLICY_INTENTS,
    Examples,
    Intent,
    Reading,
    Understanding,
    texts_of,
    vector_of,
)

SHIPPED = Examples.shipped()
TOY = ToyEmbedder()
UNDERSTANDING = Understanding(SHIPPED, TOY.encode(SHIPPED.texts))


def read(text: str) -> Reading:
    texts = texts_of(text)
    return UNDERSTANDING.read(texts, TOY.encode(texts))


def test_every_shipped_label_is_an_intent_or_a_need() -> None:
    for label in SHIPPED.labels:
        kind, _, name = label.partition(":")
        if kind == "need":
            assert name in SHIPPED.needs
        else:
            Intent(label.partition(".")[0])


def test_every_intent_but_need_has_examples() -> None:
    told = {label.partition(".")[0] for label in SHIPPED.labels}
    assert {*Intent} - {Intent.NEED} <= told


def test_no_example_is_given_twice() -> None:
    assert len(set(SHIPPED.texts)) == len(SHIPPED.texts)


def test_every_need_can_be_answered() -> None:
    for need in SHIPPED.needs.values():
        assert need.says
        assert need.wants
        assert len(set(need.openings)) >= 3
        assert all(word == word.casefold() for word in need.never)


def test_examples_are_read_as_themselves() -> None:
    wrong = [
        (text, got.label)
        for text, label in zip(SHIPPED.texts, SHIPPED.labels, strict=True)
        if (got := read(text))
        and (got.need.name if got.need else _label(got)) != label.removeprefix("need:")
    ]
    # Toy vectors know no meaning: "I'm tired" has two words of "I'm hungry", "I'm thirsty" and others.
    assert len(wrong) <= 0.01 * len(SHIPPED.texts), wrong


def _label(got: Reading) -> str:
    return f"{got.intent}.{got.tone}" if got.tone else got.intent.value


def test_message_like_nothing_known_is_taken_for_a_search() -> None:
    got = read("obscure unheard gibberish")
    assert (got.intent, got.is_sure, got.label) == (
        Intent.PRODUCT_SEARCH,
        False,
        "product_search",
    )


def test_need_brings_its_nevers_into_the_limits() -> None:
    got = read("I'm cold, no coffee")
    assert got.label == "cold"
    assert {"iced", "coffee"} <= got.constraints.excluded


def test_empty_message_is_read_without_failing() -> None:
    got = UNDERSTANDING.read([""], np.zeros((1, 256), dtype=np.float32))
    assert not got.is_sure


def test_place_and_policy_intents_do_not_overlap() -> None:
    assert not PLACE_INTENTS & POLICY_INTENTS


def test_message_that_asks_for_two_things_gives_two_readings() -> None:
    got = read("I'm hungry and where is my order?")
    assert (got.intent, got.text) == (Intent.ORDER_STATUS, "where is my order?")
    assert [(other.label, other.text) for other in got.others] == [("hungry", "I'm hungry")]


def test_things_named_together_stay_together() -> None:
    for text in ("salt and pepper", "mac and cheese", "bread and butter"):
        assert read(text).others == ()


def test_asking_for_a_person_has_a_field_of_its_own() -> None:
    assert read("where is my order? I want to talk to a person").wants_person
    assert not read("where is my order").wants_person


def test_vector_of_several_rows_is_their_mean_in_unit_length() -> None:
    vectors = np.eye(3, dtype=np.float32)
    reading = Reading(Intent.NEED, 1.0, None, Constraints(), rows=(1, 2))
    assert np.allclose(vector_of(reading, vectors), [0.0, 0.5**0.5, 0.5**0.5])
