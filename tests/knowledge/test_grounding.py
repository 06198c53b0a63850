from dataclasses import replace
from datetime import time

import pytest

from knowledge.facts import Facts, Kind
from knowledge.filling import written
from knowledge.grounding import unsayable, unsupported
from tests.facts import ENGLISH, TOMORROW, deal, offer

CLOSE, DEAL = offer(), deal()
NAMES = {
    "Downtown Café",
    "Tea Room",
    "Corner Bakery",
    "Hot Chocolate",
    "Oat Hot Chocolate",
    "Iced Tea",
    "Kakaw",
}
OFFER = "Downtown Café is 43 m away and has Hot Chocolate for $3.50."

UNSUPPORTED = [
    # another price
    "Downtown Café has Hot Chocolate for $3.00.",
    "Downtown Café has Hot Chocolate for $35.0.",
    "Hot Chocolate for $3.5 at Downtown Café.",
    "Hot Chocolate for 3,50 at Downtown Café.",
    "Hot Chocolate for $13.50.",
    "Hot Chocolate for $3.500.",
    "Hot Chocolate from 2 dollars.",
    "Hot Chocolate for three dollars fifty.",
    "Hot Chocolate for three-fifty dollars.",
    "It costs about 4.",
    "Two for $3.50.",
    "Hot Chocolate, just fifty cents more.",
    "Hot Chocolate for $3.50, usually $5.",
    "Hot Chocolate for €3.50 or £3.",
    # another distance or time
    "Downtown Café is 44 m away.",
    "Downtown Café is 430 m away.",
    "Downtown Café is 4.3 km away.",
    "Downtown Café is a mile away.",
    "Downtown Café is two blocks away.",
    "Downtown Café is a block away.",
    "Downtown Café is five minutes from here.",
    "You are there in a minute.",
    "It takes 1 min.",
    "Downtown Café is forty-three metres away.",
    "Fifty meters from you.",
    "A few hundred metres from you.",
    "Half a kilometre from you.",
    "It opens at 8.",
    "Downtown Café is open until late.",
    "Downtown Café closes soon.",
    "It's closed tomorrow.",
    "Come by today.",
    "Only tonight at Downtown Café.",
    # a coupon that is not there
    "Use WARM20 at Downtown Café.",
    "HAPPY50 takes some off.",
    "Code K7-2291 gets you a deal.",
    "Take 20 % off.",
    "Take twenty percent off.",
    "Half off at Downtown Café.",
    "There is a discount on it.",
    "It's on sale.",
    "You save a lot.",
    "A real bargain at Downtown Café.",
    "The second is free.",
    "With a bonus cookie.",
    "Buy one, get one.",
    "Get two Hot Chocolates at Downtown Café.",
    # other stores and goods
    "Tea Room has Hot Chocolate.",
    "Downtown Café, or Corner Bakery.",
    "Downtown Café has Iced Tea.",
    "Downtown Café has Oat Hot Chocolate.",
    "Hot Chocolate by Kakaw.",
    # what it is said to be
    "Vegan Hot Chocolate at Downtown Café.",
    "Organic Hot Chocolate at Downtown Café.",
    "A healthy Hot Chocolate.",
    "Gluten free Hot Chocolate.",
    "A natural remedy: Hot Chocolate.",
    "It cures a cold.",
    "The best Hot Chocolate in town.",
    "The cheapest Hot Chocolate around.",
    "The lowest price around.",
    "Our bestseller, Hot Chocolate.",
    # promises
    "I guarantee you'll love it.",
    "It's guaranteed to warm you.",
    "I promise it's good.",
    "It's in stock.",
    "It's still available.",
    "The last piece is yours.",
    "Limited edition Hot Chocolate.",
    "With home delivery.",
    "Shipping is on us.",
    "Full refund if you don't like it.",
    "A lifetime warranty.",
    "Exclusive to you.",
    "Unlimited refills.",
    "An extra large Hot Chocolate.",
    "A dozen cups.",
    "Thousands love it: a thousand cups sold.",
    "Call 988.",
    "Gluten-free Hot Chocolate.",
    "Dairy-free too.",
    "It's half-price.",
    "A two-for-one deal.",
    "Forty-three steps from you.",
    "A five-minute walk.",
    "½ price at Downtown Café.",
    "② for you.",
    "A couple of cups for the price.",
    "A complimentary cookie with it.",
    "Homemade Hot Chocolate.",
    "A quarter of the price.",
    "the tea room has it too.",
    "They also have iced tea.",
    "TEA ROOM has it.",
    "Ask for table 7.",
    "An hour's walk from you.",
    "Today’s treat.",
    "A dollar's worth of warmth.",
    "Thirteen cups.",
    "Seventeen steps from you.",
    "Hundreds love it.",
    "A million thanks.",
    "Just a few bucks.",
]


