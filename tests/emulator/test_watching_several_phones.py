import asyncio

import pytest

from tests.emulator.caller import Caller


async def now(telegram: Caller, users: str) -> int:
    number: int = (await telegram.get(f"phones/events?users={users}"))["seq"]
    return number


async def test_one_poll_tells_of_every_watched_phone_in_order(telegram: Caller) -> None:
    start = await now(telegram, "7,8")
    for user_id, text in ((7, "one"), (8, "two"), (9, "unwatched"), (7, "three")):
        await telegram.say(text, user_id=user_id)
    answer = await telegram.get(f"phones/events?users=8,7&after={start}")
    told = [(event["user_id"], event["message"]["text"]) for event in answer["events"]]
    assert told == [(7, "one"), (8, "two"), (7, "three")]
    assert answer["seq"] == answer["events"][-1]["seq"]
    assert (await telegram.get(f"phones/events?users=7,8&after={answer['seq']}"))["events"] == []


async def test_a_poll_sleeps_through_what_happens_elsewhere(telegram: Caller) -> None:
    start = await now(telegram, "7,8")
    poll = asyncio.create_task(telegram.get(f"phones/events?users=7,8&after={start}&wait=30"))
    await telegram.say("elsewhere", user_id=9)
    await telegram.say("here", user_id=8)
    (event,) = (await asyncio.wait_for(poll, 60))["events"]
    assert (event["user_id"], event["message"]["text"]) == (8, "here")


async def test_twenty_phones_need_one_connection(telegram: Caller) -> None:
    users = ",".join(map(str, range(1, 21)))
    start = await now(telegram, users)
    await asyncio.gather(*(telegram.say("hi", user_id=user_id) for user_id in range(1, 21)))
    events = (await telegram.get(f"phones/events?users={users}&after={start}"))["events"]
    assert {event["user_id"] for event in events} == set(range(1, 21))


@pytest.mark.parametrize("users", ["", "0", "-7", "7,x", ",".join(map(str, range(1, 52)))])
async def test_users_that_are_none_are_explained(telegram: Caller, users: str) -> None:
    url = f"{telegram.server.url}/phones/events?users={users}"
    async with telegram.session.get(url) as response:
        assert response.status == 400
        assert (await response.json())["error"]
