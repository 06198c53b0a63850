from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import texts_rights
from storage.records import (
    Priority,
)
from tests.english import english
from tests.handlers.conftest import Phone, Sent
from tests.handlers.reminders.conftest import HOT, Clockwork, keeps
from tests.sample_town import MORNING


async def test_saved_coupon_that_ends_is_told_once(keeper: Phone, clockwork: Clockwork) -> None:
    (item,) = await clockwork.tick()
    assert item.outgoing.arguments["text"] == (
        "HOT20, which you saved, is good until Saturday: 20 % off hot drinks."
    )
    assert item.outgoing.priority is Priority.CAMPAIGN
    assert item.outgoing.unique_key == "reminder:7:coupon_ends:HOT20"
    assert item.outgoing.send_before == MORNING + timedelta(hours=9, minutes=30)  # 20:00 there
    clockwork.counter.clock.pass_by(days=1)
    assert await clockwork.told() == []


async def test_coupons_that_end_together_are_one_message(
    keeper: Phone, clockwork: Clockwork
) -> None:
    await keeps(clockwork.counter, "ICE20")
    (text,) = await clockwork.told()
    assert text == (
        "Coupons you saved end soon:\n"
        "HOT20, until Saturday: 20 % off hot drinks\n"
        "ICE20, until Saturday: 20 % off hot drinks"
    )


async def test_reminder_ends_with_one_tap(keeper: Phone, clockwork: Clockwork) -> None:
    sent = Sent(await clockwork.tick())
    said = await keeper.taps(sent.buttons["No more of these"], sent)
    assert said.text == english(texts_rights.COUPON_REMINDERS_OFF)
    await keeps(clockwork.counter, "ICE20")
    clockwork.counter.clock.pass_by(days=1)
    assert await clockwork.told() == []


async def test_coupon_that_was_used_up_is_not_told(keeper: Phone, clockwork: Clockwork) -> None:
    async with clockwork.counter.database.work() as work:
        await work.coupons.add_many([replace(HOT, per_shopper=1)])
        assert await work.coupons.redeem("HOT20", 7, "K1-0001", MORNING)
        await work.commit()
    assert await clockwork.told() == []


@pytest.mark.parametrize(
    ("hours", "hears"), [(-1.0, 0), (-0.5, 1), (9.4, 1), (9.5, 0), (17.0, 0), (24.0, 1)]
)
async def test_reminder_waits_for_a_decent_hour(
    keeper: Phone, clockwork: Clockwork, hours: float, hears: int
) -> None:
    clockwork.counter.clock.pass_by(hours=hours)
    assert len(await clockwork.told()) == hears


async def test_reminder_that_could_not_leave_in_time_never_does(
    keeper: Phone, clockwork: Clockwork
) -> None:
    await clockwork.coupons.tick()
    clockwork.counter.clock.pass_by(hours=10)
    assert (await clockwork.counter.deliver()).items == []
