from dataclasses import replace

import pytest

from knowledge.constraints import Constraints, Recipient, constraints_in
from knowledge.facts import Kind
from knowledge.followups import FollowUp, Step, follow_up
from knowledge.talk import Talk
from knowledge.understanding import Intent, Reading
from knowledge.wish import Wish
from tests.builders import suggestion

BLUE = Constraints(colours=frozenset({"blue"}))


def shown(product_id: str, price_cents: int, band_m: int, position: int) -> object:
    return replace(
        suggestion(7),
        product_id=product_id,
        store_id=f"at-{product_id}",
        price_cents=price_cents,
        distance_band_m=band_m,
        position=position,
    )


SHOWN = (shown("cocoa", 450, 150, 0), shown("tea", 350, 500, 1), shown("latte", 400, 50, 2))
THREE = Talk(Wish("hot drink"), Kind.OPTIONS, SHOWN, frozenset({"cocoa", "tea", "latte"}))  # type: ignore[arg-type]
ONE = replace(THREE, shown=THREE.shown[:1], topic=Kind.OFFER)
POLICY = Talk(Wish("can I bring it back without the receipt"), Kind.POLICY)


def read(
    text: str,
    talk: Talk | None = THREE,
    intent: Intent = Intent.PRODUCT_SEARCH,
    confidence: float = 0.5,
    limits: Constraints | None = None,
) -> FollowUp | None:
    constraints = constraints_in(text) if limits is None else limits
    return follow_up(Reading(intent, confidence, None, constraints, text=text), talk)


@pytest.mark.parametrize(
    ("text", "product_id"),
    [
        ("the second one", "tea"),
        ("The first, please!", "cocoa"),
        ("2", "tea"),
        ("number 3", "latte"),
        ("I'll take the last one", "latte"),
        ("what about the 2nd?", "tea"),
        ("the cheaper one", "tea"),
        ("the cheapest", "tea"),
        ("the closest one please", "latte"),
    ],
)
def test_one_of_those_shown_is_picked(text: str, product_id: str) -> None:
    found = read(text)
    assert found == FollowUp(Step.PICK, THREE.wish, only=product_id)


def test_cheaper_one_is_that_for_which_less_is_paid_with_its_coupon() -> None:
    cocoa = replace(THREE.shown[0], coupon_code="HALF")
    talk = replace(THREE, shown=(cocoa, *THREE.shown[1:]), discounts={"HALF": 50})
    found = read("the cheaper one", talk)
    assert found is not None
    assert found.only == "cocoa"


@pytest.mark.parametrize(
    "text", ["something cheaper", "cheaper?", "too expensive", "hm, do you have anything cheaper"]
)
def test_cheaper_is_below_the_cheapest_shown(text: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.step, found.excluding) == (Step.CHEAPER, {"cocoa", "tea", "latte"})
    assert constraints_in(found.wish.added[0]).max_price_cents == 349


def test_the_cheaper_one_is_looked_for_when_only_one_was_shown() -> None:
    found = read("the cheaper one", ONE)
    assert found is not None
    assert found.step is Step.CHEAPER


@pytest.mark.parametrize("text", ["something closer", "anything nearer?", "that's too far"])
def test_closer_is_closer_than_all_shown(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.step is Step.CLOSER
    assert found.closer_than == {"at-cocoa", "at-tea", "at-latte"}


@pytest.mark.parametrize(
    "text",
    [
        "something else",
        "what else?",
        "show me more",
        "another one",
        "other options",
        "not that one",
        "the same in another colour",
    ],
)
def test_other_things_are_those_not_seen_yet(text: str) -> None:
    found = read(text, ONE)
    assert found is not None
    assert (found.step, found.excluding) == (Step.OTHER, {"cocoa", "tea", "latte"})


@pytest.mark.parametrize(
    ("text", "limits", "added"),
    [
        ("and in blue?", BLUE, "in blue"),
        ("for my dad", None, "for my dad"),
        ("without nuts", None, "without nuts"),
        ("but not spicy", None, "not spicy"),
        ("under $4 please", None, "under $4"),
        ("vegan?", None, "vegan"),
        ("something vegan", None, "something vegan"),
        ("do they have it in blue", BLUE, "in blue"),
        ("the same in blue", BLUE, "in blue"),
        ("same but vegan", None, "vegan"),
        ("after 6", None, "after 6"),
        ("in an hour", None, "in an hour"),
        ("and on Monday morning?", None, "on monday morning"),
        ("she likes candles", None, "she likes candles"),
        ("no sugar", None, "no sugar"),
        ("and tomorrow?", None, "tomorrow"),
        ("something for this evening", None, "something for this evening"),
        ("I need it this morning", None, "i need it this morning"),
        ("on Sunday", None, "on sunday"),
        ("only vegan and organic", None, "only vegan and organic"),
    ],
)
def test_limit_is_added_to_the_wish(text: str, limits: Constraints | None, added: str) -> None:
    assert read(text, limits=limits) == FollowUp(Step.LIMIT, THREE.wish.adding(added))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("what about tea?", "tea"),
        ("how about a blue scarf", "blue scarf"),
        ("or some soup", "soup"),
        ("and for dinner?", "dinner"),
    ],
)
def test_another_thing_takes_the_place_of_the_first(text: str, thing: str) -> None:
    assert read(text) == FollowUp(Step.INSTEAD, THREE.wish.instead(thing))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("and for shoes?", "for shoes"),
        ("what about food", "for food"),
        ("and on Sunday", "on sunday"),
    ],
)
def test_policy_is_asked_again_about_something_else(text: str, about: str) -> None:
    assert read(text, POLICY) == FollowUp(Step.LIMIT, POLICY.wish.adding(about))
    again = read("and for gloves", replace(POLICY, wish=POLICY.wish.adding(about)))
    assert again == FollowUp(Step.LIMIT, POLICY.wish.adding("for gloves"))


