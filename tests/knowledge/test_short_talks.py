"""Talks of two or three short messages over the sample town: what the last one leads to.

Each is told as messages, and what must hold of the last reply: its kind, and a check of what it shows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from handlers.answers import Occasion, keep_suggestions, keep_turns
from knowledge.answer import Answer
from knowledge.concierge import Concierge
from knowledge.context import Question
from knowledge.days_ahead import asked
from knowledge.facts import Facts, Kind
from knowledge.nearby.places import Fix
from storage.database import Database
from storage.records import Shopper
from tests.english import ENGLISH
from tests.knowledge.asking import CAFE, stranger
from tests.sample_town import MORNING, near

OUTDOOR = "outdoor-house"
GOODS = frozenset({Kind.OFFER, Kind.OPTIONS})


@dataclass
class Chat:
    """One shopper's talk, kept as the bot keeps it."""

    concierge: Concierge
    town: Database
    shopper: Shopper
    fix: Fix | None
    answers: list[Answer]

    async def say(self, text: str) -> Answer:
        at = MORNING + timedelta(seconds=40 * len(self.answers))
        question = Question(self.shopper, text, at, self.fix)
        answer = await self.concierge.reply(question)
        occasion = Occasion(self.shopper, at)
        async with self.town.work() as work:
            numbers = await work.vault.keep(self.shopper.id, answer.entries, at)
            await keep_turns(work, answer.settled(numbers), occasion)
            await keep_suggestions(work, answer.shown, answer.wish, occasion)
            await work.commit()
        self.answers.append(answer)
        return answer


Check = Callable[[Answer, Answer], bool]


def told(answer: Answer) -> list[Facts]:
    return list(answer.facts.options or (answer.facts,))


def titles(answer: Answer) -> list[str]:
    return [ranked.candidate.product.title for ranked in answer.shown]


def every(word: str) -> Check:
    return lambda _, last: all(word in title for title in titles(last))


def is_first(word: str) -> Check:
    return lambda _, last: word in titles(last)[0]


def is_same_wish(before: Answer, last: Answer) -> bool:
    return before.wish == last.wish


def is_one_before(place: int) -> Check:
    return lambda before, last: titles(last) == [titles(before)[place]]


def is_cheapest(before: Answer, last: Answer) -> bool:
    prices = [ranked.candidate.product.price_cents for ranked in before.shown]
    return last.shown[0].candidate.product.price_cents == min(prices)


def is_cheaper(before: Answer, last: Answer) -> bool:
    least = min(each.candidate.product.price_cents for each in before.shown)
    return all(each.candidate.product.price_cents < least for each in last.shown)


def is_new(before: Answer, last: Answer) -> bool:
    return not {*titles(before)} & {*titles(last)}


def is_vegan(_: Answer, last: Answer) -> bool:
    return all("vegan" in each.candidate.product.sustainability for each in last.shown)


def is_at(store: str) -> Check:
    return lambda _, last: {facts.store for facts in told(last)} == {store}


def costs_at_most(cents: int) -> Check:
    return lambda _, last: all(e.candidate.product.price_cents <= cents for e in last.shown)


def is_told_for(day: str) -> Check:
    return lambda _, last: days_in(told(last)) == {day} and day in last.words.text


def days_in(said: Iterable[Facts]) -> set[str]:
    return {"" if facts.day is None else asked(facts.day, ENGLISH) for facts in said}


def is_without(word: str) -> Check:
    return lambda _, last: not any(word in title.casefold() for title in titles(last))


