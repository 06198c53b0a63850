"""Reads the diet and the dislikes that shoppers declare in their own words."""

from dataclasses import replace
from functools import lru_cache

from knowledge.constraints import NO_NAMES, Constraints, constraints_in
from knowledge.standing import Standing


def limits_declared(said: str) -> Constraints | None:
    """Give the diet and the dislikes in English words; None when there are none."""
    read = constraints_in(said, NO_NAMES)
    limits = Constraints(
        sustainability=read.sustainability,
        excluded=read.denied,
        denied=read.denied,
        is_allergy=read.is_allergy,
        diets=read.diets,
        allergens=read.allergens,
    )
    return None if limits == Constraints() else limits


@lru_cache(maxsize=256)
def standing(said: tuple[str, ...]) -> Standing | None:
    """Give what these declarations come to together; None when they limit nothing."""
    whole = None
    for each in said:
        limits = limits_declared(each)
        if limits is not None:
            whole = limits if whole is None else _both(whole, limits)
    if whole is None:
        return None
    return Standing(whole, replace(whole, diets=frozenset(), sustainability=frozenset()))


def _both(one: Constraints, other: Constraints) -> Constraints:
    denied = one.denied | other.denied
    return Constraints(
        sustainability=one.sustainability | other.sustainability,
        excluded=denied,
        denied=denied,
        is_allergy=one.is_allergy or other.is_allergy,
        diets=one.diets | other.diets,
        allergens=one.allergens | other.allergens,
    )
