"""Two shoppers who are each other's people: linked by a code and a yes, unlinked by one tap, and what neither ever sees."""

from datetime import timedelta
from typing import Any

import pytest

from handlers import texts_family
from storage.records import Present, Relation
from tests.builders import order, purchase
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent, phone
from tests.sample_town import MORNING

MIA, BEN = 7, 8
ASKS = "I need a present for my husband"


async def code_for(maker: Phone, nickname: str = "husband") -> str:
    """Have a code made, and give what the other sends."""
    offer = await maker.says(f"/family link {nickname}")
    return offer.text.rsplit("\n", 1)[1]


async def linked(mia: Phone, ben: Phone) -> None:
    await mia.says("/family add husband")
    await ben.says("/family me, likes board games, no wool, birthday 3 June")
    asked = await ben.says(await code_for(mia))
    await ben.taps(asked.buttons["Accept"], asked)


def texts_of(sent: Sent) -> list[str]:
    return [str(item.outgoing.arguments["text"]) for item in sent.seen]


async def offered(by: Phone, text: str = ASKS) -> Sent:
    """Ask for a present, without a place."""
    answer = await by.says(text)
    return await by.says("Just search") if "Just search" in str(answer.keyboard) else answer


async def products_shown(counter: Counter, to: int) -> list[str]:
    async with counter.database.reading() as work:
        shown = await work.suggestions.shown_to(to, counter.clock() - timedelta(hours=1))
    return [each.product_id for each in shown]


async def test_question_says_what_is_shared_and_what_never_is(mia: Phone, ben: Phone) -> None:
    await mia.says("/family add husband")
    asked = await ben.says(await code_for(mia))
    assert asked.text == english(texts_family.LINK_ASK, name="Mia")
    assert list(asked.buttons) == ["Accept", "No, thanks"]


async def test_linked_people_see_what_each_tells_of_themselves(mia: Phone, ben: Phone) -> None:
    await linked(mia, ben)
    shown = await mia.says("/family")
    assert "husband – board games, no wool; birthday June 3 (linked)" in shown.text
    assert "Mia (partner) (linked)" in (await ben.says("/family")).text
    await mia.says("/family me, likes tea")
    assert "– tea" in (await ben.says("/family")).text


async def test_accepting_tells_both(mia: Phone, ben: Phone) -> None:
    await mia.says("/family add husband")
    asked = await ben.says(await code_for(mia))
    told = await ben.taps(asked.buttons["Accept"], asked)
    assert [item.outgoing.chat_id for item in told.seen] == [BEN, MIA]
    assert texts_of(told)[0].startswith("You and Mia are linked.")
    assert texts_of(told)[1].startswith("You and husband are linked.")


async def test_what_is_told_by_the_linked_chooses_their_present(
    mia: Phone, ben: Phone, counter: Counter
) -> None:
    await linked(mia, ben)
    offer = await offered(mia)
    assert "game" in offer.text.casefold() or "puzzle" in offer.text.casefold()
    why = await mia.taps(offer.buttons["Why?"], offer)
    assert "husband likes board games" in why.text


@pytest.mark.parametrize("way", ["declined", "used", "expired", "unknown"])
async def test_code_that_does_not_count_links_nobody(
    mia: Phone, ben: Phone, counter: Counter, way: str
) -> None:
    await mia.says("/family add husband")
    code = await code_for(mia)
    if way == "declined":
        asked = await ben.says(code)
        no = await ben.taps(asked.buttons["No, thanks"], asked)
        assert no.text == english(texts_family.LINK_DECLINED)
    elif way == "used":
        zoe = phone(counter, 9, "Zoe")
        asked = await zoe.says(code)
        await zoe.taps(asked.buttons["Accept"], asked)
    elif way == "expired":
        counter.clock.pass_by(days=2, minutes=1)
    else:
        code = code[:-3] + "xyz"
    said = await ben.says(code)
    assert said.text == english(texts_family.LINK_VOID)
    assert await links_of(counter, BEN) == 0


async def test_own_and_forwarded_codes_are_refused(
    mia: Phone, ben: Phone, counter: Counter
) -> None:
    await mia.says("/family add husband")
    code = await code_for(mia)
    assert (await mia.says(code)).text == english(texts_family.LINK_OWN)
    origin: dict[str, Any] = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
    forwarded = await ben.says(code, forward_origin=origin)
    assert forwarded.text == english(texts_family.LINK_FORWARDED)
    assert await links_of(counter, BEN) == await links_of(counter, MIA) == 0


async def test_accept_button_of_another_does_nothing(
    mia: Phone, ben: Phone, counter: Counter
) -> None:
    await mia.says("/family add husband")
    asked = await ben.says(await code_for(mia))
    zoe = phone(counter, 9, "Zoe")
    await zoe.taps(asked.buttons["Accept"], asked)
    assert await links_of(counter, MIA) == 0


