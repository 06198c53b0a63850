"""What is told by the clock: to whom, when, once, and how it is ended."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers import texts_rights
from handlers.callbacks import Action
from handlers.reminders.coupons import CouponReminders
from handlers.reminders.digest import WeeklyDigest
from handlers.reminders.shares import ShareReminders
from handlers.unasked import UnaskedParts
from knowledge.concierge import Concierge
from knowledge.reminding import ReminderRules
from storage.records import (
    UNTIL_THEY_SAY,
    ConsentKind,
    Gate,
    OutboxItem,
    Priority,
    Purchase,
    Reading,
    Reminder,
    ReminderKind,
    Signal,
    SignalKind,
)
from tests.builders import coupon
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.handlers.walking import PAST_THE_CAFE, Walker, agree, mia_walks
from tests.sample_town import MORNING

__all__ = ["mia_walks"]
DAY = timedelta(days=1)
HOT = coupon(
    "HOT20",
    title="20 % off hot drinks",
    discount_percent=20,
    valid_from=MORNING - DAY,
    valid_until=MORNING + timedelta(hours=37, minutes=30),  # the end of Saturday in the town
    categories=frozenset({"hot drinks"}),
    per_shopper=5,
)


class Ticking(Protocol):
    async def tick(self) -> None: ...


@dataclass
class Clockwork:
    """The jobs that remind, at the counter's clock; what they told."""

    counter: Counter
    coupons: Ticking
    digest: Ticking
    shares: Ticking

    async def tick(self, *jobs: Ticking) -> list[OutboxItem]:
        for job in jobs or (self.coupons, self.digest, self.shares):
            await job.tick()
        return (await self.counter.deliver()).items

    async def told(self, *jobs: Ticking) -> list[str]:
        return [str(item.outgoing.arguments["text"]) for item in await self.tick(*jobs)]


@pytest.fixture
def clockwork(counter: Counter, concierge: Concierge) -> Clockwork:
    return another(counter, concierge)


def another(counter: Counter, concierge: Concierge) -> Clockwork:
    """Make a process's jobs."""
    parts = UnaskedParts(counter.database, concierge, counter.signer, counter.clock, counter.clock)
    rules = ReminderRules()
    return Clockwork(
        counter,
        CouponReminders(parts, rules),
        WeeklyDigest(parts, rules),
        ShareReminders(parts, counter.nudging, rules),
    )


@contextmanager
def begun(engine: AsyncEngine) -> Iterator[list[Connection]]:
    """Collect the transactions that begin meanwhile."""
    found: list[Connection] = []
    note = found.append
    event.listen(engine.sync_engine, "begin", note)
    yield found
    event.remove(engine.sync_engine, "begin", note)


async def keeps(counter: Counter, *codes: str) -> None:
    async with counter.database.work() as work:
        await work.coupons.add_many([replace(HOT, code=code) for code in codes])
        for code in codes:
            await work.coupons.save(7, code, counter.clock())
        await work.commit()


async def likes_hot_drinks(counter: Counter, code: str = "HOT20") -> None:
    """Have Mia buy hot drinks, and the shop make an offer of them; of its other coupons only one is left."""
    bought = Purchase(7, "downtown-cafe", "chai-latte", 1, 450, MORNING - DAY)
    async with counter.database.work() as work:
        for known in await work.coupons.all():
            await work.coupons.add_many([replace(known, is_paused=known.code != "HOT20")])
        lasting = replace(HOT, code=code, valid_until=MORNING + timedelta(days=30))
        await work.coupons.add_many([lasting])
        await work.purchases.add_many([bought] * 3)
        await work.commit()


@pytest.fixture
async def keeper(mia: Phone, counter: Counter) -> Phone:
    """Mia keeps a coupon that ends tomorrow, and wants to hear of that."""
    await mia.says("/start")
    await keeps(counter, "HOT20")
    await agree(counter, 7, ConsentKind.COUPON_REMINDERS)
    return mia


@pytest.fixture
async def subscriber(mia: Phone, counter: Counter) -> Phone:
    """Mia often buys hot drinks and wants the digest."""
    await mia.says("/start")
    await likes_hot_drinks(counter)
    await agree(counter, 7, ConsentKind.DIGEST)
    return mia


# Coupons that end


async def test_saved_coupon_that_ends_is_told_once(keeper: Phone, clockwork: Clockwork) -> None:
    (item,) = await clockwork.tick()
    assert item.outgoing.arguments["text"] == (
        "HOT20, which you saved, is good until Saturday: 20 % off hot drinks."
    )
    assert item.outgoing.priority is Priority.CAMPAIGN
    assert item.outgoing.unique_key == "reminder:7:coupon_ends:HOT20"
    assert item.outgoing.send_before == MORNING + timedelta(hours=9, minutes=30)  # 20:00 there
    clockwork.counter.clock.pass_by(days=1)
    assert await clockwork.told() == []


