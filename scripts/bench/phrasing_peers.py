"""What bench_phrasing holds the writing model against: plain llama.cpp, and reading alone."""

import resource
import time
from pathlib import Path
from typing import Any

from knowledge.briefs import brief
from knowledge.llm.engine import LlamaEngine, Row

_TEXT = "The shop by the harbour has warm things for cold days, and the people there are kind. "
_READ_TOKENS, _WRITTEN_TOKENS, _CONTEXT_TOKENS = 192, 48, 768
_KIB_PER_GB = 1e9 / 1024


class PlainLlama:
    """llama-cpp-python on the shipped file as it is: no adapter, no lock, no copy that reads faster."""

    def __init__(self, path: Path, threads: int) -> None:
        import llama_cpp  # noqa: PLC0415 - a heavy engine

        self._llama: Any = llama_cpp.Llama(
            str(path),
            n_ctx=_CONTEXT_TOKENS,
            n_batch=_READ_TOKENS,
            n_threads=threads,
            n_threads_batch=threads,
            verbose=False,
        )
        self._tokens = self._llama.tokenize((_TEXT * 20).encode())[:_READ_TOKENS]

    def read_per_s(self) -> float:
        """Read the text from nothing: tokens a second."""
        self._llama.reset()
        started = time.perf_counter()
        self._llama.eval(self._tokens)
        return _READ_TOKENS / (time.perf_counter() - started)

    def decode_per_s(self) -> float:
        """Go on after some words, token by token: tokens a second."""
        self._llama.reset()
        self._llama.eval(self._tokens[:64])
        started = time.perf_counter()
        for _ in range(_WRITTEN_TOKENS):
            self._llama.eval([self._llama.sample(temp=0.6, top_p=0.9)])
        return _WRITTEN_TOKENS / (time.perf_counter() - started)


class Reader:
    """Our engine with the adapter, reading alone."""

    def __init__(self, path: Path, adapter: Path, threads: int) -> None:
        self._engine = LlamaEngine(
            path, adapter=adapter, context_tokens=_CONTEXT_TOKENS, threads=threads, batch_tokens=_READ_TOKENS
        )  # fmt: skip
        self._tokens = self._engine.tokens(_TEXT * 20)[:_READ_TOKENS]
        asked = brief("offer", (), "")
        self.prefix_tokens = len(self._engine.chat(asked.static, asked.dynamic)[0])

    def count(self, dynamic: str) -> int:
        """Count the tokens that a message and the names of its facts take, with the marks of the turn."""
        return len(self._engine.chat("", dynamic)[1])

    def read_per_s(self) -> float:
        """Read the text from nothing: tokens a second."""
        return _READ_TOKENS / self.read_s(_READ_TOKENS)

    def read_s(self, count: int) -> float:
        """Read so many tokens from nothing: seconds."""
        self._engine.forget(0)
        rows = [Row(token, place, (0,), place == count - 1) for place, token in enumerate(self._tokens[:count])]  # fmt: skip
        started = time.perf_counter()
        self._engine.evaluate(rows)
        return time.perf_counter() - started

    def close(self) -> None:
        """Free the engine."""
        self._engine.close()


def rss_gb() -> float:
    """Give the most memory this process has had, in 10⁹ bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_GB
