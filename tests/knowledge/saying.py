"""What replies are phrased with in tests: a model that writes what it is told to, behind the real worker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from knowledge.constraints import Constraints
from knowledge.drafting import Effort, ModelTurn
from knowledge.facts import Facts
from knowledge.filling import Manner
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from knowledge.phrasing import Phrasing
from knowledge.privacy.gate import Gate
from knowledge.templates import Templates, Words
from knowledge.understanding import Examples, Intent, Reading
from tests.facts import ENGLISH, deal, offer, order_facts

TEMPLATES = Templates.shipped()
NEEDS = Examples.shipped().needs
GATE = Gate.over((), (), lambda _text: ())
OPEN, SHUT = ModelTurn(GATE), ModelTurn(replace(GATE, is_shut=True))
COLD = Reading(Intent.NEED, 0.9, NEEDS["cold"], Constraints())
DELICATE = replace(COLD, need=next(need for need in NEEDS.values() if need.is_sensitive))
CLOSE, DEAL = offer(), deal()
ORDER = order_facts()
GOOD = "{store}, {distance} away: {item}, {price}. {more}"
SAID = "Downtown Café, 43 m away: Hot Chocolate, $3.50. WARM15 takes 15 % off, so $2.98."


@asynccontextmanager
async def phrasing(
    model: ScriptedModel, *, lexicon: Lexicon | None = None, deadline_s: float = 5.0
) -> AsyncIterator[Phrasing]:
    worker = ModelWorker(deadline_s=deadline_s)
    await worker.start(lambda: model)
    build = partial(Phrasing, lexicon=lexicon, effort=Effort(deadline_s))
    yield await asyncio.to_thread(build, TEMPLATES, worker)  # it reads files
    await worker.stop(grace_s=0.2)


async def said(
    model: ScriptedModel,
    facts: Facts = DEAL,
    *,
    reading: Reading = COLD,
    manner: Manner = ENGLISH,
    turn: ModelTurn | None = OPEN,
) -> Words:
    async with phrasing(model) as phrases:
        return await phrases.say(facts, reading, "I'm cold", manner, turn=turn)


async def said_by_trained(model: ScriptedModel, words: str) -> Words:
    async with phrasing(model, lexicon=Lexicon(words.split())) as phrases:
        return await phrases.say(DEAL, COLD, "I'm cold", ENGLISH, turn=OPEN)


def writer(*drafts: str) -> ScriptedModel:
    """Give a model that writes these one after the other, the last for good."""
    left = list(drafts)
    return ScriptedModel(write=lambda _prompt, _terms: left.pop(0) if left[1:] else left[0])
