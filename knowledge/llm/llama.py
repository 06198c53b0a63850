"""A model in this process: writes under the lock. It must not know llama.cpp's calls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge.llm.base import OnText, Prompt, Terms, unheard
from knowledge.llm.engine import LlamaEngine, Row, Scores
from knowledge.llm.errors import CallCancelled, CallFailed, PromptTooLong
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.lock import Lock, State, trimmed
from knowledge.llm.mask import TokenMask, Vocabulary
from knowledge.llm.sampler import Draw, Sampler
from knowledge.llm.sureness import LEAST_SURE, Opening

_BASE, _REPLY = (
    0,
    1,
)  # the sequence in which the last beginning is kept, and that of the reply after it
_BATCH_TOKENS = 192  # between two looks at `cancelled`: 0.3 s for 135M parameters on two cores
_DRAWS = 64  # of a token, before none is found that the lock allows


@dataclass(frozen=True, slots=True)
class Trained:
    """What makes a model ours: an adapter, as a GGUF file, the words it was trained to use, and how sure it must be.

    `least_sure` is the least mean logarithm of probabilities of an opening that is kept.
    """

    adapter: Path
    lexicon: Lexicon
    least_sure: float = LEAST_SURE


class LlamaModel:
    """A GGUF model, with an adapter or without."""

    def __init__(
        self,
        path: Path,
        *,
        trained: Trained | None = None,
        threads: int = 2,
        context_tokens: int = 768,
        sampler: Sampler | None = None,
    ) -> None:
        """Load the file; takes seconds. Raises ModelMissing, EngineMissing or ModelUnreadable.

        Args:
            path: A GGUF file.
            trained: What was trained upon it, and the words that it may use; None = nothing, any.
            threads: Cores one call may use.
            context_tokens: What prompt and reply may take together; 23 KB each for 135M parameters.
            sampler: How the next token is drawn; a cautious one when None.
        """
        self._engine = LlamaEngine(
            path,
            adapter=trained.adapter if trained else None,
            context_tokens=context_tokens,
            threads=threads,
            batch_tokens=_BATCH_TOKENS,
        )
        self._sampler = sampler or Sampler()
        self._lexicon = trained.lexicon if trained else None
        self._least_sure = trained.least_sure if trained else None
        self._kept: list[int] = []
        self.name = path.stem

    def write(
        self,
        prompt: Prompt,
        terms: Terms,
        *,
        max_tokens: int,
        cancelled: Callable[[], bool],
        on_text: OnText = unheard,
    ) -> str:
        """Write one paragraph under the lock, laid out as the model's own chat turn.

        Raises:
            CallFailed: the prompt is too long, nothing whole was written, or `cancelled` came true.
        """
        head, tail = self._engine.chat(prompt.static, prompt.dynamic)
        self._keep(head, cancelled)
        rows = [Row(t, len(head) + i, (_REPLY,), i == len(tail) - 1) for i, t in enumerate(tail)]
        self._engine.copy(_BASE, _REPLY)
        lock = Lock(terms, self._lexicon)
        draw = replace(self._sampler, seed=self._sampler.seed + terms.seed).fresh()
        try:
            mask = TokenMask(self._vocabulary, lock)
            text = self._continue(rows, mask, draw, _Watch(max_tokens, cancelled, on_text))
        finally:
            self._engine.forget(_REPLY)
        return lock.check(text)

    def _continue(self, rows: list[Row], mask: TokenMask, draw: Draw, watch: "_Watch") -> str:
        state, position = mask.start(), rows[-1].position
        opening = Opening(self._least_sure)
        begun = _Begun(np.empty(0, dtype=np.float32), state, position)
        for _ in range(watch.max_tokens):
            read = self._read(rows, watch.cancelled)[-1]
            scores = np.where(mask.allowed(state), read, -np.inf)
            if not state.word:
                begun = _Begun(scores, state, position, noted=len(opening))
            drawn = _drawn(scores, mask, state, draw)
            if drawn is None:
                # No token goes on with the word that was begun: back to where it was, for another one.
                state, position = begun.state, begun.position
                opening.back_to(begun.noted)
                self._engine.forget(_REPLY, from_position=position + 1)
                begun.scores[begun.token] = -np.inf
                drawn = _drawn(begun.scores, mask, state, draw)
            if drawn is None:
                raise CallFailed("No word could go on here.")
            token, after = drawn
            if after is None:
                return opening.kept(state.text)
            if not state.word:
                begun.token = token
            opening.note(state.text, read, token)
            state = after
            watch.on_text(opening.kept(state.text))
            position += 1
            rows = [Row(token, position, (_REPLY,), is_wanted=True)]
        return opening.kept(trimmed(state.text))

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


@dataclass(frozen=True, slots=True)
class _Watch:
    """When to stop writing, and who hears the text grow."""

    max_tokens: int
    cancelled: Callable[[], bool]
    on_text: OnText


@dataclass(slots=True)
class _Begun:
    """Where the word that is being written began: the scores there, the state, the last position, its first token.

    `noted` is how many tokens of the opening were noted before it.
    """

    scores: Scores
    state: State
    position: int
    token: int = 0
    noted: int = 0


def _drawn(
    scores: Scores, mask: TokenMask, state: State, draw: Draw
) -> tuple[int, State | None] | None:
    """Draw the next token and give the state after it, None after the last; None where nothing may follow.

    What is refused is struck out in `scores`.
    """
    for _ in range(_DRAWS):
        if not np.isfinite(scores).any():
            return None
        token = draw(scores)
        if mask.ends(token):
            return token, None
        after = mask.after(state, token)
        if after is not None:
            return token, after
        scores[token] = -np.inf
    return None
