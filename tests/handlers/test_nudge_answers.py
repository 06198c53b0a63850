"""What the buttons under a nudge do, and when its consent is asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import texts, texts_rights
from handlers.callbacks import Action
from storage.records import (
    ConsentKind,
    NudgeAnswer,
    Signal,
    SignalKind,
)
from tests.english import english
from tests.handlers.conftest import Phone, Sent
from tests.handlers.walking import (
    ONLY_HERE,
    PAST_THE_CAFE,
    Walker,
    ask_about_nudges,
    mia_buys,
    mia_walks,
    newcomer,
    nudged,
)
from tests.sample_town import MORNING

__all__ = ["mia_buys", "mia_walks", "newcomer"]


async def signals(walker: Walker) -> list[tuple[SignalKind, str]]:
    async with walker.counter.database.reading() as work:
        return [(each.kind, each.product_id) for each in await work.signals.of_shopper(7)]


async def keep_coupon(walker: Walker, code: str, product_id: str) -> None:
    """Keep one more coupon that holds at the café alone."""
    async with walker.counter.database.work() as work:
        more = replace(ONLY_HERE, code=code, product_ids=frozenset({product_id}))
        await work.coupons.add_many([more])
        await work.coupons.save(7, code, walker.counter.clock())
        await work.commit()


async def walks_again(walker: Walker, *, days: int) -> list[str]:
    """Walk past the café so many days after the first time, and give what was told in all."""
    await walker.stops()
    walker.counter.clock.at = MORNING + timedelta(days=days, hours=1)
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)
    return [str(item.outgoing.arguments["text"]) for item in walker.nudges]


async def test_take_me_there_shows_the_store_and_offers_to_book(mia_walks: Walker) -> None:
    sent = await nudged(mia_walks)
    reply = await mia_walks.phone.taps(sent.buttons["Take me there"], sent)
    venue, changed = reply.items
    assert venue.outgoing.method == "sendVenue"
    assert venue.outgoing.arguments["title"] == "Downtown Café"
    assert changed.outgoing.method == "editMessageReplyMarkup"
    taken = Sent([changed])
    assert list(taken.buttons) == ["Book it", "Take me there", "Fewer like this", "Pause offers"]
    booked = await mia_walks.phone.taps(taken.buttons["Book it"], taken.message_id, text=sent.text)
    assert "$2.80 with CAFE20" in booked.text


async def test_save_coupon_keeps_it(mia_buys: Walker) -> None:
    phone, counter = mia_buys.phone, mia_buys.counter
    sent = await nudged(mia_buys)
    for toast in (texts.SAVED, texts.ALREADY_SAVED):
        changed = await phone.taps(sent.buttons["Save coupon"], sent)
        assert counter.toasts[-1] == english(toast)
        assert "Save coupon" not in changed.buttons
    async with counter.database.reading() as work:
        assert [each.code for each in await work.coupons.saved_by(7)] == ["CAFE20"]


async def test_coupon_that_ended_meanwhile_is_not_kept(mia_buys: Walker) -> None:
    sent = await nudged(mia_buys)
    mia_buys.counter.clock.pass_by(days=40)
    reply = await mia_buys.phone.taps(sent.buttons["Save coupon"], sent)
    assert (reply.items, mia_buys.counter.toasts[-1]) == ([], english(texts.NO_COUPON))


@pytest.mark.parametrize(
    ("labels", "answer", "kind"),
    [
        (["Take me there"], NudgeAnswer.WENT, SignalKind.VIEW),
        (["Save coupon"], NudgeAnswer.SAVED, SignalKind.WISHLIST),
        (["Not now"], NudgeAnswer.NOT_NOW, SignalKind.IGNORE),
        (["Fewer like this"], NudgeAnswer.FEWER, SignalKind.DISMISS),
        (["Pause offers", "1 week"], NudgeAnswer.PAUSED, SignalKind.IGNORE),
    ],
)
async def test_what_was_said_to_a_nudge_is_remembered_once(
    mia_buys: Walker, labels: list[str], answer: NudgeAnswer, kind: SignalKind
) -> None:
    sent = await nudged(mia_buys)
    toasts = len(mia_buys.counter.toasts)
    for _ in range(2):  # the second time on a phone that still shows the old buttons
        shown = sent
        for label in labels:
            reply = await mia_buys.phone.taps(shown.buttons[label], sent)
            shown = Sent(reply.items[-1:])
            assert shown.message_id == sent.message_id
    (nudge,) = await mia_buys.ledger()
    assert nudge.answer is answer
    assert await signals(mia_buys) == [(kind, "hot-chocolate")]
    assert len(mia_buys.counter.toasts) - toasts == 2 * len(labels)


async def test_not_now_takes_the_buttons_away(mia_walks: Walker) -> None:
    sent = await nudged(mia_walks)
    reply = await mia_walks.phone.taps(sent.buttons["Not now"], sent)
    assert reply.methods == ["editMessageReplyMarkup"]
    assert reply.keyboard == {}


async def test_fewer_means_a_week_of_silence_and_nothing_of_that_kind(mia_walks: Walker) -> None:
    sent = await nudged(mia_walks)
    reply = await mia_walks.phone.taps(sent.buttons["Fewer like this"], sent)
    assert reply.text == english(texts.FEWER_OF, category="hot drinks")
    await keep_coupon(mia_walks, "CAFE30", "chai-latte")
    assert len(await walks_again(mia_walks, days=2)) == 1
    assert len(await walks_again(mia_walks, days=7)) == 1, "chai is a hot drink, too"
    await keep_coupon(mia_walks, "CAFE40", "apple-turnover")
    told = await walks_again(mia_walks, days=9)
    assert len(told) == 2
    assert "CAFE40" in told[-1]


async def test_what_was_turned_down_stays_so_however_much_was_looked_at_since(
    mia_walks: Walker,
) -> None:
    sent = await nudged(mia_walks)
    await mia_walks.phone.taps(sent.buttons["Fewer like this"], sent)
    async with mia_walks.counter.database.work() as work:
        later = mia_walks.counter.clock() + timedelta(hours=1)
        for _ in range(200):
            await work.signals.add(Signal(7, "apple-turnover", SignalKind.VIEW, later))
        await work.commit()
    assert len(await walks_again(mia_walks, days=9)) == 1


async def test_fewer_is_taken_back_with_a_tap(mia_walks: Walker) -> None:
    sent = await nudged(mia_walks)
    fewer = await mia_walks.phone.taps(sent.buttons["Fewer like this"], sent)
    for _ in range(2):
        undone = await mia_walks.phone.taps(fewer.buttons["Undo"], fewer)
        assert (undone.text, undone.buttons) == (english(texts.FEWER_UNDONE), {})
    assert (await mia_walks.ledger())[0].answer is None
    assert await signals(mia_walks) == []
    assert len(await walks_again(mia_walks, days=2)) == 2


@pytest.mark.parametrize(
    ("length", "until", "hears_on_day"),
    [
        ("Today", "Saturday", 1),
        ("1 week", "November 27", 7),
        ("Until I say", "you say", None),
    ],
)
async def test_pause_asks_how_long_and_keeps_the_offer_in_sight(
    mia_walks: Walker, length: str, until: str, hears_on_day: int | None
) -> None:
    phone = mia_walks.phone
    sent = await nudged(mia_walks)
    asked = await phone.taps(sent.buttons["Pause offers"], sent)
    assert list(asked.buttons) == ["Today", "1 week", "Until I say", "Back"]
    paused = await phone.taps(asked.buttons[length], sent)
    offer, told = paused.text.split("\n\n")
    assert offer == sent.text
    assert told.startswith(f"Done, offers are paused until {until}.")
    assert paused.bold == ["Downtown Café"]
    again = await phone.taps(asked.buttons[length], paused)
    assert again.text == paused.text
    if hears_on_day is not None:
        assert len(await walks_again(mia_walks, days=hears_on_day)) == 2
        return
    assert len(await walks_again(mia_walks, days=20)) == 1
    ended = await phone.taps(paused.buttons["End the pause"], paused)
    assert ended.text == english(texts_rights.PAUSE_OVER)


async def test_back_from_the_lengths_of_a_pause(mia_buys: Walker) -> None:
    sent = await nudged(mia_buys)
    asked = await mia_buys.phone.taps(sent.buttons["Pause offers"], sent)
    back = await mia_buys.phone.taps(asked.buttons["Back"], sent)
    assert back.keyboard == sent.keyboard
    assert (await mia_buys.ledger())[0].answer is None


async def test_back_offers_no_coupon_that_was_saved_meanwhile(mia_buys: Walker) -> None:
    sent = await nudged(mia_buys)
    asked = await mia_buys.phone.taps(sent.buttons["Pause offers"], sent)
    await mia_buys.phone.taps(sent.buttons["Save coupon"], sent)
    back = await mia_buys.phone.taps(asked.buttons["Back"], sent)
    assert list(back.buttons) == ["Take me there", "Not now", "Fewer like this", "Pause offers"]


EVERY_BUTTON = ("Take me there", "Save coupon", "Not now", "Fewer like this", "Pause offers")


@pytest.mark.parametrize("label", EVERY_BUTTON)
async def test_forwarded_button_does_nothing(mia_buys: Walker, ben: Phone, label: str) -> None:
    sent = await nudged(mia_buys)
    assert (await ben.taps(sent.buttons[label], sent)).items == []
    assert mia_buys.counter.toasts[-1] == english(texts.BUTTON_NOT_YOURS)
    assert (await mia_buys.ledger())[0].answer is None
    assert await signals(mia_buys) == []


@pytest.mark.parametrize("label", EVERY_BUTTON)
async def test_button_of_what_is_gone_says_so(mia_buys: Walker, label: str) -> None:
    sent = await nudged(mia_buys)
    async with mia_buys.counter.database.work() as work:
        await work.suggestions.delete_before(MORNING + timedelta(days=1))
        await work.commit()
    assert (await mia_buys.phone.taps(sent.buttons[label], sent)).items == []
    gone = texts.NO_COUPON if label == "Save coupon" else texts.BUTTON_STALE
    assert mia_buys.counter.toasts[-1] == english(gone)


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