@pytest.mark.parametrize("who", ["maker", "other"])
async def test_either_side_ends_it_at_once(
    mia: Phone, ben: Phone, counter: Counter, who: str
) -> None:
    await linked(mia, ben)
    ends, nickname = (mia, "husband") if who == "maker" else (ben, "Mia")
    shown = await ends.says("/family")
    await ends.taps(shown.buttons[f"Unlink {nickname}"], shown)
    assert counter.toasts[-1] == english(texts_family.UNLINKED)
    assert "board games" not in (await mia.says("/family")).text
    assert await links_of(counter, MIA) == await links_of(counter, BEN) == 0


@pytest.mark.parametrize("way", ["removed", "forgotten"])
async def test_whoever_goes_takes_the_link_along(
    mia: Phone, ben: Phone, counter: Counter, way: str
) -> None:
    await linked(mia, ben)
    if way == "removed":
        shown = await ben.says("/family")
        sure = await ben.taps(shown.buttons["Remove Mia"], shown)
        await ben.taps(sure.buttons["Yes, remove"], sure)
    else:
        async with counter.database.work() as work:
            await work.shoppers.forget(BEN, counter.clock())
            await work.commit()
    assert "board games" not in (await mia.says("/family")).text
    assert await links_of(counter, MIA) == 0


async def links_of(counter: Counter, shopper_id: int) -> int:
    async with counter.database.reading() as work:
        return len(await work.links.of_shopper(shopper_id))


async def live(counter: Counter, shopper_id: int, product_id: str) -> None:
    """Have somebody buy, order, save, like and declare things."""
    async with counter.database.work() as work:
        await work.purchases.add_many(
            [purchase(shopper_id, product_id=product_id, purchased_at=MORNING)] * 9
        )
        await work.orders.place(order("B1-0001", shopper_id, product_id=product_id))
        await work.commit()


@pytest.mark.parametrize("is_linked", [False, True])
async def test_what_others_buy_changes_no_byte(
    mia: Phone, ben: Phone, counter: Counter, *, is_linked: bool
) -> None:
    """Of somebody unlinked nothing shows at all, of somebody linked nothing that they buy."""
    if is_linked:
        await linked(mia, ben)
    else:
        await mia.says("/family add husband")
        await ben.says("/start")
    before = [texts_of(await offered(mia)), texts_of(await mia.says("/family"))]
    first = await products_shown(counter, MIA)
    await live(counter, BEN, first[0])
    if not is_linked:
        await ben.says("/family me, likes puzzles, birthday 3 June")
        await ben.says("/family add Mia, likes puzzles")
    counter.clock.pass_by(hours=3)  # so that the first question is no talk before the second
    after = [texts_of(await offered(mia)), texts_of(await mia.says("/family"))]
    assert [each[0].split(".", 1)[1] for each in after] == [
        each[0].split(".", 1)[1] for each in before
    ]  # the sentence that opens a reply changes from one to the next
    assert (await products_shown(counter, MIA))[-1:] == first[-1:]


async def test_present_on_its_way_is_not_recommended_to_whom_it_is_for(
    mia: Phone, ben: Phone, counter: Counter
) -> None:
    await linked(mia, ben)
    await offered(ben, "surprise me")
    before = await products_shown(counter, BEN)
    async with counter.database.work() as work:
        (husband,) = await work.links.people(MIA)
        await work.orders.place(order("M1-0001", MIA, product_id=before[0]))
        await work.presents.add(Present("M1-0001", MIA, husband.id, before[0], counter.clock()))
        await work.commit()
    counter.clock.pass_by(hours=3)
    shown = await offered(ben, "surprise me")
    after = await products_shown(counter, BEN)
    assert after
    assert before[0] not in after
    assert before[0] not in str(shown.arguments)
    for view in ("/family", "/orders", "/history"):
        assert "M1-0001" not in str((await ben.says(view)).arguments)


async def test_spanish_is_asked_in_spanish(mia: Phone, counter: Counter) -> None:
    await mia.says("/family add husband")
    eva = phone(counter, 9, "Eva", "es")
    asked = await eva.says(await code_for(mia))
    assert asked.text.startswith("Mia quiere enlazarse contigo.")
    assert list(asked.buttons) == ["Aceptar", "No, gracias"]


async def test_entry_of_oneself_is_nobody_to_shop_for(mia: Phone, counter: Counter) -> None:
    await mia.says("/family me, likes tea")
    async with counter.database.reading() as work:
        (me,) = await work.relatives.of_shopper(MIA)
        assert me.relation is Relation.SELF
        assert await work.links.people(MIA) == []
