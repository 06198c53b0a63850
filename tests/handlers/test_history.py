"""/history: what was bought, day by day and month by month, and what is known."""

from base64 import b64decode
from dataclasses import replace
from datetime import timedelta

from handlers import texts_history, texts_known
from storage.records import OrderStatus, Purchase
from tests.builders import coupon, order
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.sample_town import ANA, MORNING


async def buys(counter: Counter, *days_ago: int, shopper_id: int = 7, quantity: int = 1) -> None:
    async with counter.database.work() as work:
        await work.purchases.add_many(
            [
                Purchase(
                    shopper_id,
                    "tea-room",
                    "hot-chocolate",
                    quantity,
                    350,
                    MORNING - timedelta(days),
                )
                for days in days_ago
            ]
        )
        await work.commit()


def caption(sent: Sent) -> str:
    return str(sent.arguments["caption"])


def picture(sent: Sent) -> bytes:
    media = sent.arguments.get("media") or {}
    return b64decode((sent.arguments.get("photo") or media["media"])["base64"])


# The timeline


async def test_history_tells_by_month_and_day_what_was_bought(ana: Phone) -> None:
    shown = await ana.says("/history")
    lines = shown.text.splitlines()
    assert lines[0] == english(texts_history.HISTORY)
    assert lines[1].startswith("November 2026, $")
    assert lines[2].startswith("Thu 19: ")
    assert shown.bold[0] == "November 2026"


