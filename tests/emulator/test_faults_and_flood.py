import asyncio

import aiohttp
import pytest

from tests.emulator.caller import Caller


async def _send(telegram: Caller, text: str = "x") -> dict[str, object]:
    return await telegram.call("sendMessage", chat_id=7, text=text)


async def test_a_fault_strikes_so_many_times_and_then_is_gone(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.post("faults", method="sendMessage", error_code=500, times=2)
    assert [(await _send(telegram))["ok"] for _ in range(3)] == [False, False, True]
    assert await telegram.get("faults") == []


async def test_a_429_carries_retry_after_in_body_and_header(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.post("faults", method="SENDMESSAGE", error_code=429, retry_after=3, times=1)
    url = f"{telegram.server.url}/bot{telegram.server.token}/sendMessage"
    async with telegram.session.post(url, data={"chat_id": "7", "text": "x"}) as response:
        assert response.status == 429
        assert response.headers["Retry-After"] == "3"
        assert await response.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        }


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
    ],
)
async def test_a_fault_uses_telegrams_words(telegram: Caller, code: int, description: str) -> None:
    await telegram.post("faults", method="*", error_code=code, times=1)
    assert await telegram.refusal("getMe") == f"{code} {description}"


@pytest.mark.parametrize("kind", ["reset", "timeout"])
@pytest.mark.parametrize("after_effect", [False, True])
async def test_an_answer_may_be_lost_with_or_without_effect(
    telegram: Caller, kind: str, *, after_effect: bool
) -> None:
    await telegram.say("hi")
    wish = {"method": "sendMessage", "kind": kind, "delay_s": 0.05, "after_effect": after_effect}
    await telegram.post("faults", **wish, times=1)
    with pytest.raises(aiohttp.ClientError):
        await _send(telegram)
    shown = (await telegram.get("phone/7/messages?after=1"))["messages"]
    assert len(shown) == int(after_effect)
    assert (await telegram.get("log"))[-1]["answer"] is None
    assert (await _send(telegram))["ok"] is True


async def test_a_fault_may_only_delay(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.post("faults", method="sendMessage", delay_s=0.05, times=1)
    slow = asyncio.create_task(_send(telegram, "slow"))
    while await telegram.get("faults"):
        pass
    assert (await _send(telegram, "quick"))["ok"]
    assert (await slow)["ok"]
    texts = [m["text"] for m in (await telegram.get("phone/7/messages?after=1"))["messages"]]
    assert texts == ["quick", "slow"]


async def test_a_fault_may_strike_one_chat_alone(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.say("hi", user_id=8)
    await telegram.post("faults", method="sendMessage", error_code=500, chat_id=8)
    assert (await _send(telegram))["ok"]
    assert not (await telegram.call("sendMessage", chat_id=8, text="x"))["ok"]


async def test_a_wrong_fault_is_explained_and_planned_faults_can_be_cleared(
    telegram: Caller,
) -> None:
    url = f"{telegram.server.url}/faults"
    async with telegram.session.post(url, json={"method": "*", "kind": "odd"}) as response:
        assert response.status == 400
    await telegram.post("faults", method="*", error_code=500)
    async with telegram.session.delete(url) as response:
        assert await response.json() == []
    assert (await telegram.call("getMe"))["ok"]


async def test_flood_limits_hold_per_chat_and_give_time_back(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.post("flood", enabled=True)
    answers = [await _send(telegram) for _ in range(6)]
    assert [answer["ok"] for answer in answers] == [True] * 5 + [False]
    assert answers[5]["parameters"] == {"retry_after": 1}
    telegram.time.seconds += 1
    assert (await _send(telegram))["ok"]
    assert not (await _send(telegram))["ok"]
    await telegram.post("flood", enabled=False)
    assert (await _send(telegram))["ok"]


async def test_flood_limits_hold_for_all_chats_together(telegram: Caller) -> None:
    for user_id in range(1, 32):
        await telegram.say("hi", user_id=user_id)
    await telegram.post("flood", enabled=True)
    answers = [
        await telegram.call("sendMessage", chat_id=user_id, text="x") for user_id in range(1, 32)
    ]
    assert [answer["ok"] for answer in answers] == [True] * 30 + [False]


async def test_drafts_pass_about_once_a_second(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.post("flood", enabled=True)
    draft = {"chat_id": 7, "draft_id": 1, "text": "x"}
    answers = [await telegram.call("sendMessageDraft", **draft) for _ in range(4)]
    assert [answer["ok"] for answer in answers] == [True] * 3 + [False]
    assert (await _send(telegram))["ok"]


async def test_a_group_takes_20_messages_a_minute(telegram: Caller) -> None:
    await telegram.post("group/-50/text", user_id=8, text="hey")
    await telegram.post("flood", enabled=True)
    answers = [await telegram.call("sendMessage", chat_id=-50, text="x") for _ in range(21)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False]
    assert answers[20]["parameters"] == {"retry_after": 3}
