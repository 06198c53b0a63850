"""Several phones on one page: each has its own chat, and one connection tells all of them."""

from typing import Any

import pytest

from tests.emulator.browsing import CENTRE, NARROW, SHOPPER, WIDE, Open, next_update, words
from tests.emulator.caller import Caller

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ANA, OTHER = 901, 8
BOTH = f"?user={SHOPPER}&phones={SHOPPER},{ANA}"


def phone(page: Any, name: str) -> Any:
    return page.get_by_role("region", name=f"{name}'s phone", exact=True)


def tab(page: Any, name: str) -> Any:
    return page.get_by_label("Phones", exact=True).get_by_role("button", name=words(name)).first


async def names(page: Any) -> list[str]:
    return [str(name) for name in await page.locator(".tab .name").all_text_contents()]


async def test_each_phone_shows_its_own_chat_alone(bot: Caller, opened: Open) -> None:
    async with opened(WIDE, BOTH) as page:
        await bot.say("hello")
        await bot.say("hello", user_id=ANA)
        await bot.result("sendMessage", chat_id=ANA, text="For Ana")
        await bot.result("sendMessage", chat_id=SHOPPER, text="For Sam")
        await phone(page, "Ana").get_by_text("For Ana").wait_for()
        await phone(page, "Sam").get_by_text("For Sam").wait_for()
        assert await page.get_by_text("For Ana").count() == 1
        assert await page.get_by_text("For Sam").count() == 1


async def test_what_is_done_on_a_phone_comes_from_its_shopper(bot: Caller, opened: Open) -> None:
    async with opened(WIDE, BOTH) as page:
        for name, text in (("Ana", "tea"), ("Sam", "shoes")):
            await phone(page, name).get_by_label("Message", exact=True).fill(text)
        for name, user_id, text in (("Sam", SHOPPER, "shoes"), ("Ana", ANA, "tea")):
            await phone(page, name).get_by_label("Send").click()
            message = await next_update(bot, "message")
            assert (message["from"]["id"], message["text"]) == (user_id, text)


async def test_typing_buttons_and_answers_stay_on_their_phone(bot: Caller, opened: Open) -> None:
    async with opened(WIDE, BOTH) as page:
        for user_id in (SHOPPER, ANA):
            await bot.say("hello", user_id=user_id)
            markup = {"inline_keyboard": [[{"text": "Book", "callback_data": f"for:{user_id}"}]]}
            await bot.result("sendMessage", chat_id=user_id, text="Book?", reply_markup=markup)
        await bot.result("sendChatAction", chat_id=ANA, action="typing")
        await phone(page, "Ana").get_by_text("typing …").wait_for()
        assert await page.get_by_text("typing …").count() == 1
        await phone(page, "Ana").get_by_role("button", name="Book").click()
        query = await next_update(bot, "callback_query")
        assert (query["from"]["id"], query["data"]) == (ANA, f"for:{ANA}")
        await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="Kept")
        await phone(page, "Ana").locator(".toast", has_text="Kept").wait_for()
        assert await page.locator(".toast").count() == 1


async def test_a_document_uploaded_on_a_phone_reaches_the_bot_whole(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, BOTH) as page:
        coupons = {"name": "coupons.csv", "mimeType": "text/csv", "buffer": b"code\nWARM15\n"}
        await phone(page, "Ana").locator("[data-part=file]").set_input_files(files=[coupons])
        message = await next_update(bot, "message")
        assert (message["from"]["id"], message["document"]["file_name"]) == (ANA, "coupons.csv")
        url = f"{bot.server.url}/file/{message['document']['file_id']}"
        async with bot.session.get(url) as response:
            assert await response.read() == coupons["buffer"]
        await phone(page, "Ana").locator(".file-card", has_text="coupons.csv").wait_for()
        assert await page.locator(".message:visible").count() == 1


