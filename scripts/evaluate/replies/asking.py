"""Puts cases to the product's own words, as a message would come: masked, read, and said from its facts.

The model may take its time here: what is measured is what it says, and how long that took.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.amounts import locale_for, prepare
from knowledge.constraints import Constraints
from knowledge.drafting import Effort, ModelTurn
from knowledge.facts import Kind
from knowledge.filling import Manner
from knowledge.llm.base import LanguageModel, OnText, Prompt, Terms, unheard
from knowledge.llm.errors import LlmError
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.worker import ModelWorker
from knowledge.phrasing import Phrasing
from knowledge.privacy.gate import Gate
from knowledge.privacy.scrubber import Scrubber
from knowledge.search.base import Embedder, Vectors
from knowledge.templates import Templates
from knowledge.understanding import (
    Examples,
    Intent,
    LearnedIntents,
    Reading,
    Understanding,
    texts_of,
)
from scripts.evaluate.replies.cases import Case
from scripts.evaluate.replies.errors import ModelNotThere
from scripts.evaluate.reporting import watched

_TODAY = date(2026, 11, 22)  # any: it decides only how days to come are called
_LANGUAGE = "en"
DEADLINE_S = 20.0
_PATIENT = 1_000_000  # misses before the model is skipped: never, here


@dataclass(frozen=True, slots=True)
class Told:
    """What was said to a case; `drafts` is how often the model wrote for it, `taken_s` the whole way to the text."""

    case: Case
    text: str
    source: str
    drafts: int
    taken_s: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """How the language model is loaded, and the words it may use; without `load` templates speak alone."""

    load: Callable[[], LanguageModel] | None = None
    lexicon: Lexicon | None = None
    deadline_s: float = DEADLINE_S


class _Counted:
    """A model that counts how often it was asked to write; asked again after a draft that would not do."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.name = model.name
        self.drafts = 0

    def write(
        self,
        prompt: Prompt,
        terms: Terms,
        *,
        max_tokens: int,
        cancelled: Callable[[], bool],
        on_text: OnText = unheard,
    ) -> str:
        self.drafts += 1
        return self._model.write(
            prompt, terms, max_tokens=max_tokens, cancelled=cancelled, on_text=on_text
        )

    def close(self) -> None:
        self._model.close()


class Listener:
    """Masks and reads messages, as far as the product does without a shop."""

    def __init__(self, scrubber: Scrubber, embedder: Embedder) -> None:
        """Embed the examples; takes a second."""
        self._scrubber = scrubber
        self._embedder = embedder
        examples = Examples.shipped()
        learned = LearnedIntents.shipped_for(embedder.fingerprint)
        self._understanding = Understanding(examples, embedder.encode(examples.texts), learned)

    async def encode(self, texts: Sequence[str]) -> Vectors:
        """Give the unit vectors of texts, shape (len(texts), dim)."""
        return self._embedder.encode(texts)

    def hear(self, message: str) -> tuple[str, Gate, Reading]:
        """Give the masked message, the gate for prompts that come of it, and what it is about."""
        scrubbed = self._scrubber.scrub(message)
        gate = Gate.over(scrubbed.entries, scrubbed.values, self._scrubber.find)
        if not scrubbed.text.strip():  # a nudge answers nothing
            return "", gate, Reading(Intent.RECOMMEND, 1.0, None, Constraints())
        texts = texts_of(scrubbed.text)
        return (
            scrubbed.text,
            gate,
            self._understanding.read(texts, self._embedder.encode(texts)),
        )


async def ask_all(cases: Sequence[Case], listener: Listener, speaker: Speaker) -> list[Told]:
    """Ask every case in turn.

    Raises:
        ModelNotThere: the model cannot be used.
    """
    model = None if speaker.load is None else await _loaded(speaker.load)
    worker = None
    if model is not None:
        worker = ModelWorker(deadline_s=speaker.deadline_s, misses_before_skip=_PATIENT)
        await worker.start(lambda: model)
    phrasing = await asyncio.to_thread(_phrasing, worker, speaker, listener)  # it reads files
    try:
        return [await _ask(each, n, listener, phrasing, model) for n, each in _numbered(cases)]
    finally:
        if worker is not None:
            await worker.stop()


async def _loaded(load: Callable[[], LanguageModel]) -> _Counted:
    try:
        return _Counted(await asyncio.to_thread(load))
    except LlmError as error:
        raise ModelNotThere(error) from error


def _phrasing(worker: ModelWorker | None, speaker: Speaker, listener: Listener) -> Phrasing:
    prepare()
    return Phrasing(
        Templates.shipped(),
        worker,
        effort=Effort(speaker.deadline_s),
        lexicon=speaker.lexicon,
        encode=listener.encode,
    )


async def _ask(
    case: Case, number: int, listener: Listener, phrasing: Phrasing, model: _Counted | None
) -> Told:
    before = model.drafts if model else 0
    begun_s = time.perf_counter()
    text, gate, reading = await asyncio.to_thread(listener.hear, case.message)
    manner = Manner(locale_for(_LANGUAGE), _TODAY, variant=number)
    try:
        words = await phrasing.say(case.facts, reading, text, manner, turn=ModelTurn(gate))
        said, source = words.text, words.source
    except KeyError:  # a sentence names a fact that this case does not have: nothing was said
        said, source = "", "template"
    taken_s = time.perf_counter() - begun_s
    return Told(case, said, source, (model.drafts if model else 0) - before, taken_s)


def _numbered(cases: Sequence[Case]) -> Iterable[tuple[int, Case]]:
    return enumerate(watched(cases, "replies"))


def shop_names(cases: Iterable[Case]) -> frozenset[str]:
    """Give the stores and products of all cases: together they are the shop."""
    return frozenset(
        name
        for case in cases
        for facts in case.facts.everything()
        for name in (facts.store, facts.item if facts.kind is not Kind.COUPONS else None)
        if name
    )
