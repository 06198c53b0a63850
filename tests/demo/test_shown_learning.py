"""The two demonstrations show what they say they show."""

from pathlib import Path

from knowledge.search.toy import ToyEmbedder
from scripts.learning_demo import MUST_RISE, demonstrate
from scripts.reasons_demo import Tally, Town, look


async def test_who_buys_vegan_things_is_learned_from_at_once(tmp_path: Path) -> None:
    figures = await demonstrate(tmp_path, ToyEmbedder())
    assert figures["ok"] is True
    assert figures["rise"] >= MUST_RISE  # type: ignore[operator]
    assert str(figures["sentence"]).startswith("You care ")


def test_every_reason_told_is_the_weightiest_and_counts() -> None:
    town, tally = Town.laid_out(), Tally()
    for number in range(60):
        look(town, number, 11, tally)
    assert tally.is_true
    assert (tally.shoppers, tally.named_largest, tally.place_fell) == (60, 60, 60)
    assert tally.fell_out_of_use > 20
