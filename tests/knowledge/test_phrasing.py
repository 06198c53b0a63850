"""Words above the template: what a model chooses or writes, and what becomes of it when it is wrong."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from knowledge.amounts import locale_for
from knowledge.constraints import Constraints
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner
from knowledge.llm.base import Prompt
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from knowledge.phrasing import Phrasing, grounded
from knowledge.privacy.gate import Gate
from knowledge.templates import Templates, Words
from knowledge.understanding import Examples, Intent, Reading

TEMPLATES = Templates.shipped()
OPEN = Gate.over((), (), lambda _text: ())
MANNER = Manner(locale_for("en"), date(2026, 11, 20))
COLD = Reading(Intent.NEED, 0.9, Examples.shipped().needs["cold"], Constraints())
DEAL = Facts(
    Kind.OFFER,
    store="Downtown Café",
    distance_m=43,
    item="Hot Chocolate",
    price_cents=350,
    currency="USD",
    coupon_code="WARM15",
    discount_percent=15,
)
GOOD = "{store}, {distance} away: {item}, {price}, with {coupon} {percent} off."


@asynccontextmanager
async def phrasing(
    model: ScriptedModel, *, writes_freely: bool = False, deadline_s: float = 1.5
) -> AsyncIterator[Phrasing]:
    worker = ModelWorker(deadline_s=deadline_s)
    await worker.start(lambda: model)
    build = partial(Phrasing, writes_freely=writes_freely, deadline_s=deadline_s)
    yield await asyncio.to_thread(build, TEMPLATES, worker)  # it reads files
    await worker.stop(grace_s=0.2)


async def said(model: ScriptedModel, facts: Facts = DEAL, **how: bool) -> Words:
    async with phrasing(model, **how) as phrases:
        return await phrases.say(facts, COLD, "I'm cold", MANNER, gate=OPEN)


def writer(draft: str) -> ScriptedModel:
    return ScriptedModel(write=lambda _prompt, _names: draft)


async def test_model_chooses_opening_and_closing() -> None:
    words = await said(ScriptedModel(choose=lambda _prompt, candidates: len(candidates) - 1))
    assert COLD.need is not None
    assert words.text.startswith(COLD.need.openings[-1])
    assert words.text.endswith(TEMPLATES.closings[-1])
    assert words.source == "model"


async def test_model_sees_no_fact() -> None:
    model = ScriptedModel()
    await said(model)
    seen = " ".join(prompt.static + prompt.dynamic for prompt in model.prompts)
    for fact in ("Downtown", "43", "3.50", "WARM15"):
        assert fact not in seen


@pytest.mark.parametrize("choice", [-1, 99])
async def test_choice_that_is_none_leaves_the_template(choice: int) -> None:
    words = await said(ScriptedModel(choose=lambda _prompt, _candidates: choice))
    assert words.source == "template"


async def test_model_that_fails_leaves_the_template() -> None:
    def fail(_prompt: Prompt, _candidates: Sequence[str]) -> int:
        raise RuntimeError

    assert (await said(ScriptedModel(choose=fail))).source == "template"


async def test_model_that_stalls_leaves_the_template() -> None:
    released = threading.Event()
    async with phrasing(ScriptedModel(stall=released), deadline_s=0.05) as phrases:
        words = await phrases.say(DEAL, COLD, "I'm cold", MANNER, gate=OPEN)
        released.set()
    assert words == phrases.floor(DEAL, COLD, MANNER)


async def test_used_up_share_leaves_the_model_alone() -> None:
    model = ScriptedModel()
    async with phrasing(model) as phrases:
        words = await phrases.say(DEAL, COLD, "I'm cold", MANNER, gate=None)
    assert (words.source, model.prompts) == ("template", [])


@pytest.mark.parametrize("kind", [k for k in Kind if k not in (Kind.OFFER, Kind.ORDER_STATUS)])
async def test_model_has_no_say_in_anything_but_offers(kind: Kind) -> None:
    model = ScriptedModel()
    facts = (
        replace(DEAL, kind=kind)
        if kind not in (Kind.CLOSED, Kind.POLICY)
        else Facts(Kind.NOTHING_NEAR)
    )
    await said(model, facts)
    assert model.prompts == []


async def test_larger_model_writes_around_the_facts() -> None:
    words = await said(writer(GOOD), writes_freely=True)
    assert words.text == "Downtown Café, 43 m away: Hot Chocolate, $3.50, with WARM15 15 % off."
    assert (words.source, words.bold) == ("model", ("Downtown Café",))


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "Come in!",
        GOOD.replace("{price}", "$2.00"),
        GOOD.replace("{coupon}", "FREE100"),
        GOOD + " {store}",
        GOOD + " {name}",
        GOOD + " In 5 minutes.",
        GOOD + " Dear <NAME_1>.",
        GOOD + " {",
        GOOD + " {store!r}",
        GOOD.replace("{store}", "{store:>99}"),
    ],
)
async def test_draft_that_breaks_the_lock_leaves_the_template(draft: str) -> None:
    assert (await said(writer(draft), writes_freely=True)).source == "template"


NAMES = {"Downtown Café", "Tea Room", "Hot Chocolate"}


@pytest.mark.parametrize(
    "addition", ["The cheapest in town.", "Tea Room has it too.", "It's vegan.", "Half price."]
)
def test_words_the_facts_do_not_support_are_replaced(addition: str) -> None:
    floor = TEMPLATES.say(DEAL, MANNER)
    words = Words(f"{floor.text} {addition}", floor.bold, "model")
    assert grounded(words, floor, DEAL, MANNER, NAMES) is floor


def test_supported_words_are_kept() -> None:
    floor = TEMPLATES.say(DEAL, MANNER)
    words = Words(f"Brr. {floor.text}", floor.bold, "model")
    assert grounded(words, floor, DEAL, MANNER, NAMES) is words


def test_picked_offer_has_no_opening() -> None:
    words = Phrasing(TEMPLATES, None).plain(DEAL, MANNER)
    assert words.text.startswith("Downtown Café")
    assert words.text.endswith("?")


async def test_without_a_model_the_template_speaks() -> None:
    phrases = await asyncio.to_thread(Phrasing, TEMPLATES, None)
    words = await phrases.say(DEAL, COLD, "I'm cold", MANNER, gate=OPEN)
    assert words.source == "template"
    assert words.text.startswith("Brr")
