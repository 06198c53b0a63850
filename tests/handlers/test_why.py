"""/why for the shopper and /whynot for who runs the shop: both told from the same receipts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import texts_why
from handlers.admin import texts_whynot
from handlers.texts_receipts import in_words
from knowledge.amounts import locale_for
from knowledge.language import Sentence
from storage.records import ConsentKind, Gate, Nudge, Outcome, Person, Reading, Role
from tests.builders import receipt, shopper
from tests.english import english
from tests.handlers.conftest import Phone, Sent, phone
from tests.handlers.walking import PAST_THE_CAFE, Walker, agree, hold_out, mia_walks
from tests.sample_town import ANA, NIGHT

__all__ = ["mia_walks"]
ADMIN = 1002


async def admin(walker: Walker, language: str = "en") -> Phone:
    now = walker.counter.clock()
    async with walker.counter.database.work() as work:
        known = shopper(ADMIN, created_at=now, last_seen_at=now, language_code=language)
        await work.shoppers.add_many([known])
        await work.people.grant(Person(ADMIN, Role.ADMIN, None, now))
        await work.commit()
    return phone(walker.counter, ADMIN, "Eve", language)


async def walk_by(walker: Walker) -> None:
    await walker.shares(190)
    await walker.walks(*PAST_THE_CAFE)


async def asks_why(walker: Walker) -> Sent:
    return await walker.phone.says("/why")


# The shopper


async def test_why_tells_visit_thing_coupon_and_caps(mia_walks: Walker) -> None:
    await walk_by(mia_walks)
    assert (await asks_why(mia_walks)).text == (
        "On November 20 I told you about Hot Chocolate at Downtown Café, because you came within 150 m of it while you "
        "shared your place. I chose it because you saved CAFE20.\n"
        "It was number 1 of at most 1 in 24 hours and number 1 of at most 3 in 7 days. /pause keeps offers away, /settings "
        "turns them off."
    )


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [(0.2, texts_why.HABIT), (0.9, texts_why.ON_LIST), (1.0, texts_why.SAVED)],
)
async def test_why_names_habit_list_or_coupon(
    ana: Phone, weight: float, sentence: Sentence
) -> None:
    async with ana.counter.database.work() as work:
        now = ana.counter.clock()
        nudge = Nudge(ANA, "downtown-cafe", "WARM15", 9, 1, now)
        relevance = Reading(Gate.RELEVANCE, weight, 0.05)
        weighed = receipt(ANA, visit_id=9, product_id="hot-chocolate", readings=(relevance,))
        await work.nudges.add(nudge)
        await work.receipts.put_many([replace(weighed, outcome=Outcome.TOLD)])
        await work.commit()
    assert (await ana.says("/why")).text.endswith(english(sentence, coupon="WARM15"))


async def test_why_tells_of_silence_what_kept_it(mia_walks: Walker) -> None:
    mia_walks.counter.clock.at = NIGHT
    await walk_by(mia_walks)
    text = (await asks_why(mia_walks)).text
    assert text.startswith("The last time I kept silent was on November 20, at ")
    assert text.endswith(": quiet hours.")


async def test_why_tells_of_silence_since_the_day_of_the_last_offer(mia_walks: Walker) -> None:
    await walk_by(mia_walks)
    await mia_walks.stops()
    mia_walks.counter.clock.at = NIGHT + timedelta(days=1)
    await walk_by(mia_walks)
    first, _, last = (await asks_why(mia_walks)).text.splitlines()
    assert first.startswith("On November 20 I told you about Hot Chocolate")
    assert last.startswith("The last time I kept silent was on November 21, at ")


async def test_why_tells_who_was_held_out_so(mia_walks: Walker) -> None:
    hold_out(mia_walks.counter, 1.0)
    await walk_by(mia_walks)
    assert "drawn by lot, hear nothing" in (await asks_why(mia_walks)).text


async def test_why_tells_that_nothing_was_weighed(mia_walks: Walker) -> None:
    assert (await asks_why(mia_walks)).text == english(texts_why.NOTHING)


async def test_why_without_a_receipt_any_more(mia_walks: Walker) -> None:
    await walk_by(mia_walks)
    async with mia_walks.counter.database.work() as work:
        await work.receipts.delete_before(mia_walks.counter.clock().date() + timedelta(days=2))
        await work.commit()
    assert (await asks_why(mia_walks)).text == english(
        texts_why.TOLD_BARE, day="November 20", store="Downtown Café"
    )


async def test_why_says_that_things_are_bought_too_seldom(ana: Phone) -> None:
    seldom = Reading(Gate.RELEVANCE, 0.0, 0.05)
    async with ana.counter.database.work() as work:
        await work.receipts.put_many([receipt(ANA, readings=(seldom,))])
        await work.commit()
    said = english(texts_why.SELDOM_BOUGHT)
    assert (await ana.says("/why")).text.endswith(f": {said}.")


@pytest.mark.parametrize(
    ("reading", "in_english", "in_spanish"),
    [
        (
            Reading(Gate.PER_DAY, 1, 2),
            "1 of at most 2 offers or reminders in 24 hours",
            "1 de 2 ofertas o recordatorios como máximo en 24 horas",
        ),
        (
            Reading(Gate.PER_WEEK, 1, 1),
            "1 of at most 1 offer in 7 days",
            "1 de 1 oferta como máximo en 7 días",
        ),
        (
            Reading(Gate.COOL_DOWN, True, 1.0),
            "the store was told about within 1 hour",
            "se habló de la tienda hace menos de 1 hora",
        ),
        (Reading(Gate.USES, 0, 1), "coupon used 0 of 1 time", "cupón usado 0 de 1 vez"),
        (Reading(Gate.BUDGET, 1), "1 use of the coupon left", "queda 1 uso del cupón"),
        (Reading(Gate.BUDGET, 0), "0 uses of the coupon left", "quedan 0 usos del cupón"),
        (
            Reading(Gate.BETTER, 1, 1),
            "1 better offer at that moment",
            "1 oferta mejor en ese momento",
        ),
        (
            Reading(Gate.RELEVANCE, 0.2, 0.05),
            "relevance 0.2, and 0.05 is needed",
            "relevancia 0,2; hace falta 0,05",
        ),
        (
            Reading(Gate.EXCLUSION_ZONE, True, 610.0),
            "too close to a health service or another place the shop keeps quiet around",
            "demasiado cerca de un servicio de salud u otro lugar junto al que la tienda guarda silencio",
        ),
    ],
)
def test_what_a_gate_saw_is_said_as_people_say_it(
    reading: Reading, in_english: str, in_spanish: str
) -> None:
    said = [in_words(reading, locale_for(tag)) for tag in ("en", "es")]
    assert said == [in_english, in_spanish]


# Who runs the shop


async def test_whynot_tells_each_gate_shut_ones_first(mia_walks: Walker) -> None:
    mia_walks.counter.clock.at = NIGHT
    await walk_by(mia_walks)
    text = (await (await admin(mia_walks)).says("/whynot 7 cafe20")).text
    lines = text.splitlines()
    assert lines[:4] == [
        "CAFE20 and shopper 7, at Downtown Café on November 20: not told.",
        "Shut:",
        "· quiet hours",
        "· store closed on arrival",
    ]
    assert lines[4] == "Open:"
    assert {
        "· walking",
        "· 0 of at most 1 offer or reminder in 24 hours",
        "· relevance 1, and 0.05 is needed",
    } <= set(lines[5:])


async def test_whynot_of_what_was_told_says_so(mia_walks: Walker) -> None:
    await walk_by(mia_walks)
    text = (await (await admin(mia_walks)).says("/whynot 7 CAFE20")).text
    assert text.startswith("CAFE20 and shopper 7, at Downtown Café on November 20: told.\nOpen:\n")


async def test_whynot_without_receipt_says_why(mia_walks: Walker) -> None:
    eve = await admin(mia_walks)

    async def answer(asked: str = "7 CAFE20") -> str:
        return (await eve.says(f"/whynot {asked}")).text

    about = {"code": "CAFE20", "shopper": 7}
    assert await answer() == english(texts_whynot.NEVER_NEAR, **about)
    assert await answer("7 WELCOME10") == english(
        texts_whynot.EVERYTHING, code="WELCOME10", shopper=7
    )
    assert await answer("4711 CAFE20") == english(
        texts_whynot.UNKNOWN, code="CAFE20", shopper=4711
    )
    await mia_walks.phone.says("/pause 14 days")
    assert await answer() == english(texts_whynot.NOT_WANTED, **about)
    await agree(mia_walks.counter, 7, ConsentKind.NUDGES, yes=False)
    assert await answer() == english(texts_whynot.NO_CONSENT, **about)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "7",
        "WARM15",
        "Mia WARM15",
        "7 WARM15 now",
        "-7 WARM15",
        "²7 WARM15",
        "9" * 30 + " WARM15",
    ],
)
async def test_whynot_says_how_when_it_is_not_understood(mia_walks: Walker, given: str) -> None:
    sent = await (await admin(mia_walks)).says(f"/whynot {given}".strip())
    assert sent.text == english(texts_whynot.HOW, example="APPLE20")


async def test_whynot_of_no_coupon(mia_walks: Walker) -> None:
    sent = await (await admin(mia_walks)).says("/whynot 7 NONE99")
    assert sent.text == english(texts_whynot.COUPON_UNKNOWN, given="NONE99")


async def test_whynot_is_noted_and_stands_in_the_shoppers_copy(mia_walks: Walker) -> None:
    await (await admin(mia_walks)).says("/whynot 7 CAFE20")
    async with mia_walks.counter.database.reading() as work:
        (entry,) = [each for each in await work.audit.latest(9) if each.action == "whynot"]
        held = await work.shoppers.held(7)
    assert (entry.actor, dict(entry.details)) == (f"shopper:{ADMIN}", {"coupon": "CAFE20"})
    assert "7" not in entry.subject.split("#")[0]
    assert "whynot" in [row["action"] for row in held["audit"]]


async def test_both_are_told_in_spanish(mia_walks: Walker) -> None:
    mia_walks.counter.clock.at = NIGHT
    await walk_by(mia_walks)
    text = (await (await admin(mia_walks, "es")).says("/whynot 7 CAFE20")).text
    assert "· horas de silencio" in text
    async with mia_walks.counter.database.work() as work:
        await work.shoppers.choose_language(7, "es")
        await work.commit()
    assert "horas de silencio" in (await asks_why(mia_walks)).text
