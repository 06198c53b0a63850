"""What a model is given to say facts with, and what stays with our own sentences."""

from dataclasses import replace
from datetime import date, time

import pytest

from knowledge.briefs import NAMES, TRAINED, brief, in_order
from knowledge.facts import Facts, Kind
from knowledge.filling import written
from knowledge.grounding import unsupported
from knowledge.llm.base import Prompt
from knowledge.outline import Outline, outline
from knowledge.sentences import HOURS
from knowledge.templates import Templates
from storage.records import OrderStatus
from tests.facts import ENGLISH, MONDAY, TOMORROW, deal, offer, order_facts

TEMPLATES = Templates.shipped()
CLOSE, DEAL = offer(), deal()
CLOSED = Facts(Kind.CLOSED, store="Tea Room", distance_m=90, opens_at=time(8), opens_day=TOMORROW)
ORDER = order_facts()
RULE = Facts(Kind.POLICY, quote="Bring it back within 30 days.", document="Returns 2")
COUPON = Facts(Kind.COUPONS, coupon_code="WARM15", discount_percent=15)


def told(facts: Facts) -> Outline | None:
    return outline(facts, ENGLISH, TEMPLATES)


TOLD = {
    "offer": (CLOSE, "offer", "store distance item price"),
    "offer without place": (replace(CLOSE, distance_m=None), "offer", "store item price"),
    "offer with coupon": (DEAL, "offer", "store distance item price more"),
    "offer with coupon code alone": (
        replace(DEAL, discount_percent=None),
        "offer",
        "store distance item price",
    ),
    "offer that closes": (
        replace(CLOSE, closes_at=time(18)),
        "offer",
        "store distance item price more",
    ),
    "offer of which something is not known": (
        replace(CLOSE, unknown=("vegan",)),
        "offer",
        "store distance item price more",
    ),
    "offer for an allergy": (
        replace(CLOSE, tone="allergy"),
        "offer",
        "store distance item price more",
    ),
    "nudge": (
        replace(DEAL, kind=Kind.NUDGE),
        "nudge",
        "store distance item price more",
    ),
    "options": (Facts(Kind.OPTIONS, options=(DEAL, CLOSE)), "options", "list"),
    "summary": (Facts(Kind.SUMMARY, options=(DEAL, CLOSE)), "summary", "list"),
    "coupons": (Facts(Kind.COUPONS, coupons=(COUPON,)), "coupons", "list"),
    "no coupons": (Facts(Kind.COUPONS), "coupons", "more"),
    "nothing": (Facts(Kind.NOTHING_NEAR), "nothing_near", "more"),
    "closed, with a thing": (
        replace(CLOSED, item="Hot Chocolate", price_cents=350, currency="USD"),
        "closed",
        "more",
    ),
    "order": (replace(ORDER, status=OrderStatus.COLLECTED), "order_status", "more"),
    "closed for a holiday": (replace(CLOSED, holiday="Thanksgiving"), "closed", "more"),
    "closed since": (replace(CLOSED, closed_at=time(16)), "closed", "more"),
    "closed store": (CLOSED, "closed", "more"),
    "no order": (Facts(Kind.ORDER_STATUS), "order_status", "more"),
    "order to collect": (ORDER, "order_status", "more"),
    "order kept until": (replace(ORDER, kept_until=time(18)), "order_status", "more"),
    "rule": (RULE, "policy", "quote document"),
    "question back": (Facts(Kind.CLARIFY), "clarify", ""),
    "beyond a shop": (Facts(Kind.OUT_OF_SCOPE), "refusal", ""),
}


@pytest.mark.parametrize("name", TOLD)
def test_model_is_given_exactly_the_facts_it_has_to_say(name: str) -> None:
    facts, kind, names = TOLD[name]
    plan = told(facts)
    assert plan is not None
    assert (plan.kind, plan.names) == (kind, tuple(names.split()))
    assert set(plan.names) <= set(NAMES)  # else it would not be told of one
    assert all(plan.values.values())


@pytest.mark.parametrize("name", TOLD)
def test_facts_alone_are_whole_and_supported(name: str) -> None:
    facts, _, _ = TOLD[name]
    plan = told(facts)
    assert plan is not None
    text = plan.filled(" ".join(f"{{{each}}}" for each in plan.names))
    assert not set("{}") & set(text)
    assert text == text.strip()
    assert unsupported(text, facts, written(facts, ENGLISH), {"Iced Tea", "Corner Bakery"}) == ()


