"""Rows that an older release wrote, met after the migration to the schema of today."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import Insert

from storage.catalogue_tables import meta, policies, products, stores
from storage.crypto import Cipher
from storage.message_tables import outbox
from storage.orders import NOBODY
from storage.people_tables import roles
from storage.records import (
    Nudge,
    OrderEvent,
    OrderStatus,
    OutboxStatus,
    Person,
    Policy,
    Present,
    Reminder,
    ReminderKind,
    Role,
    Turn,
    VaultEntry,
    Visit,
)
from storage.shopper_tables import dialogues, nudges, orders, relatives, shoppers, visits
from storage.work import Work
from tests.builders import order, product, receipt, relative, shopper, store
from tests.migrated import OLDEST, grown_from

Grown = Callable[..., AbstractAsyncContextManager[Work]]
MIA = shopper(7)
# Columns that shoppers and orders did not have from the beginning, by what the first of them came with.
SINCE_PAUSES = ("paused_until", "under_age_since", "chosen_language")
SINCE_DEADLINES = ("kept_until", "asked_at", "answered_at", "escalated_at", "replaces_code")


@pytest.fixture
def grown(database_url: str, cipher: Cipher) -> Grown:
    """Work on a database that was at a revision, got these rows there, and is of today now."""

    @asynccontextmanager
    async def opened(revision: str, *rows: Insert) -> AsyncIterator[Work]:
        async with (
            grown_from(database_url, cipher, revision, rows) as database,
            database.work() as work,
        ):
            yield work

    return opened


@pytest.fixture
def mia(cipher: Cipher) -> Insert:
    """Mia's row as it was before there were pauses."""
    names = [column.name for column in shoppers.columns if column.name not in SINCE_PAUSES]
    row = {name: getattr(MIA, name) for name in names}
    return shoppers.insert().values(row | {"first_name": cipher.encrypt(MIA.first_name)})


async def test_oldest_schema_keeps_its_rows(grown: Grown) -> None:
    cafe = {
        "id": "cafe",
        "name": "Downtown Café",
        "category": "café",
        "address": "1 Main Street",
        "latitude": 52.5,
        "longitude": 13.4,
        "time_zone": "Europe/Berlin",
        "radius_m": 150,
    }
    chocolate = {
        "id": "choc",
        "title": "Hot Chocolate",
        "category": "drinks",
        "description": "Dark and thick.",
        "price_cents": 350,
        "currency": "USD",
        "attributes": "{}",
        "sustainability": '["vegan"]',
        "tags": "[]",
    }
    rows = (
        meta.insert().values(key="catalogue_version", value="old"),
        stores.insert().values(cafe),
        products.insert().values(chocolate),
    )
    async with grown(OLDEST, *rows) as work:
        assert await work.stores.get("cafe") == store("cafe", hours=())
        assert (await work.products.all())[0].title == product().title
        assert await work.products.version() == "old"


async def test_policies_from_before_there_were_versions_stay(grown: Grown) -> None:
    row = {
        "id": "returns",
        "title": "Returns",
        "text": "# Returns\n",
        "valid_from": date(2026, 1, 1),
    }
    later = Policy("returns", "Returns", "# Returns\n14 days.\n", date(2026, 6, 1))
    async with grown("r0014", policies.insert().values(row)) as work:
        await work.policies.add_many([later])
        assert await work.policies.all() == [Policy(**row), later]
        await work.commit()


async def test_orders_of_before_are_kept_for_ever(grown: Grown) -> None:
    old = order(shopper_id=NOBODY)
    names = [column.name for column in orders.columns if column.name not in SINCE_DEADLINES]
    row = {name: getattr(old, name) for name in names}
    row |= {"status": "placed", "shopper_id": None}
    years_later = old.placed_at + timedelta(days=900)
    async with grown("r0005", orders.insert().values(row)) as work:
        assert await work.orders.get(old.code) == old
        assert await work.orders.overdue(years_later, 10) == []
        assert await work.orders.unanswered(years_later, 10) == []
        assert not await work.orders.expire(old.code, years_later)
        told = (await work.order_events.of([old.code]))[old.code]
        assert told == [OrderEvent(OrderStatus.PLACED, old.placed_at)]


# What comes to shoppers who are there


async def test_ledger_of_nudges_comes_to_shoppers_who_are_there(grown: Grown, mia: Insert) -> None:
    async with grown("r0003", mia) as work:
        assert await work.shoppers.get(7) == MIA
        assert await work.nudges.add(Nudge(7, "cafe", "WARM15", 1, 1, MIA.created_at))
        await work.commit()


