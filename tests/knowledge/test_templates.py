from dataclasses import replace
from datetime import date, time
from itertools import product

import pytest

from knowledge.amounts import locale_for
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner, filled, written
from knowledge.grounding import unsupported
from knowledge.templates import Templates
from knowledge.understanding import Examples
from storage.records import OrderStatus
from tests.english import english
from tests.facts import ENGLISH, FRIDAY, MONDAY, TOMORROW, deal, offer, order_facts

TEMPLATES = Templates.shipped()
NEEDS = Examples.shipped().needs
CLOSE, DEAL = offer(), deal()
ANYWHERE = replace(DEAL, distance_m=None)
COUPON = Facts(
    Kind.COUPONS,
    item="15 % off hot drinks",
    coupon_code="WARM15",
    discount_percent=15,
    expires_on=date(2026, 11, 22),
)
ORDER = order_facts(status=None)
CLOSED = replace(CLOSE, kind=Kind.CLOSED, opens_at=time(8), opens_day=TOMORROW)
STORE = Facts(Kind.STORES, store="Harbor Pharmacy", distance_m=120)
# The names of a shop that none of the facts below are about.
FOREIGN = {"Tea Room", "Café", "Hot Choc", "Iced Tea", "Kakaw"}

SAYINGS: dict[str, Facts] = {
    "offer": DEAL,
    "offer without coupon": CLOSE,
    "offer without place": ANYWHERE,
    "offer with coupon code alone": replace(DEAL, discount_percent=None),
    "offer with everything free": replace(DEAL, discount_percent=100),
    "offer of which something is not known": replace(DEAL, unknown=("gluten-free",)),
    "options of which something is not known": Facts(
        Kind.OPTIONS,
        options=(replace(DEAL, unknown=("halal", "kosher")), replace(CLOSE, unknown=("halal",))),
    ),
    "options of some of which something is not known": Facts(
        Kind.OPTIONS, options=(DEAL, replace(CLOSE, unknown=("gluten-free",)))
    ),
    "order, then offer": replace(DEAL, before=(replace(ORDER, status=OrderStatus.READY),)),
    "policy, then options": Facts(
        Kind.OPTIONS,
        options=(DEAL, CLOSE),
        before=(
            Facts(Kind.POLICY, quote="Bring it back within 30 days.", document="Returns, §2."),
        ),
    ),
    "nudge": replace(DEAL, kind=Kind.NUDGE),
    "options": Facts(Kind.OPTIONS, options=(DEAL, replace(CLOSE, item="Oat Latte"), CLOSE)),
    "options without place": Facts(Kind.OPTIONS, options=(ANYWHERE, ANYWHERE)),
    "options partly without place": Facts(Kind.OPTIONS, options=(DEAL, ANYWHERE)),
    "summary": Facts(Kind.SUMMARY, options=(DEAL, CLOSE)),
    "nothing near": Facts(Kind.NOTHING_NEAR),
    "nothing anywhere": Facts(Kind.NOTHING_NEAR, tone="anywhere"),
    "closed": CLOSED,
    "closed until later today": replace(CLOSED, opens_day=None),
    "closed, no place": replace(CLOSED, distance_m=None),
    "closed since": replace(CLOSED, closed_at=time(18)),
    "closed since, no place": replace(CLOSED, closed_at=time(18), distance_m=None),
    "closed for a holiday": replace(CLOSED, holiday="New Year's Day", closed_at=time(1)),
    "closed store on a holiday": replace(
        STORE, kind=Kind.CLOSED, opens_at=time(8), holiday="Harbor Day"
    ),
    "closed store since, no place": replace(
        STORE, kind=Kind.CLOSED, opens_at=time(8), closed_at=time(18), distance_m=None
    ),
    "too far": replace(CLOSE, kind=Kind.NOTHING_NEAR, distance_m=2_400, tone="far"),
    "not in the store asked for": Facts(Kind.NOTHING_NEAR, store="Tearoom", tone="not_there"),
    "elsewhere": replace(
        DEAL, before=(Facts(Kind.NOTHING_NEAR, store="Tearoom", tone="not_there"),)
    ),
    "sold out": Facts(Kind.NOTHING_NEAR, item="Hot Chocolate", tone="sold_out"),
    "offer that closes": replace(DEAL, closes_at=time(18)),
    "offer that opens": replace(DEAL, opens_at=time(8), opens_day=TOMORROW),
    "options that close and open": Facts(
        Kind.OPTIONS,
        options=(replace(DEAL, closes_at=time(18)), replace(CLOSE, opens_at=time(8))),
    ),
    "closed store": replace(STORE, kind=Kind.CLOSED, opens_at=time(8)),
    "closed store, no place": replace(
        STORE, kind=Kind.CLOSED, opens_at=time(8), opens_day=MONDAY, distance_m=None
    ),
    "coupons": Facts(Kind.COUPONS, coupons=(COUPON, replace(COUPON, item="Warm up"))),
    "coupon without end": Facts(Kind.COUPONS, coupons=(replace(COUPON, expires_on=None),)),
    "coupon without title": Facts(Kind.COUPONS, coupons=(replace(COUPON, item=None),)),
    "no coupons": Facts(Kind.COUPONS),
    "no order": Facts(Kind.ORDER_STATUS),
    **{f"order {status}": replace(ORDER, status=status) for status in OrderStatus},
    **{
        f"order {status}, no store": replace(ORDER, status=status, store=None)
        for status in OrderStatus
    },
    "offer without price": replace(DEAL, price_cents=None),
    "offer without price or place": replace(ANYWHERE, price_cents=None),
    "question back without choices": Facts(Kind.CLARIFY),
    "order booked until": replace(ORDER, status=OrderStatus.PLACED, kept_until=time(18)),
    "order ready until": replace(
        ORDER, status=OrderStatus.READY, kept_until=time(18), kept_day=TOMORROW
    ),
    "orders": Facts(
        Kind.ORDER_STATUS,
        options=(
            replace(ORDER, status=OrderStatus.READY),
            replace(ORDER, status=OrderStatus.PLACED, order_code="C4-1807", store="Corner Bakery"),
        ),
    ),
    "policy": Facts(
        Kind.POLICY,
        quote="Shoes can be returned within 30 days if the soles are clean.",
        document="Returns, §2",
    ),
    "store": STORE,
    "store with hours": replace(STORE, closes_at=time(20)),
    "store with goods": replace(CLOSE, kind=Kind.STORES),
    "store, no place": replace(STORE, distance_m=None),
    "store with hours, no place": replace(STORE, distance_m=None, closes_at=time(20)),
    "store with goods, no place": replace(CLOSE, kind=Kind.STORES, distance_m=None),
    "thanks": Facts(Kind.SMALLTALK, tone="thanks"),
    "bye": Facts(Kind.SMALLTALK, tone="bye"),
    "clarify": Facts(Kind.CLARIFY, choices=("eat", "present")),
    "clarify, size": Facts(Kind.CLARIFY, tone="size", choices=("43", "44")),
    **{
        f"nothing {tone}": Facts(Kind.NOTHING_NEAR, tone=tone)
        for tone in ("beside", "cheaper", "closer", "pick", "other")
    },
    "what": Facts(Kind.SMALLTALK, tone="what"),
    **{
        kind.value: Facts(kind)
        for kind in (
            Kind.NEEDS_PLACE,
            Kind.NOT_KNOWN,
            Kind.SMALLTALK,
            Kind.OUT_OF_SCOPE,
            Kind.CARE,
            Kind.HUMAN,
            Kind.COMPLAINT,
            Kind.ACCOUNT_PRIVACY,
            Kind.HOW_TO_PLACE,
            Kind.HOW_TO_CANCEL,
            Kind.HOW_TO_CHANGE,
        )
    },
}
# Where a word or number of our own may stand: emergency numbers, a quarter of an hour, "open /orders".
SPEAKING_FOR_OURSELVES = {Kind.CARE, Kind.NEEDS_PLACE, Kind.COMPLAINT, Kind.HOW_TO_CANCEL}


