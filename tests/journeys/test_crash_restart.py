"""Stopping, starting again, giving up on what kills the bot, and keeping everybody's order."""

import asyncio
import signal

from scripts.phone import text_of
from storage.records import OutboxStatus
from tests.journeys.stage import Stage


async def test_stop_start_write_again_is_answered(stage: Stage) -> None:
    phone = stage.phone(7)
    bot = await stage.start()
    await phone.write("/help")
    await phone.hear()
    assert await bot.stop() == 0
    await phone.write("/privacy")
    async with stage.running():
        (privacy,) = await phone.hear()
        await phone.write("/help")
        (help_,) = await phone.hear()
    assert "/forget" in text_of(privacy)
    assert "/nearby" in text_of(help_)


async def test_update_that_kills_three_times_is_set_aside_with_an_apology(stage: Stage) -> None:
    phone = stage.phone(7)
    stage.armed.touch()
    bot = await stage.start(crash_at="item claimed")
    await phone.write("I'm cold")
    assert await bot.ended() == -signal.SIGKILL
    for _ in range(2):
        bot = await stage.bear(crash_at="item claimed")
        assert await bot.ended() == -signal.SIGKILL
    async with stage.running(crash_at="item claimed"):
        (apology,) = await phone.hear()
        assert "Something went wrong on my side" in text_of(apology)
        stage.armed.unlink()
        await phone.write("/help")
        (help_,) = await phone.hear()
        assert "/nearby" in text_of(help_)
    assert "ALERT" in stage.log.read_text(encoding="utf-8")


async def test_two_messages_five_milliseconds_apart_are_answered_in_order(stage: Stage) -> None:
    phone = stage.phone(7)
    async with stage.running():
        for _ in range(5):
            await phone.write("I'm cold")
            await asyncio.sleep(0.005)
            await phone.write("/help")
            first, second = await phone.hear(2)
            assert "/nearby" not in text_of(first)
            assert "/nearby" in text_of(second)


async def test_fifty_shoppers_at_once_are_all_answered(stage: Stage) -> None:
    phones = [stage.phone(user_id) for user_id in range(100, 150)]
    async with stage.running():
        await asyncio.gather(*(phone.write("I'm cold") for phone in phones))
        heard = await asyncio.gather(*(phone.hear() for phone in phones))
    assert [len(messages) for messages in heard] == [1] * 50
    async with stage.database.reading() as work:
        assert (await work.outbox.counts())[OutboxStatus.SENT] == 50


async def test_what_runs_is_finished_before_a_stop(stage: Stage) -> None:
    phone = stage.phone(7)
    fault = {"method": "sendMessage", "delay_s": 1.0, "times": 1}
    await stage.http.post(f"{stage.server.url}/faults", json=fault)
    bot = await stage.start()
    await phone.typing(phone.write("I'm cold"))
    assert await bot.stop() == 0
    assert len(await phone.hear()) == 1
    async with stage.database.reading() as work:
        assert (await work.outbox.counts())[OutboxStatus.SENT] == 1
