from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.facts import Kind
from knowledge.talk import REMEMBERED, Talk, talk_before
from knowledge.wish import Wish
from storage.records import Suggestion, Turn
from tests.builders import NOON, suggestion

SECOND = timedelta(seconds=1)


def exchange(asked: str, topic: Kind, *, ago: timedelta = SECOND, meant: str = "") -> list[Turn]:
    at = NOON - ago
    return [
        Turn(7, "shopper", asked, at, meant=meant),
        Turn(7, "concierge", "…", at, topic.value),
    ]


def shown(product_id: str, position: int = 0, **changes: object) -> Suggestion:
    given = {"product_id": product_id, "position": position, "shown_at": NOON - SECOND}
    return replace(suggestion(7), **given | changes)  # type: ignore[arg-type]


def test_talk_is_about_the_last_wish_and_what_it_showed() -> None:
    turns = [*exchange("I'm cold", Kind.OFFER, ago=2 * SECOND), *exchange("tea", Kind.OPTIONS)]
    earlier = shown("choc", shown_at=NOON - 2 * SECOND)
    first, second = shown("green-tea"), shown("mint-tea", 1)
    talk = talk_before(turns, [earlier, first, second], NOON)
    seen = frozenset({"choc", "green-tea", "mint-tea"})
    assert talk == Talk(Wish("tea"), Kind.OPTIONS, (first, second), seen)


def test_line_that_said_a_part_counts_as_the_whole() -> None:
    talk = talk_before(exchange("in blue?", Kind.OFFER, meant="scarf\n+ in blue?"), [], NOON)
    assert talk is not None
    assert talk.wish == Wish("scarf", ("in blue?",))


def test_thanks_in_between_end_no_talk() -> None:
    turns = [*exchange("I'm cold", Kind.OFFER), *exchange("thanks", Kind.SMALLTALK)]
    talk = talk_before(turns, [], NOON)
    assert talk is not None
    assert talk.wish == Wish("I'm cold")


@pytest.mark.parametrize(
    "turns",
    [
        [],
        exchange("I'm cold", Kind.OFFER, ago=REMEMBERED + SECOND),
        exchange("where is my order", Kind.ORDER_STATUS),
        [*exchange("I'm cold", Kind.OFFER), *exchange("I'm so sad", Kind.CARE)],
        exchange("/nearby", Kind.NEEDS_PLACE),
    ],
    ids=["nothing", "long ago", "another kind", "distress", "command"],
)
def test_nothing_goes_on_after(turns: list[Turn]) -> None:
    assert talk_before(turns, [shown("choc")], NOON) is None


def test_of_two_replies_in_one_moment_the_later_counts() -> None:
    first, second, third = shown("a"), shown("b", 1), shown("c")
    talk = talk_before(exchange("tea", Kind.OFFER), [first, second, third], NOON)
    assert talk is not None
    assert talk.shown == (third,)
