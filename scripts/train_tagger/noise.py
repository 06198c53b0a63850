"""Makes samples look typed: in small letters, with slips, with marks cut off; keeps every label at its character."""

import random
from collections.abc import Callable, Sequence

from knowledge.privacy.plain import plain
from knowledge.privacy.tagging.base import Label
from scripts.train_tagger.samples import Carrier, Sample, fill, joined, labelled

_TWO_AT_ONCE = 0.12  # of texts are two sentences
_SMALL, _SHOUTED, _SMALL_START = 0.25, 0.29, 0.32
_WITH_SLIPS = 0.12
_LETTER_LOST, _LETTER_TWICE, _MARK_LOST = 0.015, 0.03, 0.25
_CUT_INTO_WORDS = 0.06
_MARKS = ",.!?'"
_CUT_BEFORE, _CUT_BEHIND = ",.!?:;#@'", "#@"

Labelled = list[tuple[str, int]]


def typed_sample(carriers: Sequence[Carrier], dice: random.Random) -> Sample:
    """Draw a sentence, at times two, fill it, and type it as people do; in plain characters."""
    sample = fill(dice.choice(carriers), dice)
    if dice.random() < _TWO_AT_ONCE:
        gap = labelled(dice.choice((" ", "\n", ". ")), Label.OTHER)
        sample = joined((sample, gap, fill(dice.choice(carriers), dice)))
    sample = in_other_case(sample, dice)
    if dice.random() < _WITH_SLIPS:
        sample = _changed(sample, lambda pairs: _with_slips(pairs, dice))
    if dice.random() < _CUT_INTO_WORDS:
        sample = _changed(sample, _cut_into_words)
    return in_plain_characters(sample)


def in_plain_characters(sample: Sample) -> Sample:
    """Bring a sample into the form the tagger is given (privacy/plain.py)."""
    read = plain(sample.text)
    if read.starts is None:
        return Sample(read.text, sample.labels)
    return Sample(read.text, bytes(sample.labels[start] for start in read.starts))


def in_other_case(sample: Sample, dice: random.Random) -> Sample:
    """Write all of it small or in capitals, or only its first letter small; most often leave it."""
    chance = dice.random()
    if chance < _SMALL:
        return Sample(_letter_by_letter(sample.text, str.lower), sample.labels)
    if chance < _SHOUTED:
        return Sample(_letter_by_letter(sample.text, str.upper), sample.labels)
    if chance < _SMALL_START:
        return Sample(
            _letter_by_letter(sample.text[:1], str.lower) + sample.text[1:], sample.labels
        )
    return sample


def _letter_by_letter(text: str, change: Callable[[str], str]) -> str:
    """Change letters that stay one letter: ß in capitals would be two, and move every label behind it."""
    return "".join(changed if len(changed := change(letter)) == 1 else letter for letter in text)


def _changed(sample: Sample, change: Callable[[Labelled], Labelled]) -> Sample:
    pairs = change(list(zip(sample.text, sample.labels, strict=True)))
    return Sample("".join(letter for letter, _ in pairs), bytes(label for _, label in pairs))


def _with_slips(pairs: Labelled, dice: random.Random) -> Labelled:
    """Lose or double a letter here and there, and lose marks."""
    slipped: Labelled = []
    for letter, label in pairs:
        chance = dice.random()
        if letter in _MARKS and chance < _MARK_LOST:
            continue
        if letter.isalpha() and chance < _LETTER_LOST:
            continue
        slipped.append((letter, label))
        if letter.isalpha() and chance < _LETTER_TWICE:
            slipped.append((letter, label))
    return slipped


def _cut_into_words(pairs: Labelled) -> Labelled:
    """Put spaces around marks, as programs do that cut texts into words."""
    cut: Labelled = []
    for letter, label in pairs:
        if letter in _CUT_BEFORE:
            cut.append((" ", Label.OTHER))
        cut.append((letter, label))
        if letter in _CUT_BEHIND:
            cut.append((" ", Label.OTHER))
    return cut
