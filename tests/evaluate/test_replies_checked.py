"""What the check of replies must catch, and what it must let pass."""

from datetime import date, time

import pytest

from knowledge.facts import Facts, Kind
from scripts.evaluate.replies.checking import doubts
from scripts.evaluate.replies.required import missing
from storage.records import OrderStatus
from tests.facts import deal, offer

WARM = deal(
    store="Café No. 9",
    item="Cold Brew 12 oz",
    reason="you bought iced drinks four times",
    expires_on=date(2026, 12, 24),
)
PLAIN = offer(
    store="Green Grocer", distance_m=1240, item="Bean Wrap", price_cents=620, currency="EUR"
)
NAMES = {"Café No. 9", "Cold Brew 12 oz", "Green Grocer", "Bean Wrap", "Tea Room", "Umbra"}


def said(text: str, facts: Facts = PLAIN, message: str = "") -> list[tuple[str, str]]:
    return [(each.sort, each.said) for each in doubts(text, facts, message=message, names=NAMES)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Chilly? Café No. 9 is 43 m away and has Cold Brew 12 oz for $3.50.", WARM),
        ("WARM15 takes 15 % off, so $2.98 at Café No. 9.", WARM),
        ("WARM15 takes 15% off until December 24. You save $0.52.", WARM),
        ("Good until 24 December 2026, which is a Thursday.", WARM),
        ("You bought iced drinks four times, so here you are.", WARM),
        ("Fancy a Cold Brew at the Café?", WARM),
        ("CAFÉ NO. 9 has Cold Brew 12 ozs.", WARM),
        ("Green Grocer, 1.2 km away, has Bean Wraps for €6.20. Want it?", PLAIN),
        ("Green Grocer, 1,240 m away: Bean Wrap, 6,20 €.", PLAIN),
        ("Which one would you like? Any of these, this one or one of those.", PLAIN),
        ("Right, I'd say umbrella weather calls for company.", PLAIN),
        ("Green Grocer is closed. It opens at 8:00 AM.", Facts(Kind.CLOSED, store="Green Grocer", opens_at=time(8))),
        ("It opens at 17:30, at 5:30 pm.", Facts(Kind.CLOSED, opens_at=time(17, 30))),
        ("Here's the rule: «Parcels are free from $60.» Delivery, section 2.", Facts(Kind.POLICY, quote="Parcels are free from $60.", document="Delivery, section 2")),
        ("Two lines:\n1. Bean Wrap, €6.20\n2. Bean Wrap, €6.20".replace("Two lines", "Here"), Facts(Kind.OPTIONS, options=(PLAIN, PLAIN))),
        ("Order K7-2291 is ready.", Facts(Kind.ORDER_STATUS, order_code="K7-2291", status=OrderStatus.READY)),
        ("It wasn't collected in time and expired.", Facts(Kind.ORDER_STATUS, status=OrderStatus.EXPIRED)),
    ],
)  # fmt: skip
def test_text_that_says_its_facts_passes(text: str, facts: Facts) -> None:
    assert said(text, facts) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bean Wrap for €6.30.", ("price", "€6.30")),
        ("Bean Wrap for $6.20.", ("price", "$6.20")),
        ("That is 6 euros.", ("price", "6 euros")),
        ("It is 20 % off.", ("percentage", "20 %")),
        ("20 percent, imagine.", ("percentage", "20 percent")),
        ("Only a step, 1.3 km.", ("distance", "1.3 km")),
        ("It is 50 m away.", ("distance", "50 m")),
        ("Come at 8:00.", ("time", "8:00")),
        ("Come by 6 pm.", ("time", "6 pm")),
        ("Until December 24.", ("day", "December 24")),
        ("See you Sunday.", ("day", "Sunday")),
        ("Take 3 of them.", ("number", "3")),
        ("Have it at ½ the price.", ("number", "½")),
        ("Use SAVE20 there.", ("code", "SAVE20")),
        ("Use warm15 there.", ("code", "warm15")),
        ("Use GIFT there.", ("code", "GIFT")),
        ("The Tea Room has it.", ("name", "Tea Room")),
        ("Try the cold brew 12 oz.", ("name", "cold brew 12 oz")),
        ("It is next to Starbucks.", ("name", "Starbucks")),
        ("I like the Umbra there.", ("name", "Umbra")),
        ("Twenty of them, half price.", ("spelled number", "twenty")),
        ("Just one for you.", ("spelled number", "one")),
        ("It's free.", ("promise", "free")),
        ("Quality guaranteed.", ("promise", "guaranteed")),
        ("It's on the house.", ("promise", "on the house")),
        ("They have it in stock.", ("availability", "stock")),
        ("They are open.", ("availability", "open")),
        ("Get it today.", ("availability", "today")),
        ("The last of its kind.", ("availability", "last")),
        ("A few minutes on foot.", ("availability", "minutes")),
        ("It's vegan.", ("diet", "vegan")),
        ("It's gluten-free.", ("diet", "gluten")),
        ("It cures that cough.", ("health", "cures")),
        ("Good for your heart.", ("health", "good for your heart")),
    ],
)
def test_text_that_says_more_than_its_facts_is_caught(text: str, found: tuple[str, str]) -> None:
    assert found in said(text)


