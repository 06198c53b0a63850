"""Walks with a live location: what is told, when, and what the buttons under it do."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from handlers import texts
from handlers.callbacks import Action
from storage.records import (
    ConsentKind,
    Nudge,
    NudgeAnswer,
    OutboxItem,
    OutboxStatus,
    Priority,
    SignalKind,
    Visit,
)
from tests.builders import coupon
from tests.handlers.conftest import Counter, Phone, Sent
from tests.sample_town import ANA, MORNING, NIGHT

M_PER_DEGREE = 111_100.0  # of latitude, at this town
CAFE = "downtown-cafe"
ONLY_HERE = coupon(
    "CAFE20",
    discount_percent=20,
    valid_from=MORNING - timedelta(days=1),
    valid_until=MORNING + timedelta(days=30),
    product_ids=frozenset({"hot-chocolate"}),
    store_ids=frozenset({CAFE}),
    per_shopper=5,
)


@dataclass
class Walker:
    """Somebody who shares a live location, so many metres south of the café's door."""

    phone: Phone
    counter: Counter
    door: tuple[float, float]
    message_id: int = 0
    heard: list[OutboxItem] = field(default_factory=list)

    async def shares(self, south_m: float, *, live_period: int = 3600) -> Sent:
        self._now()
        update = self.phone.updates.message(location=self._place(south_m, live_period))
        self.message_id = update["message"]["message_id"]
        return self._noted(await self.counter.take(update))

    async def moves(
        self, south_m: float, *, after_s: float = 12, live_period: int = 3600, **more: object
    ) -> Sent:
        self.counter.clock.pass_by(seconds=after_s)
        self._now()
        place = self._place(south_m, live_period)
        update = self.phone.updates.edited(location=place, message_id=self.message_id, **more)
        update["edited_message"]["date"] -= 1
        return self._noted(await self.counter.take(update))

    async def stops(self) -> None:
        self.counter.clock.pass_by(seconds=5)
        self._now()
        place = self._place(0, 0)
        del place["live_period"]
        await self.counter.take(
            self.phone.updates.edited(location=place, message_id=self.message_id)
        )

    async def walks(self, *south_m: float, after_s: float = 12) -> None:
        for metres in south_m:
            await self.moves(metres, after_s=after_s)

    @property
    def nudges(self) -> list[OutboxItem]:
        return [item for item in self.heard if item.outgoing.priority is Priority.NUDGE]

    async def ledger(self) -> list[Nudge]:
        async with self.counter.database.reading() as work:
            since = MORNING - timedelta(days=90)
            return await work.nudges.of_shopper(self.phone.shopper_id, since)

    async def visits(self) -> list[Visit]:
        """Those of today at the café."""
        async with self.counter.database.reading() as work:
            visits = await work.visits.of_shopper(self.phone.shopper_id)
        return [visit for visit in visits if visit.store_id == CAFE]

    def _now(self) -> None:
        self.phone.updates.date = int(self.counter.clock().timestamp())

    def _place(self, south_m: float, live_period: int) -> dict[str, float]:
        latitude = self.door[0] - south_m / M_PER_DEGREE
        accuracy = {"horizontal_accuracy": 10.0}
        place = {"latitude": latitude, "longitude": self.door[1]}
        return place | accuracy | {"live_period": live_period}

    def _noted(self, sent: Sent) -> Sent:
        self.heard += sent.items
        return sent


async def agree(counter: Counter, shopper_id: int, kind: ConsentKind, yes: bool = True) -> None:
    async with counter.database.work() as work:
        now = counter.clock()
        await work.consents.decide(shopper_id, kind, is_granted=yes, version=1, now=now)
        await work.commit()


