"""Let a shopper do everything there is, so that every kind of update lies in the queue."""

from tests.emulator.caller import Caller
from tests.emulator.test_files import form, picture

ALL_KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "pre_checkout_query",
    "my_chat_member",
    "message_reaction",
]


async def do_everything(telegram: Caller) -> None:
    """Cause at least one update of every kind and every sort of message."""
    await telegram.updates(allowed_updates=ALL_KINDS)
    url = f"{telegram.server.url}/phone/7"
    text_id = await telegram.say("/start s_1", first_name="Ana", last_name="B", username="ana_b")
    await telegram.phone("7/edit", message_id=text_id, text="see example.com #tag")
    await telegram.phone("7/location", latitude=1, longitude=2, horizontal_accuracy=5)
    await telegram.say("passed on", forwarded_from="Ben", via_bot="gif")
    await telegram.phone("7/venue", latitude=1, longitude=2, title="Café", address="Main St")
    await telegram.phone("7/live/start", latitude=1, longitude=2, live_period=60, heading=1)
    await telegram.phone("7/live/move", latitude=1.1, longitude=2)
    await telegram.phone("7/live/stop")
    for kind in ("sticker", "voice", "contact", "video", "poll"):
        await telegram.phone(f"7/{kind}")
    for kind in ("document", "photo"):
        data = form("file", picture(), "a.png", caption="look")
        async with telegram.session.post(f"{url}/{kind}", data=data) as response:
            assert response.status == 200
    buttons = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await telegram.result("sendMessage", chat_id=7, text="x", reply_markup=buttons)
    await telegram.phone("7/tap", message_id=sent["message_id"], label="Go")
    await telegram.say("replying", reply_to_message_id=sent["message_id"])
    await telegram.phone("7/reaction", message_id=sent["message_id"], emoji="👍")
    invoice = await telegram.result(
        "sendInvoice",
        chat_id=7,
        title="Cup",
        description="One",
        payload="p",
        currency="XTR",
        prices=[{"label": "Cup", "amount": 1}],
    )
    paid = await telegram.phone("7/pay", message_id=invoice["message_id"])
    await telegram.result("answerPreCheckoutQuery", **paid, ok=True)
    await telegram.phone("7/block")
    await telegram.phone("7/unblock")
    await telegram.post("group/-50/text", user_id=8, text="hey")
    await telegram.post("group/-50/bot", user_id=8, status="administrator")
    await telegram.post("group/-50/bot", user_id=8, status="kicked")
    await telegram.post("group/-1000000000060/text", user_id=8, text="news", type="channel")
