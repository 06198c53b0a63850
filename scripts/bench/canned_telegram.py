"""A Bot API server that answers getUpdates from prepared bytes, so that a benchmark measures who asks and not who answers.

Updates are live locations that moved, one for each shopper: `python -m scripts.bench.canned_telegram FILE` reads lines of
two places (latitude, longitude) a shopper, prints its port and serves. The token "7:bench" asks for step 7; a shopper is at
the first place or at the second by whether the step and their number are even together.
"""

import asyncio
import json
import re
import sys
from collections.abc import Sequence
from math import ceil
from pathlib import Path

FIRST_SHOPPER = 5_000_000_000
FIRST_MESSAGE = 100
BEGUN_S = 1_795_176_000  # 2026-11-20 10:40 UTC
STEP_S = 20  # between two fixes of a shopper
LIVE_PERIOD_S = 86_400
BATCH = 100

Place = tuple[float, float, float, float]  # two places, each degrees north and east
_OFFSET = re.compile(rb"offset\D{1,4}(\d+)")
_STEP = re.compile(rb"/bot(\d+)[:%]")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_ME = {"id": 1, "is_bot": True, "first_name": "Concierge", "username": "concierge_bot"}


def step(number: int, turn: int, place: Place) -> dict[str, object]:
    """Give the update in which shopper `number` moves in step `turn`, with the fields that Telegram sends."""
    shopper_id = FIRST_SHOPPER + number
    named = {"first_name": f"Shopper {number}", "username": f"shopper{number}"}
    latitude, longitude = place[:2] if (number + turn) % 2 else place[2:]
    return {
        "update_id": number + 1,
        "edited_message": {
            "message_id": FIRST_MESSAGE + number,
            "from": {"id": shopper_id, "is_bot": False, **named, "language_code": "en"},
            "chat": {"id": shopper_id, **named, "type": "private"},
            "date": BEGUN_S,
            "edit_date": BEGUN_S + turn * STEP_S,
            "location": {
                "latitude": latitude,
                "longitude": longitude,
                "live_period": LIVE_PERIOD_S,
                "heading": 90,
                "horizontal_accuracy": 60.0,
            },
        },
    }


class Canned:
    """The answers of each step, made when the step is first asked for anything."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._turn = 0
        self._answers: list[bytes] = []

    def answer(self, turn: int, request: bytes) -> bytes:
        """Give the whole HTTP answer to a request of a step."""
        if turn != self._turn:
            self._turn, self._answers = turn, list(self._batches(turn))
        if b"getMe " in request:
            return _http({"ok": True, "result": _ME})
        if b"/getUpdates" not in request:
            return _http({"ok": True, "result": True})
        found = _OFFSET.search(request)
        batch = ceil((int(found.group(1)) - 1) / BATCH) if found else 0
        empty = {"ok": True, "result": list[object]()}
        return self._answers[batch] if batch < len(self._answers) else _http(empty)

    def _batches(self, turn: int) -> list[bytes]:
        steps = [step(number, turn, each) for number, each in enumerate(self._places)]
        return [
            _http({"ok": True, "result": steps[first : first + BATCH]})
            for first in range(0, len(steps), BATCH)
        ]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it is closed."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(head)
                body = await reader.readexactly(int(length.group(1))) if length else b""
                turn = _STEP.search(head)
                writer.write(self.answer(int(turn.group(1)) if turn else 0, head + body))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _http(answer: object) -> bytes:
    body = json.dumps(answer, separators=(",", ":")).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def read_places(file: Path) -> list[Place]:
    """Read a shopper's two places from each line of a file."""
    places = []
    for line in file.read_text().splitlines():
        north, east, other_north, other_east = map(float, line.split())
        places.append((north, east, other_north, other_east))
    return places


async def main(places: Sequence[Place]) -> None:
    """Serve on any free port, and print it, until this process is ended."""
    server = await asyncio.start_server(Canned(places).serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(read_places(Path(sys.argv[1]))))
