"""Draw the next token from scores. It must not know what the tokens mean or which are allowed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Draw = Callable[[NDArray[np.float32]], int]


@dataclass(frozen=True, slots=True)
class Sampler:
    """How boldly a text is drawn.

    Attributes:
        temperature: 0 always takes the likeliest token; 0.7 is common for chat. A small model wanders off at that.
        top_p: Only the likeliest tokens that together reach this probability may be drawn.
            Source: Holtzman et al., The Curious Case of Neural Text Degeneration,
            https://arxiv.org/abs/1904.09751 (2019-04-22).
        seed: The same seed, the same text.
    """

    temperature: float = 0.3
    top_p: float = 0.9
    seed: int = 0

    def fresh(self) -> Draw:
        """Give a function that draws a token from scores, shape (n_vocab,); -inf is never drawn."""
        random = np.random.default_rng(self.seed)

        def draw(scores: NDArray[np.float32]) -> int:
            if self.temperature <= 0:
                return int(np.argmax(scores))
            count = min(_LONGEST_LIST, len(scores))
            likeliest = np.argpartition(scores, -count)[-count:]
            order = likeliest[np.argsort(-scores[likeliest], kind="stable")]
            weights = np.exp((scores[order] - scores[order[0]]) / self.temperature)
            weights /= weights.sum()
            kept = int(np.searchsorted(np.cumsum(weights), self.top_p)) + 1
            chances = weights[:kept] / weights[:kept].sum()
            return int(order[random.choice(len(chances), p=chances)])

        return draw


_LONGEST_LIST = 200
