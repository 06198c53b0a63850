import argparse
import asyncio
import os
import signal
from pathlib import Path

import aiohttp
import pytest

from scripts.emulator.__main__ import main, parse_arguments, serve
from scripts.emulator.media import image_size


@pytest.fixture
def options(tmp_path: Path) -> argparse.Namespace:
    return parse_arguments(["--port", "0", "--world", str(tmp_path)])


async def test_it_serves_until_it_is_told_to_stop(
    options: argparse.Namespace, capsys: pytest.CaptureFixture[str]
) -> None:
    serving = asyncio.create_task(serve(options, None))
    line = ""
    while not line:
        await asyncio.sleep(0)
        line = capsys.readouterr().out
    async with aiohttp.ClientSession() as session, session.get(line.split()[2] + "/bot") as bot:
        assert bot.status == 200
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 60)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--time-zone", "Mars/Olympus"], "There is no time zone 'Mars/Olympus'"),
        (["--town", "none.json"], "none.json"),
        (["--town", __file__], "Cannot read the town"),
    ],
)
def test_what_prevents_a_start_is_one_line(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--port", "0", "--world", str(tmp_path)]) == 2
    output = capsys.readouterr().out
    assert words in output
    assert output.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b"GIF89a\x20\x00\x10\x00", (32, 16)),
        (
            b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x10\x00\x20\x00\x00",
            (32, 16),
        ),
        (b"\xff\xd8\x00" + b"\x00" * 20, None),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x1f\0\0\x0f\0\0", (32, 16)),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + b"\x20\x00\x10\x00", (32, 16)),
        (b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 5 + b"\x1f\xc0\x03\x00", (32, 16)),
        (b"RIFF\0\0\0\0WEBPodd ", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"", None),
    ],
    ids=["gif", "jpeg", "broken jpeg", "vp8x", "vp8", "vp8l", "odd webp", "short png", "nothing"],
)
def test_a_pictures_size_is_read_from_its_first_bytes(
    content: bytes, size: tuple[int, int] | None
) -> None:
    assert image_size(content) == size