async def test_keys_cards_and_edits_stay_on_their_phone(bot: Caller, opened: Open) -> None:
    async with opened(WIDE, BOTH) as page:
        for user_id in (SHOPPER, ANA):
            await bot.say("hello", user_id=user_id)
        venue = {**CENTRE, "title": "Tea Room", "address": "Main Street"}
        keys = {"keyboard": [["Yes", "No"]]}
        sent = await bot.result("sendMessage", chat_id=ANA, text="Tea?", reply_markup=keys)
        await bot.result("sendVenue", chat_id=ANA, **venue)
        await phone(page, "Ana").get_by_role("button", name="Yes", exact=True).wait_for()
        await phone(page, "Ana").locator(".map-card", has_text="Tea Room").wait_for()
        edit = {"message_id": sent["message_id"], "text": "Coffee?"}
        await bot.result("editMessageText", chat_id=ANA, **edit)
        await phone(page, "Ana").get_by_text("Coffee?").wait_for()
        assert await phone(page, "Sam").get_by_role("button", name="Yes", exact=True).count() == 0
        assert await phone(page, "Sam").locator("article").count() == 1


async def test_one_request_for_events_is_open_whatever_the_number_of_phones(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, f"?phones={SHOPPER},{ANA},{OTHER}") as page:
        polls: set[str] = set()
        page.on("request", lambda request: polls.add(request.url) if is_poll(request) else None)
        page.on("requestfinished", lambda request: polls.discard(request.url))
        page.on("requestfailed", lambda request: polls.discard(request.url))
        await bot.say("hello", user_id=OTHER)
        await page.get_by_role("log").get_by_text("hello").wait_for()
        await page.get_by_role("button", name="Add a phone").click()
        async with page.expect_request(words("users=")):
            await page.get_by_role("button", name="New shopper").click()
        await page.wait_for_selector(".phone:nth-child(4):not([data-loading])")
        await bot.say("still there", user_id=ANA)
        await phone(page, "Ana").get_by_text("still there").wait_for()
        (poll,) = polls
        assert poll.split("users=")[1].split("&")[0].count(",") == 3


def is_poll(request: Any) -> bool:
    return "/events" in request.url and "wait=" in request.url


async def test_an_added_phone_hears_what_happens_at_once(bot: Caller, opened: Open) -> None:
    async with opened(WIDE) as page:
        await page.get_by_role("button", name="Add a phone").click()
        await page.get_by_role("button", name=words("Likes tea")).click()
        await bot.say("hello", user_id=ANA)
        await phone(page, "Ana").get_by_text("hello").wait_for()
        await bot.say("me too")
        await phone(page, "Sam").get_by_text("me too").wait_for()
        assert await names(page) == ["Sam", "Ana"]


async def test_choosing_who_has_a_phone_already_leads_to_that_phone(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, BOTH) as page:
        await page.get_by_role("button", name=words("Sam's phone. Change")).click()
        await page.get_by_role("button", name=words("Likes tea")).click()
        await page.wait_for_selector('.phone.active[aria-label="Ana\'s phone"]')
        assert await names(page) == ["Sam", "Ana"]
        assert (await bot.get("people"))["people"][0]["first_name"] == "Ana"


async def test_the_map_speaks_for_the_phone_in_use(bot: Caller, opened: Open) -> None:
    async with opened(WIDE, BOTH) as page:
        title = page.locator("[data-part=place-title]")
        assert (await title.inner_text()).startswith("Sam")
        await phone(page, "Ana").get_by_label("Message", exact=True).focus()
        assert (await title.inner_text()).startswith("Ana")
        assert await tab(page, "Ana").get_attribute("aria-pressed") == "true"
        assert await tab(page, "Sam").get_attribute("aria-pressed") == "false"


async def test_phones_come_back_after_a_reload_and_in_a_bare_address(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, BOTH) as page:
        await tab(page, "Ana").click()
        for again in (page.url, bot.server.url):
            await page.goto(again)
            await page.wait_for_selector('.phone.active[aria-label="Ana\'s phone"]')
            assert await names(page) == ["Sam", "Ana"]


