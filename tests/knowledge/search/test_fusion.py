import pytest

from knowledge.search.fusion import Hit, best_of, in_order


def test_words_move_up_what_is_meant_as_well() -> None:
    hits = [
        Hit("kind", 0.62),
        Hit("very thing", 0.60, words=0.8),
        Hit("bag for it", 0.35, words=0.9),
    ]
    assert [hit.id for hit in in_order(hits, 3)] == ["very thing", "kind", "bag for it"]


@pytest.mark.parametrize(("similarity", "words"), [(0.0, 0.0), (0.4, 0.7), (1.0, 1.0), (0.9, 0.0)])
def test_a_score_lies_between_similarity_and_one(similarity: float, words: float) -> None:
    assert similarity <= Hit("any", similarity, words).score + 1e-9
    assert Hit("any", similarity, words).score <= 1.0


def test_equals_stand_by_id_and_only_as_many_as_wanted() -> None:
    hits = [Hit("b", 0.5), Hit("c", 0.4), Hit("a", 0.5)]
    assert [hit.id for hit in in_order(hits, 2)] == ["a", "b"]


def test_an_entry_counts_by_the_row_closest_to_it() -> None:
    best = best_of([[Hit("a", 0.3), Hit("b", 0.9)], [Hit("a", 0.7)]])
    assert {key: hit.similarity for key, hit in best.items()} == {"a": 0.7, "b": 0.9}
