"""/family: listed, added and removed by whom they belong to, and by nobody else."""

from datetime import timedelta

import pytest

from handlers import texts, texts_family
from handlers.callbacks import Action
from storage.records import Birthday, Relation, Relative
from storage.relatives import MOST_RELATIVES
from tests.builders import relative
from tests.english import ENGLISH, english
from tests.handlers.conftest import Counter, Phone, Sent

MUM = "/family add mum, likes candles, vegan, birthday 12 May"


async def family_of(counter: Counter, shopper_id: int = 7) -> list[Relative]:
    async with counter.database.reading() as work:
        return await work.relatives.of_shopper(shopper_id)


def texts_of(sent: Sent) -> list[str]:
    return [str(item.outgoing.arguments["text"]) for item in sent.seen]


async def test_family_without_anybody_says_how_to_add_in_one_example(mia: Phone) -> None:
    shown = await mia.says("/family")
    assert texts_family.EXAMPLE in shown.text
    assert "I keep only a nickname, tastes and a birthday" in shown.text
    assert shown.buttons == {}


async def test_the_example_works(mia: Phone, counter: Counter) -> None:
    said = await mia.says(texts_family.EXAMPLE)
    assert said.text.splitlines()[0] == "Noted: mum – candles, vegan; birthday May 12."
    assert said.bold == ["mum"]
    (kept,) = await family_of(counter)
    assert (kept.nickname, kept.relation) == ("mum", Relation.PARENT)
    assert (kept.tastes, kept.birthday) == ("candles, vegan", Birthday(5, 12))


async def test_spanish_is_understood_as_well(mia: Phone, counter: Counter) -> None:
    await mia.says("/family añade mamá, le gustan las velas, cumpleaños 12 de mayo")
    (kept,) = await family_of(counter)
    assert (kept.nickname, kept.relation) == ("mamá", Relation.PARENT)
    assert (kept.tastes, kept.birthday) == ("velas", Birthday(5, 12))


async def test_everybody_has_a_line_and_a_button(mia: Phone) -> None:
    await mia.says(MUM)
    await mia.says("/family add Beatrix, my sister")
    shown = await mia.says("/family")
    assert shown.text.splitlines()[:3] == [
        "You shop for:",
        "mum – candles, vegan; birthday May 12",
        "Beatrix (sibling)",
    ]
    assert list(shown.buttons) == ["Remove mum", "Remove Beatrix"]
    assert shown.bold == ["mum", "Beatrix"]


async def test_said_again_changes_what_was_said_and_keeps_the_rest(
    mia: Phone, counter: Counter
) -> None:
    await mia.says(MUM)
    said = await mia.says("/family add Mum, likes tea")
    assert said.text.splitlines()[0] == "Changed: mum – tea; birthday May 12."
    (kept,) = await family_of(counter)
    assert (kept.tastes, kept.birthday) == ("tea", Birthday(5, 12))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "A nickname comes first."),
        ("Bea, birthday 31 April", "“31 april” is no day I know. Write the birthday like 12 May."),
        ("Bea, birthday 5/6/1960", "“5/6/1960” can be two days. Write the birthday like 12 May."),
        ("Bea, +12025550143", "I keep no numbers and addresses of other people."),
    ],
)
async def test_what_cannot_be_right_is_answered_and_keeps_nothing(
    mia: Phone, counter: Counter, words: str, answer: str
) -> None:
    said = await mia.says(f"/family add {words}")
    assert said.text.startswith(answer)
    assert "Nothing was changed." in said.text
    assert await family_of(counter) == []


async def test_list_that_is_full_says_so(mia: Phone, counter: Counter) -> None:
    await mia.says("/start")
    async with counter.database.work() as work:
        for number in range(MOST_RELATIVES):
            await work.relatives.add(relative(f"friend {number}"))
        await work.commit()
    said = await mia.says(MUM)
    assert said.text == english(texts_family.FULL, count=MOST_RELATIVES)
    assert len(await family_of(counter)) == MOST_RELATIVES


