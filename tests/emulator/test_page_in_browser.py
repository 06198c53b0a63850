"""Drive the phone page in a headless browser; the test plays the bot over the Bot API."""

import re

import pytest

from tests.emulator.browsing import CENTRE, NARROW, SHOPPER, WIDE, Open, next_update, words
from tests.emulator.caller import Caller

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]


async def test_the_start_button_writes_to_the_bot_and_its_reply_appears(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        assert (await next_update(bot, "message"))["text"] == "/start"
        reply = "Cocoa ☕ at Tea Room, 43 m"
        bold = {"type": "bold", "offset": reply.index("Tea"), "length": len("Tea Room")}
        await bot.result("sendMessage", chat_id=SHOPPER, text=reply, entities=[bold])
        assert await page.locator("[role=log] strong").inner_text() == "Tea Room"


async def test_the_phone_is_no_wider_than_a_narrow_screen(bot: Caller, opened: Open) -> None:
    async with opened(NARROW) as page:
        phone = await page.locator("[data-part=phone]").bounding_box()
        assert (phone["x"], phone["width"]) == (0, NARROW["width"])


async def test_a_written_text_reaches_the_bot_under_the_shoppers_name(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, "?user=901") as page:
        await page.get_by_label("Message", exact=True).fill("I'm cold")
        await page.keyboard.press("Enter")
        message = await next_update(bot, "message")
        assert (message["text"], message["from"]["first_name"]) == ("I'm cold", "Ana")
        await page.wait_for_selector("article.own:not(.outgoing)")
        assert await page.locator("article.own").count() == 1


async def test_a_text_never_becomes_markup(bot: Caller, opened: Open) -> None:
    async with opened(WIDE) as page:
        await bot.say("hello")
        nasty = '<img src=x onerror="document.title=1"><b>x</b>'
        link = {"type": "text_link", "offset": 0, "length": 4, "url": "https://example.com/"}
        await bot.result("sendMessage", chat_id=SHOPPER, text=nasty, entities=[link])
        bubble = page.locator("article:not(.own) .words")
        assert await bubble.inner_text() == nasty
        assert await bubble.locator("img, b").count() == 0


async def test_a_tapped_button_asks_the_bot_and_the_answer_shows_as_a_toast(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await bot.say("hello")
        rows = [[{"text": "Book it", "callback_data": "book:1"}]]
        markup = {"inline_keyboard": rows}
        sent = await bot.result("sendMessage", chat_id=SHOPPER, text="Book?", reply_markup=markup)
        await page.get_by_role("button", name="Book it").click()
        query = await next_update(bot, "callback_query")
        assert query["data"] == "book:1"
        await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="Kept for you")
        await page.locator(".toast", has_text="Kept for you").wait_for()
        await bot.result(
            "editMessageText", chat_id=SHOPPER, message_id=sent["message_id"], text="Booked"
        )
        await page.locator("article", has_text=words("edited")).wait_for()
        assert await page.get_by_role("button", name="Book it").count() == 0


async def test_a_deleted_message_vanishes(bot: Caller, opened: Open) -> None:
    async with opened(WIDE) as page:
        await bot.say("hello")
        sent = await bot.result("sendMessage", chat_id=SHOPPER, text="Gone soon")
        bubble = page.locator("article", has_text="Gone soon")
        await bubble.wait_for()
        await bot.result("deleteMessage", chat_id=SHOPPER, message_id=sent["message_id"])
        await bubble.wait_for(state="detached")


async def test_typing_shows_until_the_message_comes(bot: Caller, opened: Open) -> None:
    async with opened(WIDE) as page:
        await bot.say("hello")
        await bot.result("sendChatAction", chat_id=SHOPPER, action="typing")
        await page.get_by_text("typing …").wait_for()
        await bot.result("sendMessage", chat_id=SHOPPER, text="Here")
        await page.get_by_text("typing …").wait_for(state="hidden")


async def test_the_keyboard_alone_picks_and_shares_the_middle_of_the_map(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await page.get_by_role("application").focus()
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Share this place").click()
        place = (await next_update(bot, "message"))["location"]
        assert place["latitude"] == pytest.approx(CENTRE["latitude"], abs=0.01)
        assert place["horizontal_accuracy"] == 10
        await page.locator(".map-card").wait_for()


async def test_a_location_key_on_a_narrow_phone_opens_the_map_and_comes_back(
    bot: Caller, opened: Open
) -> None:
    async with opened(NARROW) as page:
        await bot.say("hello")
        key = {"text": "Share location", "request_location": True}
        markup = {"keyboard": [[key]], "resize_keyboard": True}
        await bot.result("sendMessage", chat_id=SHOPPER, text="Where?", reply_markup=markup)
        await page.get_by_role("button", name="Share location").click()
        await page.get_by_label("Go to a store").select_option(label="Tea Room")
        await page.get_by_role("button", name="Share this place").click()
        update = await next_update(bot, "message")
        while "location" not in update:
            update = await next_update(bot, "message")
        assert update["location"]["longitude"] == pytest.approx(-69.111)
        await page.get_by_role("log").get_by_text("At Tea Room").wait_for()


async def test_a_live_share_moves_when_the_shopper_jumps_and_ends_when_stopped(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        stores = page.get_by_label("Go to a store")
        await stores.select_option(label="Tea Room")
        await page.get_by_role("button", name="Share live").click()
        assert (await next_update(bot, "message"))["location"]["live_period"] == 900
        # The bot may hear of it before the page does, which then takes its mark off the map.
        await page.get_by_role("button", name="Stop sharing").wait_for()
        await stores.select_option(label="Shoe Box")
        await page.get_by_role("button", name="Jump there").click()
        moved = (await next_update(bot, "edited_message"))["location"]
        assert moved["latitude"] == pytest.approx(44.073)
        await page.get_by_role("button", name="Stop sharing").click()
        assert "live_period" not in (await next_update(bot, "edited_message"))["location"]


async def test_a_chosen_time_of_day_shows_on_the_phone_and_in_the_bubbles(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await bot.say("hello")
        await page.get_by_role("button", name=words("Shop clock")).click()
        await page.get_by_role("button", name="10:30 PM").click()
        await page.locator("article time", has_text=re.compile(r"10:(29|30|31) PM")).wait_for()


async def test_a_new_shopper_is_remembered_over_a_reload(bot: Caller, opened: Open) -> None:
    async with opened(WIDE, "") as page:
        await page.get_by_role("button", name=words("Change shopper")).click()
        await page.get_by_label("First name").fill("Mika")
        await page.get_by_role("button", name="New shopper").click()
        chosen = page.url
        await page.goto(bot.server.url)
        await page.get_by_role("button", name=words("Mika's phone")).wait_for()
        assert page.url == chosen


async def test_every_control_on_a_narrow_phone_has_a_name_and_room_for_a_finger(
    bot: Caller, opened: Open
) -> None:
    async with opened(NARROW) as page:
        await bot.say("hello")
        rows = [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]
        markup = {"inline_keyboard": rows}
        await bot.result("sendMessage", chat_id=SHOPPER, text="Well?", reply_markup=markup)
        await page.get_by_role("button", name="Yes").wait_for()
        controls = page.locator("[data-part=phone] button:visible:not(.message-actions)")
        assert await controls.count() >= 7
        for control in await controls.all():
            name = await control.get_attribute("aria-label") or await control.inner_text()
            box = await control.bounding_box()
            assert name.strip()
            assert min(box["width"], box["height"]) >= 44, name
        assert await page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
