import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from scripts.emulator import RunningServer, running_server
from tests.emulator.caller import Caller

ROOT = Path(__file__).parents[2]


async def _start(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "scripts.emulator",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


@asynccontextmanager
async def _process(world: Path) -> AsyncIterator[Caller]:
    """A server in a process of its own, killed at the end with no chance to tidy up."""
    process = await _start("--port", "0", "--world", str(world))
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    port = int(line.split("127.0.0.1:")[1].split()[0])
    server = RunningServer(port, "1000001:local-telegram", None)  # type: ignore[arg-type] # its inside is elsewhere
    try:
        async with aiohttp.ClientSession() as session:
            yield Caller(server, session)
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def test_a_killed_server_forgets_nothing_it_acknowledged(tmp_path: Path) -> None:
    async with _process(tmp_path) as before:
        await before.say("first", first_name="Ana")
        await before.say("second")
        keyboard = {"keyboard": [[{"text": "A"}]]}
        await before.result("sendMessage", chat_id=7, text="answer", reply_markup=keyboard)
        await before.result("deleteMessage", chat_id=7, message_id=3)
        first, second = await before.updates()
        await before.updates(offset=second["update_id"])
        await before.phone("8/block")
        await before.post("clock", offset_s=3600)
    async with _process(tmp_path) as after:
        assert [u["update_id"] for u in await after.updates()] == [
            second["update_id"],
            second["update_id"] + 1,
        ]
        shown = (await after.get("phone/7/messages"))["messages"]
        assert [message["text"] for message in shown] == ["first", "second"]
        assert shown[0]["from"]["first_name"] == "Ana"
        assert (await after.get("phone/7"))["reply_keyboard"] == keyboard
        assert (await after.get("phone/8"))["blocked"] is True
        assert (await after.get("clock"))["offset_s"] == 3600
        assert await after.say("third") == 4
        assert (await after.last_update())["update_id"] == second["update_id"] + 2
        await after.post("redeliver", update_id=first["update_id"])
        assert (await after.updates())[0] == first


async def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    async with running_server(tmp_path) as server, aiohttp.ClientSession() as session:
        await Caller(server, session).say("whole")
    with (tmp_path / "world.jsonl").open("ab") as journal:
        journal.write(b'["message","7:2",{"half')
    async with running_server(tmp_path) as server, aiohttp.ClientSession() as session:
        caller = Caller(server, session)
        assert len((await caller.get("phone/7/messages"))["messages"]) == 1
        assert await caller.say("next") == 2


async def test_a_long_history_grows_the_journal(tmp_path: Path) -> None:
    text = "x" * 4000
    async with running_server(tmp_path) as server, aiohttp.ClientSession() as session:
        caller = Caller(server, session)
        for _ in range(300):
            await caller.say(text)
    async with running_server(tmp_path) as server, aiohttp.ClientSession() as session:
        assert await Caller(server, session).say("x") == 301


async def test_two_servers_cannot_share_a_world(tmp_path: Path) -> None:
    async with running_server(tmp_path):
        with pytest.raises(BlockingIOError):
            async with running_server(tmp_path):
                pass


async def test_a_world_in_use_and_a_port_in_use_are_one_clear_line(tmp_path: Path) -> None:
    async with running_server(tmp_path / "a") as server:
        for arguments, words in (
            (("--port", "0", "--world", str(tmp_path / "a")), "Another local Telegram uses"),
            (("--port", str(server.port), "--world", str(tmp_path / "b")), "Cannot serve on"),
            (("--time-zone", "Mars/Olympus"), "There is no time zone"),
            (("--town", str(tmp_path / "none.json")), "none.json"),
        ):
            process = await _start(*arguments)
            output, _ = await process.communicate()
            assert process.returncode == 2
            assert words in output.decode()
            assert output.decode().count("\n") == 1
