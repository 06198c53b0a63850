from datetime import timedelta

import pytest

from handlers import texts
from handlers.callbacks import Action
from storage.records import ConsentKind
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ANA


async def consent_of(counter: Counter, shopper_id: int) -> bool | None:
    async with counter.database.reading() as work:
        consent = (await work.consents.current(shopper_id)).get(ConsentKind.LOCATION)
    return None if consent is None else consent.is_granted


async def refuse(phone: Phone) -> None:
    await phone.taps(phone.button(Action.CONSENT_NO, ConsentKind.LOCATION))


# Asking


async def test_wish_without_a_place_asks_for_it(mia: Phone) -> None:
    reply = await mia.says("I'm cold")
    assert "share where you are" in reply.text
    (row,) = reply.keyboard["keyboard"]
    assert [button["text"] for button in row] == ["📍 Share location", "Just search"]
    assert row[0]["request_location"] is True


async def test_place_is_not_asked_for_twice_in_a_row(mia: Phone) -> None:
    await mia.says("I'm cold")
    reply = await mia.says("I'm hungry")
    assert "share where you are" not in reply.text
    assert "Book it" in reply.buttons


async def test_place_is_not_asked_for_twice_after_nearby(mia: Phone) -> None:
    await mia.says("/nearby")
    reply = await mia.says("I'm cold")
    assert "share where you are" not in reply.text


async def test_shared_place_answers_the_question_that_waits(mia: Phone, counter: Counter) -> None:
    await mia.says("I'm cold")
    reply = await mia.shares()
    assert " m away" in reply.text
    assert "Book it" in reply.buttons
    assert await consent_of(counter, 7) is True


async def test_shared_place_answers_nearby_that_waits(mia: Phone) -> None:
    await mia.says("/nearby")
    reply = await mia.shares()
    assert reply.text.startswith(english(texts.NEARBY))


async def test_question_waits_a_quarter_of_an_hour(mia: Phone, counter: Counter) -> None:
    await mia.says("I'm cold")
    counter.clock.pass_by(minutes=16)
    mia.updates.date += 16 * 60
    assert (await mia.shares()).text == english(texts.PLACE_THANKS)


async def test_just_search_answers_without_a_place(mia: Phone, counter: Counter) -> None:
    await mia.says("I'm cold")
    reply = await mia.says("Just search")
    assert "Book it" in reply.buttons
    assert " m away" not in reply.text
    assert await consent_of(counter, 7) is None


async def test_just_search_answers_nearby_that_waits(mia: Phone) -> None:
    await mia.says("/nearby")
    reply = await mia.says("Just search")
    assert reply.text == english(texts.LOOK_AROUND)


@pytest.mark.parametrize("label", ["Just search", "Just look around"])
async def test_button_with_nothing_waiting_tells_how_to_ask(mia: Phone, label: str) -> None:
    assert (await mia.says(label)).text == english(texts.LOOK_AROUND)


# Sharing


async def test_place_that_nothing_waited_for_is_thanked_for(mia: Phone, counter: Counter) -> None:
    reply = await mia.shares()
    assert reply.text == english(texts.PLACE_THANKS)
    assert reply.keyboard == {"remove_keyboard": True}
    assert await consent_of(counter, 7) is True


async def test_place_is_used_for_a_quarter_of_an_hour(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    assert " m away" in (await ana.says("I'm cold")).text
    counter.clock.pass_by(minutes=16)
    assert "share where you are" in (await ana.says("I'm hungry")).text


@pytest.mark.parametrize(
    "content",
    [
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "X"}},
        {"via_bot": {"id": 9, "is_bot": True, "first_name": "Other"}},
        {
            "venue": {
                "location": {"latitude": 44.0, "longitude": -69.0},
                "title": "Pier",
                "address": "1",
            }
        },
    ],
    ids=["forwarded", "by another bot", "venue"],
)
async def test_somebody_elses_place_is_not_the_shoppers(
    mia: Phone, counter: Counter, content: dict[str, object]
) -> None:
    place = {"latitude": 44.0712, "longitude": -69.1136}
    reply = await mia.sends(location=place, **content)
    assert reply.text == english(texts.PLACE_NOT_YOURS)
    assert counter.places.latest(7, counter.clock()) is None


async def test_place_lost_in_a_restart_is_asked_for_again(mia: Phone, counter: Counter) -> None:
    location = {"latitude": 44.0712, "longitude": -69.1136}
    update = mia.updates.message(location=location)
    inbox_id = await counter.store(update)
    counter.places.let_go(update["update_id"])  # memory is gone
    await counter.handle(inbox_id)
    assert (await counter.deliver()).text == english(texts.PLACE_LOST)


async def test_live_place_moves_without_a_word(mia: Phone, counter: Counter) -> None:
    await mia.shares(live_period=900)
    moved = {"latitude": 44.0720, "longitude": -69.1136, "live_period": 900}
    sent = await counter.take(mia.updates.edited(location=moved))
    assert sent.items == []
    place = counter.places.latest(7, counter.clock())
    assert place is not None
    assert place.latitude == 44.0720
    assert await counter.waiting() == 0


