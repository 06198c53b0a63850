"""Pictures both ways over HTTP: a photo of a barcode is answered with an offer, what was spent with a picture."""

from datetime import UTC, datetime, timedelta

import aiohttp

from knowledge.barcodes import qr_png
from scripts.phone import Phone, text_of
from storage.records import Purchase
from tests.journeys.conftest import DAY
from tests.journeys.stage import Stage

MIA = 7


async def sends_photo(stage: Stage, by: Phone, picture: bytes) -> None:
    """Send a photo as the phone page does."""
    form = aiohttp.FormData()
    form.add_field("file", picture, filename="photo.png", content_type="image/png")
    url = f"{stage.server.url}/phone/{by.user_id}/photo"
    async with stage.http.post(url, data=form) as response:
        assert response.status == 200, await response.text()


async def test_photo_of_a_code_becomes_an_offer(stage: Stage) -> None:
    await stage.start()
    mia = stage.phone(MIA)
    await mia.write("/start")
    await mia.hear()
    async with stage.database.reading() as work:
        thing = await work.products.get("hot-chocolate")
    assert thing is not None
    await sends_photo(stage, mia, qr_png(thing.gtin or ""))
    assert thing.title in text_of((await mia.hear())[-1])


async def test_what_was_spent_comes_as_a_picture_and_changes_its_colours_in_place(
    stage: Stage,
) -> None:
    await stage.start()
    mia = stage.phone(MIA)
    await mia.write("/start")
    await mia.hear()
    at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) - timedelta(days=2)
    async with stage.database.work() as work:
        await work.purchases.add_many([Purchase(MIA, "tea-room", "hot-chocolate", 1, 350, at)])
        await work.commit()
    await mia.write("/history")
    listed = (await mia.hear())[-1]
    await mia.tap(listed, "Month by month")
    shown = (await mia.hear())[-1]
    assert shown["photo"][-1]["width"] == 1080
    assert "you spent $3.50" in shown["caption"]
    first = shown["photo"][-1]["file_unique_id"]
    await mia.tap(shown, "Dark picture")
    await mia.see(
        shown["message_id"],
        lambda message: message["photo"][-1]["file_unique_id"] != first,
    )
