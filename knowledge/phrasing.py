"""Facts into words: the template at once, the local model's words above it when they come in time."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.drafting import Asked, Drafting, Effort, ModelTurn
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, one_of, written
from knowledge.grounding import unsupported
from knowledge.language import Sentence
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.worker import ModelWorker
from knowledge.opening_fit import LEAST_LIKE_OURS, Encode, fits
from knowledge.outline import Outline, outline
from knowledge.templates import Templates, Words
from knowledge.understanding import Reading

_log = logging.getLogger(__name__)
_LANGUAGES = frozenset({"en"})  # that the adapter was trained in


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
        self._encode = encode
        self._drafting = (
            None
            if worker is None
            else Drafting(templates, worker, effort or Effort(), lexicon, encode)
        )

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
        if self._drafting is not None and turn is not None and plan is not None:
            asked = Asked(plan, facts, reading, message, manner)
            words = await self._drafting.write(asked, turn)
            if words is not None:
                return words
        if await self._is_misheard(reading, message, manner):
            reading = replace(reading, need=None)
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

    async def _is_misheard(self, reading: Reading, message: str, manner: Manner) -> bool:
        """Tell whether our opening for the need would be about something else: "sorry about that tooth" to a tooth fairy."""
        if (
            reading.need is None
            or self._encode is None
            or manner.locale.language not in _LANGUAGES
        ):
            return False
        opening = one_of(reading.need.openings, manner)
        return not await fits(opening, message, self._encode, LEAST_LIKE_OURS)

    def _outline(self, facts: Facts, reading: Reading, manner: Manner) -> Outline | None:
        """Give what a model would say these facts by; None where only our own sentences will do."""
        is_delicate = reading.need is not None and reading.need.is_sensitive
        if self._drafting is None or is_delicate or manner.locale.language not in _LANGUAGES:
            return None
        return outline(facts, manner, self._templates)

    def _openings(self, reading: Reading) -> Sequence[Sentence]:
        return reading.need.openings if reading.need else self._templates.openings


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


_CHECKED = frozenset(
    {
        *(Kind.OFFER, Kind.OPTIONS, Kind.NUDGE, Kind.SUMMARY, Kind.STORES, Kind.COUPONS),
        *(Kind.CLOSED, Kind.NOTHING_NEAR),
    }
)
