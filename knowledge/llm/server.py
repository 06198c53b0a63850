"""A model behind any OpenAI-compatible server, such as llama-server, vLLM or Ollama, reached by its address.

It must not know which server answers. Its own token mask cannot be reached there, so the finished text is checked.
"""

from collections.abc import Callable

import httpx

from knowledge.llm.base import Prompt, Terms
from knowledge.llm.errors import CallCancelled, CallFailed
from knowledge.llm.lock import Lock, trimmed

_CONNECT_S = 0.5


class ServerModel:
    """Asks by chat completion. One request at a time; no retries, since its caller has a deadline.

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
        self._client = httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s)),
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            trust_env=False,  # a shopper's words go to the address in config.toml, by no proxy
        )

    def write(
        self, prompt: Prompt, terms: Terms, *, max_tokens: int, cancelled: Callable[[], bool]
    ) -> str:
        """Write one paragraph.

        Raises:
            LockBroken: the text has digits, markup or a placeholder it was not given, or lacks one.
            CallFailed: the server did not answer in time, or `cancelled` came true.
        """
        answer = self._ask(prompt, max_tokens, terms.seed, cancelled)
        return Lock(terms).check(trimmed(answer))

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _ask(
        self, prompt: Prompt, max_tokens: int, seed: int, cancelled: Callable[[], bool]
    ) -> str:
        if cancelled():
            raise CallCancelled("Nobody waits for the answer any more.")
        body = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": prompt.static},
                {"role": "user", "content": prompt.dynamic},
            ],
            "max_tokens": max_tokens,
            "temperature": self._temperature,
            "seed": seed,
        }
        try:
            response = self._client.post("/chat/completions", json=body)
            response.raise_for_status()
            content = response.json()["choices"][0]["message"]["content"]
        except httpx.HTTPError as error:
            msg = f"The model server at {self._client.base_url} did not answer: {type(error).__name__}."
            raise CallFailed(msg) from error
        except (ValueError, LookupError, TypeError) as error:
            raise CallFailed("The model server's answer is no chat completion.") from error
        if not isinstance(content, str):
            raise CallFailed("The model server's answer holds no text.")
        return content