@pytest.fixture
async def mia_walks(mia: Phone, counter: Counter) -> Walker:
    """Mia agreed to everything and keeps a coupon that holds at the café alone."""
    await mia.says("/start")
    for kind in ConsentKind:
        await agree(counter, 7, kind)
    async with counter.database.work() as work:
        await work.coupons.add_many([ONLY_HERE])
        await work.coupons.save(7, "CAFE20", counter.clock())
        await work.commit()
        store = await work.stores.get(CAFE)
    assert store is not None
    return Walker(mia, counter, (store.latitude, store.longitude))


PAST_THE_CAFE = (175, 160, 145, 130, 115, 100)


async def test_walking_past_is_told_once_with_distance_and_coupon(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    (nudge,) = mia_walks.nudges
    arguments = nudge.outgoing.arguments
    assert arguments["text"] == (
        "You're 130 m from Downtown Café: Hot Chocolate is $3.50 there, and CAFE20 takes 20 % off, "
        "so $2.80. You saved that coupon."
    )
    rows = arguments["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["Book it", "Take me there", "Save coupon"],
        ["Not now", "Fewer like this"],
    ]
    assert nudge.outgoing.send_before is not None
    assert len(await mia_walks.visits()) == 1


async def test_walking_on_and_coming_back_the_same_day_is_silent(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE, 300, 312, *PAST_THE_CAFE)
    assert len(mia_walks.nudges) == len(await mia_walks.ledger()) == 1
    visits = await mia_walks.visits()
    assert [visit.left_at is None for visit in visits] == [True, False]


async def test_two_days_later_it_may_be_told_again(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    await mia_walks.stops()
    mia_walks.counter.clock.pass_by(days=2)
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert len(mia_walks.nudges) == 2


@pytest.mark.parametrize("missing", ConsentKind)
async def test_nobody_is_told_without_both_consents(
    mia_walks: Walker, missing: ConsentKind
) -> None:
    await agree(mia_walks.counter, 7, missing, yes=False)
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert (mia_walks.nudges, await mia_walks.ledger(), await mia_walks.visits()) == ([], [], [])


async def test_consent_taken_back_on_the_way_counts_at_once(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(175, 160)
    await agree(mia_walks.counter, 7, ConsentKind.NUDGES, yes=False)
    await mia_walks.walks(145, 130, 115)
    assert (mia_walks.nudges, await mia_walks.visits()) == ([], [])


async def test_nobody_is_told_in_quiet_hours(mia_walks: Walker) -> None:
    mia_walks.counter.clock.at = NIGHT
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert (mia_walks.nudges, await mia_walks.ledger()) == ([], [])
    assert len(await mia_walks.visits()) == 1


async def test_driving_past_is_silent_and_no_visit(mia_walks: Walker) -> None:
    await mia_walks.shares(400)
    await mia_walks.walks(280, 160, 40, -80, -200, -320, after_s=10)
    assert (mia_walks.nudges, await mia_walks.visits()) == ([], [])


async def test_cycling_past_is_a_visit_without_a_word(mia_walks: Walker) -> None:
    await mia_walks.shares(240)
    await mia_walks.walks(190, 140, 90, 40, after_s=10)
    assert (mia_walks.nudges, len(await mia_walks.visits())) == ([], 1)


async def test_who_slows_down_and_stays_is_told_after_all(mia_walks: Walker) -> None:
    await mia_walks.shares(240)
    await mia_walks.walks(190, 140, 90, 40, after_s=10)
    await mia_walks.walks(*[40] * 10, after_s=12)
    assert len(mia_walks.nudges) == 1


async def passes_time(walker: Walker, seconds: int) -> list[Priority]:
    """Let the jobs run while no fix comes, and give what is told."""
    for _ in range(0, seconds, 5):
        walker.counter.clock.pass_by(seconds=5)
        await walker.counter.nudging.tick()
    return [item.outgoing.priority for item in (await walker.counter.deliver()).items]


async def test_who_stands_still_is_told_by_the_clock(mia_walks: Walker) -> None:
    await mia_walks.shares(240)
    await mia_walks.walks(190, 140, 90, 40, after_s=10)
    await mia_walks.walks(40, 40, 40, after_s=10)
    assert mia_walks.nudges == []
    assert await passes_time(mia_walks, 110) == [Priority.NUDGE]
    assert len(await mia_walks.ledger()) == 1


async def test_silence_on_the_move_is_no_standing_still(mia_walks: Walker) -> None:
    await mia_walks.shares(240)
    await mia_walks.walks(190, 140, 90, 40, after_s=10)
    assert await passes_time(mia_walks, 300) == []
    assert await mia_walks.ledger() == []


async def test_first_fix_alone_tells_nothing(mia_walks: Walker) -> None:
    await mia_walks.shares(0)
    await mia_walks.stops()
    assert (mia_walks.nudges, await mia_walks.visits()) == ([], [])


async def test_fixes_that_were_minutes_on_their_way_count_for_nothing(mia_walks: Walker) -> None:
    counter, updates = mia_walks.counter, mia_walks.phone.updates
    await mia_walks.shares(190)
    counter.clock.pass_by(minutes=5)
    for n, metres in enumerate(PAST_THE_CAFE):
        updates.date = int(counter.clock().timestamp()) - 200 + 12 * n
        place = mia_walks._place(metres, 3600)
        await counter.take(updates.edited(location=place, message_id=mia_walks.message_id))
    assert (await mia_walks.ledger(), await mia_walks.visits()) == ([], [])


@pytest.mark.parametrize(
    "foreign",
    [
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "Ben", "date": 1}},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": "Map"}},
    ],
    ids=["forwarded", "via a bot"],
)
async def test_a_place_of_others_never_counts(
    mia_walks: Walker, foreign: dict[str, object]
) -> None:
    await mia_walks.shares(190)
    for metres in PAST_THE_CAFE:
        await mia_walks.moves(metres, **foreign)
    assert (mia_walks.nudges, await mia_walks.visits()) == ([], [])


async def test_stopping_ends_the_visit(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    await mia_walks.stops()
    (visit,) = await mia_walks.visits()
    assert visit.left_at is not None
    assert not mia_walks.counter.nudging.is_live(7)


async def test_share_that_runs_out_ends_without_a_last_edit(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    mia_walks.counter.clock.pass_by(seconds=3600)
    assert not mia_walks.counter.nudging.is_live(7)
    await mia_walks.counter.nudging.tick()
    (visit,) = await mia_walks.visits()
    assert visit.left_at is not None


async def test_quick_fixes_are_looked_at_every_five_seconds(mia_walks: Walker) -> None:
    await mia_walks.shares(160)
    await mia_walks.walks(145, 144, 143, 142, after_s=1)
    assert await mia_walks.visits() == []
    await mia_walks.walks(141, 140, 139, 138, 137, 136, after_s=1)
    assert len(await mia_walks.visits()) == 1


async def test_fix_that_waited_is_looked_at_by_the_clock(mia_walks: Walker) -> None:
    await mia_walks.shares(160)
    await mia_walks.moves(130, after_s=12)
    await mia_walks.moves(128, after_s=2)
    for _ in range(2):
        mia_walks.counter.clock.pass_by(seconds=5)
        await mia_walks.counter.nudging.tick()
    assert len(await mia_walks.visits()) == 1


async def test_restart_goes_on_with_the_visit(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    counter = mia_walks.counter
    counter.nudging._shares.close(7)  # what a restart loses
    await mia_walks.walks(95, 90, 85)
    assert (len(mia_walks.nudges), len(await mia_walks.visits())) == (1, 1)
    await mia_walks.walks(300, 312)
    (visit,) = await mia_walks.visits()
    assert visit.left_at is not None


async def test_nudge_that_could_not_leave_in_time_never_does(mia_walks: Walker) -> None:
    counter = mia_walks.counter
    await mia_walks.shares(190)
    await mia_walks.walks(175, 160, 145)
    counter.clock.pass_by(seconds=12)
    mia_walks._now()
    place = mia_walks._place(130, 3600)
    update = mia_walks.phone.updates.edited(location=place, message_id=mia_walks.message_id)
    await counter.handle(await counter.store(update))
    counter.clock.pass_by(minutes=6)
    assert (await counter.deliver()).items == []
    async with counter.database.reading() as work:
        assert (await work.outbox.counts())[OutboxStatus.DROPPED] == 1


async def test_stopped_shopper_hears_nothing(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(175, 160)
    await mia_walks.phone.says("/stop")
    await mia_walks.walks(145, 130, 115)
    assert mia_walks.nudges == []


async def test_forgetting_takes_the_share_along(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    phone = mia_walks.phone
    await phone.taps(phone.button(Action.FORGET_YES))
    assert not mia_walks.counter.nudging.is_live(7)
    await mia_walks.counter.nudging.tick()
    assert (await mia_walks.ledger(), await mia_walks.visits()) == ([], [])


async def test_ana_is_told_what_she_often_buys(ana: Phone, counter: Counter) -> None:
    async with counter.database.reading() as work:
        store = await work.stores.get("pilot-house-coffee")
    assert store is not None
    walker = Walker(ana, counter, (store.latitude, store.longitude))
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    (nudge,) = walker.nudges
    assert nudge.outgoing.arguments["text"].endswith("You saved that coupon.")
    assert "WARM15" in nudge.outgoing.arguments["text"]


# Buttons


async def nudged(walker: Walker) -> Sent:
    await walker.shares(190)
    for metres in PAST_THE_CAFE:
        sent = await walker.moves(metres)
        if sent.items:
            return sent
    pytest.fail("no nudge came")


async def test_book_it_books_with_the_coupon(mia_walks: Walker) -> None:
    sent = await nudged(mia_walks)
    reply = await mia_walks.phone.taps(sent.buttons["Book it"], sent)
    assert "$2.80 with CAFE20" in reply.text


async def test_take_me_there_shows_the_store(mia_walks: Walker) -> None:
    sent = await nudged(mia_walks)
    reply = await mia_walks.phone.taps(sent.buttons["Take me there"], sent)
    assert reply.methods == ["sendVenue"]
    assert reply.arguments["title"] == "Downtown Café"


async def test_save_coupon_says_that_it_is_saved(mia_walks: Walker) -> None:
    sent = await nudged(mia_walks)
    await mia_walks.phone.taps(sent.buttons["Save coupon"], sent)
    assert mia_walks.counter.toasts[-1] == texts.ALREADY_SAVED


@pytest.mark.parametrize(
    ("label", "answer", "kind"),
    [
        ("Not now", NudgeAnswer.NOT_NOW, SignalKind.IGNORE),
        ("Fewer like this", NudgeAnswer.FEWER, SignalKind.DISMISS),
    ],
)
async def test_what_was_said_to_a_nudge_is_remembered(
    mia_walks: Walker, label: str, answer: NudgeAnswer, kind: SignalKind
) -> None:
    sent = await nudged(mia_walks)
    reply = await mia_walks.phone.taps(sent.buttons[label], sent)
    assert reply.arguments.get("reply_markup") is None
    (nudge,) = await mia_walks.ledger()
    assert nudge.answer is answer
    async with mia_walks.counter.database.reading() as work:
        (signal,) = await work.signals.of_shopper(7)
    assert (signal.kind, signal.product_id) == (kind, "hot-chocolate")


async def test_fewer_means_a_week_of_silence(mia_walks: Walker) -> None:
    sent = await nudged(mia_walks)
    reply = await mia_walks.phone.taps(sent.buttons["Fewer like this"], sent)
    assert reply.text == texts.FEWER
    async with mia_walks.counter.database.work() as work:
        more = replace(ONLY_HERE, code="CAFE30", product_ids=frozenset({"chai-latte"}))
        await work.coupons.add_many([more])
        await work.coupons.save(7, "CAFE30", mia_walks.counter.clock())
        await work.commit()
    for days, told in ((2, 1), (7, 2)):
        await mia_walks.stops()
        mia_walks.counter.clock.at = MORNING + timedelta(days=days, hours=1)
        await mia_walks.shares(190)
        await mia_walks.walks(*PAST_THE_CAFE)
        assert len(mia_walks.nudges) == told
    assert "CAFE30" in mia_walks.nudges[-1].outgoing.arguments["text"]


@pytest.mark.parametrize("label", ["Not now", "Fewer like this", "Book it", "Take me there"])
async def test_forwarded_button_does_nothing(mia_walks: Walker, ben: Phone, label: str) -> None:
    sent = await nudged(mia_walks)
    assert (await ben.taps(sent.buttons[label], sent)).items == []
    assert mia_walks.counter.toasts[-1] == texts.BUTTON_NOT_YOURS
    assert (await mia_walks.ledger())[0].answer is None


# Asking for the consent


async def ask_about_nudges(walker: Walker) -> list[str]:
    """Ask for something and give what comes back."""
    sent = await walker.phone.says("I'm cold")
    return [str(item.outgoing.arguments["text"]) for item in sent.items]


@pytest.fixture
async def newcomer(mia: Phone, counter: Counter) -> Walker:
    async with counter.database.reading() as work:
        store = await work.stores.get(CAFE)
    assert store is not None
    return Walker(mia, counter, (store.latitude, store.longitude))


async def test_consent_is_asked_for_after_the_first_useful_answer(newcomer: Walker) -> None:
    shared = await newcomer.shares(100)
    assert shared.text == texts.PLACE_LIVE_THANKS
    answer, question = await ask_about_nudges(newcomer)
    assert "Downtown Café" in answer or " m away" in answer
    assert question == texts.NUDGES_ASK
    assert len(await ask_about_nudges(newcomer)) == 1


async def test_consent_is_not_asked_for_without_a_live_location(mia: Phone) -> None:
    await mia.shares()
    assert len((await mia.says("I'm cold")).items) == 1


async def test_no_is_asked_again_after_a_month(newcomer: Walker) -> None:
    await newcomer.shares(100)
    await ask_about_nudges(newcomer)
    await newcomer.phone.taps(newcomer.phone.button(Action.CONSENT_NO, ConsentKind.NUDGES))
    for days, asked in ((29, False), (31, True), (32, False)):
        newcomer.counter.clock.at = MORNING + timedelta(days=days)
        await newcomer.shares(100)
        assert (texts.NUDGES_ASK in await ask_about_nudges(newcomer)) is asked


async def test_yes_is_followed_by_a_walk_and_a_nudge(newcomer: Walker) -> None:
    async with newcomer.counter.database.work() as work:
        await work.coupons.add_many([ONLY_HERE])
        await work.commit()
    await newcomer.shares(230)
    await ask_about_nudges(newcomer)
    await newcomer.phone.taps(newcomer.phone.button(Action.CONSENT_YES, ConsentKind.NUDGES))
    async with newcomer.counter.database.work() as work:
        await work.coupons.save(7, "CAFE20", newcomer.counter.clock())
        await work.commit()
    await newcomer.walks(205, 190, *PAST_THE_CAFE)
    assert len(newcomer.nudges) == 1


async def test_nothing_kept_tells_where_somebody_walked(mia_walks: Walker) -> None:
    await nudged(mia_walks)
    async with mia_walks.counter.database.reading() as work:
        (suggestion,) = await work.suggestions.shown_to(7, MORNING - timedelta(days=1))
    assert suggestion.distance_band_m == 150
    assert "distance" not in suggestion.contributions


async def test_both_ids_of_ana_and_mia_stay_apart(mia_walks: Walker, ana: Phone) -> None:
    await nudged(mia_walks)
    async with mia_walks.counter.database.reading() as work:
        assert await work.nudges.of_shopper(ANA, MORNING - timedelta(days=90)) == []
