"""Queues messages and claims them at noon."""

from datetime import timedelta

from storage.records import OutboxItem, Priority
from storage.work import Work
from tests.builders import NOON

SECOND = timedelta(seconds=1)
REPLY, ORDER, NUDGE, CAMPAIGN = Priority


def texts(items: list[OutboxItem]) -> list[str]:
    return [item.outgoing.arguments["text"] for item in items]


async def claim(work: Work, limit: int = 100) -> list[OutboxItem]:
    return await work.outbox.claim_due(NOON, limit)
