"""Facts into words: the template at once, the local model's words above it when they come in time.

The model sees the scrubbed message and the names of facts, never their values: it writes words and names in
braces under a lock, code puts the facts in.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from knowledge.briefs import TRAINED, brief
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, one_of, written
from knowledge.grounding import unsayable, unsupported
from knowledge.language import Sentence
from knowledge.llm.base import Terms
from knowledge.llm.errors import LockBroken
from knowledge.llm.guarded import GuardedWorker, PromptGate
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.lock import Lock
from knowledge.llm.worker import ModelWorker
from knowledge.opening_fit import Encode, fits, opening_of
from knowledge.outline import Outline, outline
from knowledge.templates import Templates, Words, bold
from knowledge.understanding import Reading

_log = logging.getLogger(__name__)
_MAX_TOKENS = 90  # an offer with a coupon takes about fifty
_DRAFTS = 2
_LANGUAGES = frozenset({"en"})  # that the adapter was trained in


class Phrasing:
    """Says facts. Give no worker to speak in templates alone."""

    def __init__(
        self,
        templates: Templates,
        worker: ModelWorker | None,
        *,
        deadline_s: float = 1.5,
        lexicon: Lexicon | None = None,
        encode: Encode | None = None,
    ) -> None:
        """Take the sentences and the model.

        Args:
            templates: The floor.
            worker: Owner of the model; None = templates alone.
            deadline_s: What a reply may wait for the model in all; 1.5 s is ours, people wait no longer.
            lexicon: The words of a model that was trained to write replies; others are told at length how to,
                and may use any word that states nothing.
            encode: Gives the unit vectors of texts; with it an opening that is about something else is replaced.
        """
        self._templates = templates
        self._worker = worker
        self._deadline_s = deadline_s
        told = files("knowledge") / "prompts" / "write.txt"
        self._instruction = TRAINED if lexicon is not None else told.read_text(encoding="utf-8")
        self._lexicon = lexicon
        self._encode = encode

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
        gate: PromptGate | None,
    ) -> Words:
        """Put facts into words for a scrubbed message; without a gate the template speaks alone."""
        plan = self._outline(facts, reading, manner)
        if self._worker is not None and gate is not None and plan is not None:
            worker = GuardedWorker(self._worker, gate)
            asked = _Asked(facts, reading, message, manner)
            text = await self._by_model(worker, plan, asked)
            if text is not None:
                own = Words(text, bold(facts), source="model")
                return self._templates.after_earlier(own, facts, manner)
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

    async def _by_model(self, worker: GuardedWorker, plan: Outline, asked: "_Asked") -> str | None:
        """Let the model write, once more where the first draft says what it may not, in the time there is."""
        prompt = brief(plan.kind, plan.names, asked.message, instruction=self._instruction)
        own = replace(asked.facts, before=())
        values = written(own, asked.manner)
        never = unsayable(own)
        clock = asyncio.get_running_loop().time
        due_at_s = clock() + self._deadline_s
        for attempt in range(_DRAFTS):
            left_s = due_at_s - clock()
            if left_s <= 0:
                return None
            terms = Terms(plan.names, never, seed=asked.manner.variant + attempt)
            draft = await worker.write(prompt, terms, max_tokens=_MAX_TOKENS, deadline_s=left_s)
            if draft is None:
                continue
            try:
                whole = Lock(terms, self._lexicon).check(draft)
                text = plan.filled(await self._well_opened(whole, asked))
            except LockBroken:
                _log.info("model draft refused", extra={"attempt": attempt})
                continue
            if not unsupported(text, own, values):
                return text
            _log.info("model draft unsupported", extra={"attempt": attempt})
        return None

    async def _well_opened(self, draft: str, asked: "_Asked") -> str:
        """Give a draft that opens with one of our openings for the need, where it is known.

        They are still better than the adapter's; its own stay where it alone has something to say, if that is
        about the message.
        """
        opening = opening_of(draft) if asked.facts.kind in _OPENED else ""
        if not opening or self._encode is None:
            return draft
        need = asked.reading.need
        if need is None and await fits(opening, asked.message, self._encode):
            return draft
        ours = one_of(need.openings, asked.manner) if need else ""
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
