import pytest

from knowledge.wish import Wish

GROWN = Wish("hot chocolate").adding("without nuts").instead("tea").adding("for my dad")


def test_wish_is_kept_as_one_text_and_read_again() -> None:
    kept = "hot chocolate\n+ without nuts\n= tea\n+ for my dad"
    assert str(GROWN) == kept
    assert Wish.read(kept) == GROWN


def test_limits_stay_when_another_thing_is_wished_for() -> None:
    assert (GROWN.thing, GROWN.added) == ("tea", ("for my dad",))
    assert GROWN.earlier == ("hot chocolate", "without nuts")


def test_search_is_for_the_thing_wished_for_now() -> None:
    assert GROWN.query == "tea, for my dad"


def test_price_is_nothing_to_search_by_meaning_with() -> None:
    assert Wish("tea").adding("cheaper than 3.49").adding("in blue").query == "tea, in blue"


@pytest.mark.parametrize("text", ["", "tea", "a list:\n- tea\n- milk", "x + y = z"])
def test_any_other_text_is_a_wish_of_its_own(text: str) -> None:
    assert Wish.read(text) == Wish(" ".join(text.split()))
