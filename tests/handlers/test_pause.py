"""/pause, and offers that are for adults: what stays away, what still comes, and how it ends."""

from datetime import timedelta

import pytest

from handlers import texts, texts_rights
from storage.records import ConsentKind, Priority
from tests.builders import outgoing
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.handlers.walking import (
    PAST_THE_CAFE,
    Walker,
    agree,
    ask_about_nudges,
    mia_walks,
    newcomer,
)

__all__ = ["mia_walks", "newcomer"]


async def test_pause_keeps_nudges_away_and_ends_by_itself(mia_walks: Walker) -> None:
    said = await mia_walks.phone.says("/pause 14 days")
    assert said.text.startswith("Done, offers are paused until December 4.")
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert mia_walks.nudges == []
    assert await mia_walks.visits() == [], "what nothing may come of is not noted"
    await mia_walks.stops()
    mia_walks.counter.clock.pass_by(days=14)
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1


async def test_pause_begun_on_the_way_ends_the_visit(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    await mia_walks.phone.says("/pause until I say")
    await mia_walks.moves(90)
    assert all(visit.left_at is not None for visit in await mia_walks.visits())


async def test_offers_that_wait_are_dropped_and_answers_still_come(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    later = counter.clock() + timedelta(days=1)
    async with counter.database.work() as work:
        for priority in (Priority.NUDGE, Priority.CAMPAIGN, Priority.ORDER):
            await work.outbox.add(outgoing(7, priority.value, priority=priority), later)
        await work.commit()
    await mia.says("/pause a week")
    counter.clock.pass_by(days=2)
    assert [item.outgoing.arguments["text"] for item in (await counter.deliver()).items] == [
        "order"
    ]
    assert (await mia.says("/help")).text == english(texts.HELP)


async def test_pause_without_a_word_offers_the_usual_lengths(mia: Phone) -> None:
    asked = await mia.says("/pause")
    assert asked.text == english(texts_rights.PAUSE_ASK)
    assert list(asked.buttons) == ["1 week", "1 month", "Until I say"]
    done = await mia.taps(asked.buttons["1 week"], asked)
    assert done.message_id == asked.message_id
    assert done.text.startswith("Done, offers are paused until November 27.")


async def test_open_pause_lasts_until_it_is_ended(mia: Phone, counter: Counter) -> None:
    await mia.says("/pause until I say")
    counter.clock.pass_by(days=900)
    shown = await mia.says("/pause")
    assert shown.text.startswith("Offers are paused until you say.")
    ended = await mia.taps(shown.buttons["End the pause"], shown)
    assert ended.text == english(texts_rights.PAUSE_OVER)
    assert (await mia.says("/pause off")).text == english(texts_rights.NOT_PAUSED)


async def test_pause_that_says_no_time_to_come_changes_nothing(
    mia: Phone, counter: Counter
) -> None:
    said = await mia.says("/pause until yesterday")
    assert said.text.startswith("I need a time to come, like /pause 14 days or /pause until ")
    assert list(said.buttons) == ["1 week", "1 month", "Until I say"]
    shopper = await counter.shopper(7)
    assert shopper is not None
    assert shopper.paused_until is None


async def test_settings_show_the_pause_and_end_it(mia: Phone, counter: Counter) -> None:
    await mia.says("/pause 30 days")
    for kind in ConsentKind:
        await agree(counter, 7, kind)
    settings = await mia.says("/settings")
    assert settings.text.splitlines()[1] == "Offers close by: on, paused until December 20"
    await mia.taps(settings.buttons["End the pause"], settings)
    assert (await mia.says("/settings")).text.splitlines()[1] == "Offers close by: on"


async def test_paused_shopper_is_not_asked_for_more(newcomer: Walker) -> None:
    await newcomer.phone.says("/pause 7 days")
    await newcomer.shares(100)
    assert english(texts.NUDGES_ASK) not in await ask_about_nudges(newcomer)


# For adults


async def under_age(phone: Phone, settings: Sent) -> Sent:
    return await phone.taps(settings.buttons["I'm under 18"], settings)


async def test_question_says_for_whom_it_is_and_takes_the_answer(newcomer: Walker) -> None:
    await newcomer.shares(100)
    sent = await newcomer.phone.says("I'm cold")
    question = Sent([sent.items[-1]])
    assert question.text == english(texts.NUDGES_ASK)
    assert "For adults" in question.text
    assert list(question.buttons) == ["Yes, please", "No, thanks", "I'm under 18"]
    assert (await under_age(newcomer.phone, question)).text == english(texts_rights.UNDER_AGE_ON)
    newcomer.counter.clock.pass_by(days=40)
    await newcomer.shares(100)
    assert english(texts.NUDGES_ASK) not in await ask_about_nudges(newcomer)


async def test_no_nudge_for_whoever_is_under_age(mia_walks: Walker) -> None:
    phone = mia_walks.phone
    await under_age(phone, await phone.says("/settings"))
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert mia_walks.nudges == []
    assert await mia_walks.visits() == []


async def test_yes_of_an_old_button_does_not_count_under_age(mia: Phone, counter: Counter) -> None:
    settings = await mia.says("/settings")
    await under_age(mia, settings)
    refused = await mia.taps(settings.buttons["Turn on: offers close by"], settings)
    assert refused.text == english(texts_rights.NOT_FOR_UNDER_AGE)
    async with counter.database.reading() as work:
        consents = await work.consents.current(7)
    assert not consents[ConsentKind.NUDGES].is_granted


async def test_of_age_again_means_agreeing_anew(mia: Phone, counter: Counter) -> None:
    await under_age(mia, await mia.says("/settings"))
    settings = await mia.says("/settings")
    assert settings.text.splitlines()[1] == "Offers close by: off, they are for adults"
    assert list(settings.buttons)[:2] == ["Turn on: using a shared place", "I'm 18 or older"]
    await mia.taps(settings.buttons["I'm 18 or older"], settings)
    settings = await mia.says("/settings")
    assert settings.text.splitlines()[1] == "Offers close by: off"
    assert "Turn on: offers close by" in settings.buttons


@pytest.mark.parametrize("action", ["pause", "resume", "under age"])
async def test_each_act_is_in_the_log_without_the_person(
    mia: Phone, counter: Counter, action: str
) -> None:
    await mia.says("/pause 3 days")
    await mia.says("/pause off")
    await under_age(mia, await mia.says("/settings"))
    async with counter.database.reading() as work:
        entries = {entry.action: entry for entry in await work.audit.latest(5)}
    assert entries[action].actor.startswith("shopper#")
    assert entries[action].subject == "self"
