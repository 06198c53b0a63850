"""The only way from a reply to a model: past the gate. It must not know what the gate looks for."""

from typing import Protocol

from knowledge.llm.base import OnText, Prompt, Terms, unheard
from knowledge.llm.worker import ModelWorker


class PromptGate(Protocol):
    """Looks at a prompt before a model does."""

    def stops(self, prompt: str) -> bool:
        """Tell whether the prompt must not go out."""
        ...


class GuardedWorker:
    """A model worker for one reply, behind that reply's gate."""

    def __init__(self, worker: ModelWorker, gate: PromptGate) -> None:
        self._worker = worker
        self._gate = gate

    async def write(
        self,
        prompt: Prompt,
        terms: Terms,
        *,
        max_tokens: int,
        deadline_s: float,
        on_text: OnText = unheard,
    ) -> str | None:
        """Give what the worker gives; None also for a prompt that the gate stops."""
        if self._is_stopped(prompt):
            return None
        return await self._worker.write(
            prompt, terms, max_tokens=max_tokens, deadline_s=deadline_s, on_text=on_text
        )

    def _is_stopped(self, prompt: Prompt) -> bool:
        """Look at what differs from reply to reply; the rest of a prompt is the same for everybody."""
        is_stopped = self._gate.stops(prompt.dynamic)
        if is_stopped:
            self._worker.refused()
        return is_stopped
