"""What waits for a place: a question, or a command that was asked for and needs one."""

from datetime import timedelta

from handlers.desk import Desk
from handlers.shop import Shop
from knowledge.facts import Kind
from storage.records import Shopper, Turn

NEARBY = "/nearby"
DEMO_HERE = "/demo here"
# It is answered if the place comes within this time (ours).
_WAITS_FOR_PLACE = timedelta(minutes=15)


async def question_waiting_for_place(desk: Desk, shopper: Shopper, shop: Shop) -> str | None:
    """Give the shopper's last question, as the record has it, if the reply to it was to ask for a place."""
    async with desk.reading() as work:
        turns = await work.dialogues.latest(shopper.id, limit=2)
    return _waiting(turns, shop)


def is_command(waiting: str) -> bool:
    """Tell whether what waits is a command, which nobody can answer as a question."""
    return waiting.startswith("/")


def _waiting(turns: list[Turn], shop: Shop) -> str | None:
    if len(turns) < 2 or turns[-1].topic != Kind.NEEDS_PLACE:  # noqa: PLR2004  # question and reply
        return None
    asked = turns[-2]
    is_fresh = shop.now() - asked.said_at <= _WAITS_FOR_PLACE
    return asked.whole if asked.role == "shopper" and is_fresh else None
