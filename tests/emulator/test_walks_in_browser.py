"""Walk a shopper over the phone page's map; the test plays the bot and moves the page's clock."""

import math
from itertools import pairwise
from typing import Any

import pytest

from tests.emulator.browsing import CENTRE, SHOPPER, WIDE, Open, next_update
from tests.emulator.caller import Caller, Json

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

BEAT_MS = 200
FIX_EVERY_S = 3
LATE_S = 3 * BEAT_MS / 1000  # a fix waits for the beat and for the answer to the one before
CAR_MPS = 14
WALKING_MPS = 1.4
METRES_PER_DEGREE = 111_195
CORNERS = [(0.35, 0.45), (0.5, 0.45), (0.5, 0.7)]  # shares of the map's width and height
SEED_OF_AN_OUTLIER = 27  # its first fix is one, see test_route_modules_in_browser


def metres(place: Json) -> tuple[float, float]:
    """Give a place in metres east and north of the town's centre."""
    narrowing = math.cos(math.radians(CENTRE["latitude"]))
    east = (place["longitude"] - CENTRE["longitude"]) * METRES_PER_DEGREE * narrowing
    return east, (place["latitude"] - CENTRE["latitude"]) * METRES_PER_DEGREE


def between(one: Json, other: Json) -> float:
    """Give the metres from one place to another."""
    return math.dist(metres(one), metres(other))


async def hold_clock(page: Any) -> None:
    """Let the page's time stand still until a test runs it."""
    await page.clock.install(time=0)
    await page.clock.pause_at(1_000)


async def draw_walk(page: Any) -> tuple[float, float]:
    """Draw three corners, east, then south, and give the first one's pixel on the map."""
    await page.get_by_role("button", name="Draw a walk").click()
    town = page.get_by_role("application")
    box = await town.bounding_box()
    pixels = [(box["width"] * across, box["height"] * down) for across, down in CORNERS]
    for x, y in pixels:
        await town.click(position={"x": x, "y": y})
    return pixels[0]


async def set_off(page: Any, bot: Caller, speed_mps: float = CAR_MPS) -> Json:
    """Start the drawn walk, and give the place at which the share begins."""
    await page.get_by_label("How fast").select_option(str(speed_mps))
    await page.locator("[data-part=set-off]").click()
    await page.get_by_role("button", name="Pause").wait_for()
    place: Json = (await next_update(bot, "message"))["location"]
    return place


async def next_report(page: Any, bot: Caller, within_s: float = 2 * FIX_EVERY_S) -> Json:
    """Run the page's time until a phone reports, and give the message as the bot hears it."""
    async with page.expect_request("**/live/move") as asked:
        for _ in range(round(within_s * 1000 / BEAT_MS)):
            await page.clock.run_for(BEAT_MS)
            if asked.is_done():
                break
    answer = await (await asked.value).response()
    await answer.finished()
    report: Json = await next_update(bot, "edited_message")
    return report


async def next_fix(page: Any, bot: Caller, within_s: float = 2 * FIX_EVERY_S) -> Json:
    """Give the place of the next report."""
    place: Json = (await next_report(page, bot, within_s))["location"]
    return place


def listen_for_fixes(page: Any) -> list[str]:
    """Give the list that grows by every fix the page sends."""
    sent: list[str] = []
    page.on(
        "request",
        lambda request: sent.append(request.url) if "/live/move" in request.url else None,
    )
    return sent


