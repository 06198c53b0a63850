"""How weights become shares. What was learned is measured elsewhere."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.search.toy import DIMENSIONS, ToyEmbedder
from knowledge.understanding import Examples, Intent, LearnedIntents, Understanding, texts_of
from knowledge.understanding.learned import intent_of
from knowledge.understanding.letters import BUCKETS, buckets_of

LABELS = [
    "need",
    "order_status",
    "product_search",
    "smalltalk.thanks",
    "care.sad",
    "care.grief",
    "policy/fees",
    "policy/hours",
]
TOY = ToyEmbedder()
SHIPPED = Examples.shipped()


def weights(**scores: float) -> dict[str, NDArray[np.generic]]:
    """Give weights that judge by the bias alone; a label's own is named with _ for its signs."""
    bias = [scores.get(label.replace(".", "_").replace("/", "_"), -9.0) for label in LABELS]
    return {
        "labels": np.array(LABELS),
        "meaning": np.zeros((DIMENSIONS, len(LABELS)), np.float16),
        "letters": np.zeros((BUCKETS, len(LABELS)), np.float16),
        "bias": np.array(bias, np.float16),
        "temperature": np.array(1.0),
        "model": np.array("toy"),
    }


def read(text: str, **scores: float) -> tuple[Intent, str, bool]:
    learned = LearnedIntents(weights(**scores))
    understanding = Understanding(SHIPPED, TOY.encode(SHIPPED.texts), learned)
    got = understanding.read(texts_of(text), TOY.encode(texts_of(text)))
    return got.intent, got.tone, got.is_sure


def test_topics_of_one_intent_add_up() -> None:
    judge = LearnedIntents(weights(policy_fees=0.0, policy_hours=0.0, order_status=0.5))
    best, share = judge.judge("x", TOY.encode(["x"])[0]).by_intent()[0]
    assert best is Intent.POLICY
    assert share == pytest.approx(2 / (2 + np.exp(0.5)), abs=1e-3)


def test_tone_is_that_of_the_label() -> None:
    assert read("x", smalltalk_thanks=5.0) == (Intent.SMALLTALK, "thanks", True)


def test_need_is_named_by_the_nearest_example() -> None:
    learned = LearnedIntents(weights(need=5.0))
    understanding = Understanding(SHIPPED, TOY.encode(SHIPPED.texts), learned)
    got = understanding.read(["I'm hungry"], TOY.encode(["I'm hungry"]))
    assert (got.intent, got.label) == (Intent.NEED, "hungry")


def test_need_like_none_we_know_is_looked_for_among_the_goods() -> None:
    assert read("", need=5.0)[0] is Intent.PRODUCT_SEARCH


def test_what_a_need_says_word_for_word_is_that_need() -> None:
    assert read("I'm hungry", product_search=5.0)[0] is Intent.NEED
    assert read("I'm hungry", order_status=5.0)[0] is Intent.ORDER_STATUS


def test_low_spirits_close_to_a_need_are_that_need() -> None:
    assert read("I'm hungry", care_sad=5.0)[0] is Intent.NEED
    assert read("nobody loves me", care_sad=5.0)[:2] == (Intent.CARE, "sad")
    assert read("I'm hungry", care_grief=5.0)[0] is Intent.CARE


def test_danger_needs_no_learning() -> None:
    assert read("I want to kill myself", product_search=9.0)[0] is Intent.CARE


def test_close_second_is_told_as_rival() -> None:
    learned = LearnedIntents(weights(product_search=0.2, order_status=0.0))
    understanding = Understanding(SHIPPED, TOY.encode(SHIPPED.texts), learned)
    got = understanding.read(["zzz"], TOY.encode(["zzz"]))
    assert got.rival is not None
    assert (got.intent, got.rival.intent) == (Intent.PRODUCT_SEARCH, Intent.ORDER_STATUS)


def test_weights_are_read_back_from_a_file() -> None:
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **weights(order_status=3.0))
    file.seek(0)
    judge = LearnedIntents.read(file)
    assert judge.judge("x", TOY.encode(["x"])[0]).by_intent()[0][0] is Intent.ORDER_STATUS


def test_shipped_weights_fit_their_model_alone() -> None:
    shipped = LearnedIntents.shipped_for("all-MiniLM-L6-v2-onnx")
    assert shipped is not None
    assert LearnedIntents.shipped_for("toy") is None


def test_labels_name_intents() -> None:
    assert intent_of("smalltalk.thanks") is Intent.SMALLTALK
    assert intent_of("policy/fees") is Intent.POLICY


def test_letters_survive_a_slip() -> None:
    right, slipped, other = map(
        set, map(buckets_of, ["cancel my order", "cancl my order", "hello"])
    )
    assert len(right & slipped) > 0.6 * len(slipped)
    assert len(right & other) < 0.2 * len(other)
    assert len(buckets_of("")) > 0
