"""A model behind HTTP, against a real server on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from knowledge.llm.base import Prompt, Terms
from knowledge.llm.errors import CallCancelled, CallFailed, LockBroken
from knowledge.llm.server import ServerModel

PROMPT = Prompt("You help.", "Shopper: I'm cold")
TERMS = Terms(("store", "price"), frozenset({"free"}), seed=5)
FACTS = "{store} has it for {price}."


class Completions(BaseHTTPRequestHandler):
    """Answers every chat completion with what the test put into `answer`."""

    answer: ClassVar[bytes] = b""
    status: ClassVar[int] = 200
    seen: ClassVar[list[tuple[str, str | None, dict[str, object]]]] = []
    hold: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, self.headers["Authorization"], json.loads(body)))
        self.hold.wait()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep the test's output clean."""


@pytest.fixture
def url() -> Iterator[str]:
    Completions.seen.clear()
    Completions.hold.set()
    Completions.status = 200
    with ThreadingHTTPServer(("127.0.0.1", 0), Completions) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        Completions.hold.set()
        server.shutdown()
        thread.join()


@contextmanager
def serving(url: str, content: object, *, timeout_s: float = 30.0) -> Iterator[ServerModel]:
    Completions.answer = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    model = ServerModel(url, "small", timeout_s=timeout_s, api_key="k")
    try:
        yield model
    finally:
        model.close()


def never() -> bool:
    return False


def write(model: ServerModel) -> str:
    return model.write(PROMPT, TERMS, max_tokens=60, cancelled=never)


def test_the_prompt_goes_out_as_a_chat_and_whole_sentences_come_back(url: str) -> None:
    with serving(url, "Brr!\n{store} has it for {price}. And th") as model:
        assert write(model) == "Brr! {store} has it for {price}."
    path, key, body = Completions.seen[0]
    assert (path, key) == ("/v1/chat/completions", "Bearer k")
    assert (body["model"], body["max_tokens"], body["seed"]) == ("small", 60, TERMS.seed)
    assert body["messages"] == [
        {"role": "system", "content": "You help."},
        {"role": "user", "content": "Shopper: I'm cold"},
    ]


@pytest.mark.parametrize(
    "said",
    [
        *("", "No sentence", "Brr.", "{store} has it. And it's {price", "{store} has it."),
        *(f"{FACTS} Only $3.", f"**Now**. {FACTS}", f"{FACTS} {{coupon}} is yours."),
        *(f"{FACTS} {{store}}.", f"{FACTS} It's free.", f"See www dot shop. {FACTS}"),
    ],
)
def test_a_text_outside_the_lock_is_refused(url: str, said: str) -> None:
    with serving(url, said) as model, pytest.raises(LockBroken):
        write(model)


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": 3}'])
def test_an_answer_of_another_kind_fails_the_call(url: str, answer: bytes) -> None:
    with serving(url, "") as model:
        Completions.answer = answer
        with pytest.raises(CallFailed):
            write(model)


def test_a_refusal_fails_the_call(url: str) -> None:
    with serving(url, None) as model:
        with pytest.raises(CallFailed):
            write(model)
        Completions.status = 500
        with pytest.raises(CallFailed, match="HTTPStatusError"):
            write(model)


def test_a_silent_server_is_given_up_after_the_timeout(url: str) -> None:
    Completions.hold.clear()
    with serving(url, "Brr.", timeout_s=0.05) as model, pytest.raises(CallFailed, match="Timeout"):
        write(model)


def test_a_server_that_is_not_there_fails_the_call() -> None:
    model = ServerModel("http://127.0.0.1:9/v1", "small")
    with pytest.raises(CallFailed, match=r"127\.0\.0\.1:9"):
        write(model)
    model.close()


def test_a_cancelled_request_is_never_sent(url: str) -> None:
    with serving(url, "Brr.") as model, pytest.raises(CallCancelled):
        model.write(PROMPT, TERMS, max_tokens=60, cancelled=lambda: True)
    assert Completions.seen == []
