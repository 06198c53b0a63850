"""What the answers of `policy` were worth, counted question by question (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.evaluate.reporting import Figures, rounded

_NEAR_THE_TOP = 3
# Shares of abstention at which the other side of the trade is told.
_ABSTENTIONS = (0.975, 0.95, 0.925, 0.9, 0.875, 0.85, 0.8)
_HEAD = ("", "recall@1", "recall@3", "MRR", "answered", "right", "quoted", "abstained")


@dataclass(frozen=True, slots=True)
class Told:
    """One question: what answers it, where that was ranked (from 1; None = not at all) and what was answered.

    `is_answerable` None: nobody knows what answers. `answered_from` is the document quoted, None = no answer.
    """

    qid: str
    gold: str | None
    is_answerable: bool | None
    rank: int | None
    answered_from: str | None = None
    is_verbatim: bool = False
    confidence: float = 0.0


def figures(told: Sequence[Told]) -> Figures:
    """Give the shares, 0 to 1; None where there was nothing to count."""
    known = [each for each in told if each.is_answerable]
    lost = [each for each in told if each.is_answerable is False]
    answers = [each for each in told if each.answered_from is not None]
    answered = [each for each in known if each.answered_from is not None]
    return {
        "recall_at_1": _share([each.rank == 1 for each in known]),
        "recall_at_3": _share(
            [each.rank is not None and each.rank <= _NEAR_THE_TOP for each in known]
        ),
        "mrr": _mean([1 / each.rank if each.rank else 0.0 for each in known]),
        "answered": _share([each.answered_from is not None for each in known]),
        "right": _share([each.answered_from == each.gold for each in answered]),
        "quoted": _share([each.is_verbatim for each in answers]),
        "abstained": _share([each.answered_from is None for each in lost]),
    }


def trade_off(told: Sequence[Told]) -> list[tuple[float, float | None]]:
    """Give pairs (abstained, answered): what a higher or lower bar would bring. Empty when nothing was taken out."""
    lost = sorted(each.confidence for each in told if each.is_answerable is False)
    known = [each.confidence for each in told if each.is_answerable]
    if not lost:
        return []
    bars = [(share, lost[min(len(lost) - 1, int(share * len(lost)))]) for share in _ABSTENTIONS]
    return [(share, _share([confidence > bar for confidence in known])) for share, bar in bars]


def table(contenders: Mapping[str, Sequence[Told]]) -> tuple[Sequence[str], list[list[object]]]:
    """Give head and rows; a contender that only ranks has no share of answers."""
    rows = []
    for name, told in contenders.items():
        values = list(figures(told).values())
        answers = any(each.answered_from is not None for each in told)
        rows.append([name, *(values if answers else [*values[:3], None, None, None, None])])
    return _HEAD, rows


def _share(hits: Sequence[bool]) -> float | None:
    return _mean([float(hit) for hit in hits])


def _mean(values: Sequence[float]) -> float | None:
    return rounded(sum(values) / len(values)) if values else None
