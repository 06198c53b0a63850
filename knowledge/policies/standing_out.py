"""Whether what was found answers at all: how far the best section stands out from the others (pure).

One bar for all shops would be wrong: sections that are all about the same thing fit every question a little. So
the best is held against the mean of them all, which rises with how alike they are and how general the question is.
"""

from collections.abc import Sequence

import numpy as np

from knowledge.policies.wording import Numbers

# A short set of rules counts as if it had this many sections, the missing ones unrelated to the question: the best
# of three would else be a third of what it is held against.
_SECTIONS_AT_LEAST = 8
_UNRELATED = 0.2  # what a section scores that has nothing to do with the question
# Found on questions whose answer had been taken out of the rules: more than nine of ten fall below this bar.
_BAR = 0.415
_LEAST_FIT = 0.58  # below that nothing was said about it


def confidence(scores: Sequence[float] | Numbers) -> float:
    """Give how far the best stands out. `scores` are those of all sections, best first, at least one."""
    missing = max(0, _SECTIONS_AT_LEAST - len(scores))
    mean = (float(np.sum(scores)) + missing * _UNRELATED) / (len(scores) + missing)
    return float(scores[0]) - mean


def stands_out(best: float, sure: float, *, is_named: bool) -> bool:
    """Tell whether the best score and this confidence are good enough to quote.

    Of a document that the question names all sections are alike, and none has to stand out.
    """
    return best >= _LEAST_FIT and (is_named or sure >= _BAR)
