"""What is said to a wish, and of what kind every answer is."""

from dataclasses import replace

import pytest

from knowledge.candidates import Candidate, Found
from knowledge.compose import compose
from knowledge.constraints import Constraints, Diet
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.followups import Step
from knowledge.understanding import POLICY_INTENTS, Intent
from tests.builders import coupon, product
from tests.knowledge.composing import NOON, candidate, composed, ranked, reading


@pytest.mark.parametrize("intent", Intent)
def test_every_intent_has_something_to_say_to_nothing_found(intent: Intent) -> None:
    assert composed(intent).facts.kind in Kind


@pytest.mark.parametrize(
    ("intent", "kind"),
    [
        (Intent.SMALLTALK, Kind.SMALLTALK),
        (Intent.OUT_OF_SCOPE, Kind.OUT_OF_SCOPE),
        (Intent.CARE, Kind.CARE),
        (Intent.HUMAN, Kind.HUMAN),
        (Intent.COMPLAINT, Kind.COMPLAINT),
        (Intent.ACCOUNT_PRIVACY, Kind.ACCOUNT_PRIVACY),
        (Intent.ORDER_PLACE, Kind.HOW_TO_PLACE),
        (Intent.ORDER_CANCEL, Kind.HOW_TO_CANCEL),
        (Intent.ORDER_CHANGE, Kind.HOW_TO_CHANGE),
        (Intent.NEED, Kind.NOTHING_NEAR),
        (Intent.RECOMMEND, Kind.NOTHING_NEAR),
        (Intent.STORE_LOOKUP, Kind.NOTHING_NEAR),
        (Intent.PRODUCT_SEARCH, Kind.NOTHING_NEAR),
        (Intent.COUPONS, Kind.COUPONS),
        (Intent.ORDER_STATUS, Kind.ORDER_STATUS),
        *[(intent, Kind.NOT_KNOWN) for intent in sorted(POLICY_INTENTS)],
    ],
)
def test_kind_follows_the_intent(intent: Intent, kind: Kind) -> None:
    assert composed(intent).facts.kind is kind


def test_tone_is_kept() -> None:
    told = compose(reading(Intent.SMALLTALK, tone="bye"), Evidence(NOON), (), 3)
    assert told.facts.tone == "bye"


@pytest.mark.parametrize(
    "intent", [Intent.NEED, Intent.PRODUCT_SEARCH, Intent.RECOMMEND, Intent.STORE_LOOKUP]
)
def test_place_is_asked_for_before_anything_is_told(intent: Intent) -> None:
    told = composed(intent, Evidence(NOON, must_ask_place=True), ranked(candidate()))
    assert (told.facts.kind, told.shown) == (Kind.NEEDS_PLACE, ())


def test_need_is_answered_with_the_best_thing_alone() -> None:
    best, second = candidate("tea", coupon=coupon()), candidate("choc")
    told = composed(Intent.NEED, found=ranked(best, second))
    assert told.facts == Facts(
        Kind.OFFER,
        store="Cafe",
        distance_m=43,
        item="Hot Chocolate",
        price_cents=350,
        currency="USD",
        coupon_code="WARM15",
        discount_percent=15,
    )
    assert [each.candidate for each in told.shown] == [best]


@pytest.mark.parametrize("intent", [Intent.PRODUCT_SEARCH, Intent.RECOMMEND])
def test_search_shows_several_and_no_more_than_allowed(intent: Intent) -> None:
    found = ranked(*(candidate(name) for name in "abcde"))
    told = composed(intent, found=found, shown=3)
    assert told.facts.kind is Kind.OPTIONS
    assert len(told.facts.options) == len(told.shown) == 3


@pytest.mark.parametrize("intent", [Intent.PRODUCT_SEARCH, Intent.RECOMMEND])
def test_single_find_is_an_offer(intent: Intent) -> None:
    assert composed(intent, found=ranked(candidate())).facts.kind is Kind.OFFER


@pytest.mark.parametrize(
    ("confidence", "is_relevant", "kind"),
    [
        (0.1, False, Kind.OUT_OF_SCOPE),
        (0.1, True, Kind.NOTHING_NEAR),
        (0.9, False, Kind.NOTHING_NEAR),
    ],
)
def test_unclear_message_that_finds_nothing_is_out_of_scope(
    confidence: float, is_relevant: bool, kind: Kind
) -> None:
    evidence = Evidence(NOON, found=Found(is_relevant=is_relevant))
    told = compose(reading(Intent.PRODUCT_SEARCH, confidence), evidence, (), 3)
    assert told.facts.kind is kind


def test_without_a_place_nothing_is_said_about_near() -> None:
    told = composed(Intent.NEED, Evidence(NOON, has_place=False))
    assert told.facts == Facts(Kind.NOTHING_NEAR, tone="anywhere")


def test_what_is_too_far_is_told_when_nothing_is_near() -> None:
    far, farther = candidate(distance_m=2_400.0), candidate("tea", distance_m=3_000.0)
    told = composed(Intent.NEED, Evidence(NOON, found=Found(far=(farther, far))))
    assert (told.facts.kind, told.facts.tone) == (Kind.NOTHING_NEAR, "far")
    assert (told.facts.store, told.facts.distance_m) == ("Cafe", 2_400)
    assert [each.candidate for each in told.shown] == [far]


def test_what_is_sold_out_is_named() -> None:
    told = composed(Intent.NEED, Evidence(NOON, found=Found(sold_out=(product(),))))
    assert told.facts == Facts(Kind.NOTHING_NEAR, item="Hot Chocolate", tone="sold_out")
    assert told.shown == ()


# What is not known

HALAL = Constraints(diets=frozenset({Diet.HALAL}))


def meal(product_id: str, **attributes: str) -> Candidate:
    made = product(product_id, category="meals", attributes={"diet": "vegetarian", **attributes})
    return replace(candidate(), product=made)


def test_offer_says_what_was_asked_and_nobody_knows() -> None:
    wish = replace(reading(Intent.NEED), constraints=HALAL)
    told = compose(wish, Evidence(NOON), ranked(meal("stew")), 3)
    assert told.facts.unknown == ("halal",)


def test_what_is_known_to_be_as_asked_comes_first() -> None:
    wish = replace(reading(Intent.RECOMMEND), constraints=HALAL)
    found = ranked(meal("stew"), meal("wrap", diet="halal"))
    told = compose(wish, Evidence(NOON), found, 3)
    assert [each.candidate.product.id for each in told.shown] == ["wrap", "stew"]
    assert [option.unknown for option in told.facts.options] == [(), ("halal",)]


# Talks that go on


@pytest.mark.parametrize("step", [Step.PICK, Step.CHEAPER, Step.CLOSER, Step.OTHER])
def test_nothing_left_of_what_was_shown_is_told_as_such(step: Step) -> None:
    told = compose(reading(Intent.RECOMMEND), Evidence(NOON), (), 3, step)
    assert told.facts == Facts(Kind.NOTHING_NEAR, tone=step.value)


@pytest.mark.parametrize("step", [None, Step.LIMIT, Step.INSTEAD])
def test_nothing_found_for_a_wish_is_told_as_ever(step: Step | None) -> None:
    told = compose(reading(Intent.RECOMMEND), Evidence(NOON), (), 3, step)
    assert told.facts == Facts(Kind.NOTHING_NEAR)
