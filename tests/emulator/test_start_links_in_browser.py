"""A link into the chat: its phone opens beside the others, and its word goes with that Start alone."""

from typing import Any

import pytest

from tests.emulator.browsing import SHOPPER, WIDE, Open, next_update, words
from tests.emulator.caller import Caller

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ANA, OLIVIA = 901, 12


def phone(page: Any, name: str) -> Any:
    return page.get_by_role("region", name=f"{name}'s phone", exact=True)


async def press_start(page: Any, name: str) -> None:
    await phone(page, name).get_by_role("button", name="Start", exact=True).click()


async def offer(bot: Caller, **more: str) -> None:
    await bot.post("people", id=OLIVIA, first_name="Olivia", about="Runs the shop", **more)


async def test_a_link_opens_one_more_phone_and_goes_with_its_start_alone(
    bot: Caller, opened: Open
) -> None:
    await offer(bot)
    async with opened(WIDE, f"?user={SHOPPER}&add={OLIVIA}&start=owner_x") as page:
        await page.wait_for_selector('.phone.active[aria-label="Olivia\'s phone"]')
        assert "start=" not in page.url
        for name, text in (("Sam", "/start"), ("Olivia", "/start owner_x")):
            await press_start(page, name)
            assert (await next_update(bot, "message"))["text"] == text


async def test_a_link_into_a_running_chat_waits_for_start_even_over_a_reload(
    bot: Caller, opened: Open
) -> None:
    await bot.say("hello", user_id=ANA)
    async with opened(WIDE, f"?user={ANA}&start=owner_x") as page:
        field = page.get_by_label("Message", exact=True)
        await page.reload()
        await page.get_by_text("You opened a link").wait_for()
        assert not await field.is_visible()
        await press_start(page, "Ana")
        update = await next_update(bot, "message")
        assert update["text"] in ("hello", "/start owner_x")
        if update["text"] == "hello":
            update = await next_update(bot, "message")
        assert update["text"] == "/start owner_x"
        await field.wait_for()


async def test_an_offered_person_starts_with_the_word_that_goes_with_them(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await offer(bot, start="owner_y", group="The shop")
        await page.get_by_role("button", name="Add a phone").click()
        await page.get_by_role("heading", name="The shop").wait_for()
        await page.get_by_role("button", name=words("Runs the shop")).click()
        await press_start(page, "Olivia")
        assert (await next_update(bot, "message"))["text"] == "/start owner_y"


async def test_what_no_link_can_carry_is_passed_over(bot: Caller, opened: Open) -> None:
    async with opened(WIDE, f"?user={SHOPPER}&start=two%20words") as page:
        await press_start(page, "Sam")
        assert (await next_update(bot, "message"))["text"] == "/start"
