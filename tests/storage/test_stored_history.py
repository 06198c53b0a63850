from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from storage.database import Database
from storage.errors import StorageError
from storage.records import AuditEntry, Signal, SignalKind, Turn, Visit
from tests.builders import NOON, purchase, shopper, suggestion

HOUR = timedelta(hours=1)
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
async def known_shoppers(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(8)])
        await work.commit()


async def test_purchases_come_newest_first(database: Database) -> None:
    log = [purchase(7, purchased_at=NOON + n * HOUR) for n in range(4)]
    async with database.work() as work:
        await work.purchases.add_many([*log, purchase(8)])
        assert await work.purchases.of_shopper(7, limit=3) == log[:0:-1]


async def test_signals_come_newest_first(database: Database) -> None:
    first = Signal(7, "choc", SignalKind.IGNORE, NOON, suggestion_id=3, position=2)
    second = Signal(7, "tea", SignalKind.PURCHASE, NOON + HOUR)
    async with database.work() as work:
        for each in (first, second, Signal(8, "tea", SignalKind.VIEW, NOON)):
            await work.signals.add(each)
        assert await work.signals.of_shopper(7, limit=5) == [second, first]


async def test_signals_of_a_kind_come_however_many_others_came_since(database: Database) -> None:
    old, first, second = (
        Signal(7, "choc", SignalKind.DISMISS, NOON + n * HOUR) for n in (-1, 0, 1)
    )
    async with database.work() as work:
        for each in (old, first, second, replace(first, shopper_id=8)):
            await work.signals.add(each)
        for n in range(200):
            await work.signals.add(Signal(7, "tea", SignalKind.VIEW, NOON + n * HOUR))
        assert await work.signals.of_kind(7, SignalKind.DISMISS, NOON) == [second, first]


async def test_suggestions_get_ids_in_order_and_come_back_whole(database: Database) -> None:
    shown = [suggestion(position=n, coupon_code="WARM15") for n in range(3)]
    async with database.work() as work:
        ids = await work.suggestions.add_many(shown)
        one_more = await work.suggestions.add(suggestion(distance_band_m=None))
        assert ids == sorted(set(ids))
        assert one_more not in ids
        found = [await work.suggestions.get(each) for each in ids]
        assert found == [
            suggestion(id=each, position=n, coupon_code="WARM15") for n, each in enumerate(ids)
        ]
        assert await work.suggestions.get(one_more + 1) is None
        assert await work.suggestions.add_many([]) == []


async def test_suggestions_shown_since_a_time(database: Database) -> None:
    async with database.work() as work:
        await work.suggestions.add(suggestion(shown_at=NOON - HOUR))
        recent = await work.suggestions.add(suggestion(shown_at=NOON))
        await work.suggestions.add(suggestion(8))
        assert [each.id for each in await work.suggestions.shown_to(7, NOON)] == [recent]


async def test_id_of_a_forgotten_suggestion_is_not_given_again(database: Database) -> None:
    async with database.work() as work:
        old = await work.suggestions.add(suggestion(7))
        await work.shoppers.forget(7, NOON)
        assert await work.suggestions.add(suggestion(8)) > old


async def test_visit_begins_and_ends(database: Database) -> None:
    later = NOON + HOUR
    async with database.work() as work:
        await work.visits.enter(7, "cafe", NOON)
        assert await work.visits.leave(7, "cafe", later)
        assert not await work.visits.leave(7, "cafe", later)
        await work.visits.enter(7, "bar", later)
        assert await work.visits.of_shopper(7) == [
            Visit(7, "bar", later),
            Visit(7, "cafe", NOON, later),
        ]
        assert await work.visits.delete_before(later) == 1


@pytest.mark.parametrize("how", ["left", "all left", "share over", "run out"])
async def test_visit_that_is_over_keeps_the_hours_alone(database: Database, how: str) -> None:
    begun, ended = NOON + timedelta(minutes=59, seconds=3), NOON + 2 * HOUR - timedelta(seconds=1)
    async with database.work() as work:
        visit_id = await work.visits.enter(7, "cafe", begun)
        await work.visits.dwell(visit_id, begun + timedelta(minutes=2))
        await work.visits.belong_to(7, 5, ended)
        match how:
            case "left":
                assert await work.visits.leave(7, "cafe", ended)
            case "all left":
                assert await work.visits.leave_all(7, ended) == 1
            case "share over":
                assert await work.visits.leave_all(7, ended, message_id=4) == 0
                assert await work.visits.leave_all(7, ended, message_id=5) == 1
            case _:
                assert await work.visits.leave_run_out(ended - timedelta(seconds=1)) == 0
                assert await work.visits.leave_run_out(ended + HOUR) == 1
        (held,) = (await work.shoppers.held(7))["visits"]
    kept = {name: value for name, value in held.items() if isinstance(value, datetime)}
    assert kept == {"entered_at": NOON, "left_at": NOON + HOUR}


