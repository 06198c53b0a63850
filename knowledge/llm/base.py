"""The seam every language model fits behind. It must not know which engine runs or who is asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model reads before it answers.

    Attributes:
        static: The same for every reply; its evaluation is kept between calls.
        dynamic: This reply's part: the scrubbed message, the names of the facts.
        neutral: `dynamic` for a message that says nothing. Given, `choose` asks which candidate this message
            makes likelier than such a one does, instead of which is the commonest sentence. Keep it constant:
            what it yields is kept for each candidate.
    """

    static: str
    dynamic: str
    neutral: str = ""


class LanguageModel(Protocol):
    """A model that chooses and writes. Slow, and not safe to share: one thread alone may call it."""

    @property
    def name(self) -> str:
        """Name the model, for logs."""
        ...

    def choose(
        self, prompt: Prompt, candidates: Sequence[str], *, cancelled: Callable[[], bool]
    ) -> int:
        """Give the index of the candidate that continues the prompt best; the same input, the same index.

        Raises:
            CallFailed: no choice could be made, or `cancelled` came true.
        """
        ...

    def write(
        self,
        prompt: Prompt,
        *,
        placeholders: Sequence[str],
        max_tokens: int,
        cancelled: Callable[[], bool],
    ) -> str:
        """Write one short paragraph of words, in which `{name}` of each placeholder may stand once.

        Raises:
            CallFailed: nothing could be written, or `cancelled` came true.
        """
        ...

    def close(self) -> None:
        """Free what the model holds; it must not be called afterwards."""
        ...
