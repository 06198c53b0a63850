"""The model's drafts of one reply: asked for in time, held against lock, statements and facts, well opened.

The model sees the scrubbed message and the names of facts, never their values: it writes words and names in
braces under a lock, code puts the facts in. It must not know what is said when no draft will do.
"""

import asyncio
import logging
import re
from dataclasses import dataclass, field, replace
from importlib.resources import files

from knowledge.aloud import Aloud, Pace, Show
from knowledge.briefs import TRAINED, brief
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, one_of, written
from knowledge.grounding import unsayable, unsupported
from knowledge.llm.base import OnText, Terms, unheard
from knowledge.llm.errors import LockBroken
from knowledge.llm.guarded import GuardedWorker, PromptGate
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.lock import Lock
from knowledge.llm.sureness import opening_of
from knowledge.llm.worker import ModelWorker
from knowledge.opening_fit import Encode, fits
from knowledge.outline import Outline
from knowledge.stating import Statements
from knowledge.templates import Templates, Words, bold
from knowledge.understanding import Reading

_log = logging.getLogger(__name__)
_MAX_TOKENS = 90  # an offer with a coupon takes about fifty
_OPENED = frozenset({Kind.OFFER, Kind.OPTIONS})
_NO = re.compile(
    r"\b(?:without|nothing (?:with|too|but|that)|allerg|intoleran|avoid|hates?\b|except|not\b|free\b)"
    r"|\b(?:don.?t|doesn.?t|can.?t|cannot|won.?t) (?:like|want|eat|drink|have|wear|stand)\b"
)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a model is tried for one reply, and how the reply is shown while it is written; all of our own choosing.

    Attributes:
        deadline_s: What a reply may wait for the model in all; people wait no longer than 1.5 s.
        drafts: How often the model is asked at most, within that time.
        pace: When a reply that takes long is shown.
    """

    deadline_s: float = 1.5
    drafts: int = 2
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True)
class ModelTurn:
    """A model's leave to write one reply: the gate its prompt goes past, and who is shown the beginning, if anybody."""

    gate: PromptGate
    show: Show | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be said by which outline, to which message and how."""

    plan: Outline
    facts: Facts
    reading: Reading
    message: str
    manner: Manner


class Drafting:
    """Writes replies by a model."""

    def __init__(
        self,
        templates: Templates,
        worker: ModelWorker,
        effort: Effort,
        lexicon: Lexicon | None,
        encode: Encode | None,
    ) -> None:
        """Take the model and what its drafts are held against.

        Args:
            templates: They tell what goes before.
            worker: Owner of the model.
            effort: How hard it is tried.
            lexicon: The words of a model that was trained to write replies; others are told at length how to,
                and may use any word that states nothing.
            encode: Gives the unit vectors of texts; with it an opening that is about something else is replaced.
        """
        self._templates = templates
        self._worker = worker
        self._effort = effort
        told = files("knowledge") / "prompts" / "write.txt"
        self._instruction = TRAINED if lexicon is not None else told.read_text(encoding="utf-8")
        self._lexicon = lexicon
        self._encode = encode
        self._statements = Statements.shipped()

    async def write(self, asked: Asked, turn: ModelTurn) -> Words | None:
        """Let the model write, shown to whoever waits long for it; None when no draft will do in time."""
        worker, show = GuardedWorker(self._worker, turn.gate), turn.show
        if show is None:
            return self._in_place(await self._written(worker, asked, unheard), asked)

        async def checked(draft: str) -> Words | None:
            return await self._so_far(draft, asked)

        aloud = Aloud(show, checked, self._effort.pace)
        async with aloud.listening():
            text = await self._written(worker, asked, aloud.hear)
        return self._in_place(text, asked)

    async def _written(self, worker: GuardedWorker, asked: Asked, on_text: OnText) -> str | None:
        """Let the model write, once more where a draft says what it may not, in the time there is."""
        prompt = brief(
            asked.plan.kind, asked.plan.names, asked.message, instruction=self._instruction
        )
        clock = asyncio.get_running_loop().time
        due_at_s = clock() + self._effort.deadline_s
        for attempt in range(self._effort.drafts):
            left_s = due_at_s - clock()
            if left_s <= 0:
                return None
            terms = _terms(asked, attempt)
            draft = await worker.write(
                prompt, terms, max_tokens=_MAX_TOKENS, deadline_s=left_s, on_text=on_text
            )
            if draft is None:
                continue
            try:
                whole = Lock(terms, self._lexicon).check(draft)
            except LockBroken:
                _log.info("model draft refused", extra={"attempt": attempt})
                continue
            text = await self._finished(whole, asked)
            if text is not None:
                return text
            _log.info("model draft unsupported", extra={"attempt": attempt})
        return None

    async def _so_far(self, draft: str, asked: Asked) -> Words | None:
        """Give whole sentences of a draft as they would be sent; None before the first fact, or where they may not be."""
        if asked.plan.names and "}" not in draft:  # an opening alone may yet be replaced
            return None
        try:
            begun = Lock(_terms(asked), self._lexicon).begun(draft)
        except LockBroken:
            return None
        return self._in_place(await self._finished(begun, asked), asked)

    async def _finished(self, draft: str, asked: Asked) -> str | None:
        """Give a draft within the lock, well opened and with its facts; None when they do not support it."""
        spoken = self._statements.without(draft)
        if spoken is None:
            return None
        text = asked.plan.filled(await self._well_opened(spoken, asked))
        own = replace(asked.facts, before=())
        return None if unsupported(text, own, written(own, asked.manner)) else text

    def _in_place(self, text: str | None, asked: Asked) -> Words | None:
        """Give a text behind what is told before it."""
        if text is None:
            return None
        own = Words(text, bold(asked.facts), source="model")
        return self._templates.after_earlier(own, asked.facts, asked.manner)

    async def _well_opened(self, draft: str, asked: Asked) -> str:
        """Give a draft whose opening is about the message, the model's or ours for the need, or none."""
        if asked.facts.kind not in _OPENED or self._encode is None:
            return draft
        opening = opening_of(draft)
        is_told_no = _is_told_no(
            asked
        )  # a small model turns "nothing with nuts" into "something with nuts"
        if opening and not is_told_no and await fits(opening, asked.message, self._encode):
            return draft
        need = asked.reading.need
        ours = one_of(need.openings, asked.manner) if need else ""
        if ours and not await fits(ours, asked.message, self._encode):
            ours = ""
        return f"{ours} {draft.removeprefix(opening)}".strip()


def _is_told_no(asked: Asked) -> bool:
    """Tell whether the shopper said what it must not be."""
    limits = asked.reading.constraints
    named = limits.excluded | limits.denied | limits.excluded_brands | limits.allergens
    return bool(named or limits.diets or _NO.search(asked.message.casefold()))


def _terms(asked: Asked, attempt: int = 0) -> Terms:
    never = unsayable(replace(asked.facts, before=()))
    return Terms(asked.plan.names, never, seed=asked.manner.variant + attempt)