def test_every_kind_is_among_the_cases() -> None:
    assert {facts.kind for facts in SAYINGS.values()} == set(Kind)


@pytest.mark.parametrize("name", SAYINGS)
def test_every_sentence_is_whole(name: str) -> None:
    facts = SAYINGS[name]
    for language, variant in product(
        ["en", "en-US", "en-GB", "es", "es-US", "de", "fr"], range(4)
    ):
        manner = Manner(locale_for(language), FRIDAY, variant)
        words = TEMPLATES.say(facts, manner)
        assert words.text
        assert words.text == words.text.strip()
        assert "None" not in words.text
        assert not set("{}") & set(words.text)
        assert "  " not in words.text
        assert words.source == "template"
        for part in words.bold:
            assert part in words.text


@pytest.mark.parametrize(
    "name", [n for n, f in SAYINGS.items() if f.kind not in SPEAKING_FOR_OURSELVES]
)
def test_every_sentence_passes_its_own_ground_check(name: str) -> None:
    facts = SAYINGS[name]
    for language, variant in product(["en", "en-US", "es", "de"], range(4)):
        manner = Manner(locale_for(language), FRIDAY, variant)
        text = TEMPLATES.say(facts, manner).text
        assert unsupported(text, facts, written(facts, manner), FOREIGN) == ()


