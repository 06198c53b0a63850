"""A server that answers in pieces, or not at all: what is heard, what is given up, and the breaker around it."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from knowledge.llm.base import Prompt, Terms
from knowledge.llm.completions import piece_of
from knowledge.llm.errors import CallCancelled, ServerFailed
from knowledge.llm.guarded import GuardedWorker
from knowledge.llm.server import ServerModel
from knowledge.llm.worker import ModelWorker, State

PROMPT = Prompt("You help.", "Shopper: I'm cold")
TERMS = Terms(("store",))
SAID = "Brr! {store} has it."
AMPLE_S = 60.0


class Server(ThreadingHTTPServer):
    """Answers every request with `lines`; waits for `go` before each that is empty."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Lines)
        self.lines: list[str] = []
        self.status = 200
        self.asked = 0
        self.go = threading.Event()
        self.waits = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Lines(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        self.send_response(self.server.status)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        for line in self.server.lines:
            if not line:
                self.server.waits.set()
                self.server.go.wait()
            try:
                self.wfile.write(f"{line}\n\n".encode())
            except OSError:  # whoever asked has gone
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        yield made
        made.go.set()
        made.shutdown()
        thread.join()


def pieces(*texts: str) -> list[str]:
    """Write an answer as servers do: a first piece without words, the words, a count, the end."""
    whole: Iterable[object] = [
        {"choices": [{"delta": {"role": "assistant", "content": None}}]},
        *({"choices": [{"delta": {"content": text}}]} for text in texts),
        {"choices": [{"delta": {}, "finish_reason": "stop"}]},
        {"choices": [], "usage": {"total_tokens": 9}},
    ]
    return [": keep alive", *(f"data: {json.dumps(each)}" for each in whole), "data: [DONE]"]


def write(url: str, heard: list[str]) -> str:
    model = ServerModel(url, "small", timeout_s=AMPLE_S)
    try:
        return model.write(
            PROMPT, TERMS, max_tokens=60, cancelled=lambda: False, on_text=heard.append
        )
    finally:
        model.close()


def test_an_answer_in_pieces_is_heard_while_it_grows(server: Server) -> None:
    server.lines = [*pieces("Brr! ", "{store} has", " it."), "data: what comes after the end"]
    heard: list[str] = []
    assert write(server.url, heard) == SAID
    assert heard == ["Brr! ", "Brr! {store} has", SAID]


@pytest.mark.parametrize(
    "line",
    [
        *("data: <html>", "data: 3", "data: {}", 'data: {"error": {"message": "busy"}}'),
        *('data: {"choices": [3]}', 'data: {"choices": [{"delta": {"content": 3}}]}'),
        'data: {"choices": [{"delta": {"content": "' + 4_001 * "a" + '"}}]}',
    ],
)
def test_a_piece_of_another_kind_fails_the_call(server: Server, line: str) -> None:
    server.lines = [*pieces("Brr!")[:3], line]
    with pytest.raises(ServerFailed):
        write(server.url, [])


@pytest.mark.parametrize("line", ["", ": still there", "event: ping", "id: 3"])
def test_a_line_without_data_says_nothing(line: str) -> None:
    assert piece_of(line) == ""


def test_an_answer_nobody_waits_for_is_dropped_in_the_middle(server: Server) -> None:
    server.lines = [*pieces("Brr! ")[:3], ""]
    model = ServerModel(server.url, "small", timeout_s=AMPLE_S)
    with pytest.raises(CallCancelled):  # it would hang here if it waited for the server
        model.write(PROMPT, TERMS, max_tokens=60, cancelled=server.waits.is_set)
    model.close()


@asynccontextmanager
async def working(server: Server, *, timeout_s: float = AMPLE_S) -> AsyncIterator[ModelWorker]:
    worker = ModelWorker(deadline_s=AMPLE_S, monotonic=lambda: CLOCK[0])
    await worker.start(lambda: ServerModel(server.url, "small", timeout_s=timeout_s))
    yield worker
    server.go.set()
    await worker.stop()


CLOCK = [0.0]


async def asking(worker: ModelWorker) -> str | None:
    return await worker.write(PROMPT, TERMS, max_tokens=60)


@pytest.mark.parametrize("trouble", ["500", "silence", "garbage"])
async def test_the_breaker_opens_on_a_server_in_trouble_and_closes_again(
    server: Server, trouble: str
) -> None:
    CLOCK[0] = 0.0
    server.status = 500 if trouble == "500" else 200
    server.lines = {"500": [], "silence": [""], "garbage": ["data: ?"]}[trouble]
    async with working(server, timeout_s=0.1) as worker:
        assert [await asking(worker) for _ in range(4)] == [None] * 4
        assert (server.asked, worker.state) == (2, State.SKIPPING)
        server.go.set()
        server.status, server.lines = 200, pieces(SAID)
        assert await asking(worker) is None  # not before the pause is over
        CLOCK[0] = 30.1
        assert await asking(worker) == SAID
        assert (server.asked, worker.state) == (3, State.READY)


async def test_a_newer_request_does_not_wait_for_one_that_was_given_up(server: Server) -> None:
    server.lines = [""]
    async with working(server) as worker:
        older = asyncio.create_task(asking(worker))
        await asyncio.to_thread(server.waits.wait)
        older.cancel()
        server.lines = pieces(SAID)
        assert await asking(worker) == SAID
        assert not server.go.is_set()


class Shut:
    """A gate that lets nothing through."""

    def stops(self, prompt: str) -> bool:
        return bool(prompt)


async def test_what_the_gate_stops_is_never_sent(server: Server) -> None:
    server.lines = pieces(SAID)
    async with working(server) as worker:
        guarded = GuardedWorker(worker, Shut())
        assert await guarded.write(PROMPT, TERMS, max_tokens=9, deadline_s=AMPLE_S) is None
        assert (server.asked, worker.counters.blocked) == (0, 1)
