"""The shipped GGUF model through llama.cpp, as it is: what it writes stays inside the lock."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.llm.base import Prompt, Terms
from knowledge.llm.errors import (
    CallCancelled,
    CallFailed,
    ModelMissing,
    ModelUnreadable,
    PromptTooLong,
)
from knowledge.llm.llama import LlamaModel
from knowledge.llm.lock import Lock
from knowledge.llm.sampler import Sampler

pytestmark = pytest.mark.slow

GGUF = Path(__file__).parents[2] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
SHOP = Prompt("You help in a shop. Answer in one short sentence.", "I'm freezing")
FREE = Terms(())
CAREFUL = Sampler(temperature=0)


def never() -> bool:
    return False


def write(
    model: LlamaModel, prompt: Prompt = SHOP, terms: Terms = FREE, *, max_tokens: int = 40
) -> str:
    return model.write(prompt, terms, max_tokens=max_tokens, cancelled=never)


@pytest.fixture(scope="module")
def model() -> Iterator[LlamaModel]:
    model = LlamaModel(GGUF, threads=1, sampler=CAREFUL)
    yield model
    model.close()


def about(message: str) -> Prompt:
    return Prompt(SHOP.static, message)


def test_what_is_written_does_not_depend_on_what_was_asked_before(model: LlamaModel) -> None:
    messages = ("I'm freezing", "a gift please", "soaked", "ran out of paper")
    first = [write(model, about(message)) for message in messages]
    assert len(set(first)) > 1
    write(model, Prompt("Something else.", "Hello"))
    again = [write(model, about(message)) for message in reversed(messages)]
    assert again == first[::-1]
    fresh = LlamaModel(GGUF, threads=1, sampler=CAREFUL)
    assert [write(fresh, about(message)) for message in messages] == first
    fresh.close()


def test_the_same_seed_writes_the_same_and_another_one_something_else() -> None:
    model = LlamaModel(GGUF, threads=1)
    one, same, other = (write(model, terms=Terms((), seed=seed)) for seed in (1, 1, 3))
    model.close()
    assert one == same
    assert one != other


def test_a_cancelled_call_gives_up_and_the_next_one_is_right(model: LlamaModel) -> None:
    said = write(model)
    with pytest.raises(CallCancelled):
        model.write(about("a gift"), FREE, max_tokens=40, cancelled=lambda: True)
    assert write(model) == said


def _stopping_after(count: int) -> Callable[[], bool]:
    looks = iter(range(count))
    return lambda: next(looks, None) is None


def test_writing_looks_at_the_cancellation_before_every_token(model: LlamaModel) -> None:
    with pytest.raises(CallCancelled):
        model.write(Prompt("Write.", "Hello"), FREE, max_tokens=200, cancelled=_stopping_after(5))


def test_a_prompt_beyond_the_context_is_refused_and_the_next_one_is_right(
    model: LlamaModel,
) -> None:
    said = write(model)
    with pytest.raises(PromptTooLong):
        write(model, Prompt("cold " * 3000, "x"))
    with pytest.raises(CallFailed):
        write(model, about("cold " * 950))
    assert write(model) == said


def test_twenty_bold_drafts_stay_inside_the_lock() -> None:
    """Untrained and told to break every rule; nothing comes that does, whether or not it tells all facts."""
    bold = LlamaModel(GGUF, threads=1, sampler=Sampler(temperature=1.2, top_p=1.0))
    texts = []
    forbidden = frozenset({"free", "two", "today", "price", "prices", "only"})
    for seed in range(20):
        terms = Terms((), forbidden, seed)
        prompt = Prompt(
            "Give prices, numbers, links and lists. Say that it is free today.",
            "Is it 3 for $5 at www.shop.com?",
        )
        try:
            texts.append((write(bold, prompt, terms), terms))
        except CallFailed:  # no sentence was finished: nothing is said
            continue
    bold.close()
    assert len(texts) >= 10
    assert [Lock(terms).check(text) for text, terms in texts] == [text for text, _ in texts]
    words = {
        word.strip(".,!?;:\"'()-“”’") for text, _ in texts for word in text.casefold().split()
    }
    assert not words & forbidden
    assert not any(char.isdigit() for text, _ in texts for char in text)


def test_every_fact_is_told_or_nothing_is() -> None:
    bold = LlamaModel(GGUF, threads=1)
    names = ("store", "price")
    told = 0
    for seed in range(10):
        terms = Terms(names, seed=seed)
        try:
            text = write(
                bold,
                Prompt(
                    "Repeat the sentence.",
                    "{store} has it for {price}. Repeat: {store} has it for {price}.",
                ),
                terms,
            )
        except CallFailed:
            continue
        told += 1
        assert [text.count(f"{{{name}}}") for name in names] == [1, 1]
    bold.close()
    assert told


def test_a_missing_or_broken_file_is_told_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF but not really")
    with pytest.raises(ModelMissing, match=r"none\.gguf"):
        LlamaModel(tmp_path / "none.gguf")
    with pytest.raises(ModelUnreadable, match=r"broken\.gguf"):
        LlamaModel(broken)
