import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import machine_now
from bot.retention import Retention
from bot.settings import load_settings
from storage import erasure_file
from storage.database import Database
from storage.records import (
    InboxStatus,
    Invitation,
    Nudge,
    Reminder,
    ReminderKind,
    Role,
    Signal,
    SignalKind,
    VaultEntry,
)
from tests.builders import NOON, receipt, shopper, suggestion


def retention_at(now: datetime, database: Database, folder: Path, **environment: str) -> Retention:
    return Retention(load_settings(folder, environment), database, lambda: now)


async def test_what_was_worked_off_is_deleted_and_what_waits_is_not(
    database: Database, tmp_path: Path
) -> None:
    now = machine_now()
    async with database.work() as work:
        done = await work.inbox.add(42, 1, 7, "{}", now)
        await work.inbox.add(42, 2, 7, "{}", now)
        assert done is not None
        await work.inbox.done(done)
        await work.commit()
    await retention_at(now, database, tmp_path).delete_old()
    async with database.work() as work:
        assert await work.inbox.add(42, 1, 7, "{}", now) is None
    later = now.replace(year=now.year + 1)
    await retention_at(later, database, tmp_path).delete_old()
    async with database.reading() as work:
        (waiting,) = await work.inbox.waiting()
    assert (waiting.update_id, waiting.status) == (2, InboxStatus.WAITING)
    async with database.work() as work:
        assert await work.inbox.add(42, 1, 7, "{}", later) is not None


async def test_what_was_offered_goes_after_its_time_unless_it_was_saved(
    database: Database, tmp_path: Path
) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        gone, saved = await work.suggestions.add_many([suggestion(7), suggestion(7)])
        for number, kind in ((gone, SignalKind.VIEW), (saved, SignalKind.WISHLIST)):
            await work.signals.add(Signal(7, "choc", kind, NOON, number))
        await work.usage.increment(7, "turns", NOON.date())
        await work.commit()
    await retention_at(NOON + timedelta(days=80), database, tmp_path).delete_old()
    async with database.reading() as work:
        assert await work.suggestions.get(gone) is not None
        assert await work.usage.count(7, "turns", NOON.date()) == 0
    await retention_at(NOON + timedelta(days=400), database, tmp_path).delete_old()
    async with database.reading() as work:
        assert await work.suggestions.get(gone) is None
        assert await work.suggestions.get(saved) is not None
        assert [each.kind for each in await work.signals.of_shopper(7)] == [SignalKind.WISHLIST]


async def test_value_behind_a_placeholder_goes_half_a_year_after_its_last_use(
    database: Database, tmp_path: Path
) -> None:
    unused, used = VaultEntry("NAME", 1, "Mia", "mia"), VaultEntry("NAME", 2, "Zoe", "zoe")
    half_a_year = NOON + timedelta(days=180)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.vault.keep(7, [unused, used], NOON)
        await work.vault.keep(7, [used], NOON + timedelta(days=1))
        await work.commit()
    for now, left in ((half_a_year, ["Zoe", "Mia"]), (half_a_year + timedelta(hours=1), ["Zoe"])):
        await retention_at(now, database, tmp_path).delete_old()
        async with database.reading() as work:
            assert [entry.value for entry in await work.vault.newest(7, 9)] == left


async def test_link_that_nobody_can_use_any_more_is_deleted(
    database: Database, tmp_path: Path
) -> None:
    async with database.work() as work:
        await work.people.invite("code", Invitation(Role.ADMIN, None, None, NOON))
        await work.commit()
    await retention_at(NOON, database, tmp_path).delete_old()
    async with database.work() as work:
        assert await work.people.delete_expired(NOON + timedelta(days=9)) == 0


async def test_backups_go_after_thirty_days(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups" / "telegram"
    folder.mkdir(parents=True)
    for name in ("concierge-20261021T120000Z.db", "concierge-20261023T120000Z.db", "notes.txt"):
        (folder / name).touch()
    await retention_at(NOON, database, tmp_path).delete_old()
    assert sorted(each.name for each in folder.iterdir()) == [
        "concierge-20261023T120000Z.db",
        "notes.txt",
    ]


async def test_erasure_list_outlives_every_backup_and_no_longer(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "backups" / "telegram" / "erasures.txt"
    async with database.work() as work:
        await work.shoppers.forget(7, NOON)
        await work.commit()
    await retention_at(NOON, database, tmp_path).list_erasures()
    listed = await asyncio.to_thread(erasure_file.read, file)
    assert [each.forgotten_at for each in listed] == [NOON]
    await retention_at(NOON + timedelta(days=59), database, tmp_path).list_erasures()
    assert await asyncio.to_thread(erasure_file.read, file) == listed
    await retention_at(NOON + timedelta(days=61), database, tmp_path).list_erasures()
    assert await asyncio.to_thread(erasure_file.read, file) == []
    async with database.reading() as work:
        assert await work.erasures.all() == []


async def test_receipts_are_kept_as_long_as_visits(database: Database, tmp_path: Path) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.receipts.put_many([receipt(7)])
        await work.commit()
    kept = []
    for days in (90, 91):
        await retention_at(NOON + timedelta(days=days), database, tmp_path).delete_old()
        async with database.reading() as work:
            kept.append(await work.receipts.about(7, "WARM15"))
    assert kept == [receipt(7), None]


async def test_what_was_told_outlives_visits_kept_for_a_day(
    database: Database, tmp_path: Path
) -> None:
    a_day = {"CONCIERGE_RETENTION__VISITS_DAYS": "1"}
    nudge = Nudge(7, "cafe", "WARM15", visit_id=3, suggestion_id=11, nudged_at=NOON)
    reminder = Reminder(7, ReminderKind.COUPON_ENDS, "WARM15", NOON)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.nudges.add(nudge)
        await work.reminders.add(reminder)
        await work.commit()
    kept = []
    for now in (NOON + timedelta(days=90), NOON + timedelta(days=91)):
        await retention_at(now, database, tmp_path, **a_day).delete_old()
        async with database.reading() as work:
            nudges = await work.nudges.of_shopper(7, NOON)
            kept.append((nudges, await work.reminders.of_shopper(7, NOON)))
    assert kept == [([nudge], [reminder]), ([], [])]
