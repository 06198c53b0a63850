import re
from base64 import b64decode

from handlers import texts
from handlers.callbacks import Action
from knowledge.barcodes import read_codes
from storage.records import OrderStatus
from tests.builders import order
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ANA, MORNING


async def status_of(counter: Counter, code: str) -> OrderStatus:
    async with counter.database.reading() as work:
        found = await work.orders.get(code)
    assert found is not None
    return found.status


async def test_orders_are_listed_newest_first_with_the_open_ones_buttons(ana: Phone) -> None:
    reply = await ana.says("/orders")
    lines = reply.text.splitlines()
    assert lines[0] == english(texts.ORDERS)
    assert lines[1].startswith("K7-2291: ")
    assert lines[1].endswith(", Home & Co, ready")
    assert lines[2].startswith("  booked ")
    assert ", ready " in lines[2]
    told = [line.split(":")[0] for line in lines[1:] if not line.startswith(" ")]
    assert told == ["K7-2291", "C4-1807", "R2-0954"]
    assert list(reply.buttons) == ["Show code", "Directions", "Cancel", "Change"]
    assert reply.bold == ["K7-2291", "C4-1807", "R2-0954"]


async def test_shopper_without_orders_is_told_how_to_get_one(mia: Phone) -> None:
    assert (await mia.says("/orders")).text == english(texts.NO_ORDERS)


async def test_question_about_the_order_brings_its_buttons(ana: Phone) -> None:
    reply = await ana.says("where is my order")
    said, story = reply.text.splitlines()
    assert said.startswith("Order K7-2291 is ready at Home & Co.")
    assert re.fullmatch(r"booked .*\d:\d\d [AP]M, ready .*\d:\d\d [AP]M", story)
    assert list(reply.buttons) == ["Show code", "Directions", "Cancel", "Change"]


async def test_code_is_shown_as_a_picture_that_a_till_can_scan(ana: Phone) -> None:
    reply = await ana.taps(ana.button(Action.SHOW_CODE, "K7-2291"))
    assert reply.methods == ["sendPhoto"]
    assert reply.arguments["caption"] == f"K7-2291\n{english(texts.SHOW_AT_TILL)}"
    assert read_codes(b64decode(reply.arguments["photo"]["base64"])) == ["K7-2291"]


async def test_order_is_cancelled_only_after_a_yes(ana: Phone, counter: Counter) -> None:
    listed = await ana.says("/orders")
    async with counter.database.reading() as work:
        known = await work.orders.get("K7-2291")
        assert known is not None
        key = (known.store_id, known.product_id)
        before = (await work.stock.quantities([key[1]], [key[0]]))[key]
    sure = await ana.taps(listed.buttons["Cancel"], listed)
    assert sure.text.startswith("Cancel order K7-2291, ")
    assert list(sure.buttons) == ["Yes, cancel it", "Keep it"]
    assert await status_of(counter, "K7-2291") is OrderStatus.READY
    done = await ana.taps(sure.buttons["Yes, cancel it"], sure)
    assert done.text == english(texts.CANCELLED, order="K7-2291")
    assert done.buttons == {}
    assert await status_of(counter, "K7-2291") is OrderStatus.CANCELLED
    async with counter.database.reading() as work:
        assert (await work.stock.quantities([key[1]], [key[0]]))[key] == before + 1


async def test_cancelling_twice_gives_one_piece_back(ana: Phone, counter: Counter) -> None:
    yes = ana.button(Action.CANCEL_YES, "K7-2291")
    async with counter.database.reading() as work:
        known = await work.orders.get("K7-2291")
        assert known is not None
        key = (known.store_id, known.product_id)
        before = (await work.stock.quantities([key[1]], [key[0]]))[key]
    for _ in range(2):
        await ana.taps(yes)
    async with counter.database.reading() as work:
        assert (await work.stock.quantities([key[1]], [key[0]]))[key] == before + 1


async def test_cancelling_gives_the_coupon_back(mia: Phone, counter: Counter) -> None:
    await mia.shares()
    offer = await mia.says("I'm cold")
    booked = await mia.taps(offer.buttons["Book it"], offer)
    assert " with " in booked.text
    async with counter.database.reading() as work:
        (used,) = await work.coupons.uses(7)
    sure = await mia.taps(booked.buttons["Cancel"], booked)
    await mia.taps(sure.buttons["Yes, cancel it"], sure)
    async with counter.database.reading() as work:
        assert used not in await work.coupons.uses(7)


async def test_order_can_be_kept_after_all(ana: Phone, counter: Counter) -> None:
    sure = await ana.taps(ana.button(Action.CANCEL, "K7-2291"))
    kept = await ana.taps(sure.buttons["Keep it"], sure)
    assert kept.text == english(texts.ORDER_KEPT)
    assert await status_of(counter, "K7-2291") is OrderStatus.READY


async def test_collected_order_cannot_be_cancelled(ana: Phone, counter: Counter) -> None:
    for action in (Action.CANCEL, Action.CANCEL_YES):
        reply = await ana.taps(ana.button(action, "C4-1807"))
        assert "is collected and can't be cancelled here" in reply.text
    assert await status_of(counter, "C4-1807") is OrderStatus.COLLECTED


async def test_order_of_somebody_else_is_not_found(mia: Phone, counter: Counter) -> None:
    for action in (Action.CANCEL, Action.CANCEL_YES, Action.SHOW_CODE):
        reply = await mia.taps(mia.button(action, "K7-2291"))
        assert reply.text == english(texts.ORDER_UNKNOWN)
    assert await status_of(counter, "K7-2291") is OrderStatus.READY


async def test_every_open_order_can_be_cancelled_from_the_list(
    ana: Phone, counter: Counter
) -> None:
    async with counter.database.work() as work:
        newer = order(
            "Z9-0001",
            ANA,
            store_id="tea-room",
            product_id="hot-chocolate",
            placed_at=MORNING,
            changed_at=MORNING,
        )
        await work.orders.add_many([newer])
        await work.commit()
    listed = await ana.says("/orders")
    cancels = [label for label in listed.buttons if label.startswith("Cancel")]
    assert cancels == ["Cancel Z9-0001", "Cancel K7-2291"]
    sure = await ana.taps(listed.buttons["Cancel K7-2291"], listed)
    assert "K7-2291" in sure.text


async def test_coupons_are_listed_saved_ones_first(ana: Phone) -> None:
    lines = (await ana.says("/coupons")).text.splitlines()
    assert {line.split(":")[0] for line in lines[1:3]} == {"WARM15", "GIFT5"}
    assert len(lines) == 6
