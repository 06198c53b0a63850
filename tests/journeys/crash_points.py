"""Ways to die: wraps named moments of the bot so that it kills itself there, once a file says so.

Only a test's process loads this. The product has no hook for it: moments are wrapped from outside.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot import connecting, dispatching, lanes, polling, settling
from handlers.crossings import Crossings
from handlers.desk import Desk
from handlers.nudging import Nudging
from storage.work import Work
from tests.journeys.stage import NUDGE_POINTS, POINTS


def arm(point: str, armed: Path) -> None:
    """Let the process die at `point` as soon as the file `armed` exists."""

    def perhaps_die() -> None:
        if armed.exists():
            os.kill(os.getpid(), signal.SIGKILL)

    _WRAPPERS[point](perhaps_die)


def _after_fetch(die: Callable[[], None]) -> None:
    fetch = polling.Poller.fetch

    async def wrapped(self: Any, offset: int | None) -> list[Any]:
        updates = await fetch(self, offset)
        if updates:
            die()
        return updates

    polling.Poller.fetch = wrapped  # type: ignore[method-assign]


def _after_inbox(die: Callable[[], None]) -> None:
    put = lanes.Lanes.put

    def wrapped(self: Any, lane: int, item: int, **how: Any) -> None:
        die()
        put(self, lane, item, **how)

    lanes.Lanes.put = wrapped  # type: ignore[method-assign]


def _after_claim(die: Callable[[], None]) -> None:
    call = dispatching.Dispatching.__call__

    async def wrapped(self: Any, *told: Any) -> None:
        die()
        await call(self, *told)

    dispatching.Dispatching.__call__ = wrapped  # type: ignore[method-assign]


def _at_desk(die: Callable[[], None]) -> None:
    work = Desk.work

    def wrapped(self: Any) -> Any:
        die()
        return work(self)

    Desk.work = wrapped  # type: ignore[method-assign]


def _at_fix(die: Callable[[], None]) -> None:
    """Die when a live location moved that is followed in memory."""
    take = Nudging.take

    def wrapped(self: Any, *told: Any) -> Any:
        die()
        return take(self, *told)

    Nudging.take = wrapped  # type: ignore[method-assign]


def _at_crossing(die: Callable[[], None]) -> None:
    write_down = Crossings.write_down

    async def wrapped(self: Any, *told: Any) -> Any:
        die()
        return await write_down(self, *told)

    Crossings.write_down = wrapped  # type: ignore[method-assign]


def _around_commit(die: Callable[[], None], *, before: bool) -> None:
    commit = Work.commit

    async def wrapped(self: Any) -> None:
        has_reply = self.outbox.has_new
        if has_reply and before:
            die()
        await commit(self)
        if has_reply and not before:
            die()

    Work.commit = wrapped  # type: ignore[method-assign]


def _around_send(die: Callable[[], None], *, before: bool) -> None:
    call = connecting.sending.call

    async def wrapped(client: Any, method: str, arguments: Any) -> Any:
        if before:
            die()
        verdict = await call(client, method, arguments)
        if not before:
            die()
        return verdict

    connecting.sending.call = wrapped


def _after_settling(die: Callable[[], None]) -> None:
    settle = settling.Settling.settle

    async def wrapped(self: Any, item: Any, verdict: Any) -> None:
        await settle(self, item, verdict)
        die()

    settling.Settling.settle = wrapped  # type: ignore[method-assign]


_WRAPPERS: dict[str, Callable[[Callable[[], None]], None]] = {
    "updates fetched": _after_fetch,
    "inbox committed": _after_inbox,
    "item claimed": _after_claim,
    "desk opened": _at_desk,
    "fix received": _at_fix,
    "fence decided": _at_crossing,
    "effects written": lambda die: _around_commit(die, before=True),
    "effects committed": lambda die: _around_commit(die, before=False),
    "row claimed": lambda die: _around_send(die, before=True),
    "message accepted": lambda die: _around_send(die, before=False),
    "row settled": _after_settling,
}
assert set(_WRAPPERS) == {*POINTS, *NUDGE_POINTS}
