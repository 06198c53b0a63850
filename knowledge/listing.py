"""How a list is put together from what was ranked: a little variety, and one place drawn by lot.

The first place is never touched, and nothing comes in that did not pass every filter and fit about as well as what would
stand there otherwise. The dice are passed in; without any nothing is drawn.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from knowledge.context import ShopperContext
from knowledge.preferences import Taste
from knowledge.ranking import Ranked
from knowledge.understanding import Intent, Reading

LEAST_SHOWN = 3  # a list of two has no place to spare
_ALIKE_COSTS = (
    0.03  # what another of the same aisle and maker loses: it decides among equals only (ours)
)
_AS_GOOD = 0.01  # of similarity: with 0.03 a lamp stood among candles (ours)
_DRAWN_AMONG = 5
_DRAWS = 200  # for the propensity: within 0.035 of the truth in two of three cases


def listed(
    ranked: Sequence[Ranked],
    reading: Reading,
    asked: ShopperContext,
    shown: int,
    dice: Random | None,
) -> list[Ranked]:
    """Vary a list of `shown` ideas, and leave its last place to the lot where no need, no diet and no colour was named.

    Nor is anything drawn in place of what was turned down a moment ago.
    """
    # Who names a thing wants that thing three times rather than its neighbours.
    list_ = varied(ranked, shown) if reading.intent is Intent.RECOMMEND else list(ranked)
    limits = reading.constraints
    is_told = reading.need is not None or limits.diets or limits.colours
    if dice is None or is_told or asked.question.excluding:
        return list_
    return explored(list_, asked.taste, shown, dice)


def varied(ranked: Sequence[Ranked], shown: int) -> list[Ranked]:
    """Give the same with the places after the first filled so that they differ, where they fit and score about alike.

    Maximal marginal relevance: the score less what is like something listed already.
    Source: Carbonell and Goldstein 1998, https://doi.org/10.1145/290941.291025 (2026-11-22).
    """
    left, chosen = list(ranked), list[Ranked]()
    while left and len(chosen) < shown:
        least = left[0].candidate.similarity - _AS_GOOD
        able = [each for each in left if each is left[0] or each.candidate.similarity >= least]
        best = max(able, key=lambda each: (_worth_beside(each, chosen), -left.index(each)))
        chosen.append(best)
        left.remove(best)
    return [*chosen, *left]


def explored(ranked: Sequence[Ranked], taste: Taste, shown: int, dice: Random) -> list[Ranked]:
    """Give the same with the last place shown drawn by lot, and how likely it was kept with what stands there.

    Thompson sampling: each that may stand there draws from the Beta distribution of how often the shopper did something
    with it against passing it over, and the highest draw wins.
    Source: Chapelle and Li 2011, https://papers.nips.cc/paper/4321 (2026-11-22).
    """
    place = shown - 1
    if shown < LEAST_SHOWN or len(ranked) <= shown:
        return list(ranked)
    least = ranked[place].candidate.similarity - _AS_GOOD
    able = [
        each for each in ranked[place : place + _DRAWN_AMONG] if each.candidate.similarity >= least
    ]
    chosen = able[_winner(able, taste, dice)]
    wins = sum(able[_winner(able, taste, dice)] is chosen for _ in range(_DRAWS))
    drawn = replace(chosen, propensity=(wins + 1) / (_DRAWS + 1))
    others = [each for each in ranked if each is not chosen]
    return [*others[:place], drawn, *others[place:]]


def _worth_beside(each: Ranked, chosen: Sequence[Ranked]) -> float:
    product = each.candidate.product
    aisle = product.attributes.get("aisle", product.category)
    alike = any(
        (other.attributes.get("aisle", other.category), other.brand) == (aisle, product.brand)
        for other in (known.candidate.product for known in chosen)
    )
    return each.score - (_ALIKE_COSTS if alike else 0.0)


def _winner(able: Sequence[Ranked], taste: Taste, dice: Random) -> int:
    draws = []
    for each in able:
        acted, passed = taste.tried.get(each.candidate.product.id, (0.0, 0.0))
        draws.append(dice.betavariate(1.0 + acted, 1.0 + passed))
    return draws.index(max(draws))