async def test_coordinates_are_in_no_row(mia: Phone, counter: Counter) -> None:
    update = mia.updates.message(location={"latitude": 44.0712345, "longitude": -69.1136})
    inbox_id = await counter.store(update)
    async with counter.database.work() as work:
        item = await work.inbox.claim(inbox_id)
    assert item is not None
    assert "44.07" not in item.payload


# Saying no


async def test_refused_place_is_not_asked_for_and_not_used(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    await refuse(ana)
    assert await consent_of(counter, ANA) is False
    assert counter.places.latest(ANA, counter.clock()) is None
    reply = await ana.says("I'm cold")
    assert "Book it" in reply.buttons
    assert " m away" not in reply.text


async def test_place_shared_after_a_no_asks_before_it_is_used(
    ana: Phone, counter: Counter
) -> None:
    await refuse(ana)
    reply = await ana.shares()
    assert reply.text == english(texts.PLACE_ASK_CONSENT)
    assert list(reply.buttons) == ["Yes, please", "No, thanks"]
    answer = await ana.says("I'm cold")
    assert " m away" not in answer.text
    options = await ana.says("hot chocolate")
    assert " m" not in options.text.splitlines()[1]
    picked = await ana.taps(options.buttons["1"], options)
    assert " m away" not in picked.text
    assert (await ana.says("/nearby")).text != english(texts.NEARBY)


async def test_yes_after_a_no_uses_the_place_that_was_shared(ana: Phone, counter: Counter) -> None:
    await refuse(ana)
    asked = await ana.shares()
    reply = await ana.taps(asked.buttons["Yes, please"], asked)
    assert reply.text == english(texts.CONSENT_LOCATION_ON)
    assert " m away" in (await ana.says("I'm cold")).text


@pytest.mark.parametrize("question", ["I'm cold", "/nearby"])
async def test_yes_after_a_no_answers_the_question_that_waited(mia: Phone, question: str) -> None:
    await mia.says(question)
    await refuse(mia)
    asked = await mia.shares()
    assert asked.text == english(texts.PLACE_ASK_CONSENT)
    agreed, answer = (await mia.taps(asked.buttons["Yes, please"], asked)).seen
    assert agreed.outgoing.arguments["text"] == english(texts.CONSENT_LOCATION_ON)
    told = str(answer.outgoing.arguments["text"])
    assert " m away" in told or told.startswith(english(texts.NEARBY))


@pytest.mark.parametrize(("days", "asks"), [(29, False), (30, True)])
async def test_place_is_asked_for_again_a_month_after_a_no(
    mia: Phone, counter: Counter, days: int, asks: bool
) -> None:
    await mia.says("hello")
    await refuse(mia)
    counter.clock.pass_by(days=days)
    assert ("share where you are" in (await mia.says("I'm cold")).text) is asks


async def test_place_shared_a_month_after_a_no_is_not_used_before_a_yes(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("hello")
    await refuse(mia)
    counter.clock.pass_by(days=31)
    mia.updates.date = int(counter.clock().timestamp())
    await mia.says("I'm cold")
    asked = await mia.shares()
    assert asked.text == english(texts.PLACE_ASK_CONSENT)
    _agreed, answer = (await mia.taps(asked.buttons["Yes, please"], asked)).seen
    assert " m away" in str(answer.outgoing.arguments["text"])


async def test_no_again_forgets_the_place(ana: Phone, counter: Counter) -> None:
    await refuse(ana)
    asked = await ana.shares()
    reply = await ana.taps(asked.buttons["No, thanks"], asked)
    assert reply.text == english(texts.CONSENT_LOCATION_OFF)
    assert counter.places.latest(ANA, counter.clock()) is None


async def test_live_place_of_who_refused_is_not_kept(ana: Phone, counter: Counter) -> None:
    await refuse(ana)
    moved = {"latitude": 44.0720, "longitude": -69.1136, "live_period": 900}
    await counter.take(ana.updates.edited(location=moved))
    assert counter.places.latest(ANA, counter.clock()) is None


# What is near


async def test_nearby_lists_open_stores_nearest_first(mia: Phone, counter: Counter) -> None:
    await mia.shares("downtown-cafe")
    reply = await mia.says("/nearby")
    lines = reply.text.splitlines()
    assert lines[0] == english(texts.NEARBY)
    assert lines[1].startswith("1. Downtown Café, ")
    assert len(lines) == 6
    assert list(reply.buttons) == ["1", "2", "3", "4", "5"]
    assert "Downtown Café" in reply.bold
    shown = await mia.taps(reply.buttons["1"], reply)
    assert shown.methods == ["sendVenue"]
    assert shown.arguments["title"] == "Downtown Café"


async def test_nearby_far_away_says_so(mia: Phone, counter: Counter) -> None:
    await mia.sends(location={"latitude": 52.5, "longitude": 13.4})
    assert (await mia.says("/nearby")).text == english(texts.NOTHING_NEAR)


async def test_nearby_at_night_lists_only_what_is_open(mia: Phone, counter: Counter) -> None:
    counter.clock.at -= timedelta(hours=7)
    mia.updates.date -= 7 * 3600
    await mia.shares()
    lines = (await mia.says("/nearby")).text.splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["1. Anchor Corner Shop"]
