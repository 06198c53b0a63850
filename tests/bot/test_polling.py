import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.errors import PollConflictError, PollSilenceError, TokenError
from bot.health import Health
from bot.polling import Poller, next_offset, poll_forever
from scripts.emulator import RunningServer
from scripts.phone import Phone, wait_for_bot
from storage.errors import DatabaseUnavailable


def poller_for(
    http: aiohttp.ClientSession, telegram: RunningServer, *, token: str = "", timeout_s: int = 1
) -> Poller:
    url = f"{telegram.url}/bot{token or telegram.token}/getUpdates"
    return Poller(http, method_url=url, timeout_s=timeout_s, allowed_updates=["message"])


class Taker:
    """Takes batches; refuses as often as told."""

    def __init__(self, refusals: int = 0) -> None:
        self.texts: list[str] = []
        self._refusals = refusals
        self._changed = asyncio.Condition()

    async def accept(self, updates: Sequence[bytes]) -> None:
        if updates and self._refusals:
            self._refusals -= 1
            msg = "disk full"
            raise DatabaseUnavailable(msg)
        self.texts += [json.loads(update)["message"]["text"] for update in updates]
        async with self._changed:
            self._changed.notify_all()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(60), self._changed:
            await self._changed.wait_for(lambda: len(self.texts) >= count)


@asynccontextmanager
async def polling(poller: Poller, taker: Taker) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(poll_forever(poller, taker.accept, Health()))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize(
    ("updates", "offset", "expected"),
    [
        ([b'{"update_id":7}', b'{"update_id":9,"message":{}}'], None, 10),
        ([], 5, 5),
        ([b'"?"', b'{"update_id":"x"}', b'{"update_id":true}'], 5, 5),
        ([b"[" * 100_000, b'{"update_id":6}'], 5, 7),
    ],
)
def test_offset_acknowledges_what_was_taken(
    updates: list[bytes], offset: int | None, expected: int | None
) -> None:
    assert next_offset(updates, offset) == expected


async def test_updates_arrive_once_and_in_order(
    http: aiohttp.ClientSession, telegram: RunningServer
) -> None:
    phone, taker = Phone(http, telegram.url, 101), Taker()
    async with polling(poller_for(http, telegram), taker):
        for number in range(5):
            await phone.write(str(number))
        await taker.until(5)
    assert taker.texts == ["0", "1", "2", "3", "4"]


async def test_what_could_not_be_stored_is_not_acknowledged(
    http: aiohttp.ClientSession, telegram: RunningServer
) -> None:
    phone, taker = Phone(http, telegram.url, 101), Taker(refusals=2)
    await phone.write("kept")
    async with polling(poller_for(http, telegram), taker):
        await taker.until(1)
    assert taker.texts == ["kept"]


async def test_outage_is_waited_out_with_one_line_each_way(
    http: aiohttp.ClientSession, telegram: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    phone, taker = Phone(http, telegram.url, 101), Taker()
    for fault in ({"error_code": 502, "times": 2}, {"kind": "reset", "times": 1}):
        await http.post(f"{telegram.url}/faults", json={"method": "getUpdates", **fault})
    await phone.write("after")
    with caplog.at_level(logging.INFO, "bot"):
        async with polling(poller_for(http, telegram), taker):
            await taker.until(1)
            await phone.write("and again")
            await taker.until(2)
    assert [record.getMessage() for record in caplog.records] == [
        "receiving: Telegram does not answer, trying again",
        "receiving: well again",
    ]


async def test_wrong_token_ends_the_poll(
    http: aiohttp.ClientSession, telegram: RunningServer
) -> None:
    poller = poller_for(http, telegram, token=telegram.token.replace(":", ":x"))
    with pytest.raises(TokenError, match="BotFather"):
        await poll_forever(poller, Taker().accept, Health())


async def test_second_poller_is_told_apart(
    http: aiohttp.ClientSession, telegram: RunningServer
) -> None:
    first = asyncio.create_task(poller_for(http, telegram, timeout_s=20).fetch(None))
    await wait_for_bot(http, telegram.url)
    await poller_for(http, telegram, timeout_s=1).fetch(None)
    with pytest.raises(PollConflictError):
        await first


async def test_silence_says_nothing_of_the_address(http: aiohttp.ClientSession) -> None:
    url = "http://127.0.0.1:1/bot42:secret/getUpdates"
    poller = Poller(http, method_url=url, timeout_s=1, allowed_updates=[])
    with pytest.raises(PollSilenceError) as caught:
        await poller.fetch(None)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
