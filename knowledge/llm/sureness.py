"""How sure a model is of what it begins a reply with: an opening that it guesses at is left out (pure)."""

import re

import numpy as np

from knowledge.llm.engine import Scores

# The mean logarithm of the words' probabilities, before any is forbidden: openings that a reader called odd lie below,
# most that are about the message above (ours).
LEAST_SURE = -0.8
_FACT = "{"
_BEFORE_FIRST_FACT = re.compile(r"([^{]*[.!?…]\s+)(?=[^{.!?…]*\{)")


def opening_of(draft: str) -> str:
    """Give the sentences of a draft before that with the first fact; empty when it begins with a fact."""
    found = _BEFORE_FIRST_FACT.match(draft)
    return found[1] if found else ""


class Opening:
    """What stands before the first fact of one reply, and how likely each of its tokens was."""

    def __init__(self, least_sure: float | None) -> None:
        """Take how sure a model must be; None keeps every opening."""
        self._least_sure = least_sure
        self._logs: list[float] = []

    def __len__(self) -> int:
        """Give the number of tokens noted."""
        return len(self._logs)

    def note(self, text: str, scores: Scores, token: int) -> None:
        """Note a token that goes on from a text, and the scores of all, shape (n_vocab,); behind a fact nothing is noted."""
        if self._least_sure is None or _FACT in text:
            return
        top = scores.max()
        self._logs.append(float(scores[token] - top - np.log(np.exp(scores - top).sum())))

    def back_to(self, length: int) -> None:
        """Forget tokens that were taken back, up to so many."""
        del self._logs[length:]

    def kept(self, text: str) -> str:
        """Give a text without its opening where the model was not sure of that."""
        if self._least_sure is None or float(np.mean(self._logs or [0.0])) >= self._least_sure:
            return text
        return text.removeprefix(opening_of(text))
