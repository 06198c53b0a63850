"""Every admin command and button, tried by everybody who may not: nothing happens, and one polite answer."""

from typing import Any

import pytest
from sqlalchemy import select

from handlers import texts
from handlers.callbacks import Action
from storage.database import Database
from storage.records import Person, Role
from storage.tables import metadata
from tests.builders import shopper
from tests.english import english
from tests.handlers.admin_samples import (
    ADMIN,
    OTHER_STAFF,
    OTHER_STORE,
    OWNER,
    REMOVED,
    SAMPLES,
    SHOPPER,
    STAFF,
    STORE,
    Sample,
)
from tests.handlers.conftest import Counter, Phone, phone
from tests.handlers.doors import Door, guarded_doors, unguarded_admin_handlers

FORWARDED: dict[str, Any] = {
    "forward_origin": {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
}
WORKS_HERE = {OWNER: Role.OWNER, ADMIN: Role.ADMIN, STAFF: Role.STAFF, OTHER_STAFF: Role.STAFF}
STORES = {STAFF: STORE, OTHER_STAFF: OTHER_STORE}
OPEN_TO_ALL = ["admin.invitations.join"]  # a link is for somebody who has no role yet
# What is said when no door opened.
REFUSALS = {
    english(texts.UNKNOWN_COMMAND),
    english(texts.FORWARDED),
    english(texts.FILE),
    english(texts.VIDEO),
    english(texts.PLACE_THANKS),
    english(texts.PLACE_LIVE_THANKS),
    english(texts.PLACE_NOT_YOURS),
    english(texts.BUTTON_NOT_YOURS),
    english(texts.BUTTON_UNKNOWN),
}

Dump = dict[str, list[tuple[Any, ...]]]
DOORS = guarded_doors()
SENT = [door for door in DOORS if door.kind != "button"]
BUTTONS = [door for door in DOORS if door.kind == "button"]
KEPT_OUT = [
    pytest.param(door, who, id=f"{door}-{name}")
    for door in DOORS
    for who, name in (
        (SHOPPER, "shopper"),
        (REMOVED, "removed"),
        (ADMIN, "admin"),
        (STAFF, "staff"),
    )
    if WORKS_HERE.get(who) not in door.roles
]


async def everything(database: Database) -> Dump:
    """Give all rows of all tables but the two that every message passes through."""
    found = {}
    async with database.reading() as work:
        for table in metadata.sorted_tables:
            if table.name not in {"inbox", "outbox"}:
                rows = await work._connection.execute(select(table))
                found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


@pytest.fixture
async def crew(counter: Counter) -> dict[int, Phone]:
    """Give a phone for everybody: owner, admin, staff of two stores, a shopper, and an admin of the past."""
    names = [OWNER, ADMIN, STAFF, OTHER_STAFF, SHOPPER, REMOVED]
    now = counter.clock()
    async with counter.database.work() as work:
        known = [shopper(key, created_at=now, last_seen_at=now) for key in names]
        await work.shoppers.add_many(known)
        for key, role in WORKS_HERE.items():
            await work.people.grant(Person(key, role, STORES.get(key), now))
        await work.people.grant(Person(REMOVED, Role.ADMIN, None, now))
        await work.people.revoke(REMOVED)
        await work.commit()
    return {key: phone(counter, key, "Ana") for key in names}


def sample_of(door: Door) -> Sample:
    sample = SAMPLES[door.kind].get(door.name)
    if sample is None:
        pytest.fail(f"No sample for the {door}: add one to tests/handlers/admin_samples.py.")
    return sample


def allowed(door: Door) -> int:
    """Give somebody for whom the door opens."""
    return next(key for key, role in WORKS_HERE.items() if role in door.roles)


async def prepare(counter: Counter, sample: Sample) -> None:
    async with counter.database.work() as work:
        await sample.prepare(work)
        await work.commit()


async def send(door: Door, by: Phone, sample: Sample, **more: Any) -> list[str]:
    """Send what the door takes; gives the answers."""
    if door.kind == "button":
        button = by.button(Action(door.name), sample.argument)
        return await tap(by, button)
    if door.kind == "command":
        sent = await by.says(f"/{door.name} {sample.argument}".rstrip(), **more)
    else:
        sent = await by.sends(**sample.content, **more)
    return [str(item.outgoing.arguments.get("text", item.outgoing.method)) for item in sent.items]


async def tap(by: Phone, button: str) -> list[str]:
    """Tap a button; gives what was said, in the chat or for a moment above it."""
    before = len(by.counter.toasts)
    sent = await by.taps(button)
    toasts = by.counter.toasts[before:]
    assert len(toasts) == 1, "a tap is answered once, or the button spins"
    told = [str(each.outgoing.arguments.get("text", each.outgoing.method)) for each in sent.items]
    return told + [toast for toast in toasts if toast]


async def refused(counter: Counter, before: Dump, answers: list[str]) -> None:
    assert len(answers) == 1, answers
    assert await everything(counter.database) == before


def test_every_handler_of_the_crew_asks_for_a_role() -> None:
    assert unguarded_admin_handlers() == OPEN_TO_ALL


@pytest.mark.parametrize("door", DOORS, ids=str)
async def test_sample_opens_its_door(counter: Counter, crew: dict[int, Phone], door: Door) -> None:
    sample = sample_of(door)
    await prepare(counter, sample)
    before = await everything(counter.database)
    answers = await send(door, crew[allowed(door)], sample)
    assert not REFUSALS & set(answers)
    assert (await everything(counter.database) != before) is sample.changes


@pytest.mark.parametrize(("door", "who"), KEPT_OUT)
async def test_without_the_role_nothing_happens(
    counter: Counter, crew: dict[int, Phone], door: Door, who: int
) -> None:
    sample = sample_of(door)
    await prepare(counter, sample)
    before = await everything(counter.database)
    answers = await send(door, crew[who], sample)
    await refused(counter, before, answers)
    assert set(answers) <= REFUSALS


@pytest.mark.parametrize("door", SENT, ids=str)
async def test_forwarded_words_carry_no_authority(
    counter: Counter, crew: dict[int, Phone], door: Door
) -> None:
    sample = sample_of(door)
    await prepare(counter, sample)
    before = await everything(counter.database)
    answers = await send(door, crew[allowed(door)], sample, **FORWARDED)
    await refused(counter, before, answers)
    assert set(answers) <= REFUSALS


async def test_staff_of_another_store_changes_nothing(
    counter: Counter, crew: dict[int, Phone]
) -> None:
    for door in DOORS:
        sample = sample_of(door)
        if Role.STAFF not in door.roles or not sample.changes:
            continue
        await prepare(counter, sample)
        before = await everything(counter.database)
        await refused(counter, before, await send(door, crew[OTHER_STAFF], sample))


@pytest.mark.parametrize("door", BUTTONS, ids=str)
async def test_button_made_for_somebody_else_does_nothing(
    counter: Counter, crew: dict[int, Phone], door: Door
) -> None:
    sample = sample_of(door)
    await prepare(counter, sample)
    button = crew[allowed(door)].button(Action(door.name), sample.argument)
    before = await everything(counter.database)
    for who in (SHOPPER, REMOVED, OTHER_STAFF):
        answers = await tap(crew[who], button)
        await refused(counter, before, answers)
        assert set(answers) <= REFUSALS


@pytest.mark.parametrize("door", BUTTONS, ids=str)
async def test_replayed_button_does_nothing_more(
    counter: Counter, crew: dict[int, Phone], door: Door
) -> None:
    sample = sample_of(door)
    await prepare(counter, sample)
    by = crew[allowed(door)]
    await send(door, by, sample)
    before = await everything(counter.database)
    await refused(counter, before, await send(door, by, sample))
