"""Which make of a thing is asked for: by its id, its options, a comparison, its price or a taste; none when unclear (pure)."""

import re
from collections.abc import Collection, Mapping, Sequence

from scripts.evaluate.journeys.asking import Wish, mentions, says
from scripts.evaluate.journeys.comparing import compared, preferred, without_taste
from scripts.evaluate.journeys.shop import Make, User

_CHEAPEST = re.compile(r"\b(?:cheapest|least expensive)\b", re.IGNORECASE)
_DEAREST = re.compile(r"\bmost expensive\b", re.IGNORECASE)
_ITEM_ID = re.compile(r"\b\d{10}\b")


def about(item: Make, wish: Wish, user: User) -> str:
    """Give the part of a wish that speaks of one thing of several: from its name to the next one's."""
    names = {each.product for order in user.orders for each in order.items}
    parts = re.split(r",\s+|\s+and\s+(?:the\s+)?|;\s*", wish.words)
    mine: list[str] = []
    is_mine = False
    for part in parts:
        spoken = [name for name in names if says(part, name)]
        is_mine = item.product in spoken if spoken else is_mine
        if is_mine:
            mine.append(part)
    return " and ".join(mine) or wish.words


def wanted_make(item: Make, makes: Sequence[Make], words: str) -> Make | None:
    """Give the make that is asked for instead; None when it is not there or not clear."""
    there = [each for each in makes if each.is_there]
    ids = _ITEM_ID.findall(words)
    if ids:
        return next((each for each in there if each.id in ids), None)
    must = without_taste(words)
    values = {
        name: sorted({each.options.get(name, "") for each in makes} - {""})
        for name in item.options
    }
    said = {name: mentions(must, each) for name, each in values.items()}
    chosen = {name: each - {item.options[name]} or each for name, each in said.items() if each}
    for name, each in values.items():
        better = compared(must, name, item.options[name], each)
        if better is not None:
            chosen[name] = frozenset({better})
    fitting = [each for each in there if all(each.options.get(n) in v for n, v in chosen.items())]
    for pattern, sign in ((_CHEAPEST, 1), (_DEAREST, -1)):
        if pattern.search(words) and fitting:
            return min(fitting, key=lambda each: (sign * each.price, each.id))
    return (
        _likest(item, fitting, values, set(item.options) - set(chosen), words) if chosen else None
    )


def _likest(
    item: Make,
    fitting: Sequence[Make],
    values: Mapping[str, Sequence[str]],
    free: Collection[str],
    words: str,
) -> Make | None:
    """Give the make that is most as preferred, then most as the one there is; None when two are equal."""
    likes = {name: preferred(words, values[name]) for name in free}

    def rank(make: Make) -> tuple[int, ...]:
        taste = sum(
            each.index(make.options[name]) if make.options[name] in each else len(each)
            for name, each in likes.items()
        )
        return taste, sum(make.options[name] != item.options[name] for name in free)

    ranked = sorted((each for each in fitting if each.id != item.id), key=rank)
    if not ranked or (len(ranked) > 1 and rank(ranked[0]) == rank(ranked[1])):
        return None
    return ranked[0]
