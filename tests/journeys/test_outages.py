"""A full disk, a locked database, a database server that goes away: told by /healthz, half of nothing, then well again."""

import asyncio
import resource
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import make_url

from scripts.phone import PATIENCE_S, Message, labels_of, text_of
from storage.database import Database
from storage.errors import StorageError
from tests.journeys.stage import RunningBot, Stage
from tests.journeys.test_webhook import healthz
from tests.line import free_port, line_to

# Above what the bot's log takes in a test, below what one reply adds to the database.
FULL_AT_BYTES = 24_000
ON_SQLITE = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("migrated_url", ["postgresql"], indirect=True)


class Outage:
    """A bot whose database is about to fail."""

    def __init__(self, stage: Stage, bot: RunningBot, health_url: str) -> None:
        self.stage, self.bot = stage, bot
        self.phone = stage.phone(7)
        self._health_url = health_url

    async def until_healthy(self, *, is_healthy: bool) -> dict[str, Any]:
        """Wait until /healthz tells so; gives the parts."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                status, told = await healthz(self.stage, self._health_url)
                if (status == 200) is is_healthy:
                    parts: dict[str, Any] = told["parts"]
                    return parts
                await asyncio.sleep(0.05)

    async def offer(self, centre: tuple[float, float]) -> Message:
        """Play a conversation up to an offer."""
        await self.phone.write("/start")
        await self.phone.hear()
        await self.phone.share_place(*centre)
        await self.phone.hear()
        await self.phone.write("I'm cold")
        return (await self.phone.hear())[0]

    async def book_through(
        self,
        offer: Message,
        break_: Callable[[], Awaitable[None]],
        mend: Callable[[], Awaitable[None]],
    ) -> None:
        """Tap "Book it" while the database fails; once it is mended there is one order, told once."""
        before = await self._pieces()
        await break_()
        await self.phone.tap(offer, "Book it")
        parts = await self.until_healthy(is_healthy=False)
        assert any(
            "database" in told or "stored" in told or "writes" in told for told in parts.values()
        )
        await mend()
        booked = await self.phone.see(
            offer["message_id"], lambda shown: "Book it" not in labels_of(shown)
        )
        told = self.stage.log.read_text(encoding="utf-8")
        assert [word for word in ("ALERT", "Traceback") if word in told] == []
        async with self.stage.database.reading() as work:
            (order,) = await work.orders.of_shopper(self.phone.user_id)
            quantities = await work.stock.quantities([order.product_id], [order.store_id])
        assert order.code in text_of(booked)
        assert (
            quantities[order.store_id, order.product_id]
            == before[order.store_id, order.product_id] - 1
        )
        await self.until_healthy(is_healthy=True)
        await self.phone.write("/help")
        (help_,) = await self.phone.hear()
        assert "/nearby" in text_of(help_)

    async def _pieces(self) -> dict[tuple[str, str], int]:
        async with self.stage.database.reading() as work:
            products = [product.id for product in await work.products.all()]
            stores = [store.id for store in await work.stores.all()]
            return await work.stock.quantities(products, stores)


@pytest.fixture
async def outage(stage: Stage) -> AsyncIterator[Outage]:
    address = f"127.0.0.1:{free_port()}"
    stage.settings["CONCIERGE_HEALTH__LISTEN"] = address
    async with stage.running() as bot:
        yield Outage(stage, bot, f"http://{address}")


@ON_SQLITE
@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process: Linux only")
async def test_a_full_disk_is_told_and_outlived(
    outage: Outage, centre: tuple[float, float]
) -> None:
    def limit(size_bytes: int) -> None:
        _, hard = resource.prlimit(outage.bot.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(outage.bot.pid, resource.RLIMIT_FSIZE, (size_bytes, hard))

    async def fill() -> None:
        limit(FULL_AT_BYTES)

    async def clear() -> None:
        limit(resource.RLIM_INFINITY)

    await outage.book_through(await outage.offer(centre), fill, clear)


@ON_SQLITE
async def test_a_locked_database_is_told_and_outlived(
    outage: Outage, centre: tuple[float, float], migrated_sqlite_url: str
) -> None:
    other = sqlite3.connect(str(make_url(migrated_sqlite_url).database), isolation_level=None)

    async def lock() -> None:
        other.execute("BEGIN IMMEDIATE")

    async def unlock() -> None:
        other.execute("ROLLBACK")
        other.close()

    await outage.book_through(await outage.offer(centre), lock, unlock)


@ON_POSTGRESQL
async def test_a_database_server_that_goes_away_is_told_and_outlived(
    stage: Stage, centre: tuple[float, float]
) -> None:
    address = f"127.0.0.1:{free_port()}"
    stage.settings["CONCIERGE_HEALTH__LISTEN"] = address
    async with line_to(stage.database_url) as (line, near_url):
        stage.settings["CONCIERGE_STORAGE__URL"] = near_url
        async with stage.running() as bot:
            outage = Outage(stage, bot, f"http://{address}")
            await outage.book_through(await outage.offer(centre), line.cut, line.join)


@ON_POSTGRESQL
async def test_connections_ended_by_the_server_are_replaced(database: Database) -> None:
    """What an administrator or a restart of PostgreSQL does: one failure at most, then new connections."""
    async with database.work() as work:
        await work.meta.set("kept", "yes")
        await work.commit()
    async with database._engine.connect() as connection:
        mine = await connection.exec_driver_sql("SELECT pg_backend_pid()")
        pid = mine.scalar_one()
    other = await Database.open(database._url, cipher=database._cipher)
    async with other._engine.connect() as connection:
        await connection.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
    await other.close()
    values: list[str | None] = []
    for _ in range(2):
        try:
            async with database.reading() as work:
                values.append(await work.meta.get("kept"))
        except StorageError as error:
            values.append(type(error).__name__)
    assert values in (["DatabaseUnavailable", "yes"], ["yes", "yes"])
