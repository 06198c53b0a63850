"""GET /healthz: each part of the process in one line, for a container engine or a person.

It shows what the parts reported and asks nobody, so it answers at once whatever is broken. No line holds personal data.
"""

from http import HTTPStatus

from aiohttp import web

from bot.brain import Brain
from bot.health import Health

WELL = "ok"
PARTS = ("receiving", "handling", "sending", "database", "search", "model")
# Written sentences answer without the model, and nobody waits for a backup; for any other part somebody waits in vain.
BEARABLE = frozenset({"model", "backups"})


class HealthPage:
    """Tells the state of every part."""

    def __init__(self, health: Health, brain: Brain) -> None:
        self._health = health
        self._brain = brain

    async def show(self, _: web.Request) -> web.Response:
        """Give {"status", "parts", "model_calls"}: 200, or 503 when a part that cannot be missed is in trouble."""
        troubles = self._health.troubles
        parts = {**dict.fromkeys(PARTS, WELL), **self._brain.unready, **troubles}
        is_down = bool(troubles.keys() - BEARABLE)
        return web.json_response(
            {
                "status": "trouble" if is_down else WELL,
                "parts": parts,
                "model_calls": self._brain.model_calls,
            },
            status=HTTPStatus.SERVICE_UNAVAILABLE if is_down else HTTPStatus.OK,
            headers={"Cache-Control": "no-store"},
        )
