"""Photos: what their codes stand for, and a friendly word where there is none."""

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from handlers import texts_photos
from handlers.shopper import photos
from knowledge.barcodes import MAX_BYTES, qr_png
from knowledge.concierge import Concierge
from storage.records import OrderStatus, Product, Stock
from tests.builders import order
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent, phone
from tests.handlers.shift import ADMIN, CAFE, EVE, OTHER, Shift

SIZE = {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60}
PHOTO = [SIZE, SIZE | {"file_id": "f", "width": 900, "height": 600}]
BLANK = Image.new("L", (900, 600), 200)


def jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, format="JPEG")
    return written.getvalue()


def barcode(number: str) -> bytes:
    label = zxingcpp.create_barcode(number, zxingcpp.BarcodeFormat.EAN13).to_image(scale=3)
    table = BLANK.copy()
    table.paste(Image.fromarray(np.asarray(label)), (200, 150))
    return jpeg(table)


async def photographs(who: Phone, picture: bytes, **more: object) -> Sent:
    who.counter.session.files["f"] = picture
    return await who.sends(photo=PHOTO, **more)


async def product(counter: Counter, product_id: str = "hot-chocolate") -> Product:
    async with counter.database.reading() as work:
        found = await work.products.get(product_id)
    assert found is not None
    return found


@pytest.fixture
def shift(counter: Counter, mia: Phone, concierge: Concierge) -> Shift:
    return Shift(counter, mia, concierge)


# Products


async def test_barcode_becomes_an_offer_at_the_nearest_store(mia: Phone, counter: Counter) -> None:
    await mia.shares()
    thing = await product(counter)
    offer = await photographs(mia, barcode(thing.gtin or ""))
    assert thing.title in offer.text
    assert "Downtown Café" in offer.text
    assert "$3.50" in offer.text
    assert "WARM15" in offer.text
    assert {"Book it", "Coupon", "Save", "Take me there", "Why?"} <= set(offer.buttons)
    booked = await mia.taps(offer.buttons["Book it"], offer)
    assert "Booked. Hot Chocolate" in booked.text


