"""Turns samples into what the network reads: batches of word pieces with their kinds and labels."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from knowledge.privacy.plain import plain
from knowledge.privacy.tagging.features import BETWEEN_WORDS, kinds_of, name_lists, words_of
from scripts.train_tagger.errors import NotPlainError
from scripts.train_tagger.noise import typed_sample
from scripts.train_tagger.samples import Carrier, Sample

NO_LABEL = -100
"""The label of what is no piece of the text; the loss leaves it out."""
ROUND = 8
"""Batches drawn together, so that texts of one length can share a batch."""
_MOST_PIECES = 128
_UNLISTED = 0.35  # of listed names are shown as unlisted: most people's are on no list


@dataclass(frozen=True, slots=True)
class Example:
    """A text's pieces, their kinds and their labels, all of one length."""

    pieces: list[int]
    kinds: list[int]
    labels: list[int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts beside each other, each (texts, pieces) int64; mask is 1.0 where there is a piece."""

    pieces: Tensor
    kinds: Tensor
    labels: Tensor
    mask: Tensor


def tokenizer_in(folder: Path) -> Tokenizer:
    """Open the search model's tokenizer as the tagger does: nothing cut off, nothing filled up."""
    tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read(sample: Sample, tokenizer: Tokenizer, dice: random.Random) -> Example:
    """Cut a sample into pieces, and forget of some names that they are on a list.

    Raises:
        NotPlainError: the text is not as the tagger would be given it.
    """
    if plain(sample.text).text != sample.text:
        raise NotPlainError(
            "A training text is not in plain characters (knowledge/privacy/plain.py)."
        )
    encoding = tokenizer.encode(sample.text)
    kinds = kinds_of(sample.text, _believed(sample.text, dice))
    offsets = encoding.offsets
    return Example(
        encoding.ids,
        [kinds[start] if end > start else BETWEEN_WORDS for start, end in offsets],
        [_label(sample.labels[start:end]) for start, end in offsets],
    )


class Batches:
    """Draws batches without end; the same dice draw the same ones."""

    def __init__(
        self,
        carriers: Sequence[Carrier],
        tokenizer: Tokenizer,
        dice: random.Random,
        size: int,
    ) -> None:
        """Draw from these carriers; `size` texts go into a batch."""
        self.dice = dice
        self._carriers = carriers
        self._tokenizer = tokenizer
        self._size = size

    def draw_round(self) -> list[Batch]:
        """Give ROUND batches, each of texts of about one length, in no order."""
        examples = sorted(
            (self._example() for _ in range(self._size * ROUND)),
            key=lambda example: len(example.pieces),
        )
        batches = [
            batch_of(examples[start : start + self._size])
            for start in range(0, len(examples), self._size)
        ]
        self.dice.shuffle(batches)
        return batches

    def _example(self) -> Example:
        """Draw until a text is short enough; one in some hundreds is not."""
        while True:
            sample = typed_sample(self._carriers, self.dice)
            example = read(sample, self._tokenizer, self.dice)
            if len(example.pieces) <= _MOST_PIECES:
                return example


def batch_of(examples: Sequence[Example]) -> Batch:
    """Put examples beside each other, the shorter ones filled up with what the mask leaves out."""
    length = max(len(example.pieces) for example in examples)
    return Batch(
        _filled([example.pieces for example in examples], length, 0),
        _filled([example.kinds for example in examples], length, BETWEEN_WORDS),
        _filled([example.labels for example in examples], length, NO_LABEL),
        _filled([[1] * len(example.pieces) for example in examples], length, 0).float(),
    )


def _filled(rows: list[list[int]], length: int, filling: int) -> Tensor:
    return torch.tensor([row + [filling] * (length - len(row)) for row in rows])


def _believed(text: str, dice: random.Random) -> list[int]:
    """Say of each word which name lists it is on, or claim that it is on none."""
    known = [name_lists(word) for word in words_of(text)]
    return [0 if lists and dice.random() < _UNLISTED else lists for lists in known]


def _label(labels: bytes) -> int:
    """Give the label that most characters of a piece have."""
    return Counter(labels).most_common(1)[0][0] if labels else NO_LABEL
