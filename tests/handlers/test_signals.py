"""What a shopper does with what is shown, kept with the suggestion and the place it stood at."""

import pytest

from storage.records import SignalKind
from tests.handlers.conftest import Counter, Phone
from tests.handlers.offering import add_coupon, offered, signals_of, suggestions_of

BOOK, VIEW, IGNORE = SignalKind.BOOK, SignalKind.VIEW, SignalKind.IGNORE


async def kinds(counter: Counter) -> list[SignalKind]:
    return [each.kind for each in reversed(await signals_of(counter, 7))]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Book it", BOOK),
        ("Save", SignalKind.WISHLIST),
        ("Take me there", VIEW),
        ("Why?", VIEW),
        ("Not for me", SignalKind.DISMISS),
    ],
)
async def test_tap_is_kept_with_what_was_shown_however_often_it_comes(
    mia: Phone, counter: Counter, label: str, kind: SignalKind
) -> None:
    offer = await offered(mia)
    for _ in range(2):
        await mia.taps(offer.buttons[label], offer)
    first, *_ = await suggestions_of(counter, 7)
    (signal,) = [each for each in await signals_of(counter, 7) if each.kind is kind]
    assert (signal.suggestion_id, signal.position) == (first.id, 0)


async def test_coupon_that_is_used_is_a_signal_of_its_own_until_it_is_given_up(
    mia: Phone, counter: Counter
) -> None:
    await add_coupon(counter)
    offer = await offered(mia)
    booked = await mia.taps(offer.buttons["Book it"], offer)
    assert await kinds(counter) == [BOOK, SignalKind.COUPON_USED]
    asked = await mia.taps(booked.buttons["Cancel"], booked)
    await mia.taps(asked.buttons["Yes, cancel it"], asked)
    assert await kinds(counter) == []
    await mia.says("where is the library?")
    assert IGNORE not in await kinds(counter)


async def test_what_was_shown_and_left_alone_is_passed_over_once(
    mia: Phone, counter: Counter
) -> None:
    await offered(mia)
    await mia.says("what is your return policy?")
    await mia.says("how do I pay?")
    (signal,) = await signals_of(counter, 7)
    first, *_ = await suggestions_of(counter, 7)
    assert (signal.kind, signal.suggestion_id) == (IGNORE, first.id)


async def test_options_beside_the_one_taken_are_passed_over(mia: Phone, counter: Counter) -> None:
    await mia.shares()
    listed = await mia.says("hot chocolate")
    taken = await mia.taps(listed.buttons["2"], listed)
    assert "Book it" in taken.buttons
    await mia.says("what is your return policy?")
    found = {each.position: each.kind for each in await signals_of(counter, 7)}
    assert found.pop(1) is VIEW
    assert set(found.values()) == {IGNORE}


@pytest.mark.parametrize("minutes", [31, 600])
async def test_who_comes_back_later_passes_nothing_over(
    mia: Phone, counter: Counter, minutes: int
) -> None:
    await offered(mia)
    counter.clock.pass_by(minutes=minutes)
    await mia.says("what is your return policy?")
    assert await signals_of(counter, 7) == []


async def test_going_on_with_what_was_shown_leaves_nothing_alone(
    mia: Phone, counter: Counter
) -> None:
    await offered(mia)
    await mia.says("something cheaper")
    assert IGNORE not in await kinds(counter)
