"""When a template speaks instead of the model: no draft that will do, no leave to ask it, nothing it may say."""

import asyncio
import threading
from dataclasses import replace

import pytest

from knowledge.amounts import locale_for
from knowledge.facts import Facts, Kind
from knowledge.llm.base import Prompt, Terms
from knowledge.llm.errors import CallFailed
from knowledge.llm.scripted import ScriptedModel
from knowledge.phrasing import Phrasing
from tests.facts import ENGLISH
from tests.knowledge.saying import (
    COLD,
    DEAL,
    DELICATE,
    GOOD,
    OPEN,
    SAID,
    SHUT,
    TEMPLATES,
    phrasing,
    said,
    writer,
)


async def test_second_draft_is_taken_when_the_first_says_too_much() -> None:
    seeds: list[int] = []

    def write(_prompt: Prompt, terms: Terms) -> str:
        seeds.append(terms.seed)
        return GOOD if len(seeds) == 2 else f"It's free. {GOOD}"

    words = await said(ScriptedModel(write=write))
    assert (words.text, words.source) == (SAID, "model")
    assert seeds[1] != seeds[0]


async def test_there_is_no_third_draft() -> None:
    model = writer("It's free.", "It's vegan.", GOOD)
    assert (await said(model)).source == "template"
    assert len(model.prompts) == 2


@pytest.mark.parametrize("kind", [Kind.CLARIFY, Kind.OUT_OF_SCOPE])
async def test_draft_of_which_nothing_may_be_said_is_no_reply(kind: Kind) -> None:
    words = await said(writer("The pigeons fly south."), Facts(kind))
    assert words.source == "template"
    assert words.text


async def test_model_that_fails_once_is_asked_once_more() -> None:
    calls: list[Prompt] = []

    def write(prompt: Prompt, _terms: Terms) -> str:
        calls.append(prompt)
        if len(calls) == 1:
            raise CallFailed("no")
        return GOOD

    assert (await said(ScriptedModel(write=write))).text == SAID


async def test_model_that_breaks_leaves_the_template() -> None:
    def fail(_prompt: Prompt, _terms: Terms) -> str:
        raise RuntimeError

    assert (await said(ScriptedModel(write=fail))).source == "template"


async def test_model_that_stalls_is_not_waited_for_twice() -> None:
    released = threading.Event()
    model = ScriptedModel(stall=released)
    async with phrasing(model, deadline_s=0.05) as phrases:
        words = await phrases.say(DEAL, COLD, "I'm cold", ENGLISH, turn=OPEN)
        released.set()
    assert words == phrases.floor(DEAL, COLD, ENGLISH)
    assert len(model.prompts) == 1


async def test_without_a_gate_the_model_is_left_alone() -> None:
    model = ScriptedModel()
    assert (await said(model, turn=None)).source == "template"
    assert model.prompts == []


async def test_prompt_that_the_gate_stops_leaves_the_template() -> None:
    model = ScriptedModel()
    assert (await said(model, turn=SHUT)).source == "template"
    assert model.prompts == []


async def test_delicate_need_is_answered_in_our_own_words() -> None:
    model = ScriptedModel()
    assert (await said(model, reading=DELICATE)).source == "template"
    assert model.prompts == []


@pytest.mark.parametrize(
    ("language", "source"),
    [("en", "model"), ("en-GB", "model"), ("es", "template"), ("de", "template")],
)
async def test_model_speaks_the_language_it_was_trained_in_alone(
    language: str, source: str
) -> None:
    manner = replace(ENGLISH, locale=locale_for(language))
    model = ScriptedModel()
    assert (await said(model, manner=manner)).source == source
    assert bool(model.prompts) is (source == "model")


OURS = (
    *(Kind.STORES, Kind.NEEDS_PLACE, Kind.NOT_KNOWN, Kind.SMALLTALK, Kind.CARE, Kind.HUMAN),
    *(Kind.COMPLAINT, Kind.ACCOUNT_PRIVACY, Kind.HOW_TO_PLACE, Kind.HOW_TO_CANCEL),
)


@pytest.mark.parametrize("kind", OURS)
async def test_model_has_no_say_in_what_takes_our_own_sentences(kind: Kind) -> None:
    model = ScriptedModel()
    facts = replace(DEAL, kind=kind) if kind is Kind.STORES else Facts(kind)
    async with phrasing(model) as phrases:
        assert not phrases.asks_model(facts, COLD, ENGLISH)
        words = await phrases.say(facts, COLD, "I'm cold", ENGLISH, turn=OPEN)
    assert (words.source, model.prompts) == ("template", [])


async def test_model_is_asked_only_when_there_is_one() -> None:
    alone = await asyncio.to_thread(Phrasing, TEMPLATES, None)
    assert not alone.asks_model(DEAL, COLD, ENGLISH)
    async with phrasing(ScriptedModel()) as phrases:
        assert phrases.asks_model(DEAL, COLD, ENGLISH)
        assert not phrases.asks_model(DEAL, DELICATE, ENGLISH)


def test_picked_offer_has_no_opening() -> None:
    words = Phrasing(TEMPLATES, None).plain(DEAL, ENGLISH)
    assert words.text.startswith("Downtown Café")
    assert words.text.endswith("?")


async def test_without_a_model_the_template_speaks() -> None:
    phrases = await asyncio.to_thread(Phrasing, TEMPLATES, None)
    words = await phrases.say(DEAL, COLD, "I'm cold", ENGLISH, turn=OPEN)
    assert words.source == "template"
    assert words.text.startswith("Brr")
