from random import Random

import pytest

from knowledge.candidates import Candidate
from knowledge.listing import explored, varied
from knowledge.preferences import Taste
from knowledge.ranking import Ranked
from tests.builders import product, store

NEW = Taste({}, {})


def ranked(product_id: str, score: float, similarity: float = 0.6, aisle: str = "") -> Ranked:
    thing = product(product_id, attributes={"aisle": aisle or product_id})
    return Ranked(Candidate(thing, store(), similarity, 100.0, None), {"fit": score})


def ids(listed: list[Ranked]) -> list[str]:
    return [each.candidate.product.id for each in listed]


FIVE = [ranked(name, 1.0 - place / 100) for place, name in enumerate("abcde")]


def test_like_things_make_room_for_others_only_where_scores_are_about_equal() -> None:
    cocoa = [ranked("a", 1.0, aisle="cocoa"), ranked("b", 0.99, aisle="cocoa")]
    assert ids(varied([*cocoa, ranked("tea", 0.98)], 3)) == ["a", "tea", "b"]
    assert ids(varied([*cocoa, ranked("tea", 0.9)], 3)) == ["a", "b", "tea"]
    assert ids(varied([*cocoa, ranked("tea", 0.98, similarity=0.55)], 3)) == ["a", "b", "tea"]


def test_only_the_last_place_shown_is_drawn() -> None:
    for seed in range(50):
        listed = explored(FIVE, NEW, 3, Random(seed))  # noqa: S311
        assert ids(listed)[:2] == ["a", "b"]
        assert sorted(ids(listed)) == list("abcde")
        assert [each.propensity is not None for each in listed] == [
            False,
            False,
            True,
            False,
            False,
        ]


def test_propensity_is_how_often_it_is_drawn() -> None:
    drawn = [explored(FIVE, NEW, 3, Random(seed))[2] for seed in range(200)]  # noqa: S311
    share = sum(each.candidate.product.id == "d" for each in drawn) / len(drawn)
    told = [each.propensity or 0.0 for each in drawn]
    assert share == pytest.approx(1 / 3, abs=0.1)
    assert sum(told) / len(told) == pytest.approx(1 / 3, abs=0.05)


def test_what_is_passed_over_is_drawn_less_and_what_is_dear_more() -> None:
    known = Taste({}, {}, tried={"c": (0.0, 9.0), "e": (9.0, 0.0)})
    drawn = [explored(FIVE, known, 3, Random(s))[2].candidate.product.id for s in range(60)]  # noqa: S311
    assert drawn.count("e") > 40 > drawn.count("c")


def test_what_fits_less_is_never_drawn() -> None:
    worse = [*FIVE[:3], *(ranked(name, 0.9, similarity=0.5) for name in "xy")]
    for seed in range(20):
        assert ids(explored(worse, NEW, 3, Random(seed))) == list("abcxy")  # noqa: S311


@pytest.mark.parametrize(("count", "shown"), [(3, 3), (5, 1), (5, 2), (0, 3)])
def test_without_a_place_to_spare_nothing_is_drawn(count: int, shown: int) -> None:
    assert explored(FIVE[:count], NEW, shown, Random(1)) == FIVE[:count]  # noqa: S311
