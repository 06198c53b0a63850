"""Walks with a live location: what is told, when, and what the buttons under it do."""

from datetime import timedelta

import pytest

from storage.records import ConsentKind, Signal, SignalKind
from tests.handlers.conftest import Counter, Phone
from tests.handlers.walking import (
    PAST_THE_CAFE,
    Walker,
    agree,
    mia_buys,
    mia_walks,
    nudged,
    passes_time,
)
from tests.sample_town import ANA, MORNING, NIGHT

__all__ = ["mia_buys", "mia_walks"]


async def test_walking_past_is_told_once_with_distance_and_coupon(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    (nudge,) = mia_walks.nudges
    arguments = nudge.outgoing.arguments
    assert arguments["text"] == (
        "You're 115 m from Downtown Café: Hot Chocolate is $3.50 there, and CAFE20 takes 20 % off "
        "until December 20, so $2.80. You saved that coupon."
    )
    rows = arguments["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["Take me there", "Not now"],  # it is saved
        ["Fewer like this", "Pause offers"],
    ]
    assert nudge.outgoing.send_before is not None
    assert len(await mia_walks.visits()) == 1


async def test_coupon_that_is_not_kept_can_be_saved(mia_buys: Walker) -> None:
    sent = await nudged(mia_buys)
    assert "CAFE20" in sent.text
    assert sent.text.endswith("You often buy hot drinks.")
    labels = ["Take me there", "Save coupon", "Not now", "Fewer like this", "Pause offers"]
    assert list(sent.buttons) == labels


async def test_thing_on_the_list_is_told_of_when_it_is_on_offer_close_by(mia_buys: Walker) -> None:
    async with mia_buys.counter.database.work() as work:
        saved = Signal(7, "hot-chocolate", SignalKind.WISHLIST, MORNING)
        await work.signals.add(saved)
        await work.commit()
    sent = await nudged(mia_buys)
    assert sent.text.endswith("so $2.80. It's on your list.")
    assert "Save coupon" in sent.buttons


async def test_walking_on_and_coming_back_the_same_day_is_silent(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE, *range(300, 384, 12), *PAST_THE_CAFE)
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


@pytest.mark.parametrize("missing", [ConsentKind.LOCATION, ConsentKind.NUDGES])
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
    await mia_walks.walks(*[40] * 12, after_s=12)
    assert mia_walks.nudges == []  # it may be a red light
    await mia_walks.walks(40, after_s=12)
    assert len(mia_walks.nudges) == 1


async def test_who_stood_still_is_told_when_seen_again_on_foot(mia_walks: Walker) -> None:
    await mia_walks.shares(240)
    await mia_walks.walks(190, 140, 90, 40, after_s=10)
    assert await passes_time(mia_walks, 180) == []
    await mia_walks.walks(40, 38, after_s=10)
    assert len(mia_walks.nudges) == len(await mia_walks.ledger()) == 1


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


async def test_ana_is_told_of_the_coupon_she_keeps(ana: Phone, counter: Counter) -> None:
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


async def test_both_ids_of_ana_and_mia_stay_apart(mia_walks: Walker, ana: Phone) -> None:
    await nudged(mia_walks)
    async with mia_walks.counter.database.reading() as work:
        assert await work.nudges.of_shopper(ANA, MORNING - timedelta(days=90)) == []
