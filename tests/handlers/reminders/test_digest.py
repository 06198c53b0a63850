from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import texts_rights
from storage.records import (
    ConsentKind,
    Priority,
    Reminder,
    ReminderKind,
    Signal,
    SignalKind,
)
from tests.builders import shopper
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.handlers.reminders.conftest import HOT, Clockwork, asked, begun, likes_hot_drinks
from tests.handlers.walking import agree
from tests.sample_town import MORNING


@pytest.fixture
async def subscriber(mia: Phone, counter: Counter) -> Phone:
    """Mia often buys hot drinks and wants the digest."""
    await mia.says("/start")
    await likes_hot_drinks(counter)
    await agree(counter, 7, ConsentKind.DIGEST)
    return mia


async def test_digest_tells_a_coupon_for_what_is_often_bought(
    subscriber: Phone, clockwork: Clockwork
) -> None:
    sent = Sent(await clockwork.tick())
    assert sent.text == (
        "This week for you:\n"
        "HOT20, until December 20: 20 % off hot drinks. You often buy hot drinks."
    )
    assert sent.items[0].outgoing.priority is Priority.CAMPAIGN
    said = await subscriber.taps(sent.buttons["No more of these"], sent)
    assert said.text == english(texts_rights.DIGEST_OFF)


async def test_digest_comes_once_a_week_and_never_with_the_same(
    subscriber: Phone, clockwork: Clockwork
) -> None:
    assert len(await clockwork.told()) == 1
    async with clockwork.counter.database.work() as work:
        chai = replace(HOT, code="CHAI30", valid_until=MORNING + timedelta(days=30))
        await work.coupons.add_many([chai])
        await work.commit()
    said = []
    for _ in range(20):
        clockwork.counter.clock.pass_by(days=1)
        said.append(await clockwork.told())
    assert [len(each) for each in said] == [0] * 5 + [1] + [0] * 14  # the Thursday after
    assert "CHAI30" in said[5][0]
    assert "HOT20" not in said[5][0]


async def test_digest_waits_for_thursday(subscriber: Phone, clockwork: Clockwork) -> None:
    clockwork.counter.clock.pass_by(days=3)  # a Monday
    told = []
    for _ in range(4):
        told.append(len(await clockwork.told()))
        clockwork.counter.clock.pass_by(days=1)
    assert told == [0, 0, 0, 1]


async def test_nobody_is_looked_at_for_a_digest_that_is_due_nowhere(
    subscriber: Phone, clockwork: Clockwork
) -> None:
    clockwork.counter.clock.pass_by(days=3)  # a Monday
    await clockwork.digest.tick()  # reads the catalogue
    with begun(clockwork.counter.database._reading_engine) as transactions:
        await clockwork.digest.tick()
    assert transactions == []


@pytest.mark.parametrize(
    ("hours", "questions"),
    [(12, 1), (0, 2)],
    ids=["it is night there", "they heard something else today"],
)
async def test_those_who_cannot_be_told_now_cost_the_same_however_many_they_are(
    subscriber: Phone, clockwork: Clockwork, hours: float, questions: int
) -> None:
    counter = clockwork.counter
    async with counter.database.work() as work:
        await work.shoppers.add_many([shopper(key) for key in range(20, 30)])
        for key in (7, *range(20, 30)):
            about = Reminder(key, ReminderKind.COUPON_ENDS, "ICE20", counter.clock())
            await work.reminders.add(about)
        await work.commit()
    for key in range(20, 30):
        await agree(counter, key, ConsentKind.DIGEST)
    counter.clock.pass_by(hours=hours)
    await clockwork.digest.tick()  # reads the catalogue
    with (
        asked(counter.database._reading_engine) as read,
        begun(counter.database._writing_engine) as written,
    ):
        await clockwork.digest.tick()
    assert (len(read), written) == (questions, [])


async def test_week_with_nothing_to_tell_is_silent_and_decided(
    mia: Phone, clockwork: Clockwork
) -> None:
    await mia.says("/start")
    await agree(clockwork.counter, 7, ConsentKind.DIGEST)
    assert await clockwork.told() == []
    async with clockwork.counter.database.reading() as work:
        (decided,) = await work.reminders.of_shopper(7, MORNING)
    assert (decided.kind, decided.about) == (ReminderKind.DIGEST, "2026-W47")
    assert not decided.is_told
    await likes_hot_drinks(clockwork.counter)
    assert await clockwork.told() == []


async def test_digest_knows_what_was_saved_and_what_was_turned_down(
    subscriber: Phone, clockwork: Clockwork
) -> None:
    async with clockwork.counter.database.work() as work:
        await work.signals.add(Signal(7, "wool-socks-red", SignalKind.DISMISS, MORNING))
        await work.signals.add(Signal(7, "apple-turnover", SignalKind.WISHLIST, MORNING))
        bake = replace(
            HOT,
            code="BAKE10",
            title="10 % off turnovers",
            valid_until=MORNING + timedelta(days=30),
            categories=frozenset(),
            product_ids=frozenset({"apple-turnover"}),
        )
        await work.coupons.add_many([bake])
        await work.commit()
    (text,) = await clockwork.told()
    assert text.splitlines()[1:] == [
        "BAKE10, until December 20: 10 % off turnovers. You saved Apple Turnover.",
        "HOT20, until December 20: 20 % off hot drinks. You often buy hot drinks.",
    ]
