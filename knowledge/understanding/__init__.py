"""What a message is about: intents, and for wishes the need behind them."""

from knowledge.understanding.examples import Examples
from knowledge.understanding.learned import LearnedIntents
from knowledge.understanding.parts import texts_of
from knowledge.understanding.reader import Understanding, vector_of
from knowledge.understanding.reading import (
    GIFT,
    PLACE_INTENTS,
    POLICY_INTENTS,
    UNSURE_BELOW,
    Intent,
    Need,
    Reading,
)

__all__ = [
    "GIFT",
    "PLACE_INTENTS",
    "POLICY_INTENTS",
    "UNSURE_BELOW",
    "Examples",
    "Intent",
    "LearnedIntents",
    "Need",
    "Reading",
    "Understanding",
    "texts_of",
    "vector_of",
]
