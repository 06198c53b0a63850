"""Many who book at the same moment, in processes of their own: each with a loop and connections of its own."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from knowledge.booking import Booking, book
from knowledge.catalogue import Catalogue
from storage.crypto import Cipher
from storage.database import Database
from storage.records import Suggestion
from tests.builders import NOON


@dataclass(frozen=True, slots=True)
class Crowd:
    """Shoppers with a suggestion each, split among processes, on a database with this data key."""

    url: str
    key: str
    suggestions: tuple[Suggestion, ...]
    processes: int = 2

    def books(self) -> Counter[str]:
        """Have all book at once; counts what they were told: "with coupon", "full price", or why not. Blocks."""
        parts = [self.suggestions[start :: self.processes] for start in range(self.processes)]
        booking = partial(_books, self.url, self.key)
        with ProcessPoolExecutor(self.processes, mp_context=get_context("spawn")) as pool:
            return sum(pool.map(booking, parts), Counter())


def _books(url: str, key: str, suggestions: tuple[Suggestion, ...]) -> Counter[str]:
    return asyncio.run(_all_book(url, key, suggestions))


async def _all_book(url: str, key: str, suggestions: tuple[Suggestion, ...]) -> Counter[str]:
    database = await Database.open(url, cipher=Cipher([key]))
    try:
        catalogue = await Catalogue.load(database)
        codes = itertools.count(1)
        told = await asyncio.gather(
            *(
                _books_one(database, catalogue, each, lambda: f"{next(codes)}")
                for each in suggestions
            )
        )
    finally:
        await database.close()
    return Counter(told)


async def _books_one(
    database: Database, catalogue: Catalogue, wish: Suggestion, number: Callable[[], str]
) -> str:
    async with database.work() as work:
        code = f"K{wish.shopper_id}-{number()}"
        booking = await book(work, catalogue, wish, NOON, lambda: code)
        await work.commit()
    if not isinstance(booking, Booking):
        return booking.name.lower()
    return "with coupon" if booking.order.coupon_code else "full price"
