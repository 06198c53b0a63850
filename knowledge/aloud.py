"""Replies while they are written: shown as far as they stand, given up when a newer message of the shopper waits.

It must not know what is checked before anything is shown, nor how Telegram shows it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

from knowledge.llm.lock import trimmed
from knowledge.templates import Words

_Result = TypeVar("_Result")
_LAST_SHOWN_S = 0.3  # a preview that arrives behind its message would stay; ours

Show = Callable[[Words], Awaitable[None]]
"""Shows the beginning of a reply; must not raise."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who waits for a reply.

    Attributes:
        overtaken: Set once a newer message of theirs waits: nobody waits for a model to finish any more.
        show: Shows them the beginning of the reply; None = it cannot be shown.
    """

    overtaken: asyncio.Event
    show: Show | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """When a reply that takes long is shown for the first time, and how often at most.

    Source: sendMessageDraft is taken about once a second a chat, https://core.telegram.org/bots/api#sendmessagedraft
    (2026-11-22); that nobody wants a preview of what is there within 1.2 s is ours.
    """

    first_s: float = 1.2
    every_s: float = 1.0


class Aloud:
    """Shows what stands of one reply. `hear` may be called from any thread; the rest belongs to the event loop."""

    def __init__(
        self, show: Show, checked: Callable[[str], Awaitable[Words | None]], pace: Pace
    ) -> None:
        """Take whom to show it to.

        Args:
            show: Shows the beginning of a reply.
            checked: Makes words of whole sentences of a draft; None where they must not be shown.
            pace: When, and how often at most.
        """
        self._show = show
        self._checked = checked
        self._pace = pace
        self._loop = asyncio.get_running_loop()
        self._grown = asyncio.Event()
        self._heard = ""
        self._is_showing = False

    def hear(self, text: str) -> None:
        """Take what stands of the draft; a shorter one is the next draft."""
        whole = trimmed(text)
        if whole == self._heard:
            return
        self._heard = whole
        if whole:
            with suppress(RuntimeError):  # the event loop ended before the model did
                self._loop.call_soon_threadsafe(self._grown.set)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Show what stands while the block runs; no preview leaves after its end."""
        showing = asyncio.create_task(self._show_all())
        try:
            yield
        finally:
            if self._is_showing:
                await asyncio.wait({showing}, timeout=_LAST_SHOWN_S)
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _show_all(self) -> None:
        await asyncio.sleep(self._pace.first_s)
        while True:
            await self._grown.wait()
            self._grown.clear()
            words = await self._checked(self._heard)
            if words is None:
                continue
            self._is_showing = True
            await self._show(words)
            self._is_showing = False
            await asyncio.sleep(self._pace.every_s)


async def unless_overtaken(
    work: Callable[[], Coroutine[None, None, _Result]], overtaken: asyncio.Event
) -> _Result | None:
    """Give what the work gives, or None as soon as it is overtaken; the work is cancelled then."""
    if overtaken.is_set():
        return None
    working, waiting = asyncio.create_task(work()), asyncio.create_task(overtaken.wait())
    try:
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        waiting.cancel()
        await asyncio.gather(working, waiting, return_exceptions=True)
