"""A model in this process: chooses by likelihood, writes under the mask. It must not know llama.cpp's calls."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge.llm.base import Prompt
from knowledge.llm.engine import LlamaEngine, Row, Scores
from knowledge.llm.errors import CallCancelled, CallFailed, PromptTooLong
from knowledge.llm.lock import check, trimmed
from knowledge.llm.mask import TokenMask, Vocabulary
from knowledge.llm.sampler import Sampler

_BASE = 0  # the sequence in which the last prompt is kept
_SIDE_BY_SIDE = 16  # candidates read in one go
_BATCH_TOKENS = 192  # between two looks at `cancelled`: 0.3 s for 135M parameters on two cores


class LlamaModel:
    """A GGUF model. `choose` suits any; `write` needs one that writes well (1B parameters or an adapter)."""

    def __init__(
        self,
        path: Path,
        *,
        threads: int = 2,
        context_tokens: int = 1024,
        sampler: Sampler | None = None,
    ) -> None:
        """Load the file; takes seconds. Raises ModelMissing, EngineMissing or ModelUnreadable.

        Args:
            path: A GGUF file.
            threads: Cores one call may use.
            context_tokens: What prompt and candidates may take together; 23 KB each for 135M parameters.
            sampler: How `write` draws its next token; a cautious one with a fixed seed when None.
        """
        self._engine = LlamaEngine(
            path,
            context_tokens=context_tokens,
            threads=threads,
            sequences=1 + _SIDE_BY_SIDE,
            batch_tokens=_BATCH_TOKENS,
        )
        self._sampler = sampler or Sampler()
        self._kept: list[int] = []
        self._priors: dict[tuple[str, str, str], float] = {}
        self._masks: dict[tuple[str, ...], TokenMask] = {}
        self.name = path.stem

    def choose(
        self, prompt: Prompt, candidates: Sequence[str], *, cancelled: Callable[[], bool]
    ) -> int:
        """Give the likeliest candidate's index: mean log-likelihood a token, against `neutral` when given.

        Source: pointwise mutual information as in Holtzman et al., Surface Form Competition,
        https://arxiv.org/abs/2104.08315 (2021-04-16).

        Raises:
            CallFailed: the prompt is too long, or `cancelled` came true.
        """
        if not candidates:
            raise CallFailed("There is nothing to choose from.")
        fits = self._fits(prompt.static, prompt.dynamic, candidates, cancelled)
        if prompt.neutral:
            fits = fits - self._expected(prompt, candidates, cancelled)
        return int(np.argmax(fits))

    def _expected(
        self, prompt: Prompt, candidates: Sequence[str], cancelled: Callable[[], bool]
    ) -> Scores:
        keys = {text: (prompt.static, prompt.neutral, text) for text in candidates}
        unknown = [text for text, key in keys.items() if key not in self._priors]
        if unknown:
            priors = self._fits(prompt.static, prompt.neutral, unknown, cancelled)
            for text, prior in zip(unknown, priors, strict=True):
                self._priors[keys[text]] = float(prior)
        return np.asarray([self._priors[keys[text]] for text in candidates], dtype=np.float32)

    def _fits(
        self, static: str, dynamic: str, candidates: Sequence[str], cancelled: Callable[[], bool]
    ) -> Scores:
        """Give each candidate's mean log-likelihood a token, shape (n,)."""
        engine = self._engine
        head = engine.opening_tokens + engine.tokens(static)
        self._keep(head, cancelled)
        tail = engine.tokens(dynamic)
        texts = [engine.tokens(text) for text in candidates]
        fits = [
            fit
            for start in range(0, len(texts), _SIDE_BY_SIDE)
            for fit in self._side_by_side(tail, texts[start : start + _SIDE_BY_SIDE], cancelled)
        ]
        return np.asarray(fits, dtype=np.float32)

    def _side_by_side(
        self, tail: Sequence[int], texts: Sequence[Sequence[int]], cancelled: Callable[[], bool]
    ) -> list[float]:
        """Read the tail once and after it all texts as sequences that share it and their common beginnings."""
        everyone = tuple(range(1, len(texts) + 1))
        start = len(self._kept)
        rows = [Row(t, start + i, everyone, i == len(tail) - 1) for i, t in enumerate(tail)]
        places: dict[tuple[int, ...], int] = {(): 0}
        start += len(tail)
        for depth in range(1, max(len(text) for text in texts)):
            sharing: dict[tuple[int, ...], list[int]] = {}
            for sequence, text in zip(everyone, texts, strict=True):
                if len(text) > depth:
                    sharing.setdefault(tuple(text[:depth]), []).append(sequence)
            for beginning, sequences in sharing.items():
                places[beginning] = len(places)
                rows.append(Row(beginning[-1], start + depth - 1, tuple(sequences), True))
        for sequence in everyone:
            self._engine.copy(_BASE, sequence)
        try:
            scores = self._read(rows, cancelled)
        finally:
            for sequence in everyone:
                self._engine.forget(sequence)
        totals = _log_totals(scores)
        fits = []
        for text in texts:
            read = [places[tuple(text[:i])] for i in range(len(text))]
            fits.append(float(np.mean(scores[read, list(text)] - totals[read])))
        return fits

    def write(
        self,
        prompt: Prompt,
        *,
        placeholders: Sequence[str],
        max_tokens: int,
        cancelled: Callable[[], bool],
    ) -> str:
        """Write one paragraph under the lock, laid out as the model's own chat turn.

        Raises:
            CallFailed: the prompt is too long, nothing whole was written, or `cancelled` came true.
        """
        head, tail = self._engine.chat(prompt.static, prompt.dynamic)
        self._keep(head, cancelled)
        rows = [
            Row(token, len(head) + i, (1,), i == len(tail) - 1) for i, token in enumerate(tail)
        ]
        self._engine.copy(_BASE, 1)
        try:
            text = self._continue(rows, self._mask(placeholders), max_tokens, cancelled)
        finally:
            self._engine.forget(1)
        return check(text, placeholders)

    def _continue(
        self, rows: list[Row], mask: TokenMask, max_tokens: int, cancelled: Callable[[], bool]
    ) -> str:
        state = mask.start()
        position = rows[-1].position
        draw = self._sampler.fresh()
        for _ in range(max_tokens):
            scores = self._read(rows, cancelled)[-1]
            token = draw(np.where(mask.allowed(state), scores, -np.inf))
            if mask.ends(token):
                return state.text
            state = mask.advance(state, token)
            position += 1
            rows = [Row(token, position, (1,), is_wanted=True)]
        text = trimmed(state.text)
        if not text:
            msg = f"No sentence was finished within {max_tokens} tokens."
            raise CallFailed(msg)
        return text

    def _mask(self, placeholders: Sequence[str]) -> TokenMask:
        names = tuple(placeholders)
        if names not in self._masks:
            self._masks[names] = TokenMask(self._vocabulary, names)
        return self._masks[names]

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._engine.pieces, self._engine.end_tokens)

    def _keep(self, head: list[int], cancelled: Callable[[], bool]) -> None:
        """Have exactly `head` evaluated in the base sequence, reusing what is there already."""
        shared = 0
        while shared < min(len(head), len(self._kept)) and head[shared] == self._kept[shared]:
            shared += 1
        self._engine.forget(_BASE, from_position=shared)
        self._kept = self._kept[:shared]
        for start in range(shared, len(head), _BATCH_TOKENS):
            part = head[start : start + _BATCH_TOKENS]
            self._read([Row(t, start + i, (_BASE,)) for i, t in enumerate(part)], cancelled)
            self._kept = head[: start + len(part)]

    def _read(self, rows: Sequence[Row], cancelled: Callable[[], bool]) -> Scores:
        if len(self._kept) + len(rows) > self._engine.context_tokens:
            msg = f"Prompt and answer take more than {self._engine.context_tokens} tokens."
            raise PromptTooLong(msg)
        parts = []
        for start in range(0, len(rows), _BATCH_TOKENS):
            if cancelled():
                raise CallCancelled("Nobody waits for the answer any more.")
            parts.append(self._engine.evaluate(rows[start : start + _BATCH_TOKENS]))
        return np.concatenate(parts)

    def close(self) -> None:
        """Free the model's memory."""
        self._engine.close()


def _log_totals(scores: Scores) -> Scores:
    """Give the logarithm of softmax's denominator, row by row: score minus it is the log-probability."""
    highest = scores.max(axis=1)
    totals = np.log(np.exp(scores - highest[:, None]).sum(axis=1)) + highest
    return np.asarray(totals, dtype=np.float32)
