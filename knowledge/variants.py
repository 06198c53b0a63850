"""The same thing in several sizes or colours, told as one (pure)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.candidates import Candidate
from storage.records import Product

_SIZES = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "small", "medium", "large")
_SIZES_TOLD = 6  # two rows of buttons (ours)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

Variety = tuple[str, ...]


def variety(product: Product) -> Variety:
    """Give what all sizes and colours of a thing have in common; products with the same are variants."""
    varying = [value for name, value in product.attributes.items() if _varies(name)]
    title = product.title.casefold()
    for value in sorted(varying, key=len, reverse=True):
        title = re.sub(rf"(?<!\w){re.escape(value.casefold())}(?!\w)", "", title)
    same = sorted(f"{name}={v}" for name, v in product.attributes.items() if not _varies(name))
    return (product.category, product.brand or "", " ".join(title.split()), *same)


def one_of_each(
    candidates: Iterable[Candidate], bought: Iterable[str], *, is_cheapest: bool = False
) -> list[Candidate]:
    """Keep one candidate of each variety, with the sizes and colours they come in, in the order they came.

    It is the one that fits best; among equals one of `bought`, by product id, then the nearest. With `is_cheapest`
    it is the one that costs least.
    """
    known = frozenset(bought)
    groups: dict[Variety, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(variety(candidate.product), []).append(candidate)

    def order(candidate: Candidate) -> tuple[object, ...]:
        first = candidate.price_cents if is_cheapest else 0
        return (first, *_order(candidate, known))

    return [_with_makes(min(group, key=order), group) for group in groups.values()]


def nearest_sizes(sizes: Sequence[str], asked: str) -> tuple[str, ...]:
    """Give the sizes, in order, that come nearest to the one asked for: no more than two rows of buttons hold."""
    wanted = _rank(asked)[0]
    near = sorted(sizes, key=lambda size: (abs(_rank(size)[0] - wanted), _rank(size)))
    return tuple(sorted(near[:_SIZES_TOLD], key=_rank))


def _order(candidate: Candidate, bought: frozenset[str]) -> tuple[float, bool, float, int, str]:
    return (
        -candidate.similarity,
        candidate.product.id not in bought,
        candidate.distance_m or 0.0,
        candidate.product.price_cents,
        candidate.product.id,
    )


def _with_makes(chosen: Candidate, group: Sequence[Candidate]) -> Candidate:
    sizes = sorted({each.product.attributes.get("size", "") for each in group} - {""}, key=_rank)
    colours = sorted({each.product.attributes.get("colour", "") for each in group} - {""})
    return replace(
        chosen,
        sizes=tuple(sizes) if len(sizes) > 1 else (),
        colours=tuple(colours) if len(colours) > 1 else (),
    )


def _rank(size: str) -> tuple[float, str]:
    """Order sizes as a shelf does: by number, or from small to large."""
    number = _NUMBER.search(size)
    if number is not None:
        return (float(number[0].replace(",", ".")), size)
    folded = size.casefold()
    return (float(_SIZES.index(folded)) if folded in _SIZES else float(len(_SIZES)), size)


def _varies(attribute: str) -> bool:
    return attribute in ("colour", "color") or attribute.endswith("size")
