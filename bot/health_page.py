"""GET /healthz: each part of the process in one line, for a container engine or a person.

It shows what the parts reported and asks nobody, so it answers at once whatever is broken. No line holds personal data.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Protocol

from aiohttp import web

from bot.health import Health

WELL = "ok"
PARTS = ("receiving", "handling", "sending", "database", "search", "model")
# Written sentences answer without the model, nobody waits for a backup, and what others do not send, or what is wrong with
# single messages, is not mended by starting this process again; for any other part somebody waits in vain.
BEARABLE = frozenset({"model", "backups", "delivering", "messages"})


class Thinking(Protocol):
    """The engines behind the replies. A Brain is one."""

    @property
    def unready(self) -> Mapping[str, str]:
        """Give each engine that does not answer yet, with a word about it."""

    @property
    def model_calls(self) -> Mapping[str, int]:
        """Give what became of the requests to the model."""


class HealthPage:
    """Tells the state of every part; a process without a `brain` thinks nothing."""

    def __init__(
        self, health: Health, brain: Thinking | None = None, *, parts: Sequence[str] = PARTS
    ) -> None:
        self._health = health
        self._brain = brain
        self._parts = parts

    async def show(self, _: web.Request) -> web.Response:
        """Give {"status", "parts", "model_calls"}: 200, or 503 when a part that cannot be missed is in trouble."""
        troubles = self._health.troubles
        unready = self._brain.unready if self._brain else {}
        parts = {**dict.fromkeys(self._parts, WELL), **unready, **troubles}
        is_down = bool(troubles.keys() - BEARABLE)
        return web.json_response(
            {
                "status": "trouble" if is_down else WELL,
                "parts": parts,
                "model_calls": self._brain.model_calls if self._brain else {},
            },
            status=HTTPStatus.SERVICE_UNAVAILABLE if is_down else HTTPStatus.OK,
            headers={"Cache-Control": "no-store"},
        )