def doubts(text: str, facts: Facts = CLOSE) -> tuple[str, ...]:
    return unsupported(text, facts, written(facts, ENGLISH), NAMES)


def test_there_are_enough_hostile_texts() -> None:
    assert len(set(UNSUPPORTED)) >= 60


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_what_the_facts_do_not_say_is_found(text: str) -> None:
    assert doubts(text) != ()
    assert doubts(f"{OFFER} {text}") != ()


@pytest.mark.parametrize(
    "text",
    [
        OFFER,
        "Brr. Hot Chocolate for $3.50, 43 m from you at Downtown Café. Shall I book it?",
        "Let's warm you up.",
        "Downtown Café has something warm.",
        "Hot Chocolate?",
        "",
    ],
)
def test_what_the_facts_say_passes(text: str) -> None:
    assert doubts(text) == ()


def test_coupon_and_reduced_price_pass_when_they_are_facts() -> None:
    text = f"{OFFER} WARM15 takes 15 % off, so $2.98."
    assert doubts(text, DEAL) == ()
    assert doubts(text, CLOSE) != ()


def test_claim_passes_when_the_evidence_makes_it() -> None:
    vegan = replace(CLOSE, item="Vegan Hot Chocolate")
    assert doubts("Vegan Hot Chocolate at Downtown Café.", vegan) == ()
    assert doubts("Today's Special.", replace(CLOSE, item="Today's Special")) == ()
    quote = replace(CLOSE, kind=Kind.POLICY, quote="Delivery is free from $30.")
    assert doubts("Delivery is free from $30.", quote) == ()


def test_opening_time_passes_when_it_is_a_fact() -> None:
    closed = replace(CLOSE, kind=Kind.CLOSED, opens_at=time(8), opens_day=TOMORROW)
    assert doubts("Downtown Café opens tomorrow at 8:00 AM.", closed) == ()
    assert doubts("Downtown Café opens tomorrow at 9:00 AM.", closed) != ()
    assert (
        doubts("Downtown Café opens tomorrow at 8:00 AM.", replace(closed, opens_day=None)) != ()
    )


def test_numbers_of_a_list_pass_as_far_as_it_goes() -> None:
    both = Facts(Kind.OPTIONS, options=(CLOSE, DEAL))
    assert doubts("1. Hot Chocolate\n2. Hot Chocolate", both) == ()
    assert doubts("7. Hot Chocolate", both) == ("7",)


def test_name_within_an_allowed_name_passes() -> None:
    oat = replace(CLOSE, item="Oat Hot Chocolate")
    assert doubts("Downtown Café has Oat Hot Chocolate.", oat) == ()


def test_doubts_name_what_is_doubted() -> None:
    assert set(doubts("Tea Room, 44 m, WARM20, guaranteed.")) == {
        "Tea Room",
        "44",
        "20",
        "WARM20",
        "guaranteed",
    }


def test_words_around_facts_may_claim_nothing_that_a_name_or_a_rule_says() -> None:
    brownie = replace(CLOSE, item="Vegan Brownie, two pieces", store="Open Book")
    rule = Facts(Kind.POLICY, quote="Delivery is free from $30.", document="Delivery")
    assert {"vegan", "two", "open", "free", "off"} <= unsayable(brownie)
    assert {"delivery", "free"} <= unsayable(rule)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (DEAL, {"off", "less"}),
        (Facts(Kind.OPTIONS, options=(CLOSE, DEAL)), {"off", "less"}),
        (replace(CLOSE, kind=Kind.CLOSED, opens_at=time(8)), {"open", "opens", "closed"}),
        (replace(CLOSE, closes_at=time(18)), {"open", "closes"}),
    ],
)
def test_words_in_which_a_discount_or_hours_are_told_may_be_said(
    facts: Facts, said: set[str]
) -> None:
    assert said <= unsayable(CLOSE)
    assert not said & unsayable(facts)
