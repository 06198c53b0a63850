"""One reply out of several: what is told first, what last, and nothing twice (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.composition import Composition
from knowledge.facts import Facts, Kind

_FINDS = (Kind.OFFER, Kind.OPTIONS)


def together(told: Sequence[Composition]) -> Composition:
    """Make one reply of what several things asked come to: the talk goes on with the last.

    What can be had comes last. Of several wishes each gives its best find to one list.
    """
    finds = [each for each in told if each.shown and each.facts.kind in _FINDS]
    if finds and len(told) > 1:
        told = [*(_beside(each) for each in told if each not in finds), _one_each(finds)]
    *earlier, last = told
    said = [f for each in earlier for f in (*each.facts.before, replace(each.facts, before=()))]
    alone = replace(last.facts, before=())
    before = [each for each in (*said, *last.facts.before) if each != alone]
    orders = tuple(dict.fromkeys(order for each in told for order in each.orders))
    facts = replace(last.facts, before=tuple(dict.fromkeys(before)))
    return Composition(facts, last.shown, orders, last.stores)


def _one_each(finds: Sequence[Composition]) -> Composition:
    """Give the best find of each wish, once; the finds of a single wish as they are."""
    best = {each.shown[0].candidate.product.id: each for each in reversed(finds)}
    chosen = [each for each in finds if each in best.values()]
    if len(chosen) == 1:
        return chosen[0]
    options = tuple(each.facts.options[0] if each.facts.options else each.facts for each in chosen)
    tone = next((each.facts.tone for each in chosen if each.facts.tone), "")
    before = tuple(fact for each in chosen for fact in each.facts.before)
    bare = tuple(replace(option, before=()) for option in options)
    facts = Facts(Kind.OPTIONS, options=bare, tone=tone, before=before)
    return Composition(facts, tuple(each.shown[0] for each in chosen))


def _beside(other: Composition) -> Composition:
    """Say "not all of that" where something was found, in place of "nothing"."""
    if other.facts.kind is not Kind.NOTHING_NEAR or other.shown:
        return other
    return replace(other, facts=Facts(Kind.NOTHING_NEAR, tone="beside"))
