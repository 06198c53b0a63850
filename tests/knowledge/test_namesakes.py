"""Somebody with a name as the one something is for; the name itself is masked long before."""

import pytest

from knowledge.answer import Answer
from knowledge.concierge import Concierge
from knowledge.constraints import constraints_in
from knowledge.facts import Kind
from knowledge.namesakes import unnamed
from storage.database import Database
from tests.knowledge.asking import ask, stranger


@pytest.mark.parametrize(
    ("masked", "understood"),
    [
        ("something for <NAME_1> under $20", "something for a friend under $20"),
        ("a present for <NAME_2B>", "a present for a friend"),
        ("a present for my friend <NAME_1>", "a present for my friend"),
        ("a card for <NAME_1>'s birthday", "a card for a friend's birthday"),
        ("for dear <NAME_1>", "for a friend"),
        ("call <NAME_1>", "call <NAME_1>"),
        ("for <PHONE_1>", "for <PHONE_1>"),
        ("for my mum", "for my mum"),
    ],
)
def test_name_behind_for_is_somebody(masked: str, understood: str) -> None:
    assert unnamed(masked) == understood


def test_somebody_with_a_name_is_whom_it_is_for() -> None:
    recipient = constraints_in(unnamed("something for <NAME_1> under $20")).recipient
    assert recipient is not None
    assert recipient.who == "friend"


async def test_friend_with_a_name_gets_a_present_and_the_name_is_kept_masked(
    concierge: Concierge, town: Database
) -> None:
    text = "something nice for my friend Beatrix, under $20"
    answer = await ask(concierge, town, text, by=await stranger(town))
    assert (answer.kind, answer.wish) == (Kind.OFFER, "gift")
    assert "Beatrix" not in kept(answer)
    assert "<NAME_1>" in answer.scrubbed_question


@pytest.mark.parametrize(
    "masked", ["something for <NAME_1> under $20", "a present for <NAME_1> under $20"]
)
async def test_something_for_a_name_is_a_present_within_its_limits(
    concierge: Concierge, town: Database, masked: str
) -> None:
    who = await stranger(town)
    answer = await ask(concierge, town, masked, by=who, from_record=True)
    assert (answer.kind, answer.wish) == (Kind.OFFER, "gift")
    assert all(each.candidate.product.price_cents <= 2000 for each in answer.shown)


@pytest.mark.parametrize("text", ["something for my dog", "something for the baby"])
async def test_something_for_a_dog_is_no_present(
    concierge: Concierge, town: Database, text: str
) -> None:
    assert (await ask(concierge, town, text, by=await stranger(town))).wish != "gift"


def kept(answer: Answer) -> str:
    """Give all that the record keeps of an answer."""
    return "\n".join([answer.scrubbed_question, answer.scrubbed_answer, answer.meant])
