"""A conversation that Telegram brings to the bot's own address, and what /healthz says meanwhile."""

import asyncio
import signal
from typing import Any

import aiohttp
from sqlalchemy import func, select

from scripts.phone import PATIENCE_S, labels_of, text_of
from storage.records import ConsentKind, OutboxStatus
from storage.tables import inbox
from tests.journeys.coordinates import found_in
from tests.journeys.on_disk import kept_by
from tests.journeys.stage import Stage
from tests.journeys.walking import AT_THE_EDGE, mias_walk
from tests.line import free_port


def use_webhook(stage: Stage) -> str:
    """Set the webhook up in the settings; gives where the bot will listen."""
    address = f"127.0.0.1:{free_port()}"
    stage.settings |= {
        "CONCIERGE_TELEGRAM__WEBHOOK_URL": f"http://{address}/updates",
        "CONCIERGE_TELEGRAM__WEBHOOK_LISTEN": address,
    }
    return f"http://{address}"


async def healthz(stage: Stage, url: str) -> tuple[int, dict[str, Any]]:
    """Wait until somebody answers there, and until search is loaded; gives what is told."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                async with stage.http.get(f"{url}/healthz") as response:
                    told = await response.json()
                    if told["parts"]["search"] == "ok":
                        return response.status, told
            except aiohttp.ClientConnectorError:
                pass
            await asyncio.sleep(0.05)


async def test_conversation_over_the_webhook(stage: Stage, centre: tuple[float, float]) -> None:
    url, phone = use_webhook(stage), stage.phone(7)
    bot = await stage.bear()
    assert await healthz(stage, url) == (
        200,
        {
            "status": "ok",
            "parts": {
                "receiving": "ok",
                "handling": "ok",
                "sending": "ok",
                "database": "ok",
                "search": "ok",
                "model": "off",
            },
            "model_calls": {},
        },
    )
    await phone.write("/start")
    await phone.hear()
    await phone.share_place(*centre)
    await phone.hear()
    await phone.write("I'm cold")
    (answer,) = await phone.hear()
    assert "Book it" in labels_of(answer)
    await phone.tap(answer, "Book it")
    await phone.see(answer["message_id"], lambda message: "Book it" not in labels_of(message))
    for number in range(5):
        await phone.write("/help" if number % 2 else "/privacy")
    heard = await phone.hear(5)
    assert ["/nearby" in text_of(message) for message in heard] == [False, True] * 2 + [False]
    async with stage.http.post(f"{url}/updates", json={"update_id": 1}) as response:
        assert response.status == 401
    assert await bot.stop() == 0


async def test_live_location_over_the_webhook_is_followed_past_the_inbox(stage: Stage) -> None:
    url, walk = use_webhook(stage), (await mias_walk(stage)).beside_the_door()
    await walk.has_agreed(ConsentKind.LOCATION, ConsentKind.NUDGES)
    bot = await stage.bear()
    await healthz(stage, url)
    await walk.begins(AT_THE_EDGE)
    await walk.phone.hear()
    taken = await updates_stored(stage)
    await walk.comes_in_slowly()
    (nudge,) = await walk.phone.hear()
    assert "m from Downtown Café" in text_of(nudge)
    assert await updates_stored(stage) == taken
    assert found_in(await kept_by(stage), walk.places) == []
    assert await bot.stop() == 0


async def updates_stored(stage: Stage) -> int:
    async with stage.database.reading() as work:
        (row,) = await work._connection.execute(select(func.count()).select_from(inbox))
    return int(row[0])


async def test_killed_between_commit_and_acknowledgement_it_is_answered_once(
    stage: Stage,
) -> None:
    use_webhook(stage)
    phone = stage.phone(7)
    bot = await stage.bear(crash_at="inbox committed")
    await phone.write("/help")
    await phone.hear()
    await stage.settled()  # nothing is in flight, so that nothing at all may come twice
    stage.armed.touch()
    await phone.write("/privacy")
    assert await bot.ended() == -signal.SIGKILL
    stage.armed.unlink()
    bot = await stage.bear()
    heard = await phone.hear()
    await phone.write("/help")  # whatever comes twice would stand before this answer
    heard += await phone.hear()
    assert ["/nearby" in text_of(message) for message in heard] == [False, True]
    assert "/forget" in text_of(heard[0])
    assert await bot.stop() == 0
    async with stage.database.reading() as work:
        assert (await work.outbox.counts())[OutboxStatus.SENT] == 3


async def test_healthz_while_polling_tells_an_outage_and_its_end(stage: Stage) -> None:
    address = f"127.0.0.1:{free_port()}"
    stage.settings["CONCIERGE_HEALTH__LISTEN"] = address
    async with stage.running():
        assert (await healthz(stage, f"http://{address}"))[0] == 200
        for method in ("getUpdates", "sendMessage"):
            fault = {"method": method, "error_code": 502, "times": 1000}
            await stage.http.post(f"{stage.server.url}/faults", json=fault)
        phone = stage.phone(7)
        await phone.write("/help")
        told = {"parts": {"sending": "ok"}}
        async with asyncio.timeout(PATIENCE_S):
            while told["parts"]["sending"] == "ok":
                status, told = await healthz(stage, f"http://{address}")
        assert status == 503
        await stage.http.delete(f"{stage.server.url}/faults")
        await phone.hear()
        async with asyncio.timeout(PATIENCE_S):
            while status == 503:
                status, told = await healthz(stage, f"http://{address}")
        assert set(told["parts"].values()) == {"ok", "off"}
