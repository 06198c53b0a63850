"""One sample for each door in tests/handlers/doors.py: what somebody sends for whom it opens.

Whoever adds an admin command or button adds its line here; test_who_may_what.py says so when it is missing.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.records import ConsentKind, OrderStatus, Turn
from storage.work import Work
from tests.builders import order
from tests.sample_town import MORNING

# Who works here in these tests, and where; see the fixture `crew`.
OWNER, ADMIN, STAFF, OTHER_STAFF, SHOPPER, REMOVED = 1001, 1002, 1003, 1004, 1005, 1006
STORE, OTHER_STORE = "downtown-cafe", "corner-bakery"
ORDER = "Q9-1234"


async def nothing(work: Work) -> None:
    """Have nothing to prepare."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What is sent by one who may, and what it does.

    `argument` follows the command or is the button's; `content` is the message of a door that is neither, such
    as {"document": …}. `prepare` puts into the database what is acted on, in the state in which the button shows.
    `changes`: done by one who may, something in the database is other than before.
    """

    argument: str = ""
    changes: bool = True
    prepare: Callable[[Work], Awaitable[None]] = nothing
    content: Mapping[str, Any] = field(default_factory=dict)


async def a_collected_order(work: Work) -> None:
    """Have something collected at the store that may be brought back."""
    if await work.orders.get(ORDER) is None:
        kettle = order(
            ORDER, SHOPPER, store_id=STORE, product_id="kettle", status=OrderStatus.COLLECTED,
            changed_at=MORNING,
        )  # fmt: skip
        await work.orders.add_many([kettle])


async def an_order(work: Work) -> None:
    """Book something at the store."""
    if await work.orders.get(ORDER) is None:
        await work.orders.place(order(ORDER, SHOPPER, store_id=STORE, product_id="hot-chocolate"))


# The fake session hands this file over; see tests/fakes.py.
COUPON_FILE = {
    "file_id": "sample.csv",
    "file_unique_id": "sample.csv",
    "file_name": "coupons.csv",
}
A_PLACE = {"latitude": 52.52, "longitude": 13.405}


async def town_awaited(work: Work) -> None:
    """Ask everybody for a place, as /demo here asks the owner; sharing one was agreed to before."""
    for key in (OWNER, ADMIN, STAFF, OTHER_STAFF, SHOPPER, REMOVED):
        await work.consents.decide(
            key, ConsentKind.LOCATION, is_granted=True, version=1, now=MORNING
        )
        await work.dialogues.add(Turn(key, "shopper", "/demo here", MORNING))
        await work.dialogues.add(Turn(key, "concierge", "Where?", MORNING, "needs_place"))


COMMANDS = {
    "invite": Sample(f"staff {STORE}"),
    "people": Sample(changes=False),
    "revoke": Sample(str(STAFF)),
    "desk": Sample(changes=False),
    "collect": Sample(ORDER, prepare=an_order),
    "return": Sample(ORDER, changes=False, prepare=a_collected_order),
    "coupon": Sample("pause WARM15"),
    "template": Sample("coupons", changes=False),
    "demo": Sample("here"),
    "debug": Sample("on"),
    "whynot": Sample(f"{SHOPPER} WARM15"),
}


# By the action's value, as in handlers/callbacks.py.
BUTTONS = {
    "cpage": Sample("0", changes=False),
    "cend": Sample("WARM15"),
    "cleave": Sample("WARM15", changes=False),
    "ready": Sample(ORDER, prepare=an_order),
    "cant": Sample(ORDER, prepare=an_order),
    "word": Sample(ORDER, prepare=an_order),
    "card": Sample(ORDER, changes=False, prepare=an_order),
    "gone": Sample(ORDER, prepare=an_order),
    "shelf": Sample(ORDER, prepare=a_collected_order),
    "aside": Sample(ORDER, prepare=a_collected_order),
    "demo!": Sample(),
}
# By handler, as "admin.coupon_files.take_file".
MESSAGES: dict[str, Sample] = {
    "admin.coupon_files.take_file": Sample(content={"document": COUPON_FILE}),
    "admin.demo.decline_live": Sample(
        changes=False, content={"location": A_PLACE | {"live_period": 900}}, prepare=town_awaited
    ),
    "admin.demo.lay": Sample(content={"location": A_PLACE}, prepare=town_awaited),
}

SAMPLES: Mapping[str, Mapping[str, Sample]] = {
    "command": COMMANDS,
    "button": BUTTONS,
    "message": MESSAGES,
}