TALKS: list[tuple[str, tuple[str, ...], Check]] = [
    (CAFE, ("hot chocolate", "the cheaper one"), is_cheapest),
    (CAFE, ("hot chocolate", "the second one"), is_one_before(1)),
    (CAFE, ("hot chocolate", "I'll take the last one"), is_one_before(2)),
    (CAFE, ("hot chocolate", "something else"), is_new),
    (CAFE, ("hot chocolate", "same but vegan"), is_vegan),
    (CAFE, ("hot chocolate", "vegan", "the first one"), is_one_before(0)),
    (CAFE, ("hot chocolate", "under $4"), costs_at_most(400)),
    (CAFE, ("hot chocolate", "something cheaper"), is_cheaper),
    (CAFE, ("hot chocolate", "what about tea?"), every("Tea")),
    (CAFE, ("hot chocolate", "what about tea?", "the second one"), is_one_before(1)),
    (CAFE, ("hot chocolate", "at the Tea Room"), is_at("Tea Room")),
    (CAFE, ("hot chocolate", "and tomorrow?"), is_told_for("tomorrow")),
    (CAFE, ("hot chocolate", "on Sunday"), is_told_for("on Sunday")),
    (CAFE, ("hot chocolate", "on Sunday", "under $4"), is_told_for("on Sunday")),
    (CAFE, ("hot chocolate", "tomorrow", "after 5"), is_told_for("tomorrow")),
    (CAFE, ("hot chocolate", "Monday morning"), is_told_for("on Monday")),
    (CAFE, ("hot chocolate", "and on Thanksgiving?"), is_told_for("on Thursday")),
    (CAFE, ("hot chocolate", "not white"), is_without("white")),
    (CAFE, ("I'm cold", "and tomorrow?"), is_told_for("tomorrow")),
    (CAFE, ("a present", "for Beatrix", "under $20"), costs_at_most(2000)),
    (CAFE, ("lambswool scarf", "and in green?"), is_first("green")),
    (CAFE, ("I'm cold", "for my dad"), is_same_wish),
    (OUTDOOR, ("ridgeback trail shoes in 44", "how about 42?"), every("EU 42")),
    (OUTDOOR, ("ridgeback trail shoes in 44", "and in 46?", "45 then"), every("EU 45")),
    (OUTDOOR, ("ridgeback trail shoes", "43"), every("EU 43")),
    (CAFE, ("merino gloves", "in red", "in L"), every("red, L")),
    (CAFE, ("soup", "without meat", "under $8"), costs_at_most(800)),
]


@pytest.mark.parametrize(("place", "said", "holds"), TALKS, ids=[" → ".join(t[1]) for t in TALKS])
async def test_last_message_means_what_the_talk_makes_of_it(
    concierge: Concierge, town: Database, place: str, said: tuple[str, ...], holds: Check
) -> None:
    chat = await opened(concierge, town, place)
    for text in said:
        await chat.say(text)
    *_, before, last = chat.answers
    assert last.kind in GOODS, last.words.text
    assert last.shown
    assert holds(before, last), (titles(before), last.words.text)


async def test_size_that_is_missing_is_told_with_those_there_are(
    concierge: Concierge, town: Database
) -> None:
    chat = await opened(concierge, town, OUTDOOR)
    last = await chat.say("ridgeback trail shoes in 46")
    assert (last.kind, last.facts.tone) == (Kind.NOTHING_NEAR, "other_makes")
    assert "46" not in last.facts.choices
    assert " and ".join(last.facts.choices[-2:]) in last.words.text


async def test_closer_looks_at_all_that_is_closer_not_only_at_the_best(
    concierge: Concierge, town: Database
) -> None:
    chat = await opened(concierge, town, "corner-bakery")
    await chat.say("hot chocolate")
    far = await chat.say("at the Tea Room")
    near_by = await chat.say("something closer")
    assert near_by.kind in GOODS
    most_m = min(facts.distance_m or 0 for facts in told(far))
    assert all((facts.distance_m or 0) < most_m for facts in told(near_by)), near_by.words.text


async def test_closer_offers_nothing_else_than_what_was_wished_for(
    concierge: Concierge, town: Database
) -> None:
    chat = await opened(concierge, town, CAFE)
    await chat.say("ridgeback trail shoes in 44")
    assert (await chat.say("anything nearer?")).kind is Kind.NOTHING_NEAR


async def test_nothing_open_that_day_is_told_with_what_can_be_had_before(
    concierge: Concierge, town: Database
) -> None:
    chat = await opened(concierge, town, OUTDOOR)
    last = await chat.say("ridgeback trail shoes in 44 on Thanksgiving, open?")
    assert days_in(last.facts.before) == {"on Thursday"}
    assert last.shown


async def test_hours_are_told_of_the_store_that_was_talked_of(
    concierge: Concierge, town: Database
) -> None:
    chat = await opened(concierge, town, CAFE)
    await chat.say("hot chocolate")
    await chat.say("at the Tea Room")
    last = await chat.say("how late are they open?")
    assert (last.kind, last.facts.store) == (Kind.STORES, "Tea Room")


async def test_same_opening_does_not_stand_twice_in_a_row(
    concierge: Concierge, town: Database
) -> None:
    chat = await opened(concierge, town, CAFE)
    first, second = [await chat.say(text) for text in ("I'm cold", "and tomorrow?")]
    assert first.words.text.split(". ")[0] != second.words.text.split(". ")[0]


async def opened(concierge: Concierge, town: Database, place: str) -> Chat:
    fix = await near(town, place)
    return Chat(concierge, town, await stranger(town), replace(fix), [])
