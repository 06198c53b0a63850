"""What a shopper sees while a model takes its time, and who writes again before it is done."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from aiogram.methods import SendMessageDraft

from bot.lanes import Lanes
from handlers.answers import MODEL_TURNS
from handlers.shop import Shop
from handlers.shopper.settings import quota_bar
from knowledge.aloud import Pace
from knowledge.concierge import Concierge
from knowledge.drafting import Effort
from knowledge.llm.base import Prompt, Terms
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ANA, MORNING, OpenConcierge

AMPLE_S = 60.0
BEGINS = "{store} is {distance} away. It"


def _offer(_prompt: Prompt, terms: Terms) -> str:
    return f"Aha. {' '.join(f'{{{name}}}' for name in terms.names)}"


@dataclass(slots=True)
class Writer:
    """A model that stalls in the middle until `go` is set, but looks whether it was given up."""

    model: ScriptedModel
    go: threading.Event

    async def is_at_work(self) -> None:
        """Wait until it was asked once more."""
        assert await asyncio.to_thread(self.model.entered.wait, AMPLE_S)
        self.model.entered.clear()


@pytest.fixture
def writer() -> Writer:
    go = threading.Event()
    return Writer(ScriptedModel(write=_offer, stall=go, is_stubborn=False, begins=BEGINS), go)


@pytest.fixture
async def concierge(writer: Writer, open_concierge: OpenConcierge) -> AsyncIterator[Concierge]:
    worker = ModelWorker(deadline_s=AMPLE_S)
    await worker.start(lambda: writer.model)
    effort = Effort(deadline_s=AMPLE_S, pace=Pace(first_s=0.0, every_s=0.0))
    async with open_concierge(worker, effort) as opened:
        yield opened
    writer.go.set()
    await worker.stop()


async def drafts(counter: Counter, count: int) -> list[SendMessageDraft]:
    """Wait until so many previews were sent, and give them."""
    while True:
        sent = [call for call in counter.session.calls if isinstance(call, SendMessageDraft)]
        if len(sent) >= count:
            return sent
        await asyncio.sleep(0.001)


async def model_turns(counter: Counter) -> int:
    async with counter.database.reading() as work:
        return await work.usage.count(ANA, MODEL_TURNS, MORNING.date())


async def test_a_newer_message_does_not_wait_for_the_model_to_finish_the_older(
    ana: Phone, counter: Counter, writer: Writer
) -> None:
    await ana.shares()
    first, second = [
        await counter.store(ana.updates.text(text)) for text in ("I'm cold", "I'm hungry")
    ]
    lanes = Lanes(counter.handle, parallel=5, waiting_limit=100)
    lanes.put(ANA, first, is_hurried=True)
    await writer.is_at_work()
    lanes.put(ANA, second, is_hurried=True)
    await writer.is_at_work()  # on the second: it would hang here if the first were still written
    writer.go.set()
    assert await lanes.close(timeout_s=AMPLE_S)
    sent = (await counter.deliver()).seen
    assert [item.outgoing.method for item in sent] == ["sendMessage"] * 2
    assert len(writer.model.prompts) == 2
    assert await model_turns(counter) == 1


async def test_of_three_messages_at_once_the_model_writes_for_the_last_alone(
    ana: Phone, counter: Counter, writer: Writer
) -> None:
    await ana.shares()
    writer.go.set()
    lanes = Lanes(counter.handle, parallel=5, waiting_limit=100)
    for text in ("I'm cold", "I'm hungry", "I'm thirsty"):
        inbox_id = await counter.store(ana.updates.text(text))
        lanes.put(ANA, inbox_id, is_hurried=True)
    async with asyncio.timeout(AMPLE_S):
        while lanes.waiting:  # noqa: ASYNC110 - the model's thread has its part in it
            await asyncio.sleep(0.001)
    assert len((await counter.deliver()).seen) == 3
    assert len(writer.model.prompts) <= 1


async def test_a_reply_that_takes_long_is_shown_as_far_as_it_stands(
    ana: Phone, counter: Counter, writer: Writer
) -> None:
    await ana.shares()
    inbox_id = await counter.store(ana.updates.text("I'm cold"))
    handling = asyncio.create_task(counter.handle(inbox_id))
    async with asyncio.timeout(AMPLE_S):
        (draft,) = await drafts(counter, 1)
    assert (draft.chat_id, draft.draft_id, draft.parse_mode) == (ANA, inbox_id, None)
    assert draft.text is not None
    store, found, _ = draft.text.partition(" is ")
    assert found
    assert draft.text.endswith(" m away.")
    assert draft.entities is not None
    assert [(e.type, e.offset, e.length) for e in draft.entities] == [("bold", 0, len(store))]
    writer.go.set()
    await handling
    assert (await counter.deliver()).text


async def test_a_telegram_that_shows_no_previews_costs_no_reply(
    ana: Phone, counter: Counter, writer: Writer
) -> None:
    await ana.shares()
    counter.session.refuses = True
    inbox_id = await counter.store(ana.updates.text("I'm cold"))
    handling = asyncio.create_task(counter.handle(inbox_id))
    async with asyncio.timeout(AMPLE_S):
        await drafts(counter, 1)
    writer.go.set()
    await handling
    assert (await counter.deliver()).text


async def test_an_answer_in_the_place_of_a_message_is_not_shown_below_it(
    ana: Phone, counter: Counter, writer: Writer
) -> None:
    await ana.shares()
    writer.go.set()
    offer = await ana.says("I'm cold")
    await writer.is_at_work()
    writer.go.clear()
    counter.session.calls.clear()
    tapping = asyncio.create_task(ana.taps(offer.buttons["Not for me"], offer))
    await writer.is_at_work()
    writer.go.set()
    await tapping
    assert await drafts(counter, 0) == []


async def test_a_shopper_has_so_many_replies_of_the_model_a_day_and_sees_how_many(
    ana: Phone, counter: Counter, writer: Writer
) -> None:
    writer.go.set()
    await ana.shares()
    shop: Shop = counter.dispatcher["shop"]
    counter.dispatcher["shop"] = replace(shop, model_turns_per_day=1)
    for text, bar in (("I'm cold", "░░░░░░░░░░ 0 of 1"), ("I'm hungry", "▓▓▓▓▓▓▓▓▓▓ 1 of 1")):
        assert f"own words today: {bar}" in (await ana.says("/settings")).text
        assert (await ana.says(text)).text
    assert len(writer.model.prompts) == 1
    assert await model_turns(counter) == 1
    counter.clock.pass_by(days=1)
    assert "░░░░░░░░░░ 0 of 1" in (await ana.says("/settings")).text


@pytest.mark.parametrize(
    ("used", "limit", "filled"),
    [(0, 40, 0), (1, 40, 1), (12, 40, 3), (39, 40, 9), (40, 40, 10), (41, 40, 10), (0, 0, 0)],
)
def test_the_bar_of_a_quota_is_full_only_when_nothing_is_left(
    used: int, limit: int, filled: int
) -> None:
    assert quota_bar(used, limit) == filled * "▓" + (10 - filled) * "░"
