import itertools
from datetime import timedelta

import pytest

from handlers import texts
from handlers.answers import MODEL_TURNS
from knowledge.facts import Kind
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ANA, MORNING


async def test_question_and_answer_are_remembered_without_personal_data(
    ana: Phone, counter: Counter
) -> None:
    await ana.shares()
    await ana.says("I'm cold, call Ana on +1 202 555 0143")
    async with counter.database.reading() as work:
        asked, answered = await work.dialogues.latest(ANA, limit=2)
    assert (asked.role, answered.role) == ("shopper", "concierge")
    assert answered.topic == Kind.OFFER.value
    for secret in ("Ana", "0143", "202"):
        assert secret not in asked.text


async def test_typing_shows_while_an_answer_is_thought_of(mia: Phone, counter: Counter) -> None:
    await mia.says("hello")
    methods = [call.__api_method__ for call in counter.session.calls]
    assert methods == ["sendChatAction"]


async def test_answer_survives_a_telegram_that_shows_no_typing(
    mia: Phone, counter: Counter
) -> None:
    counter.session.refuses = True
    assert (await mia.says("hello")).text


async def test_edited_text_is_the_corrected_question(ana: Phone) -> None:
    await ana.shares()
    await ana.says("do I have any coupons left")
    reply = await ana.edits("where is my order")
    assert reply.text.startswith("Order K7-2291")


@pytest.mark.parametrize("text", ["/forget", "/orders", "/coupon end WARM15", "/no such thing"])
async def test_command_written_by_editing_is_not_guessed_at(mia: Phone, text: str) -> None:
    await mia.says("hello")
    assert (await mia.edits(text)).text == english(texts.EDITED_COMMAND)


