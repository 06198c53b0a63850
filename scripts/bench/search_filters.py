"""Filters for bench_search: by chance, and by aisle as a shopper's "only shoes" would be."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.search.holdings import Mask

SHARES = (0.5, 0.05, 0.001)
NO_FILTER = "none"
BY_CHANCE, ITS_AISLE, ANY_AISLES = "by chance", "its aisle", "any aisles"

Aisles = NDArray[np.int32]


def filters_for(
    aisle_of: Aisles, wanted: int, seed: Sequence[int]
) -> Iterator[tuple[str, Mask | None]]:
    """Give every filter for a wish by name, each a mask over the products, shape (n,); None = no filter.

    Beside one drawn by chance, two keep whole aisles: one the wanted aisle among others, as a filter that
    goes with the wish does; one any aisles, so that the wish is often for what is not allowed.
    """
    yield NO_FILTER, None
    for share in SHARES:
        draw = np.random.default_rng([*seed, int(share * 1_000)])
        yield name_of(BY_CHANCE, share), draw.random(len(aisle_of)) < share
        yield name_of(ITS_AISLE, share), _aisles(draw, aisle_of, share, wanted)
        yield name_of(ANY_AISLES, share), _aisles(draw, aisle_of, share, None)


def name_of(kind: str, share: float) -> str:
    """Name a filter: "by chance 5 %"."""
    return f"{kind} {100 * share:g} %"


def _aisles(draw: np.random.Generator, aisle_of: Aisles, share: float, first: int | None) -> Mask:
    """Keep whole aisles until about this share of the products is kept."""
    sizes = np.bincount(aisle_of)
    order = draw.permutation(len(sizes))
    if first is not None:
        order = np.concatenate([[first], order[order != first]])
    enough = int(np.searchsorted(np.cumsum(sizes[order]), share * len(aisle_of))) + 1
    is_kept = np.zeros(len(sizes), dtype=np.bool_)
    is_kept[order[:enough]] = True
    mask = np.asarray(is_kept[aisle_of])
    kept = float(mask.mean())
    if kept <= 1.2 * share:
        return mask
    # One aisle alone is more than the share: part of it, as a price limit besides would leave.
    return np.asarray(mask & (draw.random(len(mask)) < share / kept))
