"""What is shown of a model's reply before it is whole: nothing that the whole might not say."""

import asyncio
import threading
from dataclasses import replace

import pytest

from knowledge.aloud import Pace
from knowledge.drafting import Effort, ModelTurn
from knowledge.facts import Facts, Kind
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from knowledge.phrasing import Phrasing
from knowledge.templates import Words
from tests.facts import ENGLISH
from tests.knowledge.saying import COLD, DEAL, GATE, GOOD, ORDER, SAID, TEMPLATES

PATIENT = Effort(deadline_s=60.0, pace=Pace(first_s=0.0, every_s=0.0))


async def shown(begins: str, facts: Facts = DEAL) -> list[str]:
    """Give what is shown while a model has written so much, and is then finished with the rest."""
    stall, seen = threading.Event(), list[str]()
    model = ScriptedModel(stall=stall, begins=begins, write=lambda _prompt, _terms: GOOD)
    worker = ModelWorker(deadline_s=60.0)
    await worker.start(lambda: model)
    phrasing = await asyncio.to_thread(Phrasing, TEMPLATES, worker, effort=PATIENT)

    async def show(words: Words) -> None:
        assert words.source == "model"
        seen.append(words.text)

    turn = ModelTurn(GATE, show)
    saying = asyncio.create_task(phrasing.say(facts, COLD, "I'm cold", ENGLISH, turn=turn))
    await asyncio.to_thread(model.entered.wait)
    for _ in range(50):  # whatever is to be shown is shown by then
        await asyncio.sleep(0)
    stall.set()
    await saying
    await worker.stop()
    return seen


@pytest.mark.parametrize(
    ("begins", "text"),
    [
        ("{store}, {distance} away: {item}, {price}.", SAID.split(" WARM15", maxsplit=1)[0]),
        ("{store}, {distance} away: {item}, {price}. {mo", SAID.split(" WARM15", maxsplit=1)[0]),
        ("{store} is {distance} away. It has {item}", "Downtown Café is 43 m away."),
    ],
)
async def test_whole_sentences_are_shown_with_their_facts(begins: str, text: str) -> None:
    assert await shown(begins) == [text]


async def test_what_was_asked_besides_stands_before_it() -> None:
    (text,) = await shown("{store} is {distance} away. And", replace(DEAL, before=(ORDER,)))
    assert text.startswith("Order K7-2291")
    assert text.endswith("\nDowntown Café is 43 m away.")


@pytest.mark.parametrize(
    "begins",
    [
        "",
        "{store} is {distance}",
        "Brr, let's get you warm. ",  # the opening alone: another may take its place
        "{store} is {distance} away. {coupon} is yours.",
        "{store} is 5 m away.",
        "{store} is {distance} away. It's free.",
        "{store} is {distance} away. Only three left.",
        "{store} is {distance} away: **now**.",
        "{store} is {distance} away. {store} it is.",
        "{store} is {distance} away. See www dot shop.",
        "Dear <NAME_1>, {store} is {distance} away.",
    ],
)
async def test_nothing_is_shown_that_would_not_be_sent(begins: str) -> None:
    assert await shown(begins) == []


async def test_without_facts_words_alone_are_shown() -> None:
    assert await shown("What is it for? Some", Facts(Kind.CLARIFY)) == ["What is it for?"]


async def test_an_effort_of_one_draft_asks_once() -> None:
    model = ScriptedModel(write=lambda _prompt, _terms: "It's free.")
    worker = ModelWorker(deadline_s=60.0)
    await worker.start(lambda: model)
    phrasing = await asyncio.to_thread(
        Phrasing, TEMPLATES, worker, effort=Effort(deadline_s=60.0, drafts=1)
    )
    words = await phrasing.say(DEAL, COLD, "I'm cold", ENGLISH, turn=ModelTurn(GATE))
    await worker.stop()
    assert (words.source, len(model.prompts)) == ("template", 1)