async def test_visits_that_are_over_come_to_whole_hours(grown: Grown, mia: Insert) -> None:
    hour = MIA.created_at.replace(minute=0, second=0, microsecond=0)
    begun, ended = hour + timedelta(minutes=59.99), hour + timedelta(minutes=61)
    over = {"shopper_id": 7, "store_id": "cafe", "entered_at": begun, "left_at": ended}
    going_on = over | {"store_id": "bar", "left_at": None, "dwelt_at": ended}
    rows = (visits.insert().values(over | {"dwelt_at": ended}), visits.insert().values(going_on))
    async with grown("r0021", mia, *rows) as work:
        assert await work.visits.of_shopper(7) == [
            Visit(7, "bar", begun),
            Visit(7, "cafe", hour, hour + timedelta(hours=1)),
        ]
        assert (await work.visits.open_of(7))["bar"].dwelt_at == ended
        held = (await work.shoppers.held(7))["visits"]
    assert [each["dwelt_at"] for each in held if each["store_id"] == "cafe"] == [None]


async def test_reminders_come_to_shoppers_who_are_there(grown: Grown, mia: Insert) -> None:
    told = Reminder(7, ReminderKind.COUPON_ENDS, "WARM15", MIA.created_at)
    async with grown("r0019", mia) as work:
        assert await work.reminders.add(told)
        assert await work.reminders.of_shopper(7, MIA.created_at) == [told]
        await work.commit()


async def test_roles_and_links_come_to_shoppers_who_are_there(grown: Grown, mia: Insert) -> None:
    owner = Person(7, Role.OWNER, None, MIA.created_at)
    async with grown("r0004", mia) as work:
        await work.people.grant(owner)
        assert await work.people.all() == [owner]
        await work.commit()


async def test_erasure_list_comes_to_shoppers_who_are_there(grown: Grown, mia: Insert) -> None:
    async with grown("r0006", mia) as work:
        assert await work.erasures.all() == []
        await work.shoppers.forget(7, MIA.created_at)
        assert len(await work.erasures.all()) == 1


async def test_vault_comes_to_shoppers_who_are_there(grown: Grown, mia: Insert) -> None:
    async with grown("r0009", mia) as work:
        entry = VaultEntry("NAME", 1, "Mia", "mia")
        assert await work.vault.keep(7, [entry], MIA.created_at) == [1]
        await work.commit()


async def test_shoppers_and_messages_of_before_are_neither_paused_nor_farewells(
    grown: Grown, mia: Insert
) -> None:
    sent = {
        "chat_id": 7,
        "method": "sendMessage",
        "priority": 0,
        "status": OutboxStatus.SENT.value,
        "attempts": 0,
        "due_at": MIA.created_at,
        "created_at": MIA.created_at,
    }
    async with grown("r0010", mia, outbox.insert().values(sent)) as work:
        assert await work.shoppers.get(7) == MIA
        assert await work.outbox.delete_before(MIA.created_at) == 0
        await work.shoppers.pause(7, MIA.created_at)
        await work.commit()


async def test_relatives_come_to_shoppers_who_are_there(grown: Grown, mia: Insert) -> None:
    async with grown("r0011", mia) as work:
        assert await work.relatives.of_shopper(7) == []
        assert await work.relatives.add(relative(id=0)) == 1
        assert await work.relatives.of_shopper(7) == [relative(id=1)]
        await work.commit()


async def test_whole_wishes_and_debug_come_to_those_who_are_there(
    grown: Grown, mia: Insert, cipher: Cipher
) -> None:
    when = MIA.created_at
    said = cipher.encrypt("I'm cold")
    turn = {"shopper_id": 7, "role": "shopper", "text": said, "said_at": when, "topic": ""}
    role = {"shopper_id": 7, "role": "admin", "granted_at": when}
    rows = (mia, dialogues.insert().values(turn), roles.insert().values(role))
    async with grown("r0014", *rows) as work:
        assert await work.dialogues.latest(7) == [Turn(7, "shopper", "I'm cold", when)]
        assert await work.people.get(7) == Person(7, Role.ADMIN, None, when)


async def test_receipts_and_ghosts_come_to_shoppers_who_are_there(
    grown: Grown, mia: Insert
) -> None:
    when = MIA.created_at
    told = {
        "shopper_id": 7,
        "store_id": "cafe",
        "coupon_code": "WARM15",
        "visit_id": 1,
        "suggestion_id": 1,
        "nudged_at": when,
    }
    async with grown("r0016", mia, nudges.insert().values(told)) as work:
        assert await work.nudges.of_shopper(7, when) == [Nudge(**told)]
        await work.receipts.put_many([receipt()])
        assert await work.receipts.about(7, "WARM15") == receipt()
        await work.commit()


async def test_presents_come_to_relatives_who_are_there(
    grown: Grown, mia: Insert, cipher: Cipher
) -> None:
    told = {"nickname": cipher.encrypt("mum"), "relation": "parent", "tastes": cipher.encrypt("")}
    mum = told | {"shopper_id": 7, "created_at": MIA.created_at}
    async with grown("r0025", mia, relatives.insert().values(mum)) as work:
        (kept,) = await work.relatives.of_shopper(7)
        present = Present("K7-2291", 7, kept.id, "choc", MIA.created_at)
        assert await work.presents.add(present)
        await work.orders.place(order())
        assert await work.presents.of_shopper(7) == [present]
        await work.commit()