async def test_offer_is_recorded_without_the_exact_distance(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    await ana.says("I'm cold")
    async with counter.database.reading() as work:
        (kept,) = await work.suggestions.shown_to(ANA, MORNING - timedelta(hours=1))
    assert kept.distance_band_m in (50, 150, 500, 1_000, 2_500)
    assert kept.need == "cold"
    assert sum(kept.contributions.values()) > 0


async def test_templates_do_not_use_up_the_models_share(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    await ana.says("I'm cold")
    async with counter.database.reading() as work:
        assert await work.usage.count(ANA, MODEL_TURNS, MORNING.date()) == 0


async def test_store_name_is_bold(ana: Phone) -> None:
    await ana.shares()
    reply = await ana.says("I'm cold")
    (bold,) = reply.bold
    assert f"{bold} is " in reply.text or f"{bold}, " in reply.text


# One transaction


async def test_reply_effects_and_inbox_item_stand_or_fall_together(
    mia: Phone, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last step of the transaction fails: nothing of it stays, and the update is tried again."""
    await mia.shares()
    inbox_id = await counter.store(mia.updates.text("I'm cold"))
    await counter.handle_in_vain(inbox_id, monkeypatch)
    async with counter.database.reading() as work:
        assert await work.dialogues.latest(7) == []
        assert await work.suggestions.shown_to(7, MORNING - timedelta(hours=1)) == []
        assert [item.id for item in await work.inbox.waiting()] == [inbox_id]
    assert (await counter.deliver()).items == []
    await counter.handle(inbox_id)
    assert "Book it" in (await counter.deliver()).buttons
    assert await counter.waiting() == 0


async def test_booking_stands_or_falls_with_its_confirmation(
    mia: Phone, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    await mia.shares()
    offer = await mia.says("I'm cold")
    tap = mia.updates.tap(offer.buttons["Book it"], offer.message_id, offer.text)
    inbox_id = await counter.store(tap)
    await counter.handle_in_vain(inbox_id, monkeypatch)
    async with counter.database.reading() as work:
        assert await work.orders.of_shopper(7) == []
        assert await work.coupons.uses(7) == {}
        assert await work.signals.of_shopper(7) == []
    await counter.handle(inbox_id)
    assert (await counter.deliver()).text.startswith("Booked. ")
    async with counter.database.reading() as work:
        assert len(await work.orders.of_shopper(7)) == 1


# What is not text

PERSON = {"phone_number": "+12025550143", "first_name": "Bart", "user_id": 99}
SIZE = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
FILE = {"file_id": "f", "file_unique_id": "u"}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            {
                "sticker": SIZE | {"type": "regular", "is_animated": False, "is_video": False},
            },
            english(texts.STICKER),
        ),
        ({"voice": FILE | {"duration": 3}}, english(texts.VOICE)),
        ({"audio": FILE | {"duration": 3}}, english(texts.VOICE)),
        ({"video_note": FILE | {"duration": 3, "length": 9}}, english(texts.VOICE)),
        ({"contact": PERSON}, english(texts.CONTACT)),
        ({"video": SIZE | {"duration": 3}}, english(texts.VIDEO)),
        ({"animation": SIZE | {"duration": 3}, "document": FILE}, english(texts.VIDEO)),
        ({"document": FILE | {"file_name": "stores.csv"}}, english(texts.FILE)),
        ({"dice": {"emoji": "🎲", "value": 3}}, english(texts.OTHER)),
        (
            {
                "poll": {
                    "id": "1",
                    "question": "?",
                    "options": [],
                    "total_voter_count": 0,
                    "is_closed": False,
                    "is_anonymous": True,
                    "type": "regular",
                    "allows_multiple_answers": False,
                    "allows_revoting": False,
                    "members_only": False,
                }
            },
            english(texts.OTHER),
        ),
        (
            {
                "text": "buy now",
                "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "X"},
            },
            english(texts.FORWARDED),
        ),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
async def test_what_is_not_text_gets_one_helpful_line(
    mia: Phone, counter: Counter, content: dict[str, object], text: str
) -> None:
    assert (await mia.sends(**content)).text == text
    assert await counter.waiting() == 0


async def test_contact_is_kept_nowhere(mia: Phone, counter: Counter) -> None:
    await mia.sends(contact=PERSON)
    async with counter.database.reading() as work:
        assert await work.dialogues.latest(7) == []
        assert await work.shoppers.get(99) is None


@pytest.mark.parametrize(
    "content",
    [
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}},
    ],
    ids=lambda value: next(iter(value)),
)
async def test_what_telegram_says_about_the_chat_is_not_answered(
    mia: Phone, counter: Counter, content: dict[str, object]
) -> None:
    assert (await mia.sends(**content)).items == []
    assert await counter.waiting() == 0


# Groups


async def test_group_is_told_once_that_this_is_private(mia: Phone, counter: Counter) -> None:
    first = await counter.take(mia.updates.membership("member"))
    assert first.text == english(texts.ONLY_PRIVATE)
    assert first.arguments["chat_id"] == -500
    again = await counter.take(mia.updates.membership("member"))
    assert again.items == []


async def test_group_is_left_when_made_admin(mia: Phone, counter: Counter) -> None:
    sent = await counter.take(mia.updates.membership("administrator"))
    assert sent.methods == ["leaveChat"]
    assert sent.arguments["chat_id"] == -500


@pytest.mark.parametrize("text", ["I'm cold", "/start", "/orders", "/forget", "Just search"])
async def test_nothing_is_answered_in_a_group(mia: Phone, counter: Counter, text: str) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    more = {"entities": entities} if text.startswith("/") else {}
    sent = await counter.take(mia.updates.in_group(text=text, **more))
    assert sent.items == []
    assert await counter.shopper(7) is None
    assert await counter.waiting() == 0


async def test_place_in_a_group_is_not_kept(mia: Phone, counter: Counter) -> None:
    place = {"latitude": 44.0712, "longitude": -69.1136}
    sent = await counter.take(mia.updates.in_group(location=place))
    assert sent.items == []
    assert counter.places.latest(7, MORNING) is None


@pytest.mark.parametrize("yes", ["Yes, please!", "ok", "book it"])
async def test_yes_to_an_offer_shows_it_with_its_buttons_again(ana: Phone, yes: str) -> None:
    await ana.shares()
    offer = await ana.says("I'm cold")
    again = await ana.says(yes)
    assert offer.bold[0] in again.text
    assert list(again.buttons) == list(offer.buttons)


async def test_no_to_an_offer_is_believed(ana: Phone) -> None:
    await ana.shares()
    await ana.says("I'm cold")
    assert (await ana.says("no thanks")).text == english(texts.NO_THANKS)


@pytest.mark.parametrize(
    "text", ["write me a poem", "can I talk to a person?"], ids=["out of scope", "person"]
)
async def test_same_sentence_is_never_said_twice_in_a_row(ana: Phone, text: str) -> None:
    """The clock stands still, so that nothing but what was said last tells them apart."""
    said = [(await ana.says(text)).text for _ in range(4)]
    assert all(first != second for first, second in itertools.pairwise(said))
