import asyncio

from tests.emulator.caller import Caller


async def test_a_first_word_introduces_the_shopper(telegram: Caller) -> None:
    await telegram.say("/start s_12", first_name="Ana", language_code="es")
    message = (await telegram.last_update())["message"]
    assert message["from"] == {
        "id": 7,
        "is_bot": False,
        "first_name": "Ana",
        "language_code": "es",
    }
    assert message["text"] == "/start s_12"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_a_shopper_may_hide_the_language(telegram: Caller) -> None:
    await telegram.say("hola", language_code="es")
    await telegram.say("hi", language_code="")
    assert "language_code" not in (await telegram.last_update())["message"]["from"]


async def test_a_forwarded_place_is_not_the_shoppers_own(telegram: Caller) -> None:
    await telegram.phone("7/location", latitude=1, longitude=2, forwarded_from="Ben")
    message = (await telegram.last_update())["message"]
    assert message["forward_origin"]["sender_user_name"] == "Ben"


async def test_an_edited_text_is_an_edited_message(telegram: Caller) -> None:
    message_id = await telegram.say("cofee")
    await telegram.phone("7/edit", message_id=message_id, text="coffee")
    edited = (await telegram.last_update())["edited_message"]
    assert (edited["message_id"], edited["text"]) == (message_id, "coffee")
    assert edited["edit_date"] >= edited["date"]


async def test_a_blocked_bot_hears_it_and_is_refused(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.phone("7/block")
    change = (await telegram.last_update())["my_chat_member"]
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "kicked"
    for method, parameters in (
        ("sendMessage", {"text": "x"}),
        ("editMessageText", {"text": "x", "message_id": 1}),
        ("sendChatAction", {"action": "typing"}),
        ("sendMessageDraft", {"draft_id": 1, "text": "x"}),
    ):
        told = await telegram.refusal(method, chat_id=7, **parameters)
        assert told == "403 Forbidden: bot was blocked by the user"
    assert await telegram.mistake("7/text", text="x") == "The bot is blocked: unblock it first."
    await telegram.phone("7/unblock")
    assert (await telegram.last_update())["my_chat_member"]["new_chat_member"][
        "status"
    ] == "member"
    await telegram.result("sendMessage", chat_id=7, text="x")


async def test_start_unblocks_as_the_apps_do(telegram: Caller) -> None:
    await telegram.phone("7/block")
    await telegram.say("/start")
    kinds = [
        next(key for key in update if key != "update_id") for update in await telegram.updates()
    ]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


async def test_a_deleted_account_is_403(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.phone("7/deactivate")
    told = await telegram.refusal("sendMessage", chat_id=7, text="x")
    assert told == "403 Forbidden: user is deactivated"


async def test_messages_can_be_waited_for(telegram: Caller) -> None:
    message_id = await telegram.say("hi")
    waiting = asyncio.create_task(telegram.get(f"phone/7/messages?after={message_id}&wait=30"))
    sent = await telegram.result("sendMessage", chat_id=7, text="hello")
    shown = await asyncio.wait_for(waiting, 60)
    assert shown == {"messages": [sent]}


async def test_one_phone_does_not_see_another(telegram: Caller) -> None:
    await telegram.say("mine")
    await telegram.say("yours", user_id=8)
    (shown,) = (await telegram.get("phone/8/messages"))["messages"]
    assert shown["text"] == "yours"


async def test_stickers_voices_contacts_and_venues_arrive(telegram: Caller) -> None:
    await telegram.phone("7/sticker")
    await telegram.phone("7/voice")
    await telegram.phone("7/contact")
    await telegram.phone("7/venue", latitude=1, longitude=2, title="Café", address="Main St")
    messages = [update["message"] for update in await telegram.updates()]
    assert [
        kind
        for message in messages
        for kind in ("sticker", "voice", "contact", "venue")
        if kind in message
    ] == ["sticker", "voice", "contact", "venue"]
    assert messages[2]["contact"]["user_id"] == 7


async def test_requests_that_make_no_sense_are_explained(telegram: Caller) -> None:
    assert await telegram.mistake("7/text") == 'A text needs "text" with something in it.'
    assert await telegram.mistake("0/text", text="x") == "A shopper's id is a positive number."
    assert "malformed" in await telegram.mistake("7/location", latitude="north", longitude=0)
    assert await telegram.mistake("7/edit", message_id=5, text="x") == (
        "There is no message 5 in this chat."
    )


async def test_a_group_is_heard_and_can_be_left(telegram: Caller) -> None:
    await telegram.say("hi")
    url = f"{telegram.server.url}/group/-50"
    async with telegram.session.post(url + "/text", json={"user_id": 8, "text": "hey"}) as answer:
        assert answer.status == 200
    await telegram.post("group/-50/bot", user_id=8, status="administrator")
    updates = await telegram.updates()
    statuses = [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in updates
        if "my_chat_member" in update
    ]
    assert statuses == ["member", "administrator"]
    assert updates[2]["message"]["chat"]["type"] == "group"
    member = await telegram.result("getChatMember", chat_id=-50, user_id=1000001)
    assert member["status"] == "administrator"
    assert await telegram.result("leaveChat", chat_id=-50) is True
    told = await telegram.refusal("sendMessage", chat_id=-50, text="x")
    assert told == "403 Forbidden: bot was kicked from the group chat"


async def test_a_channel_post_has_no_author(telegram: Caller) -> None:
    await telegram.post("group/-60/text", user_id=8, text="news", type="channel", title="News")
    post = (await telegram.last_update())["channel_post"]
    assert "from" not in post
    assert post["sender_chat"]["title"] == "News"


async def test_a_payment_goes_through_when_the_bot_agrees(telegram: Caller) -> None:
    await telegram.say("hi")
    invoice = {
        "chat_id": 7,
        "title": "Hot Chocolate",
        "description": "One cup",
        "payload": "order-1",
        "currency": "XTR",
        "prices": [{"label": "Cup", "amount": 350}],
    }
    sent = await telegram.result("sendInvoice", **invoice)
    assert sent["invoice"]["total_amount"] == 350
    await telegram.phone("7/pay", message_id=sent["message_id"])
    query = (await telegram.last_update())["pre_checkout_query"]
    assert query["invoice_payload"] == "order-1"
    answer = {"pre_checkout_query_id": query["id"], "ok": True}
    assert await telegram.result("answerPreCheckoutQuery", **answer) is True
    assert (await telegram.last_update())["message"]["successful_payment"]["total_amount"] == 350
    assert "query is too old" in await telegram.refusal("answerPreCheckoutQuery", **answer)
    told = await telegram.refusal("sendInvoice", **{**invoice, "currency": "USD"})
    assert told == "400 Bad Request: PAYMENT_PROVIDER_INVALID"
