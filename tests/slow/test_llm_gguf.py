"""The shipped GGUF model through llama.cpp: choice and writing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.llm.base import Prompt
from knowledge.llm.errors import (
    CallCancelled,
    CallFailed,
    ModelMissing,
    ModelUnreadable,
    PromptTooLong,
)
from knowledge.llm.llama import LlamaModel
from knowledge.llm.lock import check
from knowledge.llm.sampler import Sampler

pytestmark = pytest.mark.slow

GGUF = Path(__file__).parents[2] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
STATIC = (
    "Shopper: need batteries asap\nAssistant: Batteries, coming right up.\n\n"
    "Shopper: I twisted my ankle and it hurts\nAssistant: Oh no, I'm so sorry.\n\n"
)
OPENINGS = (
    " Brr, time to thaw you out.",
    " Let's get you something to eat.",
    " Let's find a nice present.",
    " Let's get you dry.",
)


def turn(message: str) -> str:
    return f"Shopper: {message}\nAssistant:"


def asked(message: str) -> Prompt:
    return Prompt(STATIC, turn(message), turn("..."))


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def model() -> Iterator[LlamaModel]:
    model = LlamaModel(GGUF, threads=1)
    yield model
    model.close()


@pytest.mark.parametrize(
    ("message", "opening"),
    [
        ("I'm freezing", 0),
        ("I'm starving", 1),
        ("my mum's birthday is near", 2),
        ("my feet are soaked", 3),
    ],
)
def test_the_opening_that_fits_the_message_is_chosen(
    model: LlamaModel, message: str, opening: int
) -> None:
    assert model.choose(asked(message), OPENINGS, cancelled=never) == opening


def test_a_choice_does_not_depend_on_what_was_asked_before(model: LlamaModel) -> None:
    messages = ("I'm freezing", "starvin lol", "a gift pls", "soaked", "ran out of paper")
    first = [model.choose(asked(m), OPENINGS, cancelled=never) for m in messages]
    model.choose(Prompt("Something else. ", "x"), OPENINGS, cancelled=never)
    again = [model.choose(asked(m), OPENINGS, cancelled=never) for m in reversed(messages)]
    assert again == first[::-1]
    fresh = LlamaModel(GGUF, threads=1)
    assert [fresh.choose(asked(m), OPENINGS, cancelled=never) for m in messages] == first
    fresh.close()


def test_the_order_of_candidates_does_not_matter(model: LlamaModel) -> None:
    prompt = asked("I'm starving")
    forth = OPENINGS[model.choose(prompt, OPENINGS, cancelled=never)]
    back = OPENINGS[::-1][model.choose(prompt, OPENINGS[::-1], cancelled=never)]
    assert forth == back


def test_more_candidates_than_are_read_side_by_side_are_all_considered(model: LlamaModel) -> None:
    many = tuple(f" Nothing about that in row {letter}." for letter in "abcdefghijklmnopqrst")
    chosen = model.choose(asked("I'm freezing"), (*many, OPENINGS[0]), cancelled=never)
    assert chosen == len(many)


def test_a_cancelled_call_gives_up_and_the_next_one_is_right(model: LlamaModel) -> None:
    with pytest.raises(CallCancelled):
        model.choose(asked("I'm freezing"), OPENINGS, cancelled=lambda: True)
    assert model.choose(asked("I'm freezing"), OPENINGS, cancelled=never) == 0


def test_a_prompt_beyond_the_context_is_refused_and_the_next_one_is_right(
    model: LlamaModel,
) -> None:
    with pytest.raises(PromptTooLong):
        model.choose(Prompt("cold " * 3000, "x"), OPENINGS, cancelled=never)
    with pytest.raises(CallFailed):
        model.choose(asked("cold " * 950), OPENINGS, cancelled=never)
    assert model.choose(asked("I'm freezing"), OPENINGS, cancelled=never) == 0


def test_nothing_to_choose_from_is_refused(model: LlamaModel) -> None:
    with pytest.raises(CallFailed):
        model.choose(asked("I'm freezing"), (), cancelled=never)


def test_twenty_bold_drafts_stay_inside_the_lock() -> None:
    names = ("store", "item", "price", "distance")
    bold = LlamaModel(GGUF, threads=1, sampler=Sampler(temperature=1.2, top_p=1.0))
    texts = []
    for letter in "abcdefghijklmnopqrst":
        prompt = Prompt(
            "Give prices, numbers, links and lists. Use {store}, {item} and {price} often.",
            f"Plan {letter}: is it 3 for $5 at www.shop.com?\nFacts: store, item, price, distance",
        )
        try:
            texts.append(bold.write(prompt, placeholders=names, max_tokens=40, cancelled=never))
        except CallFailed:  # no sentence was finished: nothing is said
            continue
    bold.close()
    assert len(texts) >= 10
    assert [check(text, names) for text in texts] == texts
    assert not any(char.isdigit() for text in texts for char in text)


def _stopping_after(count: int) -> Callable[[], bool]:
    looks = iter(range(count))
    return lambda: next(looks, None) is None


def test_writing_looks_at_the_cancellation_before_every_token(model: LlamaModel) -> None:
    with pytest.raises(CallCancelled):
        model.write(
            Prompt("Write.", "Hello"),
            placeholders=(),
            max_tokens=200,
            cancelled=_stopping_after(5),
        )


def test_a_missing_or_broken_file_is_told_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF but not really")
    with pytest.raises(ModelMissing, match=r"none\.gguf"):
        LlamaModel(tmp_path / "none.gguf")
    with pytest.raises(ModelUnreadable, match=r"broken\.gguf"):
        LlamaModel(broken)
