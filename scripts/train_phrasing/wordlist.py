"""The words that the adapter was trained to write: no reply may use others but everyday ones."""

import re
from collections.abc import Iterator, Sequence

from knowledge.llm.lexicon import words_in
from scripts.train_phrasing.examples import frames

_NAME = re.compile(r"\{\w+\}")


def trained_words(pairs: Sequence[Sequence[str]]) -> list[str]:
    """Give the words of all replies that may be learned, in alphabetical order."""
    sentences = [
        text for kind, told in frames().items() if kind != "asked" for text in _texts(told)
    ]
    openings = [opening for _, *openings in pairs for opening in openings]
    return sorted(
        {word for text in (*openings, *sentences) for word in words_in(_NAME.sub(" ", text))}
    )


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts(each)
