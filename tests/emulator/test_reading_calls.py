import json

import aiohttp
import pytest

from tests.emulator.caller import Caller


async def _send(telegram: Caller, **request: object) -> dict[str, object]:
    url = f"{telegram.server.url}/bot{telegram.server.token}/sendMessage"
    async with telegram.session.request("POST", url, **request) as response:  # type: ignore[arg-type] # a table of requests
        answer: dict[str, object] = (await response.json())["result"]
        return answer


def _multipart() -> aiohttp.FormData:
    form = aiohttp.FormData()
    form.add_field("chat_id", "7", content_type="text/plain; charset=utf-8")
    form.add_field("text", "hé 🙂", content_type="application/json")
    form.add_field("spare", b"x", filename="spare.bin")
    return form


@pytest.mark.parametrize(
    "request_parts",
    [
        {"params": {"chat_id": "7", "text": "hé 🙂"}},
        {"data": {"chat_id": "7", "text": "hé 🙂"}},
        {"json": {"chat_id": 7, "text": "hé 🙂"}},
        {"data": _multipart},
        {"params": {"chat_id": "7"}, "data": {"text": "hé 🙂"}},
    ],
    ids=["query", "urlencoded", "json", "multipart", "query and form"],
)
async def test_parameters_come_in_any_way(
    telegram: Caller, request_parts: dict[str, object]
) -> None:
    await telegram.say("hi")
    made = {key: part() if callable(part) else part for key, part in request_parts.items()}
    assert (await _send(telegram, **made))["text"] == "hé 🙂"


async def test_an_empty_body_without_type_is_no_parameters(telegram: Caller) -> None:
    url = f"{telegram.server.url}/bot{telegram.server.token}/getMe"
    async with telegram.session.get(url) as response:
        assert (await response.json())["result"]["is_bot"] is True
    async with telegram.session.post(url, data=b"") as response:
        assert response.status == 200


async def test_methods_are_case_insensitive_and_unknown_ones_are_404(telegram: Caller) -> None:
    assert await telegram.result("GETme") == await telegram.result("getMe")
    assert await telegram.refusal("getHim") == "404 Not Found: method not found"


async def test_a_wrong_token_is_401(telegram: Caller) -> None:
    async with telegram.session.get(f"{telegram.server.url}/bot1:wrong/getMe") as response:
        assert response.status == 401
        assert await response.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized: invalid token specified",
        }


async def test_a_body_that_is_no_json_is_400(telegram: Caller) -> None:
    url = f"{telegram.server.url}/bot{telegram.server.token}/sendMessage"
    headers = {"Content-Type": "application/json"}
    async with telegram.session.post(url, data="{", headers=headers) as response:
        assert response.status == 400


async def test_the_log_holds_every_call_with_unwrapped_parameters(telegram: Caller) -> None:
    await telegram.say("hi")
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await telegram.result("sendMessage", chat_id=7, text="12", reply_markup=keyboard)
    await telegram.call("sendmessage", chat_id=8, text="x")
    first, second = await telegram.get("log")
    assert first["method"] == second["method"] == "sendMessage"
    assert first["parameters"] == {"chat_id": 7, "text": "12", "reply_markup": keyboard}
    assert first["answer"]["result"]["text"] == "12"
    assert first["time"] == telegram.time.seconds
    assert second["answer"]["description"] == "Bad Request: chat not found"
    assert await telegram.get("log?after=1") == [second]
    assert json.dumps(await telegram.get("log?after=2")) == "[]"
