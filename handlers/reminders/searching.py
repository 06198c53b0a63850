"""Finds who may be due for a reminder, page by page, where it is the time for one; nobody else is read."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers.unasked import UnaskedParts
from knowledge.reminding import Hours, closes_at, day_began
from storage.records import LocalDay
from storage.work import Work

Zones = Callable[[Work], Awaitable[list[str | None]]]
Page = Callable[[Work, LocalDay, int], Awaitable[list[int]]]


def first_known(names: Iterable[str]) -> ZoneInfo | None:
    """Give the first time zone that there is. Blocks: a new one is read from its file."""
    for name in names:
        with suppress(ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(name)
    return None


@dataclass(frozen=True, slots=True)
class Search:
    """How those are found who may be due: in which time zones they are, whether it is time there, and a page of them.

    A page begins beyond the id that is given; 0 is before all ids.
    """

    zones: Zones
    is_time: Callable[[ZoneInfo], bool]
    page: Page


async def each_awake(
    parts: UnaskedParts, hours: Hours, zones: Zones, page: Page
) -> AsyncIterator[int]:
    """Give who may be due at a decent hour of theirs."""
    home, now = (await parts.concierge.catalogue()).time_zone, parts.now()
    search = Search(zones, lambda zone: closes_at(now, zone, hours) is not None, page)
    async for shopper_id in each_due(parts, home, now, search):
        yield shopper_id


async def each_due(
    parts: UnaskedParts, home: ZoneInfo, now: datetime, search: Search
) -> AsyncIterator[int]:
    """Give who may be due, page by page; where nobody knows the time zone, the shop's `home` counts.

    Nobody is read where it is not the time now, which mostly is everybody. Whoever writes looks again.
    """
    async with parts.database.reading() as work:
        names = await search.zones(work)
    for name in names:
        zone = await asyncio.to_thread(first_known, [name] if name else []) or home
        if not search.is_time(zone):
            continue
        last, day = 0, LocalDay(name, day_began(now, zone))
        while True:
            async with parts.database.reading() as work:
                page = await search.page(work, day, last)
            for shopper_id in page:
                yield shopper_id
            if not page:
                break
            last = page[-1]
