"""Birthdays in /family: told once, a week before, to who asked for it, with an idea and why."""

import pytest

from handlers.reminders.birthdays import BirthdayReminders
from handlers.unasked import UnaskedParts
from knowledge.concierge import Concierge
from knowledge.reminding import ReminderRules
from storage.records import ConsentKind
from tests.handlers.conftest import Counter, Phone, Sent
from tests.handlers.walking import agree

SOON, LATER = "birthday 25 November", "birthday 12 May"  # the town's morning is November 20


@pytest.fixture
def birthdays(counter: Counter, concierge: Concierge) -> BirthdayReminders:
    parts = UnaskedParts(counter.database, concierge, counter.signer, counter.clock, counter.clock)
    return BirthdayReminders(parts, ReminderRules())


async def told(counter: Counter, birthdays: BirthdayReminders) -> Sent:
    await birthdays.tick()
    return await counter.deliver()


async def test_birthday_is_told_with_an_idea_and_why(
    mia: Phone, counter: Counter, birthdays: BirthdayReminders
) -> None:
    await mia.says(f"/family add mum, likes candles, {SOON}")
    await agree(counter, 7, ConsentKind.BIRTHDAYS)
    sent = await told(counter, birthdays)
    first, idea = sent.text.splitlines()
    assert first == "Birthday of mum: Wednesday."
    assert idea.startswith("An idea: ")
    assert "candle" in idea.casefold()
    assert idea.endswith("because mum likes candles.")
    assert "Book it" in sent.buttons
    assert "No more of these" in sent.buttons
    booked = await mia.taps(sent.buttons["Book it"], sent)
    assert booked.text.startswith("Booked.")
    async with counter.database.reading() as work:
        assert len(await work.presents.of_shopper(7)) == 1


async def test_birthday_is_told_once(
    mia: Phone, counter: Counter, birthdays: BirthdayReminders
) -> None:
    await mia.says(f"/family add mum, likes candles, {SOON}")
    await agree(counter, 7, ConsentKind.BIRTHDAYS)
    assert (await told(counter, birthdays)).seen
    for _ in range(3):
        assert not (await told(counter, birthdays)).seen
        counter.clock.pass_by(days=1)


async def test_two_birthdays_are_told_on_two_days(
    mia: Phone, counter: Counter, birthdays: BirthdayReminders
) -> None:
    await mia.says("/family add mum, birthday 26 November")
    await mia.says("/family add dad, birthday 25 November")
    await agree(counter, 7, ConsentKind.BIRTHDAYS)
    assert "dad" in (await told(counter, birthdays)).text
    assert not (await told(counter, birthdays)).seen
    counter.clock.pass_by(days=1)
    assert "mum" in (await told(counter, birthdays)).text


@pytest.mark.parametrize("why", ["never asked for", "not near", "asleep", "stopped"])
async def test_nobody_is_told_who_need_not_be(
    mia: Phone, counter: Counter, birthdays: BirthdayReminders, why: str
) -> None:
    await mia.says(f"/family add mum, likes candles, {LATER if why == 'not near' else SOON}")
    if why != "never asked for":
        await agree(counter, 7, ConsentKind.BIRTHDAYS)
    if why == "asleep":
        counter.clock.pass_by(hours=12)
    if why == "stopped":
        await mia.says("/stop")
    assert not (await told(counter, birthdays)).seen


async def test_birthday_that_a_linked_person_tells_is_told(
    mia: Phone, ben: Phone, counter: Counter, birthdays: BirthdayReminders
) -> None:
    await mia.says("/family add husband")
    await ben.says(f"/family me, likes board games, {SOON}")
    code = (await mia.says("/family link husband")).text.rsplit("\n", 1)[1]
    asked = await ben.says(code)
    await ben.taps(asked.buttons["Accept"], asked)
    await agree(counter, 7, ConsentKind.BIRTHDAYS)
    sent = await told(counter, birthdays)
    assert sent.text.startswith("Birthday of husband: Wednesday.")
    assert "because husband likes board games" in sent.text


async def test_it_is_told_in_spanish(
    counter: Counter, birthdays: BirthdayReminders, mia: Phone
) -> None:
    await mia.says("/family añade mamá, le gustan las velas, cumpleaños 25 de noviembre")
    async with counter.database.work() as work:
        await work.shoppers.choose_language(7, "es")
        await work.commit()
    await agree(counter, 7, ConsentKind.BIRTHDAYS)
    sent = await told(counter, birthdays)
    assert sent.text.startswith("Cumpleaños de mamá: ")
    assert sent.text.endswith("porque mamá tiene entre sus gustos velas.")
