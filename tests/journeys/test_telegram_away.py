"""Telegram that cannot be reached at the start or later, and one that is slow: told once each way, nothing lost."""

import asyncio

import pytest

from scripts.phone import PATIENCE_S, text_of
from tests.journeys.stage import Stage
from tests.line import Line

ON_SQLITE = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
AWAY = "receiving: Telegram does not answer, trying again"
BACK = "receiving: well again"


async def until_told(stage: Stage, line: str, times: int) -> None:
    """Wait until the bot's log has a line so often."""
    async with asyncio.timeout(PATIENCE_S):
        while told(stage).count(line) < times:  # noqa: ASYNC110  # another process writes it
            await asyncio.sleep(0.05)


def told(stage: Stage) -> str:
    return stage.log.read_text(encoding="utf-8") if stage.log.exists() else ""


@ON_SQLITE
async def test_telegram_that_cannot_be_reached_is_told_once_and_waited_for(stage: Stage) -> None:
    line, phone = Line("127.0.0.1", stage.server.port), stage.phone(7)
    stage.settings["CONCIERGE_TELEGRAM__API_URL"] = f"http://127.0.0.1:{line.port}"
    await phone.write("/help")
    bot = await stage.bear()
    await until_told(stage, AWAY, 1)
    await asyncio.sleep(2)  # some more attempts fail meanwhile
    await line.join()
    assert "/nearby" in text_of((await phone.hear())[0])
    await until_told(stage, BACK, 1)
    await stage.settled()
    await line.cut()
    await until_told(stage, AWAY, 2)
    for number in range(4):
        await phone.write("/help" if number % 2 else "/privacy")
    await line.join()
    heard = await phone.hear(4)
    assert ["/nearby" in text_of(message) for message in heard] == [False, True] * 2
    assert await bot.stop() == 0
    await line.cut()
    assert (told(stage).count(AWAY), told(stage).count(BACK)) == (2, 2)
    assert "Traceback" not in told(stage)


@ON_SQLITE
async def test_a_slow_telegram_is_no_outage(stage: Stage) -> None:
    phone = stage.phone(7)
    for method in ("getUpdates", "sendMessage", "sendChatAction"):
        fault = {"method": method, "delay_s": 1.5, "times": 3}
        await stage.http.post(f"{stage.server.url}/faults", json=fault)
    async with stage.running():
        for number in range(3):
            await phone.write("/help" if number % 2 else "/privacy")
        heard = await phone.hear(3)
    assert ["/nearby" in text_of(message) for message in heard] == [False, True, False]
    assert [word for word in ("trying again", "ALERT", "Traceback") if word in told(stage)] == []
