"""A model behind any OpenAI-compatible server, such as llama-server, vLLM or Ollama, reached by its address.

It must not know which server answers. Its own token mask cannot be reached there, so the finished text is checked.
"""

import asyncio
from collections.abc import Callable

import httpx

from knowledge.llm.base import OnText, Prompt, Terms, unheard
from knowledge.llm.completions import piece_of, text_of
from knowledge.llm.errors import CallCancelled, ServerFailed
from knowledge.llm.lock import Lock, trimmed

_CONNECT_S = 0.5
_LOOK_EVERY_S = 0.05  # whether anybody still waits: what nobody waits for holds up the next reply
_EVENTS = "text/event-stream"
_LONGEST = 4_000  # characters, some ten times what is asked for; a server that goes on is given up


class ServerModel:
    """Asks by chat completion. One request at a time; no retries, since its caller has a deadline.

    The answer is asked for in pieces, so that it can be heard while it grows and dropped when nobody waits any more;
    a server that answers in one piece is understood too.

    Source: POST /chat/completions of https://platform.openai.com/docs/api-reference/chat (2026-11-21).
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        timeout_s: float = 1.5,
        api_key: str = "",
        temperature: float = 0.6,
    ) -> None:
        """Take the address.

        Args:
            url: Up to and with the version, for example http://127.0.0.1:8080/v1.
            model: The name the server knows the model by.
            timeout_s: Seconds without a sign of life after which a request is given up.
            api_key: Sent as a bearer token when not empty.
            temperature: How boldly it draws.
        """
        self.name = model
        self._temperature = temperature
        # A loop of its own in the model's thread: only what is awaited can be dropped at once.
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s)),
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            trust_env=False,  # a shopper's words go to the address in config.toml, by no proxy
        )

    def write(
        self,
        prompt: Prompt,
        terms: Terms,
        *,
        max_tokens: int,
        cancelled: Callable[[], bool],
        on_text: OnText = unheard,
    ) -> str:
        """Write one paragraph.

        Raises:
            LockBroken: the text has digits, markup or a placeholder it was not given, or lacks one.
            ServerFailed: the server did not answer in time, or with something else.
            CallCancelled: `cancelled` came true.
        """
        body = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": prompt.static},
                {"role": "user", "content": prompt.dynamic},
            ],
            "max_tokens": max_tokens,
            "temperature": self._temperature,
            "seed": terms.seed,
            "stream": True,
        }
        answer = self._runner.run(self._unless(cancelled, body, on_text))
        return Lock(terms).check(trimmed(answer))

    def close(self) -> None:
        """Close the connection."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    async def _unless(
        self, cancelled: Callable[[], bool], body: dict[str, object], on_text: OnText
    ) -> str:
        """Ask for as long as somebody waits; a request dropped half-way tells the server to stop writing."""
        if cancelled():
            raise CallCancelled("Nobody waits for the answer any more.")
        asking = asyncio.ensure_future(self._ask(body, on_text))
        while not asking.done():
            await asyncio.wait({asking}, timeout=_LOOK_EVERY_S)
            if not asking.done() and cancelled():
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
                raise CallCancelled("Nobody waits for the answer any more.")
        return asking.result()

    async def _ask(self, body: dict[str, object], on_text: OnText) -> str:
        try:
            async with self._client.stream("POST", "/chat/completions", json=body) as response:
                response.raise_for_status()
                if _EVENTS in response.headers.get("content-type", ""):
                    return await _gathered(response, on_text)
                return text_of(await response.aread())
        except httpx.HTTPError as error:
            msg = f"The model server at {self._client.base_url} did not answer: {type(error).__name__}."
            raise ServerFailed(msg) from error


async def _gathered(response: httpx.Response, on_text: OnText) -> str:
    """Put the pieces of an answer together, as they come."""
    text = ""
    async for line in response.aiter_lines():
        piece = piece_of(line)
        if piece is None:
            break
        if piece:
            text += piece
            on_text(text)
        if len(text) > _LONGEST:
            raise ServerFailed("The model server's answer does not end.")
    return text
