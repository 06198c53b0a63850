"""A pump over the outbox of a test, and a Telegram that answers by a script."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

from bot.clock import machine_now
from bot.crew import Crew, CrewParts
from bot.delivery import (
    FROM_A_SECOND_TO_A_MINUTE,
    Delivery,
    DeliveryParts,
    Send,
)
from bot.health import Health
from bot.lease import Process
from bot.rate_limits import Backoff
from bot.sending import Outcome, Verdict
from bot.setting_sections import DeliverySettings
from storage.database import Database
from storage.errors import StorageError
from storage.records import OutboxStatus, Outgoing

LOOK_EVERY_S = 0.2
STOP_WITHIN_S = 60.0
PIDS = count(1)
FAST = DeliverySettings(per_chat_burst=20, sends_per_s=1000)


def message(chat_id: int, text: str, **more: Any) -> Outgoing:
    return Outgoing(chat_id, "sendMessage", {"chat_id": chat_id, "text": text}, **more)


class Outbox:
    """The outbox of a test: fill it, run a pump over it, wait for rows to end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, *messages: Outgoing) -> None:
        async with self._database.work() as work:
            for one in messages:
                await work.outbox.add(one, machine_now())
            await work.commit()

    async def counts(self) -> dict[OutboxStatus, int]:
        async with self._database.reading() as work:
            return {status: n for status, n in (await work.outbox.counts()).items() if n}

    @asynccontextmanager
    async def pump(
        self,
        send: Send,
        settings: DeliverySettings = FAST,
        *,
        is_real: bool = False,
        backoff: Backoff = FROM_A_SECOND_TO_A_MINUTE,
    ) -> AsyncIterator[Delivery]:
        crew = Crew(
            CrewParts(
                database=self._database,
                now=machine_now,
                process=Process("here", next(PIDS)),
                is_running=lambda _: True,
            )
        )
        parts = DeliveryParts(self._database, crew, send, Health(), machine_now, is_real, backoff)
        delivery = Delivery(parts, settings)
        self._database.on_outbox(delivery.wake)
        await delivery.look_at_crew()
        running = asyncio.create_task(delivery.run())
        looking = asyncio.create_task(_look_often(delivery))
        yield delivery
        await delivery.stop(running, timeout_s=STOP_WITHIN_S)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def _look_often(delivery: Delivery) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        with suppress(StorageError):
            await delivery.look_at_crew()


class Script:
    """Answers sends from a list of verdicts, then with success; remembers what was sent.

    With `about` the verdicts are for that text alone, whatever leaves before it.
    """

    def __init__(self, *verdicts: Verdict | Exception, about: str = "") -> None:
        self._verdicts = list(verdicts)
        self._about = about
        self.sent: list[str] = []
        self.tried: list[str] = []
        self._changed = asyncio.Condition()

    async def until_sent(self, count: int) -> None:
        async with asyncio.timeout(60), self._changed:
            await self._changed.wait_for(lambda: len(self.sent) >= count)

    async def __call__(self, method: str, arguments: Mapping[str, Any]) -> Verdict:
        self.tried.append(arguments["text"])
        is_meant = self._about in ("", arguments["text"])
        verdict = (
            self._verdicts.pop(0) if self._verdicts and is_meant else Verdict(Outcome.SENT, 1)
        )
        if isinstance(verdict, Exception):
            raise verdict
        if verdict.outcome is Outcome.SENT:
            self.sent.append(arguments["text"])
            async with self._changed:
                self._changed.notify_all()
        return verdict