async def test_coupons_that_end_together_are_one_message(
    keeper: Phone, clockwork: Clockwork
) -> None:
    await keeps(clockwork.counter, "ICE20")
    (text,) = await clockwork.told()
    assert text == (
        "Coupons you saved end soon:\n"
        "HOT20, until Saturday: 20 % off hot drinks\n"
        "ICE20, until Saturday: 20 % off hot drinks"
    )


async def test_reminder_ends_with_one_tap(keeper: Phone, clockwork: Clockwork) -> None:
    sent = Sent(await clockwork.tick())
    said = await keeper.taps(sent.buttons["No more of these"], sent)
    assert said.text == english(texts_rights.COUPON_REMINDERS_OFF)
    await keeps(clockwork.counter, "ICE20")
    clockwork.counter.clock.pass_by(days=1)
    assert await clockwork.told() == []


async def test_coupon_that_was_used_up_is_not_told(keeper: Phone, clockwork: Clockwork) -> None:
    async with clockwork.counter.database.work() as work:
        await work.coupons.add_many([replace(HOT, per_shopper=1)])
        assert await work.coupons.redeem("HOT20", 7, "K1-0001", MORNING)
        await work.commit()
    assert await clockwork.told() == []


@pytest.mark.parametrize(
    ("hours", "hears"), [(-1.0, 0), (-0.5, 1), (9.4, 1), (9.5, 0), (17.0, 0), (24.0, 1)]
)
async def test_reminder_waits_for_a_decent_hour(
    keeper: Phone, clockwork: Clockwork, hours: float, hears: int
) -> None:
    clockwork.counter.clock.pass_by(hours=hours)
    assert len(await clockwork.told()) == hears


SILENT = {
    "pause": "/pause 3 days",
    "stop": "/stop",
    "no": Action.CONSENT_NO,
    "under age": Action.UNDER_AGE,
}


@pytest.mark.parametrize("said", SILENT.values(), ids=SILENT)
@pytest.mark.parametrize("is_waiting", [True, False], ids=["it waits", "it is due"])
async def test_what_a_shopper_says_against_it_counts_at_once(
    keeper: Phone, clockwork: Clockwork, said: str, is_waiting: bool
) -> None:
    await likes_hot_drinks(clockwork.counter, "HOT30")
    await agree(clockwork.counter, 7, ConsentKind.DIGEST)
    if is_waiting:
        await clockwork.coupons.tick()
    if isinstance(said, Action):
        kinds = [ConsentKind.COUPON_REMINDERS, ConsentKind.DIGEST]
        arguments = ["yes"] if said is Action.UNDER_AGE else kinds
        replies = [await keeper.taps(keeper.button(said, each)) for each in arguments]
    else:
        replies = [await keeper.says(said)]
    assert [item.outgoing.priority for r in replies for item in r.items] == [Priority.REPLY] * len(
        replies
    )
    for _ in range(2):
        assert await clockwork.told() == []
        clockwork.counter.clock.pass_by(days=1)


async def test_who_comes_back_after_stop_has_to_ask_anew(
    keeper: Phone, clockwork: Clockwork
) -> None:
    await keeper.says("/stop")
    await keeper.says("/start")
    assert await clockwork.told() == []


async def test_who_blocked_the_bot_is_left_alone(keeper: Phone, clockwork: Clockwork) -> None:
    async with clockwork.counter.database.work() as work:
        await work.shoppers.mark_unreachable(7)
        await work.commit()
    assert await clockwork.told() == []


async def test_forgotten_shopper_is_not_reminded(keeper: Phone, clockwork: Clockwork) -> None:
    await clockwork.coupons.tick()
    await keeper.taps(keeper.button(Action.FORGET_YES))
    assert await clockwork.told() == []


async def test_one_message_a_day_is_enough(keeper: Phone, clockwork: Clockwork) -> None:
    await likes_hot_drinks(clockwork.counter, "HOT30")
    await agree(clockwork.counter, 7, ConsentKind.DIGEST)
    assert len(await clockwork.told()) == 1
    await keeps(clockwork.counter, "ICE20")
    assert await clockwork.told() == []
    clockwork.counter.clock.pass_by(days=1)
    (text,) = await clockwork.told()
    assert text.startswith("ICE20, which you saved, ")
    clockwork.counter.clock.pass_by(days=1)
    (text,) = await clockwork.told()
    assert text.startswith("This week for you:")


