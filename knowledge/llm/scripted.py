"""A model that does as it is told, for tests, benchmarks and a bot without a model. It must not know what is right."""

import threading
from collections.abc import Callable, Sequence

from knowledge.llm.base import OnText, Prompt, Terms, unheard
from knowledge.llm.errors import CallCancelled

_LOOK_EVERY_S = 0.01


class ScriptedModel:
    """Writes by rule, and remembers the prompts it saw in `prompts`.

    `entered` is set whenever a call has begun. What stalls can also be made to lie or fail: the rules may raise.
    """

    name = "scripted"

    def __init__(
        self,
        *,
        write: Callable[[Prompt, Terms], str] = lambda _prompt, terms: _every(terms.names),
        stall: threading.Event | None = None,
        is_stubborn: bool = True,
        begins: str = "",
    ) -> None:
        """Take the rules.

        Args:
            write: Gives a text for prompt and terms, fitting or not.
            stall: Each call waits until this is set.
            is_stubborn: A stalled call does not look whether it was cancelled.
            begins: What stands of the text before a call stalls.
        """
        self._write = write
        self._stall = stall
        self._is_stubborn = is_stubborn
        self._begins = begins
        self.prompts: list[Prompt] = []
        self.entered = threading.Event()
        self.is_closed = False

    def write(
        self,
        prompt: Prompt,
        terms: Terms,
        *,
        max_tokens: int,
        cancelled: Callable[[], bool],
        on_text: OnText = unheard,
    ) -> str:
        """Give what the rule gives."""
        on_text(self._begins)
        self._enter(prompt, cancelled)
        return self._write(prompt, terms)

    def close(self) -> None:
        """Remember that it was closed."""
        self.is_closed = True

    def _enter(self, prompt: Prompt, cancelled: Callable[[], bool]) -> None:
        self.prompts.append(prompt)
        self.entered.set()
        if self._stall is None:
            return
        if self._is_stubborn:
            self._stall.wait()
        while not self._stall.wait(_LOOK_EVERY_S):
            if cancelled():
                raise CallCancelled("Nobody waits for the answer any more.")


def _every(names: Sequence[str]) -> str:
    return f"Here you go: {', '.join(f'{{{name}}}' for name in names)}."