async def test_removed_only_after_a_yes_where_the_list_stands(
    mia: Phone, counter: Counter
) -> None:
    await mia.says(MUM)
    await mia.says("/family add Beatrix")
    shown = await mia.says("/family")
    sure = await mia.taps(shown.buttons["Remove mum"], shown)
    assert sure.text == "Remove mum? What I know of them goes too."
    assert len(await family_of(counter)) == 2
    again = await mia.taps(sure.buttons["No, keep"], sure)
    assert again.text == shown.text
    sure = await mia.taps(again.buttons["Remove mum"], again)
    left = await mia.taps(sure.buttons["Yes, remove"], sure)
    assert counter.toasts[-1] == english(texts_family.REMOVED)
    assert left.message_id == shown.message_id
    assert list(left.buttons) == ["Remove Beatrix"]
    assert [each.nickname for each in await family_of(counter)] == ["Beatrix"]


async def test_yes_tapped_twice_removes_once(mia: Phone, counter: Counter) -> None:
    await mia.says(MUM)
    shown = await mia.says("/family")
    sure = await mia.taps(shown.buttons["Remove mum"], shown)
    await mia.taps(sure.buttons["Yes, remove"], sure)
    await mia.says("/family add dad")
    await mia.taps(sure.buttons["Yes, remove"], sure)
    assert counter.toasts[-1] == english(texts.BUTTON_STALE)
    assert [each.nickname for each in await family_of(counter)] == ["dad"]
    await mia.taps(shown.buttons["Remove mum"], shown)
    assert counter.toasts[-1] == english(texts.BUTTON_STALE)


@pytest.mark.parametrize("action", [Action.FAMILY_REMOVE, Action.FAMILY_REMOVE_YES])
async def test_button_of_somebody_else_removes_nobody(
    mia: Phone, ben: Phone, counter: Counter, action: Action
) -> None:
    await mia.says(MUM)
    await ben.says("/start")
    (mum,) = await family_of(counter)
    sent = await ben.taps(mia.button(action, mum.id))
    assert sent.seen == []
    assert counter.toasts[-1] == english(texts.BUTTON_NOT_YOURS)
    assert await family_of(counter) == [mum]


@pytest.mark.parametrize("action", [Action.FAMILY_REMOVE, Action.FAMILY_REMOVE_YES])
async def test_own_button_with_the_number_of_anothers_relative_does_nothing(
    mia: Phone, ben: Phone, counter: Counter, action: Action
) -> None:
    """Nobody gives such a button out; should one ever be, the owner is still asked for."""
    await mia.says(MUM)
    await ben.says("/start")
    (mum,) = await family_of(counter)
    sent = await ben.taps(ben.button(action, mum.id))
    assert [text for text in texts_of(sent) if text != texts_family.family([], ENGLISH)] == []
    assert counter.toasts[-1] == english(texts.BUTTON_STALE)
    assert await family_of(counter) == [mum]


async def test_name_of_a_relative_is_masked_in_what_is_kept(mia: Phone, counter: Counter) -> None:
    await mia.says("/family add Wrenlow, my sister")
    await mia.says("something warm for wrenlow")
    async with counter.database.reading() as work:
        turns = await work.dialogues.latest(7)
    assert turns[0].text == "something warm for <NAME_1>"


async def test_forgetting_takes_the_family_along(mia: Phone, counter: Counter) -> None:
    await mia.says(MUM)
    sure = await mia.says("/forget")
    await mia.taps(sure.buttons["Yes, erase everything"], sure)
    assert await family_of(counter) == []


async def test_what_is_booked_for_somebody_is_remembered_for_them(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/family add mum, likes candles")
    offer = await mia.says("I need a present for my mum")
    if "Just search" in str(offer.keyboard):
        offer = await mia.says("Just search")
    async with counter.database.reading() as work:
        (shown,) = await work.suggestions.shown_to(7, counter.clock() - timedelta(hours=1))
        (mum,) = await work.relatives.of_shopper(7)
    assert shown.relative_id == mum.id
    why = await mia.taps(offer.buttons["Why?"], offer)
    assert "mum likes candles" in why.text
    await mia.taps(offer.buttons["Book it"], offer)
    async with counter.database.reading() as work:
        (present,) = await work.presents.of_shopper(7)
    assert (present.relative_id, present.product_id) == (mum.id, shown.product_id)