async def test_without_a_place_a_barcode_is_answered_all_the_same(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    thing = await product(counter)
    offer = await photographs(mia, barcode(thing.gtin or ""))
    assert thing.title in offer.text
    assert " m away" not in offer.text


async def test_product_that_is_sold_out_everywhere_is_told_so(
    mia: Phone, counter: Counter
) -> None:
    await mia.shares()
    thing = await product(counter)
    async with counter.database.work() as work:
        stores = [store.id for store in await work.stores.all()]
        pieces = await work.stock.quantities([thing.id], stores)
        await work.stock.add_many([Stock(store_id, thing.id, 0) for store_id, _ in pieces])
        await work.commit()
    told = await photographs(mia, barcode(thing.gtin or ""))
    assert "Book it" not in told.buttons


async def test_talk_goes_on_from_a_photo(mia: Phone, counter: Counter) -> None:
    await mia.shares()
    thing = await product(counter)
    offer = await photographs(mia, barcode(thing.gtin or ""))
    other = await mia.taps(offer.buttons["Not for me"], offer)
    assert "White Hot Chocolate" in other.text
    assert "1. Hot Chocolate" not in other.text
    async with counter.database.reading() as work:
        turns = await work.dialogues.latest(7)
    assert turns[0].text == thing.title


async def test_picture_sent_as_a_file_is_looked_at_too(mia: Phone, counter: Counter) -> None:
    await mia.says("/start")
    thing = await product(counter)
    counter.session.files["f"] = barcode(thing.gtin or "")
    file = {"file_id": "f", "file_unique_id": "u", "mime_type": "image/jpeg"}
    assert thing.title in (await mia.sends(document=file)).text


# Coupons and orders


async def test_code_of_a_coupon_tells_what_it_takes_off(mia: Phone) -> None:
    await mia.says("/start")
    told = await photographs(mia, qr_png("WARM15"))
    assert "WARM15" in told.text
    assert "15 %" in told.text


async def test_own_order_tells_how_it_stands(ana: Phone) -> None:
    told = await photographs(ana, qr_png("K7-2291"))
    assert "K7-2291" in told.text
    assert "Show code" in told.buttons


async def test_order_of_somebody_else_is_a_code_like_any_other(mia: Phone) -> None:
    await mia.says("/start")
    told = await photographs(mia, qr_png("K7-2291"))
    assert told.text == english(texts_photos.CODE_UNKNOWN)


@pytest.mark.parametrize("who", [EVE, ADMIN])
async def test_order_shown_at_the_counter_is_its_card(shift: Shift, who: int) -> None:
    await shift.begins(EVE, ADMIN, OTHER)
    order, _ = await shift.books()
    by = phone(shift.counter, who, "Eve")
    card = await photographs(by, qr_png(f"https://t.me/shop_bot?start=o_{order.code}"))
    assert order.code in card.text
    assert {"Ready", "Can't do"} <= set(card.buttons)
    await by.taps(card.buttons["Ready"], card)
    assert (await shift.order()).status.value == "ready"


async def test_staff_of_another_store_see_no_card(shift: Shift) -> None:
    await shift.begins(OTHER)
    order, _ = await shift.books()
    assert order.store_id == CAFE
    by = phone(shift.counter, OTHER, "Olaf")
    told = await photographs(by, qr_png(order.code))
    assert told.text == english(texts_photos.CODE_UNKNOWN)


# Nothing to go on


async def test_photo_without_a_code_gets_a_friendly_word(mia: Phone) -> None:
    await mia.says("/start")
    assert (await photographs(mia, jpeg(BLANK))).text == english(texts_photos.NO_CODE)


async def test_caption_of_a_photo_without_a_code_is_a_question(mia: Phone) -> None:
    await mia.shares()
    offer = await photographs(mia, jpeg(BLANK), caption="I'm cold")
    assert "Book it" in offer.buttons


async def test_number_of_no_product_is_none_of_ours(mia: Phone) -> None:
    await mia.says("/start")
    told = await photographs(mia, barcode("4006381333931"), caption="do you have this?")
    assert told.text == english(texts_photos.CODE_UNKNOWN)


async def test_file_that_is_no_picture_is_a_photo_without_a_code(mia: Phone) -> None:
    await mia.says("/start")
    assert (await photographs(mia, b"not a picture")).text == english(texts_photos.NO_CODE)


async def test_picture_too_large_is_not_even_fetched(mia: Phone, counter: Counter) -> None:
    await mia.says("/start")
    before = len(counter.session.calls)
    file = {"file_id": "none", "file_unique_id": "u", "mime_type": "image/png"}
    told = await mia.sends(document=file | {"file_size": MAX_BYTES + 1})
    assert told.text == english(texts_photos.TOO_LARGE)
    assert "getFile" not in [call.__api_method__ for call in counter.session.calls[before:]]


async def test_picture_that_telegram_does_not_hand_over_is_asked_for_again(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    counter.session.refuses = True
    assert (await mia.sends(photo=PHOTO)).text == english(texts_photos.NOT_FETCHED)


async def test_photos_of_a_day_are_limited(
    mia: Phone, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "_PER_DAY", 2)
    await mia.says("/start")
    for _ in range(2):
        assert (await photographs(mia, jpeg(BLANK))).text == english(texts_photos.NO_CODE)
    enough = english(texts_photos.ENOUGH, count=2)
    assert (await photographs(mia, jpeg(BLANK))).text == enough
    counter.clock.pass_by(days=1)
    assert (await photographs(mia, jpeg(BLANK))).text == english(texts_photos.NO_CODE)


async def test_nothing_of_a_photo_is_kept(mia: Phone, counter: Counter) -> None:
    await mia.says("/start")
    await photographs(mia, qr_png("WARM15"))
    async with counter.database.reading() as work:
        held = await work.shoppers.held(7)
    assert "iVBOR" not in str(held)


async def test_collected_thing_on_the_counter_can_be_taken_back_by_its_code(shift: Shift) -> None:
    await shift.begins(EVE)
    await shift.mia.says("/start")
    mug = order(
        "K3-1001",
        shift.mia.shopper_id,
        store_id=CAFE,
        product_id="a mug of before",
        status=OrderStatus.COLLECTED,
        changed_at=shift.counter.clock(),
    )
    async with shift.counter.database.work() as work:
        await work.orders.add_many([mug])
        await work.commit()
    card = await photographs(phone(shift.counter, EVE, "Eve"), qr_png("K3-1001"))
    assert list(card.buttons) == ["Back on the shelf", "Set aside"]
