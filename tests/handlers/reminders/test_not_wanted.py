"""Who is left alone."""

import pytest

from handlers.callbacks import Action
from storage.records import (
    ConsentKind,
    Priority,
)
from tests.handlers.conftest import Phone
from tests.handlers.reminders.conftest import Clockwork, likes_hot_drinks
from tests.handlers.walking import agree

SILENT = {
    "pause": "/pause 3 days",
    "stop": "/stop",
    "no": Action.CONSENT_NO,
    "under age": Action.UNDER_AGE,
}


@pytest.mark.parametrize("said", SILENT.values(), ids=SILENT)
@pytest.mark.parametrize("is_waiting", [True, False], ids=["it waits", "it is due"])
async def test_what_a_shopper_says_against_it_counts_at_once(
    keeper: Phone, clockwork: Clockwork, said: str, is_waiting: bool
) -> None:
    await likes_hot_drinks(clockwork.counter, "HOT30")
    await agree(clockwork.counter, 7, ConsentKind.DIGEST)
    if is_waiting:
        await clockwork.coupons.tick()
    if isinstance(said, Action):
        kinds = [ConsentKind.COUPON_REMINDERS, ConsentKind.DIGEST]
        arguments = ["yes"] if said is Action.UNDER_AGE else kinds
        replies = [await keeper.taps(keeper.button(said, each)) for each in arguments]
    else:
        replies = [await keeper.says(said)]
    assert [item.outgoing.priority for r in replies for item in r.items] == [Priority.REPLY] * len(
        replies
    )
    for _ in range(2):
        assert await clockwork.told() == []
        clockwork.counter.clock.pass_by(days=1)


async def test_who_comes_back_after_stop_has_to_ask_anew(
    keeper: Phone, clockwork: Clockwork
) -> None:
    await keeper.says("/stop")
    await keeper.says("/start")
    assert await clockwork.told() == []


async def test_who_blocked_the_bot_is_left_alone(keeper: Phone, clockwork: Clockwork) -> None:
    async with clockwork.counter.database.work() as work:
        await work.shoppers.mark_unreachable(7)
        await work.commit()
    assert await clockwork.told() == []


async def test_forgotten_shopper_is_not_reminded(keeper: Phone, clockwork: Clockwork) -> None:
    await clockwork.coupons.tick()
    await keeper.taps(keeper.button(Action.FORGET_YES))
    assert await clockwork.told() == []
