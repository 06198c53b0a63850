"""Tags a text with the learned network: which characters belong to a name, an address, a phone number or an id."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from knowledge.errors import ModelFolderMissingError
from knowledge.privacy.tagging.base import Label, Tagged
from knowledge.privacy.tagging.features import BETWEEN_WORDS, kinds_of
from knowledge.privacy.tagging.network import Network

WEIGHTS = Path(__file__).with_name("weights.npz")
TABLE = "embeddings.word_embeddings.weight"
# What is added to a label's log-probability, in nats: better a word too many than an address. Not to that of names,
# since chat is full of words that could be one. Measured by scripts/evaluate.
LEANING = {Label.ADDRESS: 0.6, Label.PHONE: 0.6, Label.ID: 0.6}
_LEANING = np.array([LEANING.get(label, 0.0) for label in Label], dtype=np.float32)
# Read at once, and looked at on both sides: the network sees 16 pieces far.
_WINDOW, _MARGIN = 200, 24
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[^\w\s]|_")


class Tagger:
    """The trained tagger. Build one and keep it (0.7 s); it may be used from any thread."""

    def __init__(self, folder: Path, weights: Path = WEIGHTS) -> None:
        """Load the weights, and the table of word pieces of the search model in `folder`.

        Raises:
            ModelFolderMissingError: the search model is not there.
        """
        model = folder / "model.safetensors"
        if not model.is_file():
            msg = f"The search model is missing: {model}. Run scripts/install to put it there."
            raise ModelFolderMissingError(msg)
        # Matrices this small are done before a second thread has woken; on busy cores waiting for it takes 600 ms.
        threadpool_limits(1, user_api="blas")
        with safe_open(str(model), framework="numpy") as file:
            table = file.get_tensor(TABLE)
        with np.load(weights) as file:
            self._network = Network({name: file[name] for name in file.files}, table)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def tag(self, text: str) -> list[Tagged]:
        """Give what was found in a plain text, in order, without overlaps."""
        encoding = self._tokenizer.encode(text)
        kinds = kinds_of(text)
        of_pieces = [kinds[a] if b > a else BETWEEN_WORDS for a, b in encoding.offsets]
        scores = self._scores(encoding.ids, of_pieces)
        return list(_joined(text, _by_word(text, encoding.offsets, scores)))

    def _scores(self, pieces: list[int], kinds: list[int]) -> NDArray[np.float32]:
        """Read a long text window by window, each with a margin whose own scores are not used."""
        parts = []
        for start in range(0, len(pieces), _WINDOW):
            first = max(0, start - _MARGIN)
            last = start + _WINDOW + _MARGIN
            scores = self._network.scores(pieces[first:last], kinds[first:last])
            parts.append(scores[start - first :][:_WINDOW])
        return np.concatenate(parts)


def _by_word(
    text: str, offsets: list[tuple[int, int]], scores: NDArray[np.float32]
) -> Iterator[Tagged]:
    """Give every word the label its pieces agree on, taken together."""
    piece = 0
    for word in _WORD.finditer(text):
        while piece < len(offsets) and offsets[piece][1] <= word.start():
            piece += 1
        after = piece
        while after < len(offsets) and offsets[after][0] < word.end():
            after += 1
        if after > piece:
            told = scores[piece:after].mean(axis=0) + _LEANING
            yield Tagged(word.start(), word.end(), Label(int(told.argmax())))


def _joined(text: str, words: Iterator[Tagged]) -> Iterator[Tagged]:
    """Join neighbours of one label; only an address goes on over the end of a line."""
    last: Tagged | None = None
    for word in words:
        if last is not None and last.label is word.label and _touch(text, last, word):
            last = Tagged(last.start, word.end, last.label)
            continue
        if last is not None and last.label is not Label.OTHER:
            yield last
        last = word
    if last is not None and last.label is not Label.OTHER:
        yield last


def _touch(text: str, first: Tagged, second: Tagged) -> bool:
    gap = text[first.end : second.start]
    return not gap.strip() and (first.label is Label.ADDRESS or "\n" not in gap)
