"""Walks with a live location, and what they leave as receipts."""

import json
from dataclasses import replace

import pytest

from knowledge.nearby.receipts import replay
from storage.records import NOT_SHOWN, ConsentKind, Gate, Outcome, Pace, Receipt
from tests.handlers.test_export import Page, files
from tests.handlers.walking import (
    CAFE,
    PAST_THE_CAFE,
    Walker,
    agree,
    hold_out,
    mia_walks,
    passes_time,
)
from tests.sample_town import NIGHT

__all__ = ["mia_walks"]


async def receipts(walker: Walker) -> list[Receipt]:
    async with walker.counter.database.reading() as work:
        return await work.receipts.latest(walker.phone.shopper_id, 1_000)


async def about_cafe20(walker: Walker) -> Receipt:
    async with walker.counter.database.reading() as work:
        found = await work.receipts.about(walker.phone.shopper_id, "CAFE20")
    assert found is not None
    return found


async def test_nudge_leaves_a_receipt_with_every_gate_open(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    receipt = await about_cafe20(mia_walks)
    assert (receipt.outcome, receipt.store_id) == (Outcome.TOLD, CAFE)
    assert (receipt.product_id, receipt.within_m) == ("hot-chocolate", 150)
    assert [each.gate for each in receipt.readings] == list(Gate)
    (nudge,) = await mia_walks.ledger()
    assert receipt.visit_id == nudge.visit_id


async def test_each_candidate_of_each_visit_has_one_that_replays_to_what_was_decided(
    mia_walks: Walker,
) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE, 300, 312, *PAST_THE_CAFE, 60, 60, after_s=20)
    found = await receipts(mia_walks)
    candidates = [(each.visit_id, each.coupon_code) for each in found]
    assert len(set(candidates)) == len(candidates) > 10
    assert [replay(each).outcome for each in found] == [each.outcome for each in found]
    assert [each.outcome for each in found].count(Outcome.TOLD) == 1


async def test_silence_leaves_a_receipt_too(mia_walks: Walker) -> None:
    mia_walks.counter.clock.at = NIGHT
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    receipt = await about_cafe20(mia_walks)
    assert receipt.outcome is Outcome.SILENT
    assert replay(receipt).shut is Gate.QUIET_HOURS


async def test_receipt_changes_with_the_decision_and_only_then(mia_walks: Walker) -> None:
    await mia_walks.shares(240)
    await mia_walks.walks(190, 140, 90, 40, after_s=10)
    hurried = await about_cafe20(mia_walks)
    assert hurried.of(Gate.SPEED) is not None
    assert (replay(hurried).shut, hurried.version) == (Gate.SPEED, 1)
    await mia_walks.walks(*[40] * 13, after_s=12)
    stayed = await about_cafe20(mia_walks)
    assert (stayed.outcome, stayed.version) == (Outcome.TOLD, 2)
    speed = stayed.of(Gate.SPEED)
    assert speed is not None
    assert speed.value == Pace.STANDING
    await passes_time(mia_walks, 200)
    assert await about_cafe20(mia_walks) == stayed


async def test_who_is_not_followed_has_none(mia_walks: Walker) -> None:
    await agree(mia_walks.counter, 7, ConsentKind.NUDGES, yes=False)
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert await receipts(mia_walks) == []


async def test_who_is_held_out_hears_nothing_and_uses_up_the_caps(mia_walks: Walker) -> None:
    hold_out(mia_walks.counter, 1.0)
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert mia_walks.nudges == []
    (ghost,) = await mia_walks.ledger()
    assert (ghost.is_held_out, ghost.suggestion_id) == (True, NOT_SHOWN)
    assert (await about_cafe20(mia_walks)).outcome is Outcome.HELD_OUT
    hold_out(mia_walks.counter, 0.0)
    await mia_walks.walks(*range(115, 320, 15), *range(305, 180, -15), *PAST_THE_CAFE)
    assert mia_walks.nudges == []
    assert replay(await about_cafe20(mia_walks)).shut is Gate.PER_DAY


@pytest.mark.parametrize("category", ["pharmacy", "Baby & toddler", "liquor store"])
async def test_nothing_is_written_down_of_a_sensitive_store(
    mia_walks: Walker, category: str
) -> None:
    async with mia_walks.counter.database.work() as work:
        store = await work.stores.get(CAFE)
        assert store is not None
        await work.stores.add_many([replace(store, category=category)])
        await work.commit()
    await mia_walks.counter.dispatcher["shop"].concierge.refresh()
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    assert mia_walks.nudges == []
    assert CAFE not in {each.store_id for each in await receipts(mia_walks)}
    assert await mia_walks.visits() == []


async def test_copy_tells_in_words_what_was_weighed(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    found = files(await mia_walks.phone.says("/export"))
    page = Page(found["html"]).text
    assert "CAFE20; hot-chocolate; agreed to place and offers; not said to be under 18" in page
    assert "walking" in page
    held = json.loads(found["json"])["held"]["receipts"]
    assert "CAFE20" in [each["told"]["coupon_code"] for each in held]


async def test_forget_takes_them_along(mia_walks: Walker) -> None:
    await mia_walks.shares(190)
    await mia_walks.walks(*PAST_THE_CAFE)
    sent = await mia_walks.phone.says("/forget")
    yes = next(data for label, data in sent.buttons.items() if "rase" in label)
    await mia_walks.phone.taps(yes, sent)
    assert await receipts(mia_walks) == []
