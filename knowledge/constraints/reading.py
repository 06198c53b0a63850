"""The limits in a message, put together from what each module of this package reads (pure).

Only what was said counts: nothing here knows the catalogue but the names it is given.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from knowledge.constraints.colours import colours_in
from knowledge.constraints.denial import Denial, denials_in
from knowledge.constraints.diets import (
    allergens_of,
    allergic_to,
    diets_in,
    is_allergic,
    words_left_out,
)
from knowledge.constraints.families import singular
from knowledge.constraints.limits import Constraints
from knowledge.constraints.moments import near_in, when_in
from knowledge.constraints.money import prices_in
from knowledge.constraints.people import quantity_in, recipient_in
from knowledge.constraints.properties import denied_by_adjective, properties_in
from knowledge.constraints.sizes import size_in
from knowledge.constraints.spoken_names import NO_NAMES, SpokenNames, brands_in, store_and_brands
from knowledge.constraints.sustainability import sustainability_in
from knowledge.measures import measures_in

# Denied, these say something about the talk or are read as limits of another kind; none is a thing.
_NOT_A_THING = frozenset(
    "sure idea problem more longer less matter worries way one time money thanks too very really so good expensive "
    "going know yet now here that this the plastic tested animal animals year old today tonight tomorrow minutes "
    "dollars euros someone anyone else want like care cruelty much many wait long far pricey cheap big small large "
    "new hot cold warm nice week month place up down anything something nothing out shop store line queue card cash over under above below waste app place home work bed town people crowd".split()
)
_SHORTEST_STEM = 3
# Of books these say what they are about.
_ABOUT_IT = re.compile(
    r"\b(?:vegan|plant[- ]based|vegetarian|organic|gluten[- ]free)\s+(?=(?:\w+\s+)?(?:cook)?(?:book|recipe|magazine)s?\b)"
)
_STATE = re.compile(r"\b(?:i|we|he|she|they)(?:'m|'re|'s| am| are| is|m)\s+$")
_SCENTLESS = re.compile(
    r"\b(?:not|n't|doesnt|dont|won't) (?:smell|stink|reek)\b|n't (?:smell|stink|reek)\b|\b(?:unscented|odou?rless|scentless)\b"
)
_TASTES = frozenset(
    "spicy hot sweet salty sour bitter strong rich greasy heavy oily smoky fizzy sugary".split()
)


def constraints_in(text: str, names: SpokenNames = NO_NAMES) -> Constraints:
    """Find the limits that a message names."""
    lowered = text.casefold().replace("’", "'")
    denials = [d for d in denials_in(lowered) if _rules_out(d)]
    wanted = _without(lowered, denials)
    store, brands = store_and_brands(wanted, names)
    goods = lowered.replace(store.casefold(), " ") if store else lowered
    allergy = is_allergic(lowered, denies=bool(denials))
    denied = (
        denied_by_adjective(goods)
        | _denied_stems(denials, lowered, wanted)
        | (allergic_to(lowered) if allergy else set())
    )
    if _SCENTLESS.search(lowered):
        denied |= {"scent"}
    # "A burger, no beef": a burger is wished for.
    wished = {singular(word) for word in re.findall(r"[a-z]+", wanted)}
    left_out = words_left_out(denied) - (wished - denied)
    price = prices_in(lowered)
    size, quantity = size_in(wanted), quantity_in(wanted)  # "38 boots" are one pair
    things = _of_things(denials, lowered)
    return Constraints(
        max_price_cents=price.most,
        min_price_cents=price.least,
        wants_cheapest=price.wants_cheapest,
        sustainability=sustainability_in(_ABOUT_IT.sub(" ", lowered), denials),
        excluded=left_out,
        denied=left_out,
        is_allergy=allergy,
        diets=diets_in(_ABOUT_IT.sub(" ", wanted) + _free_from(lowered), denied),
        allergens=allergens_of(denied),
        size=size,
        colours=colours_in(wanted, names.coloured),
        brands=brands,
        excluded_brands=brands_in(" ".join(lowered[d.start : d.end] for d in denials), names),
        quantity=None if str(quantity) == size else quantity,
        recipient=recipient_in(wanted),
        when=when_in(lowered, names.days),
        store=store,
        near=near_in(wanted),
        properties=properties_in(wanted, things - {"hot"} if "spicy" in denied else things),
    )


def _rules_out(denial: Denial) -> bool:
    """Tell whether a denial takes goods away: a firm one does, and "not too spicy" where a taste is known by its word."""
    if denial.is_lack or denial.is_inability:
        return False
    return not denial.is_mild or bool(_TASTES & set(denial.words))


def _of_things(denials: Iterable[Denial], lowered: str) -> set[str]:
    """Give the words denied firmly, but for those of somebody's state: "I'm not cold"."""
    firm = (d for d in denials if not d.is_mild and not _STATE.search(lowered[: d.cue]))
    return {word for denial in firm for word in _adjectives(denial, lowered)}


def _adjectives(denial: Denial, lowered: str) -> Iterable[str]:
    """Give the denied words that stand for themselves, "nothing hot": in "no hot chocolate" the heat is not denied."""
    said = lowered[denial.start : denial.end]
    for word, behind in pairwise([*denial.words, ""]):
        if not (behind and re.search(rf"\b{re.escape(word)} {re.escape(behind)}\b", said)):
            yield word


def _denied_stems(denials: Iterable[Denial], lowered: str, wanted: str) -> set[str]:
    """Give the stems of what is denied: of "cake, but not carrot cake" the carrot."""
    wished = {singular(word) for word in re.findall(r"[a-z]+", wanted)}
    stems = set[str]()
    for denial in denials:
        words = {w for w in denial.words if len(w) >= _SHORTEST_STEM and w.isalpha()}
        told = {singular(word) for word in words - _NOT_A_THING}
        kinds = {singular(word) for word in words} - wished
        # Of "a game, no card games" the cards, though "no card" is said of paying.
        # Of "a puzzle, not 1000 pieces" the number: all puzzles have pieces.
        measures = measures_in(lowered[denial.start : denial.end])
        if measures:
            stems |= {f"{number:g}" for number, _ in measures}
            continue
        stems |= (told - wished) or (kinds if told else told) or told
        if "hot" in words and denial.is_mild:
            stems.add("spicy")  # a soup that is not too hot is one that does not burn
    return stems


def _without(lowered: str, denials: Iterable[Denial]) -> str:
    """Give the text with what it denies blanked out, every other letter in its place."""
    letters = list(lowered)
    for denial in denials:
        letters[denial.start : denial.end] = " " * (denial.end - denial.start)
    return "".join(letters)


def _free_from(lowered: str) -> str:
    """Give the words that say a diet by denying something: "gluten-free", "non-alcoholic"."""
    return " " + " ".join(
        re.findall(r"\b[a-z]+[- ]?free\b|\bnon[- ]?[a-z]+|\bno (?:added )?[a-z]+", lowered)
    )
