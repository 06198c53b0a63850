"""How replies begin: whether that fits what was asked, and how much of it would do for anything.

An opening is what stands before the first sentence that carries a fact. It fits when, of five messages about five
different needs, the one that it answers is the closest to it by the product's own embedder.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.facts import Facts
from knowledge.search.base import Embedder
from scripts.evaluate.replies.evidence import Evidence
from scripts.evaluate.reporting import Figures, rounded

OTHERS = 4
NEUTRAL_FROM = 3  # needs
_SENTENCE_END = re.compile(r"[.!?…][\"”’)»]*\s+|\n+")
_AMOUNT = re.compile(r"[\d$€£%]|\ba few steps\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """One offer: the need, the message, and how its reply began; empty = with the facts at once."""

    id: str
    need: str
    message: str
    opening: str


def opening_of(text: str, facts: Facts) -> str:
    """Give what stands before the first sentence that carries a fact; a text without any has none."""
    places = [text.casefold().find(known.casefold()) for known in Evidence(facts).texts]
    places += [found.start()] if (found := _AMOUNT.search(text)) else []
    first = min((place for place in places if place >= 0), default=None)
    if first is None:
        return ""
    ends = [found.end() for found in _SENTENCE_END.finditer(text) if found.end() <= first]
    return text[: ends[-1]].strip() if ends else ""


def neutral(opened: Sequence[Opened]) -> set[str]:
    """Give the openings that are used word for word for so many needs that they answer none of them."""
    needs = defaultdict(set)
    for each in opened:
        if each.opening:
            needs[each.opening].add(each.need)
    return {opening for opening, used in needs.items() if len(used) >= NEUTRAL_FROM}


def fitting(opened: Sequence[Opened], embedder: Embedder, *, seed: int = 1) -> list[bool]:
    """Tell of each that has an opening whether its own message is the closest to it, in their order.

    Needs at least five needs, else there is nothing to choose from and the list is empty.
    """
    messages = defaultdict(list)
    for each in opened:
        messages[each.need].append(each.message)
    asked = [each for each in opened if each.opening]
    if len(messages) <= OTHERS or not asked:
        return []
    rivals = [_rivals(each, messages, seed) for each in asked]
    texts = sorted(
        {text for each, others in zip(asked, rivals, strict=True) for text in (each.opening, each.message, *others)}
    )  # fmt: skip
    vectors = dict(zip(texts, embedder.encode(texts), strict=True))
    return [
        _is_first(vectors[each.opening], [vectors[text] for text in (each.message, *others)])
        for each, others in zip(asked, rivals, strict=True)
    ]


def figures(opened: Sequence[Opened], embedder: Embedder, *, seed: int = 1) -> Figures:
    """Give the shares, 0 to 1, over the offers with a need; None where there was nothing to count."""
    begun = [each for each in opened if each.opening]
    common = neutral(opened)
    return {
        "opened": _share([bool(each.opening) for each in opened]),
        "openings_fit": _share(fitting(opened, embedder, seed=seed)),
        "neutral_openings": _share([each.opening in common for each in begun]),
        "distinct_openings": len({each.opening for each in begun}),
        "distinct_neutral": len(common),
    }


def most_used(opened: Sequence[Opened], count: int) -> list[tuple[str, int]]:
    """Give the most frequent openings and how often they came."""
    return Counter(each.opening for each in opened if each.opening).most_common(count)


def _rivals(own: Opened, messages: Mapping[str, Sequence[str]], seed: int) -> list[str]:
    """Choose a message of each of four other needs: the same ones in every run, whatever the opening is."""
    chance = random.Random(f"{seed} {own.id}")  # noqa: S311  # nothing secret: the same for everybody
    needs = chance.sample(sorted(messages.keys() - {own.need}), OTHERS)
    return [chance.choice(messages[need]) for need in needs]


def _is_first(opening: np.ndarray, own_and_others: Sequence[np.ndarray]) -> bool:
    own, *others = (float(opening @ vector) for vector in own_and_others)
    return all(own > other for other in others)


def _share(hits: Sequence[bool]) -> float | None:
    return rounded(sum(hits) / len(hits)) if hits else None
