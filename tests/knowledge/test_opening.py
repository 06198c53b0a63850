"""Questions after opening hours: which messages ask, and what is told with and without a place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.answer import Answer
from knowledge.concierge import Concierge
from knowledge.context import Question
from knowledge.days_ahead import DayAhead
from knowledge.facts import Kind
from knowledge.opening import asks_for_hours, asks_for_their_hours
from knowledge.understanding import Intent
from storage.database import Database
from tests.knowledge.asking import CAFE, stranger
from tests.sample_town import MORNING, NIGHT, near


@pytest.mark.parametrize(
    "text",
    [
        "what time do you close?",
        "when do you open tomorrow",
        "are you open?",
        "are you still open",
        "how late are the stores open",
        "opening hours",
        "what are your hours",
        "is anything open right now?",
        "open on Sunday?",
    ],
)
def test_question_after_hours_is_one(text: str) -> None:
    assert asks_for_hours(text)


@pytest.mark.parametrize(
    "text",
    [
        "I need a bottle opener",
        "can I return opened earbuds",
        "close to the station",
        "open a tab for me",
        "something to keep the door shut",
        "happy hour snacks",
    ],
)
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert not asks_for_hours(text)


def test_their_hours_are_those_of_the_store_talked_of() -> None:
    assert asks_for_their_hours("how late are they open?")
    assert asks_for_their_hours("is it still open?")
    assert not asks_for_their_hours("are you open?")


async def test_nearest_stores_hours_are_told_with_the_next_ones(
    concierge: Concierge, town: Database
) -> None:
    answer = await hours(concierge, town, "what time do you close?")
    assert (answer.facts.kind, answer.facts.store) == (Kind.STORES, "Downtown Café")
    assert answer.words.text.splitlines() == [
        "Downtown Café, 33 m away, is open until 7:00 PM.",
        "Also close by: Wool & Tide until 6:00 PM and Home & Co until 6:00 PM.",
    ]
    assert [store.name for store in answer.stores][:1] == ["Downtown Café"]


async def test_hours_are_those_of_the_day_that_is_asked_about(
    concierge: Concierge, town: Database
) -> None:
    answer = await hours(concierge, town, "are you open on Thanksgiving?")
    assert answer.facts.day == DayAhead(date(2026, 11, 26), MORNING.date())
    assert answer.words.text.startswith(
        "Downtown Café, 33 m away, is open on Thursday from 8:00 AM to 1:00 PM."
    )


async def test_store_that_is_open_comes_before_one_that_is_closer(
    concierge: Concierge, town: Database
) -> None:
    answer = await hours(concierge, town, "is anything open?", asked_at=NIGHT)
    assert answer.facts.store == "Anchor Corner Shop"
    assert "at any hour" in answer.words.text or "open at any hour" in answer.words.text


async def test_without_a_place_it_is_asked_for_and_then_the_store(
    concierge: Concierge, town: Database
) -> None:
    question = Question(await stranger(town), "are you open?", MORNING)
    first = await concierge.reply(question, intent=Intent.STORE_LOOKUP)
    assert first.kind is Kind.NEEDS_PLACE
    again = await hours(concierge, town, "are you open?", just_search=True)
    assert (again.kind, again.facts.tone) == (Kind.CLARIFY, "store")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is the Tea Room open on Monday?", "is closed on Monday. It opens Tuesday at 8:00 AM."),
        ("is the Tea Room open tomorrow?", "is open tomorrow from 8:00 AM to 6:00 PM."),
        (
            "is the Tea Room open at 8 pm?",
            "closes at 6:00 PM today. It opens tomorrow at 8:00 AM.",
        ),
        ("is the Tea Room open in an hour?", "is open today from 8:00 AM to 6:00 PM."),
        ("is Corner Bakery open on Thanksgiving?", "is closed on Thursday for Thanksgiving."),
    ],
)
async def test_named_store_is_told_for_the_time_asked_about(
    concierge: Concierge, town: Database, text: str, told: str
) -> None:
    answer = await hours(concierge, town, text)
    assert told in answer.words.text


async def test_hour_is_that_of_the_stores_own_clock(concierge: Concierge, town: Database) -> None:
    late = MORNING + timedelta(hours=8)  # 18:30 in the town, another day in UTC soon
    answer = await hours(concierge, town, "are you open at 8 pm?", asked_at=late)
    assert answer.facts.day is not None
    assert answer.facts.day.is_today


async def hours(concierge: Concierge, town: Database, text: str, **how: object) -> Answer:
    """Ask as somebody new, at the door of Downtown Café unless just searching; toy vectors tell no such intent."""
    place = None if "just_search" in how else await near(town, CAFE)
    question = Question(await stranger(town), text, MORNING, place)
    return await concierge.reply(replace(question, **how), intent=Intent.STORE_LOOKUP)  # type: ignore[arg-type]
