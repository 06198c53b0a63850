"""Placeholders and the last gate, as a whole reply has them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from knowledge.answer import Answer
from knowledge.concierge import Concierge
from knowledge.facts import Kind
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from knowledge.templates import Words
from storage.database import Database
from tests.knowledge.asking import all_facts, ask, stranger
from tests.sample_town import ANA, MORNING, OpenConcierge

QUILL = "I'm cold, this is Mrs Quillfeather"


@asynccontextmanager
async def listening(model: ScriptedModel) -> AsyncIterator[ModelWorker]:
    worker = ModelWorker()
    await worker.start(lambda: model)
    yield worker
    await worker.stop()


async def keep(town: Database, shopper_id: int, answer: Answer) -> Answer:
    async with town.work() as work:
        numbers = await work.vault.keep(shopper_id, answer.entries, MORNING)
        await work.commit()
    return answer.settled(numbers)


def shown(model: ScriptedModel) -> list[str]:
    return [prompt.dynamic for prompt in model.prompts]


async def test_model_reads_the_same_placeholder_in_every_message(
    open_concierge: OpenConcierge, town: Database
) -> None:
    model = ScriptedModel()
    async with listening(model) as worker, open_concierge(worker) as concierge:
        await keep(town, ANA, await ask(concierge, town, "I'm cold, says Mr Zander"))
        await keep(town, ANA, await ask(concierge, town, QUILL))
        await keep(town, ANA, await ask(concierge, town, "I'm cold, tell Mr Zander"))
    told = list(dict.fromkeys(shown(model)))
    assert len(told) == 3
    for prompt, placeholder in zip(told, ("<NAME_1>", "<NAME_2>", "<NAME_1>"), strict=True):
        assert placeholder in prompt


async def test_name_told_before_stops_the_prompt_and_the_template_answers(
    open_concierge: OpenConcierge, town: Database
) -> None:
    model = ScriptedModel()
    async with listening(model) as worker, open_concierge(worker) as concierge:
        await keep(town, ANA, await ask(concierge, town, QUILL))
        heard = len(model.prompts)
        answer = await ask(concierge, town, "I'm cold and so is quillfeather")
        assert (len(model.prompts), worker.counters.blocked > 0) == (heard, True)
        by_other = await ask(concierge, town, "I'm cold, quillfeather", by=await stranger(town))
    assert (answer.kind, answer.words.source) == (Kind.OFFER, "template")
    assert by_other.words.source == "model"


async def test_ordinary_messages_pass_the_gate(
    open_concierge: OpenConcierge, town: Database
) -> None:
    model = ScriptedModel()
    async with listening(model) as worker, open_concierge(worker) as concierge:
        for text in ("I'm cold", "so hungry", "need a present for my mum", "thirsty!", QUILL):
            await keep(town, ANA, await ask(concierge, town, text))
        assert worker.counters.blocked == 0
        assert worker.counters.answered > 0


@pytest.mark.parametrize(
    "said", ["<NAME_9>", "<name_1>", "<NAME_2>", "NAME_1", "<NAME_1B>", "there"]
)
async def test_placeholder_that_was_not_given_to_the_model_leaves_the_template(
    open_concierge: OpenConcierge, town: Database, said: str
) -> None:
    """<NAME_2> is another shopper's; "there" is none at all and shows that the rest would pass."""
    model = ScriptedModel(write=lambda _prompt, terms: f"Hi {said} {all_facts(terms)}")
    async with listening(model) as worker, open_concierge(worker) as concierge:
        other = await stranger(town)
        foreign = await ask(concierge, town, "Mrs Quill, Mr Zander: I'm cold", by=other)
        await keep(town, other.id, foreign)
        answer = await ask(concierge, town, QUILL)
    assert model.prompts
    assert answer.words.source == ("model" if said == "there" else "template")
    if said != "there":
        assert said not in answer.words.text
        assert said not in answer.scrubbed_answer


async def test_foreign_placeholder_in_a_reply_leaves_the_template(
    open_concierge: OpenConcierge, town: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when neither the lock nor the ground check would have stopped it."""
    async with listening(ScriptedModel()) as worker, open_concierge(worker) as concierge:

        async def say(*_facts: object, **_how: object) -> Words:
            return Words("Come in, <NAME_9>.", source="model")

        monkeypatch.setattr(concierge._phrasing, "say", say)
        monkeypatch.setattr(concierge, "_ground", lambda _shop, words, *_: words)
        answer = await ask(concierge, town, QUILL)
    assert answer.words.source == "template"
    assert "NAME_9" not in answer.words.text + answer.scrubbed_answer


async def test_reply_reads_only_and_what_it_adds_is_kept_with_it(
    concierge: Concierge, town: Database
) -> None:
    answer = await ask(concierge, town, QUILL)
    assert [(entry.kind, entry.number) for entry in answer.entries] == [("NAME", 1)]
    async with town.reading() as work:
        assert await work.vault.newest(ANA, 9) == []


async def test_record_has_the_numbers_that_were_settled_on(
    concierge: Concierge, town: Database
) -> None:
    answer = await ask(concierge, town, QUILL)
    await keep(town, ANA, await ask(concierge, town, "Mr Zander is cold"))
    settled = await keep(town, ANA, answer)
    assert answer.scrubbed_question == "I'm cold, this is <NAME_1>"
    assert settled.scrubbed_question == "I'm cold, this is <NAME_2>"


async def test_question_from_the_record_is_asked_again_as_it_is(
    open_concierge: OpenConcierge, town: Database
) -> None:
    model = ScriptedModel()
    async with listening(model) as worker, open_concierge(worker) as concierge:
        first = await keep(town, ANA, await ask(concierge, town, QUILL))
        again = await ask(concierge, town, first.scrubbed_question, from_record=True)
    assert again.scrubbed_question == first.scrubbed_question
    assert again.entries == ()
    assert again.words.source == "model"
    assert shown(model)[0] == shown(model)[-1]