@pytest.mark.parametrize("facts", [DEAL, CLOSE, ANYWHERE], ids=["deal", "close", "anywhere"])
def test_every_opening_and_closing_passes_the_ground_check(facts: Facts) -> None:
    openings = [*TEMPLATES.openings, *(o for need in NEEDS.values() for o in need.openings)]
    for opening in map(english, openings):
        for closing in map(english, TEMPLATES.closings):
            text = TEMPLATES.say(facts, ENGLISH, opening=opening, closing=closing).text
            assert unsupported(text, facts, written(facts, ENGLISH), FOREIGN) == (), text


def test_offer_says_distance_price_and_coupon_in_that_order() -> None:
    text = TEMPLATES.say(
        DEAL, ENGLISH, opening="Brr, let's warm you up.", closing="Shall I book it?"
    ).text
    assert text == (
        "Brr, let's warm you up. Downtown Café is 43 m away and has Hot Chocolate for $3.50. "
        "WARM15 takes 15 % off, so $2.98. Shall I book it?"
    )


def test_feet_and_miles_are_told_where_people_walk_those() -> None:
    manner = replace(ENGLISH, locale=locale_for("en-US"))
    options = Facts(Kind.OPTIONS, options=(CLOSE, replace(CLOSE, distance_m=480)))
    assert TEMPLATES.say(options, manner).text == (
        "Close to you:\n"
        "1. Hot Chocolate, $3.50, Downtown Café, 140 ft\n"
        "2. Hot Chocolate, $3.50, Downtown Café, 0.3 mi"
    )
    assert TEMPLATES.say(SAYINGS["too far"], manner).text == (
        "Nothing like that is within a walk. The closest is Downtown Café, 1.5 mi away, "
        "with Hot Chocolate for $3.50."
    )


def test_offer_ends_with_one_question_at_most() -> None:
    for need in NEEDS.values():
        for opening in map(english, need.openings):
            for closing in map(english, TEMPLATES.closings):
                text = TEMPLATES.say(DEAL, ENGLISH, opening=opening, closing=closing).text
                assert text.endswith("?")
                assert text.count("?") <= 2
                assert "!" not in text


def test_closed_store_that_was_asked_for_by_name_is_not_said_to_have_something() -> None:
    facts = SAYINGS["closed store"]
    for variant in range(4):
        text = TEMPLATES.say(facts, replace(ENGLISH, variant=variant)).text
        assert "has it" not in text
        assert "like that" not in text


def test_list_is_numbered_and_its_things_are_bold() -> None:
    words = TEMPLATES.say(SAYINGS["options"], ENGLISH)
    assert words.text.splitlines()[1:] == [
        "1. Hot Chocolate, $3.50, Downtown Café, 43 m, $2.98 with WARM15",
        "2. Oat Latte, $3.50, Downtown Café, 43 m",
        "3. Hot Chocolate, $3.50, Downtown Café, 43 m",
    ]
    assert words.bold == ("Hot Chocolate", "Oat Latte", "Hot Chocolate")


def test_coupon_line_does_not_tell_the_discount_twice() -> None:
    lines = TEMPLATES.say(SAYINGS["coupons"], ENGLISH).text.splitlines()
    assert lines[1:] == [
        "WARM15: 15 % off hot drinks, until Sunday",
        "WARM15: 15 % off, until Sunday",
    ]


def test_orders_have_a_line_each() -> None:
    words = TEMPLATES.say(SAYINGS["orders"], ENGLISH)
    assert words.text.splitlines()[0].startswith("Order K7-2291 is ready at Home & Co.")
    assert words.text.splitlines()[1].startswith("Order C4-1807 is placed at Corner Bakery.")
    assert words.bold == ("Home & Co", "Corner Bakery")


def test_equal_sentences_vary() -> None:
    said = {TEMPLATES.say(CLOSE, replace(ENGLISH, variant=n)).text for n in range(4)}
    assert len(said) > 1


def test_what_is_not_known_has_no_placeholder() -> None:
    assert filled(Facts(Kind.OFFER), ENGLISH) == {}
    assert set(filled(CLOSE, ENGLISH)) == {"store", "distance", "item", "price"}


def test_braces_in_a_shops_names_are_only_text() -> None:
    odd = replace(DEAL, store="{item}", item="{0.__class__}")
    text = TEMPLATES.say(odd, ENGLISH).text
    assert "{item} is 43 m away and has {0.__class__} for $3.50." in text


def test_sentences_written_by_hand_have_one_emoji_at_most_and_no_shouting() -> None:
    for facts in SAYINGS.values():
        for variant in range(4):
            text = TEMPLATES.say(facts, replace(ENGLISH, variant=variant)).text
            assert "!!" not in text
            assert sum(ord(letter) > 0x1F000 for letter in text) <= 1
