"""What was saved comes back when it is cheaper or has a coupon, for who asked for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import texts_rights
from handlers.callbacks import Action
from storage.records import ConsentKind, ReminderKind, Signal, SignalKind
from tests.builders import coupon, suggestion
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.handlers.reminders.conftest import Clockwork, another
from tests.handlers.walking import agree
from tests.sample_town import MORNING


async def saves(counter: Counter, was_cents: int | None = None) -> str:
    """Have Mia save a thing while no coupon is there; gives what it is called."""
    async with counter.database.work() as work:
        for known in await work.coupons.all():
            await work.coupons.add_many([replace(known, is_paused=True)])
        thing = await work.products.get("hot-chocolate")
        assert thing is not None
        shown = suggestion(
            7, product_id=thing.id, store_id="downtown-cafe",
            price_cents=was_cents or thing.price_cents, shown_at=MORNING,
        )  # fmt: skip
        (key,) = await work.suggestions.add_many([shown])
        await work.signals.add(Signal(7, thing.id, SignalKind.WISHLIST, MORNING, key))
        await work.commit()
    return thing.title


async def offers(counter: Counter, code: str = "WARM10") -> None:
    new = coupon(
        code, title="10 % off hot drinks", discount_percent=10, categories=frozenset({"hot drinks"}),
        valid_from=MORNING - timedelta(days=1), valid_until=MORNING + timedelta(days=9),
    )  # fmt: skip
    async with counter.database.work() as work:
        await work.coupons.add_many([new])
        await work.commit()


@pytest.fixture
async def wisher(mia: Phone, counter: Counter) -> Phone:
    await mia.says("/start")
    await agree(counter, 7, ConsentKind.WISHES)
    return mia


async def test_coupon_for_a_saved_thing_is_told_once(wisher: Phone, clockwork: Clockwork) -> None:
    counter = clockwork.counter
    title = await saves(counter)
    assert await clockwork.told(clockwork.wishes) == []
    await offers(counter)
    (text,) = await clockwork.told(clockwork.wishes)
    assert text.startswith(f"You saved {title}: WARM10 takes 10 % off until ")
    counter.clock.pass_by(days=1)
    assert await clockwork.told(clockwork.wishes) == []


async def test_lower_price_is_told_with_what_it_was(wisher: Phone, clockwork: Clockwork) -> None:
    title = await saves(clockwork.counter, was_cents=99_900)
    (text,) = await clockwork.told(clockwork.wishes)
    assert text.startswith(f"You saved {title}: it's $")
    assert text.endswith("and was $999.00.")


async def test_button_shows_the_thing_as_an_offer(wisher: Phone, clockwork: Clockwork) -> None:
    title = await saves(clockwork.counter, was_cents=99_900)
    sent = Sent(await clockwork.tick(clockwork.wishes))
    await wisher.shares()
    offer = await wisher.taps(sent.buttons[f"Show me: {title}"], sent)
    assert title in offer.text
    assert "Book it" in offer.buttons


async def test_one_message_a_day_whatever_it_is_about(wisher: Phone, clockwork: Clockwork) -> None:
    counter = clockwork.counter
    await saves(counter, was_cents=99_900)
    assert len(await clockwork.told(clockwork.wishes)) == 1
    await offers(counter)
    assert await clockwork.told(clockwork.wishes) == []
    counter.clock.pass_by(days=1)
    await clockwork.tick(clockwork.wishes)
    async with counter.database.reading() as work:
        kept = await work.reminders.of_shopper(7, MORNING)
    assert {each.kind for each in kept} == {ReminderKind.WISH}


@pytest.mark.parametrize("hours", [-6, 12])
async def test_night_is_quiet(wisher: Phone, clockwork: Clockwork, hours: int) -> None:
    await saves(clockwork.counter, was_cents=99_900)
    clockwork.counter.clock.pass_by(hours=hours)
    assert await clockwork.told(clockwork.wishes) == []


@pytest.mark.parametrize("act", ["never asked", "turned off", "paused", "stopped", "under age"])
async def test_nobody_hears_who_does_not_want_to(
    mia: Phone, clockwork: Clockwork, act: str
) -> None:
    await mia.says("/start")
    if act != "never asked":
        await agree(clockwork.counter, 7, ConsentKind.WISHES)
    await saves(clockwork.counter, was_cents=99_900)
    acts = {
        "turned off": lambda: mia.taps(mia.button(Action.CONSENT_NO, ConsentKind.WISHES)),
        "paused": lambda: mia.says("/pause 14 days"),
        "stopped": lambda: mia.says("/stop"),
        "under age": lambda: mia.taps(mia.button(Action.UNDER_AGE, "yes")),
    }
    if act in acts:
        await acts[act]()
    assert await clockwork.told(clockwork.wishes) == []


async def test_taken_off_the_list_it_stays_silent(wisher: Phone, clockwork: Clockwork) -> None:
    await saves(clockwork.counter, was_cents=99_900)
    listed = await wisher.says("/history")
    (off,) = listed.buttons.values()
    await wisher.taps(off, listed)
    assert await clockwork.told(clockwork.wishes) == []


async def test_two_processes_tell_it_once(
    wisher: Phone, clockwork: Clockwork, concierge: object
) -> None:
    await saves(clockwork.counter, was_cents=99_900)
    other = another(clockwork.counter, concierge)  # type: ignore[arg-type]  # the fixture's own
    assert len(await clockwork.told(clockwork.wishes, other.wishes)) == 1


async def test_what_for_is_said_before_the_yes(mia: Phone, clockwork: Clockwork) -> None:
    await mia.says("/start")
    shown = await mia.says("/settings")
    asked = await mia.taps(shown.buttons["Turn on: news of what you saved"], shown)
    assert asked.text == english(texts_rights.WISHES_ASK)
    await mia.taps(asked.buttons["Yes, please"], asked)
    await saves(clockwork.counter, was_cents=99_900)
    assert len(await clockwork.told(clockwork.wishes)) == 1