async def test_a_walk_is_reported_along_its_line_as_fast_as_it_goes(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await hold_clock(page)
        await draw_walk(page)
        start = await set_off(page, bot)
        assert start["live_period"] == 900
        fixes = [start] + [await next_fix(page, bot) for _ in range(3)]
        assert [fix["heading"] for fix in fixes[1:3]] == [90, 90]
        for before, after in pairwise(fixes[:3]):
            assert metres(after)[1] == pytest.approx(metres(before)[1], abs=0.1)
            least_m, most_m = CAR_MPS * FIX_EVERY_S, CAR_MPS * (FIX_EVERY_S + LATE_S)
            assert least_m - 0.1 <= between(before, after) <= most_m


async def test_a_walk_turns_its_corner_arrives_at_its_end_and_says_so(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await hold_clock(page)
        await draw_walk(page)
        await set_off(page, bot)
        fixes = [await next_fix(page, bot)]
        while not await page.get_by_text("Arrived,").count():
            fixes.append(await next_fix(page, bot))
        assert [fix["heading"] for fix in fixes if "heading" in fix][-1] == 180
        assert await page.get_by_role("button", name="Start", exact=True).last.is_visible()
        last = fixes[-1] if "heading" not in fixes[-1] else await next_fix(page, bot)
        again = await next_fix(page, bot, within_s=25)
        assert between(last, again) == 0


async def test_a_paused_walk_reports_nothing_and_goes_on_from_where_it_stood(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await hold_clock(page)
        await draw_walk(page)
        await set_off(page, bot)
        before = await next_fix(page, bot)
        sent = listen_for_fixes(page)
        await page.get_by_role("button", name="Pause").click()
        await page.get_by_text("Paused at").wait_for()
        await page.clock.run_for(60_000)
        assert not sent
        await page.get_by_role("button", name="Resume").click()
        after = await next_fix(page, bot)
        assert 0 < between(before, after) <= CAR_MPS * (FIX_EVERY_S + LATE_S)


@pytest.mark.parametrize("by", ["the button", "another hand"])
async def test_the_end_of_the_share_ends_the_walk_with_a_word(
    bot: Caller, opened: Open, by: str
) -> None:
    async with opened(WIDE) as page:
        await hold_clock(page)
        await draw_walk(page)
        await set_off(page, bot)
        if by == "the button":
            await page.get_by_role("button", name="Stop sharing").click()
        else:
            await bot.phone(f"{SHOPPER}/live/stop")
        await page.get_by_text("The live location ended, and the walk with it.").wait_for()
        assert not await page.get_by_role("button", name="End walk").is_visible()
        sent = listen_for_fixes(page)
        await page.clock.run_for(30_000)
        assert not sent


async def test_an_ended_walk_leaves_the_share_and_its_line(bot: Caller, opened: Open) -> None:
    async with opened(WIDE) as page:
        await hold_clock(page)
        await draw_walk(page)
        await set_off(page, bot)
        before = await next_fix(page, bot)
        await page.get_by_role("button", name="End walk").click()
        assert await page.get_by_role("button", name="Stop sharing").is_visible()
        after = await next_fix(page, bot, within_s=25)
        assert between(before, after) <= CAR_MPS * LATE_S
        await page.locator("[data-part=walk-words]", has_text="at 50 km/h").wait_for()


async def test_the_keyboard_alone_draws_a_walk_and_sets_off(bot: Caller, opened: Open) -> None:
    async with opened(WIDE) as page:
        await page.get_by_role("button", name="Draw a walk").focus()
        keys = ["Enter", "Enter", *["ArrowRight"] * 2, "Enter", *["ArrowDown"] * 3, "Enter"]
        for key in keys:
            await page.keyboard.press(key)
        words = page.locator("[data-part=walk-words]")
        drawn = await words.inner_text()
        await page.keyboard.press("Backspace")
        assert await words.inner_text() != drawn
        await page.keyboard.press("Enter")
        assert await words.inner_text() == drawn
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Draw a walk").wait_for()
        await page.locator("[data-part=set-off]").focus()
        await page.keyboard.press("Enter")
        assert (await next_update(bot, "message"))["location"]["live_period"] == 900
        await page.locator("[data-part=pause]:focus").wait_for()


async def test_a_walk_past_a_store_begins_before_it_and_is_offered_by_its_name(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await page.get_by_label("Go to a store").select_option(label="Shoe Box")
        await page.get_by_role("button", name="Walk past Shoe Box").click()
        await page.keyboard.press("Enter")
        start = (await next_update(bot, "message"))["location"]
        assert between(start, {"latitude": 44.073, "longitude": -69.115}) > 250


async def test_noise_scatters_the_reports_of_a_shopper_who_stands_still(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, f"?user={SHOPPER}&seed=1") as page:
        await hold_clock(page)
        await page.locator("[data-part=gps] summary").click()
        await page.get_by_label("GPS noise").fill("35")
        stores = page.get_by_label("Go to a store")
        await stores.select_option(label="Tea Room")
        await page.get_by_role("button", name="Share live").click()
        first = (await next_update(bot, "message"))["location"]
        await page.get_by_role("button", name="Stop sharing").wait_for()
        fixes = [first] + [await next_fix(page, bot) for _ in range(3)]
        away = [between(fix, {"latitude": 44.0712, "longitude": -69.111}) for fix in fixes]
        assert max(away) <= 35.1
        assert len(set(away)) == len(away)
        assert min(away) > 0
        assert {fix["horizontal_accuracy"] for fix in fixes} == {10}


async def test_an_outlier_is_named(bot: Caller, opened: Open) -> None:
    async with opened(WIDE, f"?user={SHOPPER}&seed={SEED_OF_AN_OUTLIER}") as page:
        await page.locator("[data-part=gps] summary").click()
        await page.get_by_label("GPS noise").fill("100")
        await page.get_by_label("Go to a store").select_option(label="Tea Room")
        await page.get_by_role("button", name="Share live").click()
        await page.locator("[data-part=last-fix]", has_text="Outlier").wait_for()
        told = (await next_update(bot, "message"))["location"]
        assert between(told, {"latitude": 44.0712, "longitude": -69.111}) >= 300


async def test_a_shopper_dragged_off_the_line_takes_over_from_the_walk(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        await hold_clock(page)
        x, y = await draw_walk(page)
        start = await set_off(page, bot)
        box = await page.get_by_role("application").bounding_box()
        await page.mouse.move(box["x"] + x, box["y"] + y)
        await page.mouse.down()
        await page.mouse.move(box["x"] + x + 80, box["y"] + y - 60, steps=4)
        await page.mouse.up()
        assert not await page.get_by_role("button", name="End walk").is_visible()
        fix = await next_fix(page, bot)
        east, north = (b - a for a, b in zip(metres(start), metres(fix), strict=True))
        assert (east > 20, north / east) == (True, pytest.approx(60 / 80, rel=0.05))
        assert "heading" not in fix


async def test_two_shoppers_walk_at_once_each_on_a_line_of_their_own(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE, "?phones=7,8&user=7") as page:
        await hold_clock(page)
        await draw_walk(page)
        await set_off(page, bot, WALKING_MPS)
        await page.get_by_role("button", name="Mika", exact=True).click()
        await page.get_by_role("button", name="Draw a walk").wait_for()
        await draw_walk(page)
        await set_off(page, bot, WALKING_MPS)
        reports = [await next_report(page, bot) for _ in range(4)]
        assert {report["from"]["id"] for report in reports} == {7, 8}
        await page.get_by_role("button", name="Stop sharing").click()
        await page.get_by_text("The live location ended, and the walk with it.").wait_for()
        await page.get_by_role("button", name="Sam", exact=True).click()
        await page.get_by_role("button", name="Pause").wait_for()


async def test_the_map_stays_where_it_is_when_a_share_fills_the_chat(
    bot: Caller, opened: Open
) -> None:
    async with opened(WIDE) as page:
        town = page.get_by_role("application")
        before = (await town.bounding_box())["x"]
        await draw_walk(page)
        await set_off(page, bot)
        await page.locator("article.own").wait_for()
        assert (await town.bounding_box())["x"] == before
