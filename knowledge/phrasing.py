"""Facts into words: the template at once, the local model's touch on top when it is in time.

The model sees the scrubbed message and the names of facts, never their values. A small model chooses
among hand-written openings and closings; a larger one writes around placeholders that code fills.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from importlib.resources import files

from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, filled, written
from knowledge.grounding import fill, unsupported, without_numbers
from knowledge.llm.base import Prompt
from knowledge.llm.guarded import GuardedWorker, PromptGate
from knowledge.llm.worker import ModelWorker
from knowledge.templates import Templates, Words
from knowledge.understanding import Reading

_log = logging.getLogger(__name__)
_MAX_TOKENS = 80
_NEUTRAL = "..."  # a message that says nothing, against which a choice is weighed
# The facts that an offer must state once each, when they are known.
_REQUIRED = ("store", "item", "price", "distance", "coupon", "percent")


class Phrasing:
    """Says facts. Give no worker to speak in templates alone."""

    def __init__(
        self,
        templates: Templates,
        worker: ModelWorker | None,
        *,
        deadline_s: float = 1.5,
        writes_freely: bool = False,
    ) -> None:
        """Take the sentences and the model.

        Args:
            templates: The floor, and what a small model chooses from.
            worker: Owner of the model; None = templates alone.
            deadline_s: What a reply may wait for the model in all; 1.5 s is ours, people wait no longer.
            writes_freely: For models that write well untrained; others choose.
        """
        self._templates = templates
        self._worker = worker
        self._deadline_s = deadline_s
        self._writes_freely = writes_freely
        prompts = files("knowledge") / "prompts"
        self._choose_prompt = (prompts / "choose.txt").read_text(encoding="utf-8")
        self._write_prompt = (prompts / "write.txt").read_text(encoding="utf-8")

    def asks_model(self, facts: Facts) -> bool:
        """Tell whether a model would have a say in these facts."""
        return self._worker is not None and facts.kind is Kind.OFFER

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
        if facts.kind is not Kind.OFFER:
            return self._templates.say(facts, manner)
        if self._worker is not None and gate is not None:
            worker = GuardedWorker(self._worker, gate)
            words = await self._by_model(worker, facts, reading, message, manner)
            if words is not None:
                return words
        return self.floor(facts, reading, manner)

    def floor(self, facts: Facts, reading: Reading, manner: Manner) -> Words:
        """Give the template's words, which need no model."""
        openings = self._openings(reading)
        closings = self._templates.closings
        return self._templates.say(
            facts,
            manner,
            opening=openings[manner.variant % len(openings)],
            closing=closings[manner.variant % len(closings)],
        )

    def plain(self, facts: Facts, manner: Manner) -> Words:
        """Give an offer without an opening: the shopper picked it, there is nothing to lead up to."""
        closings = self._templates.closings
        return self._templates.say(facts, manner, closing=closings[manner.variant % len(closings)])

    async def _by_model(
        self, worker: GuardedWorker, facts: Facts, reading: Reading, message: str, manner: Manner
    ) -> Words | None:
        # What is not known, hours of another day, and what else is told, is for sentences of ours.
        if self._writes_freely and not (facts.unknown or facts.before or facts.day):
            return await self._written(worker, facts, message, manner)
        return await self._chosen(worker, facts, reading, message, manner)

    async def _chosen(
        self, worker: GuardedWorker, facts: Facts, reading: Reading, message: str, manner: Manner
    ) -> Words | None:
        """Let the model choose the opening, and in the time that is left the closing."""
        prompt = Prompt(self._choose_prompt, _asked(message), neutral=_asked(_NEUTRAL))
        clock = asyncio.get_running_loop().time
        due_at_s = clock() + self._deadline_s
        opening = await _chosen(worker, prompt, self._openings(reading), self._deadline_s)
        if opening is None:
            return None
        closings = self._templates.closings
        closing = await _chosen(worker, prompt, closings, due_at_s - clock())
        words = self._templates.say(
            facts,
            manner,
            opening=opening,
            closing=closing or closings[manner.variant % len(closings)],
        )
        return Words(words.text, words.bold, source="model")

    async def _written(
        self, worker: GuardedWorker, facts: Facts, message: str, manner: Manner
    ) -> Words | None:
        values = filled(facts, manner)
        wish = f"Shopper: {' '.join(message.split())}\nFacts: {', '.join(values)}\nReply:"
        prompt = Prompt(self._write_prompt, wish)
        draft = await worker.write(
            prompt, placeholders=tuple(values), max_tokens=_MAX_TOKENS, deadline_s=self._deadline_s
        )
        if draft is None:
            return None
        bare = draft
        for name in values:
            bare = bare.replace(f"{{{name}}}", "")
        text = fill(draft, values, [name for name in _REQUIRED if name in values])
        if text is None or not without_numbers(bare):
            _log.info("model draft refused", extra={"reason": "placeholders"})
            return None
        return Words(text, (facts.store,) if facts.store else (), source="model")

    def _openings(self, reading: Reading) -> Sequence[str]:
        return reading.need.openings if reading.need else self._templates.openings


def grounded(
    words: Words, floor: Words, facts: Facts, manner: Manner, names: Collection[str]
) -> Words:
    """Give the words when the facts support them, else the floor.

    Sentences without facts (kindness, how-to, greetings) are not checked: they are ours, word for word.
    """
    doubts = unsupported(words.text, facts, written(facts, manner), names)
    is_checked = any(each.kind in _CHECKED for each in facts.everything())
    if not doubts or words is floor or not is_checked:
        return words
    _log.warning("reply not grounded", extra={"kind": facts.kind.value, "doubts": len(doubts)})
    return floor


_CHECKED = frozenset(
    {
        *(Kind.OFFER, Kind.OPTIONS, Kind.NUDGE, Kind.SUMMARY, Kind.STORES, Kind.COUPONS),
        *(Kind.CLOSED, Kind.NOTHING_NEAR),
    }
)


async def _chosen(
    worker: GuardedWorker, prompt: Prompt, candidates: Sequence[str], deadline_s: float
) -> str | None:
    if deadline_s <= 0:
        return None
    # With the space that parts a sentence from what stands before it, as the model has always seen it.
    spaced = [f" {candidate}" for candidate in candidates]
    choice = await worker.choose(prompt, spaced, deadline_s=deadline_s)
    return None if choice is None else candidates[choice]


def _asked(message: str) -> str:
    return f"Shopper: {' '.join(message.split())}\nAssistant:"