def test_policy_is_asked_again_though_the_words_read_like_a_wish() -> None:
    found = read("and for shoes?", POLICY, intent=Intent.PRODUCT_SEARCH, confidence=0.95)
    assert found == FollowUp(Step.LIMIT, POLICY.wish.adding("for shoes"))


def test_size_answers_the_question_for_it() -> None:
    asked = Talk(Wish("trail shoes"), Kind.CLARIFY)
    assert read("44", asked) == FollowUp(Step.LIMIT, asked.wish.adding("size 44"))


def test_number_is_another_size_where_a_size_was_asked_for() -> None:
    talk = replace(THREE, wish=Wish("trail shoes in 44"))
    for said in ("how about 42?", "42", "and 42"):
        assert read(said, talk) == FollowUp(Step.LIMIT, talk.wish.adding("size 42"))
    assert read("42") is None


def test_number_stays_a_size_of_the_country_it_was_asked_in() -> None:
    talk = replace(THREE, wish=Wish("running shoes us size 8"))
    assert read("and 9?", talk) == FollowUp(Step.LIMIT, talk.wish.adding("us size 9"))


@pytest.mark.parametrize("text", ["0", "6", "9", "number 7"])
def test_number_beyond_the_list_points_at_nothing(text: str) -> None:
    found = read(text)
    assert found is None or found.step is not Step.PICK


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "I need a present for my mum",
        "do you have red wine",
        "and where is my order?",
        "the seventh one",
        "no",
        "blue scarf",
        "a vegan cake",
        "what about my order",
        "wool socks",
        "only vegan and plastic-free soap please",
        "I want something to eat that is quick and warm and vegan",
        "my umbrella broke this morning",
        "my kettle broke this morning",
        "my red umbrella broke this morning",
        "my umbrella broke, it was red",
        "I lost my blue gloves this week",
        "this morning my kettle died",
        "a red umbrella for this afternoon",
        "",
    ],
)
def test_message_that_says_it_all_stands_for_itself(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["the cheaper one", "in blue", "what about tea?", "2"])
def test_nothing_goes_on_without_a_talk(text: str) -> None:
    assert read(text, None) is None


def test_message_that_surely_is_about_something_else_is_believed() -> None:
    assert read("for a refund", intent=Intent.REFUND_RETURN, confidence=0.9) is None
    assert read("for a refund", POLICY, intent=Intent.REFUND_RETURN, confidence=0.9) is not None
    assert read("with nobody left", intent=Intent.CARE) is None
    assert read("no hope", intent=Intent.CARE) is None


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("under $30", None),
        ("in blue", BLUE),
        ("for my dad", Constraints(recipient=Recipient("dad"))),
        ("vegan", None),
        ("tomorrow", None),
    ],
)
def test_words_that_can_only_be_a_limit_are_one_whatever_they_read_like(
    text: str, limits: Constraints | None
) -> None:
    found = read(text, intent=Intent.CARE, confidence=0.9, limits=limits)
    assert found == FollowUp(Step.LIMIT, THREE.wish.adding(text))


@pytest.mark.parametrize(
    "text",
    [
        "oh hang on, I'm lactose intolerant",
        "oh wait, I can't have nuts",
        "sorry, one of us is vegan",
        "oops forgot to say, no gluten for me",
        "my son has an egg allergy",
    ],
)
def test_what_somebody_cannot_have_is_a_limit_to_the_wish_before(text: str) -> None:
    found = read(text, intent=Intent.OUT_OF_SCOPE, confidence=0.9)
    assert found is not None
    assert found.step is Step.LIMIT
    assert found.wish.thing == THREE.wish.thing


def test_wish_of_its_own_is_none_though_it_tells_what_somebody_cannot_have() -> None:
    text = "I can't have nuts, I need bread"
    assert read(text, intent=Intent.NEED, confidence=0.9) is None
