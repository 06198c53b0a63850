"""The pure modules under a walk: routes, paces, noisy fixes; run in a browser, without the page."""

import math
from collections.abc import AsyncIterator
from itertools import pairwise, product
from typing import Any

import pytest
import pytest_asyncio

from tests.emulator.browsing import TOWN
from tests.emulator.caller import Caller
from tests.emulator.test_walks_in_browser import SEED_OF_AN_OUTLIER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

CORNER = [{"x": 0, "y": 0}, {"x": 100, "y": 0}, {"x": 100, "y": -50}]
ON_THE_MOVE = {
    "since_ms": 3_000,
    "interval_ms": 3_000,
    "moved_m": 5,
    "walking": True,
    "paused": False,
    "noisy": False,
    "byHand": False,
    "hidden": False,
}
AT_REST = ON_THE_MOVE | {"moved_m": 0, "walking": False}


@pytest_asyncio.fixture(loop_scope="module")
async def modules(browser: Any, bot: Caller) -> AsyncIterator[Any]:
    """An empty page from which the page's modules can be imported."""
    page = await browser.new_page()
    await page.goto(f"{bot.server.url}/page/icon.svg")
    yield page
    await page.close()


async def test_a_place_on_a_route_is_told_by_the_metres_travelled(modules: Any) -> None:
    script = """async ([corners, metres]) => {
        const { along } = await import("/page/route.js");
        return metres.map((m) => along(corners, m)).map((at) => [at.spot.x, at.spot.y, at.heading_deg]);
    }"""
    assert await modules.evaluate(script, [CORNER, [-5, 0, 40, 100, 125, 150, 999]]) == [
        [0, 0, 90],
        [0, 0, 90],
        [40, 0, 90],
        [100, 0, 360],
        [100, -25, 360],
        [100, -50, 360],
        [100, -50, 360],
    ]


async def test_a_route_of_one_place_has_no_heading(modules: Any) -> None:
    script = """async (corners) => (await import("/page/route.js")).along(corners, 3)"""
    at = await modules.evaluate(script, [CORNER[1], CORNER[1]])
    assert (at["spot"], at["heading_deg"]) == (CORNER[1], None)


async def test_a_walk_keeps_its_place_through_pauses_and_changes_of_speed(modules: Any) -> None:
    script = """async (corners) => {
        const { Walk } = await import("/page/walk.js");
        const walk = new Walk(corners, 2, 1000);
        const seen = [walk.travelled_m(11_000)];
        walk.pause(11_000);
        seen.push(walk.travelled_m(500_000));
        walk.resume(500_000);
        seen.push(walk.travelled_m(505_000));
        walk.setSpeed(10, 505_000);
        seen.push(walk.travelled_m(506_000), walk.left_s(506_000), walk.isDone(506_000));
        seen.push(walk.travelled_m(600_000), walk.isDone(600_000));
        return seen;
    }"""
    seen = await modules.evaluate(script, CORNER)
    assert seen == [20, 20, 30, 40, 11, False, 150, True]


async def test_a_fix_is_due_on_the_move_by_hand_and_seldom_at_rest(modules: Any) -> None:
    cases = [
        (ON_THE_MOVE, True),
        (ON_THE_MOVE | {"since_ms": 2_999}, False),
        (ON_THE_MOVE | {"hidden": True}, True),
        (ON_THE_MOVE | {"paused": True, "since_ms": 60_000}, False),
        (AT_REST | {"since_ms": 19_999}, False),
        (AT_REST | {"since_ms": 20_000}, True),
        (AT_REST | {"since_ms": 20_000, "hidden": True}, False),
        (AT_REST | {"noisy": True}, True),
        (AT_REST | {"noisy": True, "hidden": True}, False),
        (AT_REST | {"byHand": True, "since_ms": 1_000}, True),
        (AT_REST | {"byHand": True, "since_ms": 999}, False),
    ]
    script = """async (phones) => phones.map((await import("/page/fix-pace.js")).isDue)"""
    due = await modules.evaluate(script, [phone for phone, _ in cases])
    assert list(zip((phone for phone, _ in cases), due, strict=True)) == cases


