"""What a model writes around the facts."""

from dataclasses import replace
from datetime import time

import pytest

from knowledge.briefs import TRAINED
from knowledge.facts import Facts, Kind
from knowledge.llm.base import Prompt, Terms
from knowledge.llm.scripted import ScriptedModel
from storage.records import OrderStatus
from tests.facts import ENGLISH, TOMORROW
from tests.knowledge.saying import CLOSE, DEAL, GOOD, ORDER, SAID, said, said_by_trained, writer


async def test_model_writes_around_the_facts() -> None:
    words = await said(writer(f"Brr, let's get you warm. {GOOD} Shall I book it?"))
    assert words.text == f"Brr, let's get you warm. {SAID} Shall I book it?"
    assert (words.source, words.bold) == ("model", ("Downtown Café",))


WRITTEN = [
    (CLOSE, "Brr! {store} ({distance}) has {item} for {price}.", "Brr! Downtown Café (43 m) has"),
    (
        replace(CLOSE, tone="allergy"),
        "{store} is {distance} away with {item} for {price}. {more} Yours?",
        "can't tell. Yours?",
    ),
    (replace(CLOSE, kind=Kind.NUDGE), "{item}, {price}: {store}, {distance}.", "Hot Chocolate,"),
    (
        Facts(Kind.OPTIONS, options=(DEAL, CLOSE)),
        "Have a look: {list} Which?",
        "Have a look:\n1. Hot Chocolate",
    ),
    (Facts(Kind.SUMMARY, options=(DEAL, CLOSE)), "In short: {list}", "In short:\n1. Hot"),
    (
        Facts(
            Kind.COUPONS,
            coupons=(Facts(Kind.COUPONS, coupon_code="WARM15", discount_percent=15),),
        ),
        "You can use these: {list}",
        "You can use these:\nWARM15: 15 % off",
    ),
    (
        replace(ORDER, status=OrderStatus.CANCELLED),
        "I had a look. {more}",
        "I had a look. Order K7-2291 at Home & Co was cancelled.",
    ),
    (
        replace(CLOSE, kind=Kind.CLOSED, opens_at=time(8), opens_day=TOMORROW),
        "{more} Would something else do?",
        "opens tomorrow at 8:00 AM. Would something else do?",
    ),
    (
        Facts(Kind.POLICY, quote="Bring it back within 30 days.", document="Returns 2"),
        "Our rule: {quote} {document}.",
        "Our rule: «Bring it back within 30 days.» Returns 2.",
    ),
    (Facts(Kind.CLARIFY), "What is it for?", "What is it for?"),
    (Facts(Kind.OUT_OF_SCOPE), "Not my aisle, sorry.", "Not my aisle, sorry."),
]


@pytest.mark.parametrize(
    ("facts", "draft", "part"), WRITTEN, ids=lambda each: getattr(each, "kind", None)
)
async def test_model_writes_every_kind_it_has_an_outline_for(
    facts: Facts, draft: str, part: str
) -> None:
    words = await said(writer(draft), facts)
    assert words.source == "model"
    assert part in words.text


async def test_what_was_asked_besides_is_told_first_in_our_own_sentence() -> None:
    words = await said(writer(GOOD), replace(DEAL, before=(ORDER,)))
    first, second = words.text.split("\n")
    assert "K7-2291" in first
    assert second == SAID
    assert (words.source, words.bold) == ("model", ("Home & Co", "Downtown Café"))


@pytest.mark.parametrize("store", ["The {price} Shop", "{more}", "Curly {", "}{0}"])
async def test_braces_in_a_store_s_name_are_nothing_but_its_name(store: str) -> None:
    facts, draft = (
        replace(CLOSE, store=store),
        "{store} is {distance} away with {item} for {price}.",
    )
    by_model = await said(writer(draft), facts)
    assert by_model.source == "model"
    assert by_model.text.startswith(f"{store} is 43 m away")
    assert store in (await said(writer(draft), facts, turn=None)).text


async def test_model_sees_no_fact() -> None:
    model = ScriptedModel()
    assert (await said(model)).source == "model"
    seen = " ".join(prompt.static + prompt.dynamic for prompt in model.prompts)
    for fact in ("Downtown", "43", "3.50", "WARM15"):
        assert fact not in seen
    assert "I'm cold" in seen


async def test_trained_model_is_asked_as_it_was_trained_others_are_told_how_to() -> None:
    trained, other = ScriptedModel(), ScriptedModel()
    await said_by_trained(trained, "here you go")
    await said(other)
    assert [prompt.static for prompt in trained.prompts] == [TRAINED]
    assert "placeholder" in other.prompts[0].static
    assert trained.prompts[0].dynamic == other.prompts[0].dynamic


async def test_trained_model_keeps_to_its_words() -> None:
    words = "brr away with off so"
    assert (await said_by_trained(writer(f"Brr. {GOOD}"), words)).source == "model"
    assert (await said_by_trained(writer(f"Splendid. {GOOD}"), words)).source == "template"


async def test_model_is_told_what_it_must_not_say() -> None:
    told: list[Terms] = []

    def write(_prompt: Prompt, terms: Terms) -> str:
        told.append(terms)
        return GOOD

    await said(ScriptedModel(write=write), manner=replace(ENGLISH, variant=7))
    names = ("store", "distance", "item", "price", "more")
    assert (told[0].names, told[0].seed) == (names, 7)
    assert {"free", "today", "two", "vegan"} <= told[0].never
    assert not {"off", "less"} & told[0].never  # it has a discount to tell
