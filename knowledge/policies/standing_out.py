"""Whether what was found answers at all: how far the best section stands out from the others (pure).

One bar for all shops would be wrong: sections that are all about the same thing fit every question a
little, so the more alike they are, the farther the best must stand out.
"""

from collections.abc import Sequence

import numpy as np

from knowledge.policies.wording import Numbers

# The rival is the section a tenth of the way down: the first few may say the same thing, and a place counted
# from the top would be another bar for a short set of rules than for a long one.
_RIVAL_SHARE = 0.1
_UNRELATED = 0.2  # what a section scores that has nothing to do with the question
# Found on questions whose answer had been taken out of the rules: nine of ten fall below this bar.
_OF_FIT, _OF_ALIKENESS = 0.5, 1.25
_BAR = 0.216
_LEAST_FIT = 0.58  # below that nothing was said about it


def alikeness(vectors: Numbers) -> float:
    """Give the mean cosine between different ones of some unit vectors, shape (n, dim) float32; 0 for one."""
    count = len(vectors)
    if count < 2:  # noqa: PLR2004  # nothing to compare
        return 0.0
    total = float(np.square(vectors.sum(axis=0)).sum())
    return (total - count) / (count * (count - 1))


def confidence(scores: Sequence[float] | Numbers, alike: float) -> float:
    """Weigh how well the best fits against its rival. `scores` are those of the sections, best first."""
    margin = scores[0] - _rival(scores)
    return _OF_FIT * scores[0] + margin - _OF_ALIKENESS * alike


def stands_out(best: float, sure: float, *, is_named: bool) -> bool:
    """Tell whether the best score and this confidence are good enough to quote.

    Of a document that the question names all sections are alike, and none has to stand out.
    """
    return best >= _LEAST_FIT and (is_named or sure >= _BAR)


def _rival(scores: Sequence[float] | Numbers) -> float:
    """Give the score a tenth of the way down, at least the second, between two places their mean by distance."""
    if len(scores) < 2:  # noqa: PLR2004  # nobody to compare with
        return _UNRELATED
    place = max(1.0, _RIVAL_SHARE * len(scores))
    return float(np.interp(place, range(len(scores)), scores))
