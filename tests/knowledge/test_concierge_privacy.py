"""What the model sees of a shopper, and what of its words gets into an answer."""

import pytest

from knowledge.concierge import Concierge
from knowledge.facts import Kind
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from knowledge.nearby.places import Fix
from storage.database import Database
from tests.knowledge.asking import CAFE, all_facts, ask
from tests.sample_town import MORNING, OpenConcierge

# What the model sees

PERSONAL = (
    "I'm cold, my name is Bartholomew Quillfeather, call me on +1 202 555 0143 "
    "or write to bart@quillfeather.example"
)
SECRETS = ("Bartholomew", "Quillfeather", "202", "0143", "bart@")


def seen_by(model: ScriptedModel) -> str:
    return " ".join(f"{p.static} {p.dynamic}" for p in model.prompts)


async def test_personal_data_never_reaches_the_model(
    open_concierge: OpenConcierge, town: Database
) -> None:
    model = ScriptedModel()
    worker = ModelWorker()
    await worker.start(lambda: model)
    async with open_concierge(worker) as concierge:
        answer = await ask(concierge, town, PERSONAL)
    await worker.stop()
    assert model.prompts
    for secret in (*SECRETS, "Ana"):
        assert secret not in seen_by(model)
        assert secret not in answer.scrubbed_question
        assert secret not in answer.scrubbed_answer


async def test_shoppers_own_first_name_is_masked_wherever_it_stands(
    open_concierge: OpenConcierge, town: Database
) -> None:
    model = ScriptedModel()
    worker = ModelWorker()
    await worker.start(lambda: model)
    async with open_concierge(worker) as concierge:
        await ask(concierge, town, "ANA is cold, says Ana")
    await worker.stop()
    assert "ana" not in " ".join(p.dynamic for p in model.prompts).casefold().split()


@pytest.mark.parametrize("quoted", ["<NAME_1>", "<PHONE_1>", "<EMAIL_1>"])
async def test_what_the_model_quotes_comes_back_or_is_replaced(
    open_concierge: OpenConcierge, town: Database, quoted: str
) -> None:
    """A draft with a placeholder has a digit in it and is refused; the reply is whole all the same."""
    model = ScriptedModel(write=lambda _prompt, terms: f"{quoted}, {all_facts(terms)}")
    worker = ModelWorker()
    await worker.start(lambda: model)
    async with open_concierge(worker) as concierge:
        answer = await ask(concierge, town, PERSONAL)
    await worker.stop()
    assert model.prompts
    assert "<" not in answer.words.text
    assert (answer.kind, answer.words.source) == (Kind.OFFER, "template")


async def test_placeholder_that_a_shopper_types_is_only_text(
    concierge: Concierge, town: Database
) -> None:
    for text in ("<NAME_1> is cold", "I'm cold <PHONE_9>", "{store} {0} %s", "<<NAME_1>>"):
        answer = await ask(concierge, town, text)
        assert answer.words.text


@pytest.mark.parametrize(
    ("invented", "source"),
    [
        ("Warm up.", "model"),
        ("It's free.", "template"),
        ("Harbor Pharmacy has it too.", "model"),
        ("The harbor pharmacy has it too.", "model"),
    ],
)
async def test_invention_of_the_model_is_not_said(
    open_concierge: OpenConcierge, town: Database, invented: str, source: str
) -> None:
    """A sentence that states more than the facts is left out; a forbidden word costs the whole draft."""
    model = ScriptedModel(write=lambda _prompt, terms: f"{invented} {all_facts(terms)}")
    worker = ModelWorker()
    await worker.start(lambda: model)
    async with open_concierge(worker) as concierge:
        answer = await ask(concierge, town, "I'm cold")
    await worker.stop()
    assert model.prompts
    assert (answer.kind, answer.words.source) == (Kind.OFFER, source)
    assert (invented in answer.words.text) is (invented == "Warm up.")


@pytest.mark.parametrize("text", ["I'm cold", "hot chocolate", "nearest bakery"])
async def test_what_is_kept_of_an_answer_does_not_tell_where_the_shopper_was(
    concierge: Concierge, town: Database, text: str
) -> None:
    answer = await ask(concierge, town, text)
    assert " m" in answer.words.text
    told = [f"{each.distance_m} m" for each in answer.facts.everything() if each.distance_m]
    assert told
    assert not any(distance in answer.scrubbed_answer for distance in told)


async def test_what_is_kept_does_not_tell_that_the_shopper_stood_at_a_door(
    concierge: Concierge, town: Database
) -> None:
    async with town.reading() as work:
        store = await work.stores.get(CAFE)
    assert store is not None
    inside = Fix(store.latitude, store.longitude, 10.0, MORNING)
    answer = await ask(concierge, town, "hot chocolate", fix=inside)
    assert "a few steps" in answer.words.text
    assert "a few steps" not in answer.scrubbed_answer
