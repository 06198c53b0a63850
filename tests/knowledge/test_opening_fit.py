"""Openings that are about something else than the message."""

from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.llm.sureness import opening_of
from knowledge.opening_fit import fits
from knowledge.search.base import Vectors

ALIKE = {
    "my wellies leak": 0.0,
    "Leaky, leaky wellies.": 0.1,
    "Leaky wellies? Let's see.": 0.5,
    "Penguins, lovely.": 1.3,
}


async def encode(texts: Sequence[str]) -> Vectors:
    """Give unit vectors by their angle."""
    angles = np.asarray([ALIKE[text] for text in texts], dtype=np.float32)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


@pytest.mark.parametrize(
    ("draft", "opening"),
    [
        ("Leaky wellies? Let's see. {store} is near.", "Leaky wellies? Let's see. "),
        ("Brr. You're {distance} from {store}.", "Brr. "),
        ("{store} has {item}. Shall I book it?", ""),
        ("You're {distance} from {store}. Shall I?", ""),
        ("Not my aisle, sorry.", ""),
    ],
)
def test_an_opening_is_what_stands_before_the_sentence_with_the_first_fact(
    draft: str, opening: str
) -> None:
    assert opening_of(draft) == opening


@pytest.mark.parametrize(
    ("opening", "is_about_it"),
    [
        ("Leaky wellies? Let's see.", True),
        ("Penguins, lovely.", False),
        ("Leaky, leaky wellies.", False),
    ],
)
async def test_an_opening_fits_when_it_is_like_the_message(
    opening: str, *, is_about_it: bool
) -> None:
    assert await fits(opening, "my wellies leak", encode) is is_about_it
