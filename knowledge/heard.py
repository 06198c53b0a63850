"""A message understood: what to answer, and how it narrows what may be offered (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.constraints import Constraints
from knowledge.context import ShopperContext
from knowledge.followups import Step
from knowledge.ranking import Ranked
from knowledge.search.base import Vectors
from knowledge.understanding import PLACE_INTENTS, Intent, Reading

_MOST_PARTS = 2  # more in one message nobody reads (ours)
_SMALL_TALK = frozenset({Intent.SMALLTALK, Intent.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked: its reading, and the unit vector to search with, shape (dim,)."""

    reading: Reading
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Heard:
    """A message understood. `parts` are what to answer, the most urgent first, at least one.

    `meant` is the whole wish when the message says only a part of it. `senses` are the two things to
    choose from when it is not clear which is meant. The other fields narrow what may be offered:
    `excluding` by product id, `only` to one product, `closer_than_m` to what is closer than that. What `is_settled` needs no talk before it to be understood;
    `may_ask`: a question back would not be the second in a row.
    """

    parts: tuple[Part, ...]
    meant: str = ""
    step: Step | None = None
    senses: tuple[str, ...] = ()
    excluding: frozenset[str] = frozenset()
    only: str | None = None
    closer_than_m: float | None = None
    is_settled: bool = False
    may_ask: bool = False

    @property
    def reading(self) -> Reading:
        """Give the reading of what is asked last, with which the talk goes on."""
        return self.parts[-1].reading

    def asked_in(self, context: ShopperContext, part: Part) -> ShopperContext:
        """Give the context for one part: with its own words, and without what is not to be shown again."""
        question = context.question
        question = replace(
            question,
            excluding=question.excluding | self.excluding,
            closer_than_m=self.closer_than_m,
            is_compared=self.step in (Step.CHEAPER, Step.CLOSER),
        )
        if self.meant:
            question = replace(question, text=part.reading.text)
        return replace(context, question=question)

    def narrowed(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Leave out what the message turned away from."""
        return [
            each for each in ranked if self.only is None or each.candidate.product.id == self.only
        ]


def asked_in(reading: Reading) -> Sequence[Reading]:
    """Give what a message asks, the most urgent first: a person before anything, small talk never beside it."""
    asked = [
        part
        for part in (reading, *reading.others)
        if part.intent not in _SMALL_TALK and part.intent is not Intent.HUMAN
    ]
    if reading.intent is Intent.CARE or not asked:
        return [reading]
    if reading.wants_person or any(part.intent is Intent.HUMAN for part in reading.others):
        asked.insert(0, Reading(Intent.HUMAN, 1.0, None, Constraints(), text=reading.text))
    return asked[:_MOST_PARTS]


def goes_on_with(parts: Sequence[Part]) -> str:
    """Give the words of several parts with which the talk goes on: those of the wishes, else of the last."""
    if len(parts) == 1:
        return ""
    wishes = [part.reading.text for part in parts if part.reading.intent in PLACE_INTENTS]
    return ". ".join(wish.rstrip(" .") for wish in wishes) or parts[-1].reading.text