OURS = {
    "offer without price": replace(CLOSE, price_cents=None),
    "offer without store": replace(CLOSE, store=None),
    "options of another day": Facts(
        Kind.OPTIONS, options=(CLOSE, replace(CLOSE, day=TOMORROW, opens_at=time(9)))
    ),
    "nothing but far away": replace(CLOSE, kind=Kind.NOTHING_NEAR, tone="far"),
    "sold out": Facts(Kind.NOTHING_NEAR, item="Hot Chocolate", tone="sold_out"),
    "other sizes": Facts(Kind.NOTHING_NEAR, item="Socks", asked=("9",), choices=("7", "8")),
    "not there": Facts(Kind.NOTHING_NEAR, store="Tea Room", tone="not_there"),
    "nothing on a day": Facts(Kind.NOTHING_NEAR, tone="then", day=TOMORROW),
    "closed on a day": replace(CLOSED, day=MONDAY),
    "hours of a closed store": replace(CLOSED, tone=HOURS),
    "several orders": Facts(Kind.ORDER_STATUS, options=(ORDER, ORDER)),
    "rule since": replace(RULE, valid_from=date(2026, 1, 1)),
    "which of several": Facts(Kind.CLARIFY, choices=("eat", "present")),
    "which size": Facts(Kind.CLARIFY, tone="size"),
    **{
        kind.value: Facts(kind)
        for kind in Kind
        if kind
        not in {Kind.NOTHING_NEAR, Kind.COUPONS, Kind.CLARIFY, Kind.OUT_OF_SCOPE}
        | {Kind.OPTIONS, Kind.SUMMARY, Kind.CLOSED, Kind.POLICY, Kind.ORDER_STATUS}
    },
}


@pytest.mark.parametrize("name", OURS)
def test_what_takes_a_sentence_of_its_own_stays_ours(name: str) -> None:
    assert told(OURS[name]) is None


def test_facts_told_before_are_no_part_of_it() -> None:
    assert told(replace(DEAL, before=(ORDER, RULE))) == told(DEAL)


def test_what_else_must_be_said_comes_in_whole() -> None:
    plan = told(replace(CLOSE, unknown=("gluten-free", "vegan"), closes_at=time(18)))
    assert plan is not None
    more = plan.values["more"]
    assert "gluten-free or vegan" in more
    assert "6:00" in more
    assert more in TEMPLATES.offer(
        replace(CLOSE, unknown=("gluten-free", "vegan"), closes_at=time(18)), ENGLISH
    )


@pytest.mark.parametrize(
    "draft",
    [
        "Brr. Have a look: {list} Which one?",
        "Brr. Have a look: {list}. Which one?",
        "Brr. Have a look:{list} , Which one?",
        "Brr. Have a look: {list}: Which one?",
    ],
)
def test_list_stands_on_lines_of_its_own_without_a_stray_mark(draft: str) -> None:
    plan = told(Facts(Kind.OPTIONS, options=(CLOSE, DEAL)))
    assert plan is not None
    lines = plan.filled(draft).split("\n")
    assert (lines[0], lines[-1]) == ("Brr. Have a look:", "Which one?")
    assert [line[:2] for line in lines[1:-1]] == ["1.", "2."]


def test_sentence_that_ends_by_itself_gets_no_second_mark() -> None:
    plan = told(replace(CLOSE, tone="allergy"))
    assert plan is not None
    said = plan.filled("{store}, {distance}: {item}, {price}. {more}. Yours?")
    assert ".." not in said
    assert said.endswith("I can't tell. Yours?")


def test_braces_in_a_value_are_only_text() -> None:
    plan = told(replace(CLOSE, item="{store} mug {0}"))
    assert plan is not None
    draft = " ".join(f"{{{name}}}" for name in plan.names)
    assert "{store} mug {0}" in plan.filled(draft)


def test_brief_names_kind_and_facts_in_one_order_and_nothing_of_their_values() -> None:
    plan = told(DEAL)
    assert plan is not None
    asked = brief(plan.kind, plan.names[::-1], "I'm\ncold  today")
    names = "{store} {distance} {item} {price} {more}"
    assert asked == Prompt(TRAINED, f"offer: {names}\nI'm cold today")
    assert brief("nudge", (), " ").dynamic == "nudge: \n-"
    assert in_order({"list", "store", "unheard"}) == ("store", "list")