def test_price_of_another_sort_than_discount_and_saving_is_caught() -> None:
    assert said("WARM15 makes it $2.96, you keep $0.54.", WARM) == [
        ("price", "$2.96"),
        ("price", "$0.54"),
    ]


def test_half_a_cent_may_be_rounded_either_way() -> None:
    facts = Facts(Kind.OFFER, price_cents=350, currency="USD", discount_percent=15)
    assert said("$2.98 or $2.97", facts) == []


def test_number_that_is_part_of_a_name_stands_for_nothing_else() -> None:
    assert said("Cold Brew 12 oz, 12 times.", WARM) == [("number", "12")]


def test_name_states_nothing_but_what_the_thing_is() -> None:
    facts = Facts(Kind.OFFER, store="Free Range Farm Shop", item="Half Pint Vegan Shake")
    assert said("Free Range Farm Shop has Half Pint Vegan Shake, a vegan treat.", facts) == []
    assert said("Free, and half of it.", facts) == [
        ("promise", "free"),
        ("spelled number", "half"),
    ]


def test_code_must_be_written_as_it_is() -> None:
    assert ("code", "warm15") in said("Use warm15.", WARM)


def test_capital_of_the_message_may_be_said_back() -> None:
    assert said("Nice for the Opera evening.") == [("name", "Opera")]
    assert said("Nice for the Opera evening.", message="opera tonight") == []


@pytest.mark.parametrize(
    "text", ["It was cancelled.", "It is on its way.", "It was picked up.", "It has been shipped."]
)
def test_status_that_is_not_so_is_caught(text: str) -> None:
    facts = Facts(Kind.ORDER_STATUS, order_code="K7-2291", status=OrderStatus.READY)
    assert "status" in {sort for sort, _ in said(text, facts)}


@pytest.mark.parametrize(
    ("text", "facts", "left"),
    [
        ("Café No. 9 has Cold Brew 12 oz for $3.50 with WARM15.", WARM, []),
        ("Café No. 9, 43 m away, has Cold Brew 12 oz: WARM15.", WARM, []),
        ("Something cold?", WARM, ["store", "item", "price or distance", "coupon_code"]),
        ("Café No. 9: Cold Brew 12 oz, $2.98 with WARM15.", WARM, ["price or distance"]),
        ("Bean Wrap is at Green Grocer.", Facts(Kind.OFFER, store="Green Grocer", item="Bean Wrap"), []),
        ("It opens at 9:30.", Facts(Kind.CLOSED, store="Volt", opens_at=time(9, 30)), ["store"]),
        ("Volt opens at 9:00.", Facts(Kind.CLOSED, store="Volt", opens_at=time(9, 30)), ["opens_at"]),
        ("Order K7-1 is booked.", Facts(Kind.ORDER_STATUS, order_code="K7-1", status=OrderStatus.PLACED), ["status"]),
        ("It is ready.", Facts(Kind.ORDER_STATUS, order_code="K7-1", status=OrderStatus.READY), ["order_code"]),
        ("«No dogs.»", Facts(Kind.POLICY, quote="No dogs.", document="House rules"), ["document"]),
        ("no dogs, House rules", Facts(Kind.POLICY, quote="No dogs.", document="House rules"), ["quote"]),
        ("Sorry, nothing.", Facts(Kind.NOTHING_NEAR, item="Bean Stew"), []),
    ],
)  # fmt: skip
def test_required_facts_by_kind(text: str, facts: Facts, left: list[str]) -> None:
    assert missing(text, facts) == left


def test_each_option_needs_its_own_price() -> None:
    facts = Facts(Kind.OPTIONS, options=(PLAIN, WARM))
    right = "1. Bean Wrap, €6.20\n2. Cold Brew 12 oz, $3.50"
    swapped = "1. Bean Wrap, $3.50\n2. Cold Brew 12 oz, €6.20"
    assert missing(right, facts) == missing(right.replace("\n", " "), facts) == []
    assert missing(swapped, facts) == ["price 1", "price 2"]
    assert missing("1. Bean Wrap, €6.20", facts) == ["item 2"]


def test_same_thing_from_two_stores_needs_both_prices() -> None:
    dearer = Facts(Kind.OFFER, item="Bean Wrap", price_cents=700, currency="EUR")
    facts = Facts(Kind.OPTIONS, options=(PLAIN, dearer))
    assert missing("Bean Wrap, €6.20\nBean Wrap, €7.00", facts) == []
    assert missing("Bean Wrap, €6.20\nBean Wrap, €6.20", facts) == ["price 2"]


def test_each_coupon_needs_its_discount() -> None:
    coupons = (
        Facts(Kind.COUPONS, coupon_code="TEN10", discount_percent=10),
        Facts(Kind.COUPONS, coupon_code="SIX6", discount_percent=6),
    )
    facts = Facts(Kind.COUPONS, coupons=coupons)
    assert missing("TEN10: 10 % off\nSIX6: 6 % off", facts) == []
    assert missing("TEN10: 6 % off\nSIX6", facts) == ["discount 1", "discount 2"]
