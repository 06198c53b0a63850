"""What the replies were worth, counted text by text (pure)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scripts.evaluate.replies.asking import Told
from scripts.evaluate.replies.checking import Doubt, doubts
from scripts.evaluate.replies.required import missing
from scripts.evaluate.reporting import Figures, percentile, rounded

MODEL = "model"
_HEAD = ("", "cases", "model", "unsupported", "missing", "words", "p50_ms")


@dataclass(frozen=True, slots=True)
class Checked:
    """One reply, what in it is unsupported, and which required facts it leaves out."""

    told: Told
    doubts: tuple[Doubt, ...]
    missing: tuple[str, ...]


def checked(told: Told, names: Collection[str]) -> Checked:
    """Check one reply."""
    case = told.case
    found = doubts(told.text, case.facts, message=case.message, names=names)
    return Checked(told, tuple(found), tuple(missing(told.text, case.facts)))


def figures(replies: Sequence[Checked]) -> Figures:
    """Give counts and shares over all replies; there is at least one.

    unsupported and missing count replies, by_sort what is unsupported in them; at_first is the share that the first
    draft gave, of all replies; repeated the share whose text came before, word for word.
    """
    texts = [each.told.text for each in replies]
    taken_ms = [each.told.taken_s * 1000 for each in replies]
    sorts = Counter(doubt.sort for each in replies for doubt in each.doubts)
    return {
        "cases": len(replies),
        "unsupported": sum(bool(each.doubts) for each in replies),
        "unsupported_by_sort": dict(sorted(sorts.items())),
        "missing": sum(bool(each.missing) for each in replies),
        "unsaid": sum(not text for text in texts),
        "model_share": _share([each.told.source == MODEL for each in replies]),
        "model_share_at_first": _share([_is_at_first(each.told) for each in replies]),
        "words": rounded(sum(len(text.split()) for text in texts) / len(texts)),
        "repeated": rounded(1 - len(set(texts)) / len(texts)),
        "p50_ms": rounded(percentile(taken_ms, 0.5)),
        "p95_ms": rounded(percentile(taken_ms, 0.95)),
    }


def table(replies: Sequence[Checked]) -> tuple[Sequence[str], list[list[object]]]:
    """Give head and rows: one for each kind, and one for all."""
    kinds: Mapping[str, list[Checked]] = {
        kind: [each for each in replies if each.told.case.facts.kind.value == kind]
        for kind in dict.fromkeys(each.told.case.facts.kind.value for each in replies)
    }
    rows = []
    for name, some in {**kinds, "all": list(replies)}.items():
        told = figures(some)
        rows.append([name, *(told[column] for column in _COLUMNS)])
    return _HEAD, rows


def _is_at_first(told: Told) -> bool:
    return told.source == MODEL and told.drafts == 1


def _share(hits: Sequence[bool]) -> float | None:
    return rounded(sum(hits) / len(hits)) if hits else None


_COLUMNS = ("cases", "model_share", "unsupported", "missing", "words", "p50_ms")