@pytest.mark.parametrize(("closed", "left"), [("Sam", "Ana"), ("Ana", "Sam")])
async def test_a_closed_phone_stays_closed_and_the_last_one_stays_open(
    bot: Caller, opened: Open, closed: str, left: str
) -> None:
    async with opened(WIDE, BOTH) as page:
        await page.get_by_role("button", name=f"Close {closed}'s phone").click()
        assert await names(page) == [left]
        assert await page.get_by_role("button", name=words("Close")).count() == 0
        await page.reload()
        await phone(page, left).wait_for()
        assert await names(page) == [left]


async def test_a_narrow_screen_switches_and_marks_what_nobody_has_seen(
    bot: Caller, opened: Open
) -> None:
    async with opened(NARROW, BOTH) as page:
        await bot.say("hello", user_id=ANA)
        await bot.result("sendMessage", chat_id=ANA, text="Ready")
        await tab(page, "Ana, 1 unread").wait_for()
        assert not await phone(page, "Ana").is_visible()
        await tab(page, "Ana").click()
        await phone(page, "Ana").get_by_text("Ready").wait_for()
        assert not await phone(page, "Sam").is_visible()
        assert await page.get_by_role("button", name=words("unread")).count() == 0
        assert await page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


async def test_a_phone_out_of_sight_on_a_wide_screen_marks_it_too(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, f"?user={SHOPPER}&phones={SHOPPER},{OTHER},9,{ANA}") as page:
        await bot.say("hello", user_id=ANA)
        await bot.result("sendMessage", chat_id=ANA, text="Ready")
        await tab(page, "Ana, 1 unread").click()
        await page.wait_for_selector(".tab:not(.unseen-waits):nth-child(4)")


async def test_keys_alone_add_switch_and_close(bot: Caller, opened: Open) -> None:
    async with opened(WIDE) as page:
        await page.get_by_role("button", name="Add a phone").focus()
        await page.keyboard.press("Enter")
        await page.get_by_label("First name").wait_for()
        await page.keyboard.type("Mika")
        await page.keyboard.press("Enter")
        start = phone(page, "Mika").get_by_role("button", name="Start", exact=True)
        await page.wait_for_selector(".phone.active textarea:focus")
        await start.wait_for()
        await page.keyboard.press("Shift+Tab")
        await page.keyboard.press("Enter")
        message = await next_update(bot, "message")
        assert (message["text"], message["from"]["first_name"]) == ("/start", "Mika")
        await start.wait_for(state="hidden")
        await page.keyboard.press("Alt+1")
        await page.wait_for_selector('.phone.active[aria-label="Sam\'s phone"] textarea:focus')
        await page.get_by_role("button", name="Close Mika's phone").focus()
        await page.keyboard.press("Enter")
        assert await names(page) == ["Sam"]
        assert await tab(page, "Sam").evaluate("node => node === document.activeElement")


async def test_an_outage_shows_on_every_phone_and_ends_on_every_phone(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, BOTH, outage=True) as page:
        await page.context.set_offline(offline=True)
        await bot.say("hello", user_id=ANA)
        await bot.say("good morning")
        await page.locator(".lost:visible").nth(1).wait_for()
        await page.context.set_offline(offline=False)
        await phone(page, "Ana").get_by_text("hello").wait_for()
        await phone(page, "Sam").get_by_text("good morning").wait_for()
        assert await page.locator(".lost:visible").count() == 0


async def test_a_tab_that_was_scrolled_away_comes_back_when_its_phone_is_used(
    bot: Caller, opened: Open
) -> None:
    ids = ",".join(map(str, range(1, 10)))
    async with opened(NARROW, f"?user=1&phones={ids}") as page:
        assert await page.get_by_role("button", name="Add a phone").is_disabled()
        last = page.locator(".tab").last
        strip = await page.get_by_label("Phones", exact=True).bounding_box()
        assert (await last.bounding_box())["x"] > strip["width"]
        await page.keyboard.press("Alt+9")
        await page.wait_for_selector(".tab.chosen:last-child")
        box = await last.bounding_box()
        assert box["x"] + box["width"] <= strip["width"]
        assert await page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
