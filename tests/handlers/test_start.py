from datetime import timedelta

import pytest

from handlers import texts
from storage.records import ConsentKind, OrderStatus
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ANA, MORNING


async def test_new_shopper_is_greeted_by_name_with_two_buttons(mia: Phone) -> None:
    reply = await mia.says("/start")
    assert reply.methods == ["sendMessage"]
    assert reply.text.startswith("Hi Mia, I'm the concierge of Maple Harbor.")
    (row,) = reply.keyboard["keyboard"]
    assert [button["text"] for button in row] == ["📍 Share location", "Just look around"]


async def test_returning_shopper_hears_of_the_order_that_is_ready(ana: Phone) -> None:
    reply = await ana.says("/start")
    assert reply.text == "Welcome back, Ana. Your order K7-2291 is ready at Home & Co."


async def test_ready_order_comes_before_a_newer_booking(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    offer = await ana.says("I'm cold")
    await ana.taps(offer.buttons["Book it"], offer)
    assert "K7-2291 is ready" in (await ana.says("/start")).text


async def test_returning_shopper_without_orders_is_just_welcome(mia: Phone) -> None:
    await mia.says("/start")
    reply = await mia.says("/start")
    assert reply.text.startswith("Welcome back, Mia.")


async def test_greeting_takes_a_stop_back(mia: Phone, counter: Counter) -> None:
    await mia.says("/stop")
    assert (await counter.shopper(7)).stopped_at == MORNING  # type: ignore[union-attr]
    await mia.says("/start")
    assert (await counter.shopper(7)).stopped_at is None  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["{shop}", "%s", "<b>", "🙂", "A" * 64, "Ana\nNext"])
async def test_any_name_is_only_text(mia: Phone, name: str) -> None:
    mia.updates.user["first_name"] = name
    assert name in (await mia.says("/start")).text


# A code at a store's door


async def test_code_at_a_store_tells_its_hours_and_best_coupon(mia: Phone) -> None:
    reply = await mia.says("/start s_tea-room")
    assert reply.text.startswith("Welcome to Tea Room. It's open until 6:00 PM.")
    assert "TEATIME20 takes 20 % off here" in reply.text
    assert reply.bold == ["Tea Room"]


async def test_code_may_use_underscores(mia: Phone) -> None:
    assert "Welcome to Home & Co." in (await mia.says("/start s_home_and_co")).text


async def test_code_at_a_closed_store_says_when_it_opens(mia: Phone, counter: Counter) -> None:
    counter.clock.pass_by(hours=10)
    reply = await mia.says("/start s_tea-room")
    assert "It's closed now and opens tomorrow at 8:00 AM." in reply.text


@pytest.mark.parametrize("payload", ["s_gone", "s_", "s_" + "x" * 60])
async def test_unknown_store_is_no_dead_end(mia: Phone, payload: str) -> None:
    reply = await mia.says(f"/start {payload}")
    assert reply.text == english(texts.STORE_UNKNOWN)
    assert reply.keyboard["keyboard"]


async def test_code_that_is_no_store_is_a_plain_greeting(mia: Phone) -> None:
    assert (await mia.says("/start hello")).text.startswith("Hi Mia")


# Help, stop, commands


async def test_help_lists_every_command_that_works(mia: Phone) -> None:
    reply = await mia.says("/help")
    for command in ("nearby", "coupons", "orders", "history", "settings", "privacy", "stop"):
        assert f"/{command}" in reply.text


@pytest.mark.parametrize(
    "command",
    ["/help", "/settings", "/privacy", "/forget", "/nearby", "/coupons", "/orders", "/history"],
)
async def test_every_command_is_answered_once(mia: Phone, counter: Counter, command: str) -> None:
    reply = await mia.says(command)
    assert reply.methods == ["sendMessage"]
    assert reply.text != english(texts.UNKNOWN_COMMAND)
    assert await counter.waiting() == 0


@pytest.mark.parametrize("command", ["/dance", "/", "/start_me", "/admin 1"])
async def test_unknown_command_points_to_help(mia: Phone, command: str) -> None:
    assert (await mia.says(command)).text == english(texts.UNKNOWN_COMMAND)


async def test_stop_drops_what_waits_and_ends_nudges_and_place(
    ana: Phone, counter: Counter
) -> None:
    await ana.shares()
    async with counter.database.work() as work:
        await work.consents.decide(
            ANA, ConsentKind.NUDGES, is_granted=True, version=1, now=MORNING
        )
        await work.commit()
    waiting = await counter.store(ana.updates.text("/help"))
    await counter.handle(waiting)
    reply = await ana.says("/stop")
    assert reply.text == english(texts.STOPPED)
    assert reply.keyboard == {"remove_keyboard": True}
    assert counter.places.latest(ANA, MORNING) is None
    async with counter.database.reading() as work:
        consents = await work.consents.current(ANA)
        orders = await work.orders.of_shopper(ANA)
    assert consents[ConsentKind.NUDGES].is_granted is False
    assert consents[ConsentKind.LOCATION].is_granted is True
    assert orders[0].status is OrderStatus.READY


@pytest.mark.parametrize("text", ["stop", "STOP", "Stop.", "unsubscribe"])
async def test_plain_word_stops_as_well(mia: Phone, text: str) -> None:
    assert (await mia.says(text)).text == english(texts.STOPPED)


@pytest.mark.parametrize("text", ["/stop", "stop"])
async def test_stop_counts_when_an_earlier_text_is_made_into_it(
    mia: Phone, counter: Counter, text: str
) -> None:
    await mia.says("/stp")
    assert (await mia.edits(text)).text == english(texts.STOPPED)
    shopper = await counter.shopper(7)
    assert shopper is not None
    assert shopper.stopped_at == MORNING


async def test_plain_word_helps_as_well(mia: Phone) -> None:
    assert (await mia.says("Help")).text == english(texts.HELP)


@pytest.mark.parametrize("text", ["where is the bus stop", "help me find a coat"])
async def test_word_within_a_question_is_only_a_word(mia: Phone, text: str) -> None:
    assert (await mia.says(text)).text not in (english(texts.STOPPED), english(texts.HELP))


async def test_stop_is_kept_when_the_shopper_writes_again(mia: Phone, counter: Counter) -> None:
    await mia.says("/stop")
    counter.clock.pass_by(minutes=1)
    assert (await mia.says("hello")).text
    shopper = await counter.shopper(7)
    assert shopper is not None
    assert shopper.stopped_at == MORNING
    assert shopper.last_seen_at == MORNING + timedelta(minutes=1)
