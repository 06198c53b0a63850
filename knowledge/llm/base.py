"""The seam every language model fits behind. It must not know which engine runs or who is asking."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model reads before it answers.

    Attributes:
        static: The same for every reply; its evaluation is kept between calls.
        dynamic: This reply's part: the scrubbed message, the names of the facts.
    """

    static: str
    dynamic: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a model's text must keep to.

    Attributes:
        names: Of the facts; `{name}` of each stands in the text once.
        never: Words that it must not say, in small letters: they would state what nobody knows.
        seed: Another one gives another text.
    """

    names: tuple[str, ...]
    never: frozenset[str] = frozenset()
    seed: int = 0


OnText = Callable[[str], None]
"""Hears all that stands of a text so far, in the thread of its model; quick, and must not raise."""


def unheard(text: str) -> None:
    """Hear a text grow and do nothing about it."""


class LanguageModel(Protocol):
    """A model that writes. Slow, and not safe to share: one thread alone may call it."""

    @property
    def name(self) -> str:
        """Name the model, for logs."""
        ...

    def write(
        self,
        prompt: Prompt,
        terms: Terms,
        *,
        max_tokens: int,
        cancelled: Callable[[], bool],
        on_text: OnText = unheard,
    ) -> str:
        """Write one short paragraph of words around the facts; `on_text` hears it grow, unchecked.

        Raises:
            CallFailed: nothing could be written that keeps to the terms, or `cancelled` came true.
        """
        ...

    def close(self) -> None:
        """Free what the model holds; it must not be called afterwards."""
        ...
