"""Live locations that come past the inbox, as in the running bot."""

from typing import Any

import pytest

from storage.errors import DatabaseUnavailable
from tests.handlers.conftest import Counter
from tests.handlers.walking import QuickWay, Walker, mia_walks

__all__ = ["mia_walks"]


@pytest.fixture
def walker(mia_walks: Walker) -> Walker:
    mia_walks.way = QuickWay(mia_walks.counter)
    return mia_walks


def way(walker: Walker) -> QuickWay:
    assert walker.way is not None
    return walker.way


def moved(walker: Walker, south_m: float, *, after_s: float = 12, **more: Any) -> dict[str, Any]:
    """Make the update of a step; `after_s` passes before it."""
    walker.counter.clock.pass_by(seconds=after_s)
    walker._now()
    place = walker._place(south_m, 3600)
    return walker.phone.updates.edited(location=place, message_id=walker.message_id, **more)


def stopped(walker: Walker) -> dict[str, Any]:
    update = moved(walker, 100)
    del update["edited_message"]["location"]["live_period"]
    return update


def restarted(counter: Counter) -> None:
    """Lose what a restart loses."""
    counter.nudging._shares._shares.clear()
    counter.nudging._shares._at_stores.clear()
    counter.nudging._shares._ended.clear()
    counter.nudging._has_caught_up = False
    counter.places._by_shopper.clear()


async def latitude(walker: Walker) -> float | None:
    fix = walker.counter.places.latest(7, walker.counter.clock())
    return None if fix is None else fix.latitude


async def database_is_away(*_: object) -> None:
    raise DatabaseUnavailable