async def test_noise_stays_within_its_bounds_but_for_outliers(modules: Any) -> None:
    fixes = await take_fixes(modules, noise_m=50, seed=1)
    usual = [fix["off_m"] for fix in fixes if not fix["outlier"]]
    thrown = [fix["off_m"] for fix in fixes if fix["outlier"]]
    assert max(usual) <= 50.001
    assert 10 < sum(usual) / len(usual) < 35
    assert 10 <= len(thrown) <= 70
    assert 150 <= min(thrown) <= max(thrown) <= 300


async def test_noise_drifts_instead_of_leaping(modules: Any) -> None:
    fixes = await take_fixes(modules, noise_m=35, seed=2)
    steps = [
        math.dist((one["spot"]["x"], one["spot"]["y"]), (two["spot"]["x"], two["spot"]["y"]))
        for one, two in pairwise(fixes)
    ]
    assert sum(steps) / len(steps) < 35 / 2


async def test_little_noise_brings_no_outliers(modules: Any) -> None:
    for noise_m in (0, 35):
        fixes = await take_fixes(modules, noise_m=noise_m, seed=3)
        assert not any(fix["outlier"] for fix in fixes)
        assert max(fix["off_m"] for fix in fixes) <= noise_m + 0.001


async def test_a_seed_repeats_its_fixes_and_another_does_not(modules: Any) -> None:
    one = await take_fixes(modules, noise_m=60, seed=4)
    assert one == await take_fixes(modules, noise_m=60, seed=4)
    assert one != await take_fixes(modules, noise_m=60, seed=5)


async def test_the_seed_of_an_outlier_begins_with_one(modules: Any) -> None:
    assert (await take_fixes(modules, noise_m=100, seed=SEED_OF_AN_OUTLIER))[0]["outlier"]


async def take_fixes(modules: Any, *, noise_m: int, seed: int) -> list[dict[str, Any]]:
    """Take 1,000 fixes of one place, three seconds apart."""
    script = """async ([noise_m, seed]) => {
        const { seeded, takeFix } = await import("/page/gps-noise.js");
        const random = seeded(seed);
        const gps = { noise_m, accuracy_m: 10, elapsed_s: 3 };
        const fixes = [];
        while (fixes.length < 1000) fixes.push(takeFix({ x: 0, y: 0 }, fixes.at(-1) ?? null, gps, random));
        return fixes;
    }"""
    fixes: list[dict[str, Any]] = await modules.evaluate(script, [noise_m, seed])
    return fixes


async def test_a_walk_past_a_store_comes_from_afar_to_its_door_and_leaves(modules: Any) -> None:
    for streets, store in product([TOWN["streets"], []], [0, 1]):
        walk = await walk_past(modules, TOWN | {"streets": streets}, store)
        assert walk["nearest_m"] <= 15
        assert min(walk["ends_m"]) >= 290
        assert walk["length_m"] >= 599


async def walk_past(modules: Any, town: Any, store: int) -> dict[str, Any]:
    """Give how near a ready-made walk comes, where it begins and ends, and its length, in metres."""
    script = """async ([file, index]) => {
        const { Town } = await import("/page/town.js");
        const { walkPast } = await import("/page/walk-past.js");
        const { along, lengthOf, distance } = await import("/page/route.js");
        const town = new Town(file);
        const { spot } = town.stores[index];
        const corners = walkPast(town, town.stores[index]);
        const steps = Array.from({ length: Math.ceil(lengthOf(corners)) }, (_, m) => along(corners, m).spot);
        return {
            nearest_m: Math.min(...steps.map((one) => distance(one, spot))),
            ends_m: [corners[0], corners.at(-1)].map((one) => distance(one, spot)),
            length_m: lengthOf(corners),
        };
    }"""
    walk: dict[str, Any] = await modules.evaluate(script, [town, store])
    return walk
