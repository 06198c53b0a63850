import asyncio

import aiohttp

from tests.emulator.caller import Caller

OTHER_POLLER = (
    "409 Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "409 Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


async def test_updates_stay_until_a_greater_offset_confirms_them(telegram: Caller) -> None:
    for text in ("a", "b", "c"):
        await telegram.say(text)
    ids = [update["update_id"] for update in await telegram.updates()]
    assert ids == sorted(ids)
    assert len(await telegram.updates(limit=2)) == 2
    left = await telegram.updates(offset=ids[1])
    assert [update["message"]["text"] for update in left] == ["b", "c"]
    assert len(await telegram.updates(offset=1)) == 2


async def test_a_negative_offset_keeps_the_last_ones(telegram: Caller) -> None:
    for text in ("a", "b", "c"):
        await telegram.say(text)
    kept = await telegram.updates(offset=-2)
    assert [update["message"]["text"] for update in kept] == ["b", "c"]
    assert len(await telegram.updates()) == 2


async def test_a_long_poll_ends_when_something_happens(telegram: Caller) -> None:
    poll = asyncio.create_task(telegram.updates(timeout=30))
    while not (await telegram.get("bot"))["ready"]:
        pass
    await telegram.say("hello")
    (update,) = await asyncio.wait_for(poll, 60)
    assert update["message"]["text"] == "hello"


async def test_a_second_poller_ends_the_first_with_409(telegram: Caller) -> None:
    first = asyncio.create_task(telegram.refusal("getUpdates", timeout=30))
    while not (await telegram.get("bot"))["ready"]:
        pass
    assert await telegram.updates(timeout=0) == []
    assert await asyncio.wait_for(first, 60) == OTHER_POLLER


async def test_polling_is_409_while_a_webhook_is_set(telegram: Caller) -> None:
    poll = asyncio.create_task(telegram.refusal("getUpdates", timeout=30))
    while not (await telegram.get("bot"))["ready"]:
        pass
    await telegram.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert await asyncio.wait_for(poll, 60) == "409 Conflict: terminated by setWebhook request"
    assert await telegram.refusal("getUpdates") == WEBHOOK_ACTIVE
    await telegram.result("deleteWebhook")
    assert await telegram.updates() == []


async def test_only_kinds_asked_for_are_queued(telegram: Caller) -> None:
    await telegram.updates(allowed_updates=["my_chat_member"])
    await telegram.say("unheard")
    await telegram.phone("7/block")
    (update,) = await telegram.updates()
    assert "my_chat_member" in update
    await telegram.updates(offset=update["update_id"] + 1, allowed_updates=[])
    await telegram.phone("7/unblock")
    await telegram.say("heard")
    assert len(await telegram.updates()) == 2


async def test_what_is_older_than_24_hours_is_never_delivered(telegram: Caller) -> None:
    await telegram.say("old")
    telegram.time.seconds += 86_401
    await telegram.say("new")
    await telegram.say("sent long ago", age_s=86_500)
    texts = [update["message"]["text"] for update in await telegram.updates()]
    assert texts == ["new"]


async def test_a_confirmed_update_is_delivered_again_once(telegram: Caller) -> None:
    await telegram.say("twice")
    (update,) = await telegram.updates()
    assert await telegram.updates(offset=update["update_id"] + 1) == []
    await telegram.post("redeliver", update_id=update["update_id"])
    assert await telegram.updates(offset=update["update_id"] + 1) == [update]
    assert await telegram.updates(offset=update["update_id"] + 1) == []


async def test_a_poller_that_is_gone_takes_nothing_with_it(telegram: Caller) -> None:
    await telegram.say("twice")
    (update,) = await telegram.updates()
    offset = update["update_id"] + 1
    url = f"{telegram.server.url}/bot{telegram.server.token}/getUpdates"
    async with aiohttp.ClientSession() as session:
        poll = asyncio.create_task(session.get(url, params={"offset": offset, "timeout": 30}))
        while (await telegram.result("getWebhookInfo"))["pending_update_count"]:
            pass
        poll.cancel()
    while (await telegram.get("log"))[-1]["answer"] is not None:
        pass
    await telegram.post("redeliver", update_id=update["update_id"])
    assert await telegram.updates(offset=offset) == [update]


async def test_drop_pending_updates_empties_the_queue(telegram: Caller) -> None:
    await telegram.say("gone")
    assert (await telegram.result("getWebhookInfo"))["pending_update_count"] == 1
    await telegram.result("deleteWebhook", drop_pending_updates=True)
    assert (await telegram.result("getWebhookInfo"))["pending_update_count"] == 0
    assert await telegram.updates() == []
