"""One message a day, and each of them once, whatever happens."""

import pytest

from knowledge.concierge import Concierge
from storage.records import (
    ConsentKind,
    Gate,
    Reading,
    Reminder,
    ReminderKind,
)
from tests.handlers.conftest import Phone
from tests.handlers.reminders.conftest import Clockwork, another, keeps, likes_hot_drinks
from tests.handlers.walking import PAST_THE_CAFE, Walker, agree


async def test_one_message_a_day_is_enough(keeper: Phone, clockwork: Clockwork) -> None:
    await likes_hot_drinks(clockwork.counter, "HOT30")
    await agree(clockwork.counter, 7, ConsentKind.DIGEST)
    assert len(await clockwork.told()) == 1
    await keeps(clockwork.counter, "ICE20")
    assert await clockwork.told() == []
    clockwork.counter.clock.pass_by(days=1)
    (text,) = await clockwork.told()
    assert text.startswith("ICE20, which you saved, ")
    clockwork.counter.clock.pass_by(days=1)
    (text,) = await clockwork.told()
    assert text.startswith("This week for you:")


async def test_who_heard_an_offer_today_is_reminded_tomorrow(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1
    await keeps(clockwork.counter, "HOT20")
    assert await clockwork.told(clockwork.coupons) == []
    await mia_walks.stops()
    clockwork.counter.clock.pass_by(days=1)
    assert len(await clockwork.told(clockwork.coupons)) == 1


async def test_who_was_reminded_hears_no_offer_for_24_hours(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await keeps(clockwork.counter, "HOT20", "ICE20")
    assert len(await clockwork.told(clockwork.coupons)) == 1
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert mia_walks.nudges == []
    async with clockwork.counter.database.reading() as work:
        receipt = await work.receipts.about(7, "CAFE20")
    assert receipt is not None
    assert receipt.of(Gate.PER_DAY) == Reading(Gate.PER_DAY, 1, 1)
    await mia_walks.stops()
    clockwork.counter.clock.pass_by(days=1)
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1


async def test_word_that_a_share_ends_keeps_no_offer_away(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    async with clockwork.counter.database.work() as work:
        about = Reminder(7, ReminderKind.SHARE_ENDS, "5", clockwork.counter.clock(), is_told=True)
        await work.reminders.add(about)
        await work.commit()
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1


async def test_two_processes_queue_one_message(
    keeper: Phone, clockwork: Clockwork, concierge: Concierge
) -> None:
    await likes_hot_drinks(clockwork.counter, "HOT30")
    await agree(clockwork.counter, 7, ConsentKind.DIGEST)
    others = another(clockwork.counter, concierge)
    for jobs in (clockwork, others, clockwork):
        await jobs.coupons.tick()
        await jobs.digest.tick()
    assert len((await clockwork.counter.deliver()).items) == 1


async def test_what_died_before_the_commit_is_done_by_the_next(
    keeper: Phone,
    clockwork: Clockwork,
    concierge: Concierge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class DiedError(Exception):
        pass

    async def die(*_: object) -> None:
        raise DiedError

    with monkeypatch.context() as patched:
        patched.setattr("storage.work.Work.commit", die)
        with pytest.raises(DiedError):
            await clockwork.coupons.tick()
    assert len(await another(clockwork.counter, concierge).told()) == 1
