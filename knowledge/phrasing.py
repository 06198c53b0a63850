"""Facts into words: the template at once, the local model's words above it when they come in time.

The model sees the scrubbed message and the names of facts, never their values: it writes words and names in
braces under a lock, code puts the facts in.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files

from knowledge.aloud import Aloud, Pace, Show
from knowledge.briefs import TRAINED, brief
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, one_of, written
from knowledge.grounding import unsayable, unsupported
from knowledge.language import Sentence
from knowledge.llm.base import OnText, Terms, unheard
from knowledge.llm.errors import LockBroken
from knowledge.llm.guarded import GuardedWorker, PromptGate
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.lock import Lock
from knowledge.llm.worker import ModelWorker
from knowledge.opening_fit import LEAST_LIKE_OURS, Encode, fits, opening_of
from knowledge.outline import Outline, outline
from knowledge.stating import Statements
from knowledge.templates import Templates, Words, bold
from knowledge.understanding import Reading

_log = logging.getLogger(__name__)
_MAX_TOKENS = 90  # an offer with a coupon takes about fifty
_LANGUAGES = frozenset({"en"})  # that the adapter was trained in


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


class Phrasing:
    """Says facts. Give no worker to speak in templates alone."""

    def __init__(
        self,
        templates: Templates,
        worker: ModelWorker | None,
        *,
        effort: Effort | None = None,
        lexicon: Lexicon | None = None,
        encode: Encode | None = None,
    ) -> None:
        """Take the sentences and the model.

        Args:
            templates: The floor.
            worker: Owner of the model; None = templates alone.
            effort: How hard the model is tried; the usual when None.
            lexicon: The words of a model that was trained to write replies; others are told at length how to,
                and may use any word that states nothing.
            encode: Gives the unit vectors of texts; with it an opening that is about something else is replaced.
        """
        self._templates = templates
        self._worker = worker
        self._effort = effort or Effort()
        told = files("knowledge") / "prompts" / "write.txt"
        self._instruction = TRAINED if lexicon is not None else told.read_text(encoding="utf-8")
        self._lexicon = lexicon
        self._encode = encode
        self._statements = Statements.shipped()

    def asks_model(self, facts: Facts, reading: Reading, manner: Manner) -> bool:
        """Tell whether a model would have a say in these facts."""
        return self._outline(facts, reading, manner) is not None

    async def say(
        self,
        facts: Facts,
        reading: Reading,
        message: str,
        manner: Manner,
        *,
        turn: ModelTurn | None,
    ) -> Words:
        """Put facts into words for a scrubbed message; without a model's turn the template speaks alone."""
        plan = self._outline(facts, reading, manner)
        if self._worker is not None and turn is not None and plan is not None:
            asked = _Asked(facts, reading, message, manner)
            text = await self._by_model(
                GuardedWorker(self._worker, turn.gate), plan, asked, turn.show
            )
            if text is not None:
                return self._in_place(text, asked)
        return self.floor(facts, reading, manner)

    def floor(self, facts: Facts, reading: Reading, manner: Manner) -> Words:
        """Give the template's words, which need no model."""
        if facts.kind is not Kind.OFFER:
            return self._templates.say(facts, manner)
        openings = self._openings(reading)
        closings = self._templates.closings
        return self._templates.say(
            facts, manner, opening=one_of(openings, manner), closing=one_of(closings, manner)
        )

    def plain(self, facts: Facts, manner: Manner) -> Words:
        """Give an offer without an opening: the shopper picked it, there is nothing to lead up to."""
        if facts.kind is not Kind.OFFER:
            return self._templates.say(facts, manner)
        closing = one_of(self._templates.closings, manner)
        return self._templates.say(facts, manner, closing=closing)

    def _outline(self, facts: Facts, reading: Reading, manner: Manner) -> Outline | None:
        """Give what a model would say these facts by; None where only our own sentences will do."""
        is_delicate = reading.need is not None and reading.need.is_sensitive
        if self._worker is None or is_delicate or manner.locale.language not in _LANGUAGES:
            return None
        return outline(facts, manner, self._templates)

    async def _by_model(
        self, worker: GuardedWorker, plan: Outline, asked: "_Asked", show: Show | None
    ) -> str | None:
        """Let the model write, shown to whoever waits long for it."""
        if show is None:
            return await self._written(worker, plan, asked, unheard)

        async def checked(draft: str) -> Words | None:
            return await self._so_far(draft, plan, asked)

        aloud = Aloud(show, checked, self._effort.pace)
        async with aloud.listening():
            return await self._written(worker, plan, asked, aloud.hear)

    async def _written(
        self, worker: GuardedWorker, plan: Outline, asked: "_Asked", on_text: OnText
    ) -> str | None:
        """Let the model write, once more where a draft says what it may not, in the time there is."""
        prompt = brief(plan.kind, plan.names, asked.message, instruction=self._instruction)
        clock = asyncio.get_running_loop().time
        due_at_s = clock() + self._effort.deadline_s
        for attempt in range(self._effort.drafts):
            left_s = due_at_s - clock()
            if left_s <= 0:
                return None
            terms = _terms(plan, asked, attempt)
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
            text = await self._finished(whole, plan, asked)
            if text is not None:
                return text
            _log.info("model draft unsupported", extra={"attempt": attempt})
        return None

    async def _so_far(self, draft: str, plan: Outline, asked: "_Asked") -> Words | None:
        """Give whole sentences of a draft as they would be sent; None before the first fact, or where they may not be."""
        if plan.names and "}" not in draft:  # an opening alone may yet be replaced
            return None
        try:
            begun = Lock(_terms(plan, asked), self._lexicon).begun(draft)
        except LockBroken:
            return None
        text = await self._finished(begun, plan, asked)
        return None if text is None else self._in_place(text, asked)

    async def _finished(self, draft: str, plan: Outline, asked: "_Asked") -> str | None:
        """Give a draft within the lock, well opened and with its facts; None when they do not support it."""
        spoken = self._without_statements(draft)
        if spoken is None:
            return None
        text = plan.filled(await self._well_opened(spoken, asked))
        own = replace(asked.facts, before=())
        return None if unsupported(text, own, written(own, asked.manner)) else text

    def _in_place(self, text: str, asked: "_Asked") -> Words:
        own = Words(text, bold(asked.facts), source="model")
        return self._templates.after_earlier(own, asked.facts, asked.manner)

    def _without_statements(self, draft: str) -> str | None:
        """Leave out sentences that state what no fact does; None when one of them has the facts in it."""
        for stated in self._statements.made_by(draft):
            if "{" in stated:
                return None
            draft = draft.replace(stated, "", 1)
        return draft.strip()

    async def _well_opened(self, draft: str, asked: "_Asked") -> str:
        """Give a draft whose opening is about the message, the model's or ours for the need, or none."""
        if asked.facts.kind not in _OPENED or self._encode is None:
            return draft
        opening = opening_of(draft)
        if opening and await fits(opening, asked.message, self._encode):
            return draft
        need = asked.reading.need
        ours = one_of(need.openings, asked.manner) if need else ""
        if ours and not await fits(ours, asked.message, self._encode, LEAST_LIKE_OURS):
            ours = ""
        return f"{ours} {draft.removeprefix(opening)}".strip()

    def _openings(self, reading: Reading) -> Sequence[Sentence]:
        return reading.need.openings if reading.need else self._templates.openings


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be said, to which message and how."""

    facts: Facts
    reading: Reading
    message: str
    manner: Manner


def _terms(plan: Outline, asked: _Asked, attempt: int = 0) -> Terms:
    never = unsayable(replace(asked.facts, before=()))
    return Terms(plan.names, never, seed=asked.manner.variant + attempt)


def grounded(
    words: Words, floor: Words, facts: Facts, manner: Manner, names: Collection[str]
) -> Words:
    """Give the words when the facts support them, else the floor.

    Sentences of ours without facts (kindness, how-to, greetings) are not checked.
    """
    is_checked = words.source == "model" or any(
        each.kind in _CHECKED for each in facts.everything()
    )
    if words is floor or not is_checked:
        return words
    doubts = unsupported(words.text, facts, written(facts, manner), names)
    if not doubts:
        return words
    _log.warning("reply not grounded", extra={"kind": facts.kind.value, "doubts": len(doubts)})
    return floor


_OPENED = frozenset({Kind.OFFER, Kind.OPTIONS})
_CHECKED = frozenset(
    {
        *(Kind.OFFER, Kind.OPTIONS, Kind.NUDGE, Kind.SUMMARY, Kind.STORES, Kind.COUPONS),
        *(Kind.CLOSED, Kind.NOTHING_NEAR),
    }
)