async def test_visit_does_not_end_before_it_began(database: Database) -> None:
    async with database.work() as work:
        await work.visits.enter(7, "cafe", NOON + HOUR)
        await work.visits.leave(7, "cafe", NOON)
        assert await work.visits.of_shopper(7) == [Visit(7, "cafe", NOON + HOUR, NOON + HOUR)]


async def test_visit_begun_last_comes_first_though_its_hour_began_before(
    database: Database,
) -> None:
    async with database.work() as work:
        await work.visits.enter(7, "cafe", NOON + timedelta(minutes=10))
        await work.visits.enter(7, "bar", NOON + timedelta(minutes=40))
        await work.visits.leave(7, "bar", NOON + timedelta(minutes=50))
        assert [each.store_id for each in await work.visits.of_shopper(7)] == ["bar", "cafe"]


@pytest.mark.parametrize(
    ("left_at", "latest"), [(None, NOON), (NOON, NOON + HOUR)], ids=["goes on", "over"]
)
def test_visit_that_is_over_may_have_begun_at_the_end_of_its_hour(
    left_at: datetime | None, latest: datetime
) -> None:
    visit = Visit(7, "cafe", NOON, left_at)
    assert visit.may_have_begun_since(latest)
    assert not visit.may_have_begun_since(latest + timedelta(seconds=1))


async def test_line_that_says_a_part_is_kept_with_the_whole_wish(database: Database) -> None:
    part = Turn(7, "shopper", "in blue?", NOON, meant="a scarf\n+ in blue?")
    whole = Turn(7, "shopper", "a scarf", NOON)
    async with database.work() as work:
        await work.dialogues.add(whole)
        await work.dialogues.add(part)
        assert await work.dialogues.latest(7) == [whole, part]
    assert [turn.whole for turn in (whole, part)] == ["a scarf", "a scarf\n+ in blue?"]


async def test_latest_turns_come_oldest_first(database: Database) -> None:
    turns = [Turn(7, "shopper", f"line {n}", NOON + n * HOUR) for n in range(8)]
    async with database.work() as work:
        for turn in turns:
            await work.dialogues.add(turn)
        assert await work.dialogues.latest(7) == turns[-6:]
        assert await work.dialogues.delete_before(NOON + 7 * HOUR) == 7
        assert await work.dialogues.latest(7) == turns[-1:]


async def test_quota_is_taken_up_to_its_limit_each_day(database: Database) -> None:
    tomorrow = TODAY + timedelta(days=1)
    async with database.work() as work:
        taken = [await work.usage.take(7, "turns", TODAY, 2) for _ in range(3)]
        assert taken == [True, True, False]
        assert await work.usage.count(7, "turns", TODAY) == 2
        assert await work.usage.take(7, "turns", tomorrow, 2)
        assert await work.usage.take(7, "nudges", TODAY, 2)
        assert not await work.usage.take(8, "turns", TODAY, 0)
        assert await work.usage.increment(7, "turns", TODAY) == 3
        assert await work.usage.count(8, "turns", TODAY) == 0


async def test_audit_comes_newest_first(database: Database) -> None:
    entries = [AuditEntry("owner", "pause", f"coupon {n}", NOON, {"n": str(n)}) for n in range(3)]
    async with database.work() as work:
        for entry in entries:
            await work.audit.add(entry)
        assert await work.audit.latest(2) == [entries[2], entries[1]]


async def test_settings_are_overwritten(database: Database) -> None:
    async with database.work() as work:
        assert await work.meta.get("currency") is None
        await work.meta.set("currency", "USD")
        await work.meta.set("currency", "EUR")
        assert await work.meta.get("currency") == "EUR"


async def test_naive_time_is_refused(database: Database) -> None:
    async def enter() -> None:
        async with database.work() as work:
            await work.visits.enter(7, "cafe", NOON.replace(tzinfo=None))

    with pytest.raises(StorageError, match="ValueError in: INSERT INTO visits"):
        await enter()
