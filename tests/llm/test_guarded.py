"""No prompt gets past the gate to a model."""

import pytest

from knowledge.llm.base import Prompt, Terms
from knowledge.llm.guarded import GuardedWorker
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker

PROMPT = Prompt("You help.\n", "Shopper: I'm cold\n")


class Gatekeeper:
    """Stops prompts that hold a word, and remembers what it was shown."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.shown: list[str] = []

    def stops(self, prompt: str) -> bool:
        self.shown.append(prompt)
        return self._word in prompt


@pytest.mark.parametrize(("word", "is_let_through"), [("cold", False), ("help", True)])
async def test_model_reads_only_what_the_gate_lets_through(
    word: str, *, is_let_through: bool
) -> None:
    model, worker, gate = ScriptedModel(), ModelWorker(), Gatekeeper(word)
    await worker.start(lambda: model)
    guarded = GuardedWorker(worker, gate)
    text = await guarded.write(PROMPT, Terms(("store",)), max_tokens=9, deadline_s=60)
    await worker.stop()
    assert text == ("Here you go: {store}." if is_let_through else None)
    assert model.prompts == ([PROMPT] if is_let_through else [])
    assert gate.shown == [PROMPT.dynamic]
    assert (worker.counters.asked, worker.counters.blocked) == (1, 0 if is_let_through else 1)
