"""What the buttons under a nudge do, and when its consent is asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import texts
from handlers.callbacks import Action
from storage.records import (
    ConsentKind,
    NudgeAnswer,
    SignalKind,
)
from tests.english import english
from tests.handlers.conftest import Phone
from tests.handlers.walking import (
    ONLY_HERE,
    PAST_THE_CAFE,
    Walker,
    ask_about_nudges,
    mia_walks,
    newcomer,
    nudged,
)
from tests.sample_town import MORNING

__all__ = ["mia_walks", "newcomer"]


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
    assert mia_walks.counter.toasts[-1] == english(texts.ALREADY_SAVED)


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
    assert reply.text == english(texts.FEWER)
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
    assert mia_walks.counter.toasts[-1] == english(texts.BUTTON_NOT_YOURS)
    assert (await mia_walks.ledger())[0].answer is None


# Asking for the consent


async def test_consent_is_asked_for_after_the_first_useful_answer(newcomer: Walker) -> None:
    shared = await newcomer.shares(100)
    assert shared.text == english(texts.PLACE_LIVE_THANKS)
    answer, question = await ask_about_nudges(newcomer)
    assert "Downtown Café" in answer or " m away" in answer
    assert question == english(texts.NUDGES_ASK)
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
        assert (english(texts.NUDGES_ASK) in await ask_about_nudges(newcomer)) is asked


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