async def test_who_heard_an_offer_today_is_reminded_tomorrow(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1
    await keeps(clockwork.counter, "HOT20")
    assert await clockwork.told(clockwork.coupons) == []
    await mia_walks.stops()
    clockwork.counter.clock.pass_by(days=1)
    assert len(await clockwork.told(clockwork.coupons)) == 1


async def test_who_was_reminded_hears_no_offer_for_24_hours(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await keeps(clockwork.counter, "HOT20", "ICE20")
    assert len(await clockwork.told(clockwork.coupons)) == 1
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert mia_walks.nudges == []
    async with clockwork.counter.database.reading() as work:
        receipt = await work.receipts.about(7, "CAFE20")
    assert receipt is not None
    assert receipt.of(Gate.PER_DAY) == Reading(Gate.PER_DAY, 1, 1)
    await mia_walks.stops()
    clockwork.counter.clock.pass_by(days=1)
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1


async def test_word_that_a_share_ends_keeps_no_offer_away(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    async with clockwork.counter.database.work() as work:
        about = Reminder(7, ReminderKind.SHARE_ENDS, "5", clockwork.counter.clock(), is_told=True)
        await work.reminders.add(about)
        await work.commit()
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1


# Once, whatever happens


async def test_two_processes_queue_one_message(
    keeper: Phone, clockwork: Clockwork, concierge: Concierge
) -> None:
    await likes_hot_drinks(clockwork.counter, "HOT30")
    await agree(clockwork.counter, 7, ConsentKind.DIGEST)
    others = another(clockwork.counter, concierge)
    for jobs in (clockwork, others, clockwork):
        await jobs.coupons.tick()
        await jobs.digest.tick()
    assert len((await clockwork.counter.deliver()).items) == 1


async def test_what_died_before_the_commit_is_done_by_the_next(
    keeper: Phone,
    clockwork: Clockwork,
    concierge: Concierge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class DiedError(Exception):
        pass

    async def die(*_: object) -> None:
        raise DiedError

    with monkeypatch.context() as patched:
        patched.setattr("storage.work.Work.commit", die)
        with pytest.raises(DiedError):
            await clockwork.coupons.tick()
    assert len(await another(clockwork.counter, concierge).told()) == 1


async def test_reminder_that_could_not_leave_in_time_never_does(
    keeper: Phone, clockwork: Clockwork
) -> None:
    await clockwork.coupons.tick()
    clockwork.counter.clock.pass_by(hours=10)
    assert (await clockwork.counter.deliver()).items == []


# The weekly digest


async def test_digest_tells_a_coupon_for_what_is_often_bought(
    subscriber: Phone, clockwork: Clockwork
) -> None:
    sent = Sent(await clockwork.tick())
    assert sent.text == (
        "This week for you:\n"
        "HOT20, until December 20: 20 % off hot drinks. You often buy hot drinks."
    )
    assert sent.items[0].outgoing.priority is Priority.CAMPAIGN
    said = await subscriber.taps(sent.buttons["No more of these"], sent)
    assert said.text == english(texts_rights.DIGEST_OFF)


async def test_digest_comes_once_a_week_and_never_with_the_same(
    subscriber: Phone, clockwork: Clockwork
) -> None:
    assert len(await clockwork.told()) == 1
    async with clockwork.counter.database.work() as work:
        chai = replace(HOT, code="CHAI30", valid_until=MORNING + timedelta(days=30))
        await work.coupons.add_many([chai])
        await work.commit()
    said = []
    for _ in range(20):
        clockwork.counter.clock.pass_by(days=1)
        said.append(await clockwork.told())
    assert [len(each) for each in said] == [0] * 5 + [1] + [0] * 14  # the Thursday after
    assert "CHAI30" in said[5][0]
    assert "HOT20" not in said[5][0]


async def test_digest_waits_for_thursday(subscriber: Phone, clockwork: Clockwork) -> None:
    clockwork.counter.clock.pass_by(days=3)  # a Monday
    told = []
    for _ in range(4):
        told.append(len(await clockwork.told()))
        clockwork.counter.clock.pass_by(days=1)
    assert told == [0, 0, 0, 1]


async def test_nobody_is_looked_at_for_a_digest_that_is_due_nowhere(
    subscriber: Phone, clockwork: Clockwork
) -> None:
    clockwork.counter.clock.pass_by(days=3)  # a Monday
    await clockwork.digest.tick()  # reads the catalogue
    with begun(clockwork.counter.database._reading_engine) as transactions:
        await clockwork.digest.tick()
    assert transactions == []


async def test_week_with_nothing_to_tell_is_silent_and_decided(
    mia: Phone, clockwork: Clockwork
) -> None:
    await mia.says("/start")
    await agree(clockwork.counter, 7, ConsentKind.DIGEST)
    assert await clockwork.told() == []
    async with clockwork.counter.database.reading() as work:
        (decided,) = await work.reminders.of_shopper(7, MORNING)
    assert (decided.kind, decided.about) == (ReminderKind.DIGEST, "2026-W47")
    assert not decided.is_told
    await likes_hot_drinks(clockwork.counter)
    assert await clockwork.told() == []


async def test_digest_knows_what_was_saved_and_what_was_turned_down(
    subscriber: Phone, clockwork: Clockwork
) -> None:
    async with clockwork.counter.database.work() as work:
        await work.signals.add(Signal(7, "wool-socks-red", SignalKind.DISMISS, MORNING))
        await work.signals.add(Signal(7, "apple-turnover", SignalKind.WISHLIST, MORNING))
        bake = replace(
            HOT,
            code="BAKE10",
            title="10 % off turnovers",
            valid_until=MORNING + timedelta(days=30),
            categories=frozenset(),
            product_ids=frozenset({"apple-turnover"}),
        )
        await work.coupons.add_many([bake])
        await work.commit()
    (text,) = await clockwork.told()
    assert text.splitlines()[1:] == [
        "BAKE10, until December 20: 10 % off turnovers. You saved Apple Turnover.",
        "HOT20, until December 20: 20 % off hot drinks. You often buy hot drinks.",
    ]


# Live locations that end


async def passes_by(walker: Walker, metres: Sequence[float] = PAST_THE_CAFE) -> None:
    """Share for an hour and walk past the café, which has no offer today."""
    async with walker.counter.database.work() as work:
        for known in await work.coupons.all():
            await work.coupons.add_many([replace(known, is_paused=True)])
        await work.commit()
    await walker.shares(190)
    await walker.walks(*metres)
    assert walker.nudges == []


def ends_at(walker: Walker) -> datetime:
    (notice,) = walker.counter.nudging.ending(timedelta(days=1)).values()
    return notice.ends_at


def until_its_end(walker: Walker, minutes: float) -> None:
    """Let a share have so many minutes left."""
    walker.counter.clock.at = ends_at(walker) - timedelta(minutes=minutes)


async def test_share_that_ends_is_told_once(mia_walks: Walker, clockwork: Clockwork) -> None:
    await passes_by(mia_walks)
    until_its_end(mia_walks, 6)
    assert await clockwork.told() == []
    until_its_end(mia_walks, 4)
    (item,) = await clockwork.tick()
    assert str(item.outgoing.arguments["text"]).startswith("Your live location ends at 11:31")
    assert item.outgoing.priority is Priority.CAMPAIGN
    assert item.outgoing.send_before == ends_at(mia_walks)
    asked = await mia_walks.phone.taps(Sent([item]).buttons["Pause offers"], Sent([item]))
    assert "1 week" in asked.buttons
    until_its_end(mia_walks, 3)
    assert await clockwork.told() == []


async def test_share_that_passed_no_store_ends_without_a_word(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await passes_by(mia_walks, (600, 610))
    until_its_end(mia_walks, 4)
    assert await clockwork.told() == []


async def test_share_of_which_nothing_is_said_is_only_read_about(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await passes_by(mia_walks)
    until_its_end(mia_walks, 4)
    with begun(clockwork.counter.database._writing_engine) as transactions:
        await clockwork.shares.tick()
        assert len(transactions) == 1
        await clockwork.shares.tick()
        assert len(transactions) == 1


async def test_share_of_who_heard_an_offer_today_ends_without_a_word(
    mia_walks: Walker, clockwork: Clockwork
) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 1
    until_its_end(mia_walks, 4)
    assert await clockwork.told() == []


async def test_share_without_an_end_is_never_told(mia_walks: Walker, clockwork: Clockwork) -> None:
    async with mia_walks.counter.database.work() as work:
        await work.visits.enter(7, "downtown-cafe", MORNING)
        await work.commit()
    await mia_walks.shares(190, live_period=0x7FFFFFFF)
    mia_walks.counter.clock.pass_by(minutes=56)
    assert await clockwork.told() == []


async def test_share_that_was_stopped_is_not_told(mia_walks: Walker, clockwork: Clockwork) -> None:
    await passes_by(mia_walks)
    until_its_end(mia_walks, 4)
    await mia_walks.stops()
    assert await clockwork.told() == []


@pytest.mark.parametrize("why", ["paused", "no more", "quiet"])
async def test_share_ends_without_a_word_where_none_is_wanted(
    mia_walks: Walker, clockwork: Clockwork, why: str
) -> None:
    await passes_by(mia_walks)
    until_its_end(mia_walks, 4)
    if why == "quiet":
        async with mia_walks.counter.database.work() as work:
            await work.visits.enter(7, "downtown-cafe", MORNING)
            await work._connection.exec_driver_sql(
                "UPDATE shoppers SET time_zone = 'Pacific/Auckland'"
            )
            await work.commit()
    elif why == "paused":
        async with mia_walks.counter.database.work() as work:
            await work.shoppers.pause(7, UNTIL_THEY_SAY)
            await work.commit()
    else:
        await agree(mia_walks.counter, 7, ConsentKind.NUDGES, yes=False)
    assert await clockwork.told(clockwork.shares) == []