async def test_things_of_one_day_share_a_line_and_their_month_has_a_sum(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    await buys(counter, 2, 2)
    await buys(counter, 3, quantity=2)
    assert (await mia.says("/history")).text.splitlines()[1:] == [
        "November 2026, $14.00",
        "Wed 18: Hot Chocolate, $3.50; Hot Chocolate, $3.50",
        "Tue 17: 2 × Hot Chocolate, $7.00",
    ]


async def test_history_counts_days_as_the_town_does(mia: Phone, counter: Counter) -> None:
    await mia.says("/start")
    late = MORNING.replace(hour=2) - timedelta(days=4)  # 21:00 on the 15th in town
    async with counter.database.work() as work:
        await work.purchases.add_many([Purchase(7, "tea-room", "hot-chocolate", 1, 350, late)])
        await work.commit()
    assert "Sun 15: Hot Chocolate, $3.50" in (await mia.says("/history")).text


async def test_pages_turn_in_place_and_each_day_stands_on_one(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    await buys(counter, *range(1, 26))
    first = await mia.says("/history")
    second = await mia.taps(first.buttons["Earlier"], first)
    third = await mia.taps(second.buttons["Earlier"], second)
    assert third.message_id == first.message_id
    assert "Earlier" not in third.buttons
    days = [
        line.split(":")[0]
        for page in (first, second, third)
        for line in page.text.splitlines()
        if ": Hot" in line
    ]
    assert len(days) == len(set(days)) == 25
    back = await mia.taps(third.buttons["Later"], third)
    assert back.text == second.text


async def test_a_page_that_is_gone_is_the_last_one(mia: Phone, counter: Counter) -> None:
    await mia.says("/start")
    await buys(counter, *range(1, 13))
    first = await mia.says("/history")
    async with counter.database.work() as work:
        await work.shoppers.forget(7, MORNING)
        await work.commit()
    gone = await mia.taps(first.buttons["Earlier"], first)
    assert gone.text == english(texts_history.NO_HISTORY)


async def test_new_shopper_has_no_history(mia: Phone) -> None:
    shown = await mia.says("/history")
    assert (shown.text, shown.buttons) == (english(texts_history.NO_HISTORY), {})


# Month by month


async def test_picture_of_months_says_the_same_in_words(mia: Phone, counter: Counter) -> None:
    await mia.says("/start")
    await buys(counter, 1, 2, 40)
    listed = await mia.says("/history")
    shown = await mia.taps(listed.buttons["Month by month"], listed)
    assert shown.methods == ["sendPhoto"]
    assert picture(shown).startswith(b"\x89PNG")
    assert caption(shown).splitlines() == [
        "In the last six months you spent $10.50: Nov $7.00, Oct $3.50.",
        "It went to hot drinks ($10.50).",
    ]


async def test_picture_turns_dark_where_it_stands_and_light_again(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    await buys(counter, 1)
    listed = await mia.says("/history")
    light = await mia.taps(listed.buttons["Month by month"], listed)
    dark = await mia.taps(light.buttons["Dark picture"], light.message_id)
    assert (dark.methods, dark.message_id) == (["editMessageMedia"], light.message_id)
    assert picture(dark) != picture(light)
    again = await mia.taps(dark.buttons["Light picture"], dark.message_id)
    assert picture(again) == picture(light)


async def test_what_coupons_took_off_is_told(mia: Phone, counter: Counter) -> None:
    await mia.says("/start")
    await buys(counter, 1)
    async with counter.database.work() as work:
        await work.coupons.add_many([replace(coupon("OFF15"), discount_percent=15)])
        used = order(
            "A1-0001", 7, store_id="tea-room", product_id="hot-chocolate", price_cents=850,
            coupon_code="OFF15", status=OrderStatus.COLLECTED,
        )  # fmt: skip
        await work.orders.add_many([used])
        await work.commit()
    listed = await mia.says("/history")
    shown = await mia.taps(listed.buttons["Month by month"], listed)
    saved = english(texts_history.COUPONS_TOOK_OFF, saved="$1.50")
    assert caption(shown).splitlines()[-1] == saved


async def test_nothing_in_six_months_is_told_without_a_picture(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    await buys(counter, 300)
    listed = await mia.says("/history")
    shown = await mia.taps(listed.buttons["Month by month"], listed)
    assert shown.text == english(texts_history.SPENT_NOTHING)


async def test_button_of_somebody_else_shows_nothing(
    mia: Phone, ana: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    listed = await ana.says("/history")
    for label in ("Month by month", "What you know of me"):
        assert (await mia.taps(listed.buttons[label])).seen == []


# What is known


async def test_what_is_known_is_told_in_words(ana: Phone) -> None:
    await ana.says("/family add mum, likes candles")
    listed = await ana.says("/history")
    shown = await ana.taps(listed.buttons["What you know of me"], listed)
    lines = shown.text.splitlines()
    assert lines[0] == english(texts_known.TITLE, name="Ana")
    assert lines[1] == "I write to you in English."
    assert lines[2].startswith("You often buy ")
    assert "You shop for mum." in lines
    assert "what we say 30 days" in shown.text
    assert list(shown.buttons) == ["Send me a copy", "Settings"]


async def test_what_is_bought_in_a_rhythm_is_told_with_its_days(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("/start")
    await buys(counter, 2, 8, 14, 20, 26)
    listed = await mia.says("/history")
    shown = await mia.taps(listed.buttons["What you know of me"], listed)
    assert "You usually buy hot drinks every 6 days." in shown.text.splitlines()


async def test_somebody_new_is_told_that_nothing_is_known(mia: Phone) -> None:
    await mia.says("/start")
    listed = await mia.says("/privacy")
    shown = await mia.taps(listed.buttons["What you know of me"], listed)
    assert english(texts_known.BUYS_NOTHING) in shown.text
    assert english(texts_known.AGREED_NOTHING) in shown.text


async def test_what_is_kept_quiet_about_is_not_told(ana: Phone, counter: Counter) -> None:
    async with counter.database.reading() as work:
        quiet = next(p for p in await work.products.all() if p.attributes.get("sensitive"))
    async with counter.database.work() as work:
        bought = Purchase(ANA, "tea-room", quiet.id, 1, 350, MORNING)
        await work.purchases.add_many([bought] * 100)
        await work.commit()
    listed = await ana.says("/history")
    shown = await ana.taps(listed.buttons["What you know of me"], listed)
    assert quiet.category not in shown.text
    assert quiet.title not in shown.text
    spent = await ana.taps(listed.buttons["Month by month"], listed)
    assert quiet.category not in caption(spent)
    assert english(texts_history.THE_REST) in caption(spent)
