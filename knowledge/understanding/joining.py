"""What a message says as a whole, from the readings of its parts (pure)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.constraints import Constraints, constraints_in
from knowledge.understanding.forms import is_brief, is_question, looks_for, narrows, requests
from knowledge.understanding.reading import PLACE_INTENTS, POLICY_INTENTS, Intent, Reading

# From this confidence a part of a message is a request of its own (ours; a slip here adds to a reply what nobody asked).
ITS_OWN_FROM = 0.6
# What is not ours is worth a word beside what is ours only when there is no doubt (ours).
_NOT_OURS_FROM = 0.8
_PERSON_FROM = 0.5
_WORDS_OF_A_SCRAP = 5
# The graver the tone, the earlier: what is answered when a message holds several.
_GRAVEST = ("", "medical", "grief", "sad", "health", "legal")

# Behind a wish that begins what it must not be: "I'm hungry. Not too spicy".
_DENIED = re.compile(r"\W*(?:but )?(?:not|no|nothing|without)\b", re.IGNORECASE)


def joined(whole: Reading, parts: Sequence[Reading]) -> Reading:
    """Give the reading of a message from that of its whole text and those of its parts, in order.

    What endangers comes before everything and stays alone; orders and rules come before wishes.
    """
    every = (whole, *parts)
    wants_person = any(_asks_for_person(reading) for reading in every)
    grave = [r for r in every if r.intent is Intent.CARE and (r is whole or not _is_scrap(r))]
    if grave:
        gravest = min(grave, key=lambda reading: _GRAVEST.index(reading.tone))
        return replace(gravest, wants_person=wants_person)
    own = _of_their_own(parts)
    if len(own) <= 1:
        return replace(_the_one(whole, own, parts), wants_person=wants_person)
    first, *others = _limited(sorted(own, key=_urgency), constraints_in(whole.text))
    return replace(first, others=tuple(others), wants_person=wants_person)


def _is_scrap(part: Reading) -> bool:
    """Tell a few words that sound sad only without the rest: "… and I have nothing"."""
    return part.tone == "sad" and len(part.text.split()) <= _WORDS_OF_A_SCRAP


def _the_one(whole: Reading, own: Sequence[Reading], parts: Sequence[Reading]) -> Reading:
    """Choose between the whole and its only telling part: greetings and stories around it mislead."""
    if not own or own[0].intent is whole.intent:
        return whole
    if _is_wish(own[0]) and _is_wish(whole):
        return _narrowed(whole, parts)
    if own[0].intent in POLICY_INTENTS and whole.intent in POLICY_INTENTS:
        return whole  # "I lost the receipt, can I still take it back": the rule is on both
    is_misled = whole.intent in {Intent.SMALLTALK, Intent.OUT_OF_SCOPE}
    return own[0] if is_misled or own[0].confidence > whole.confidence else whole


def _narrowed(whole: Reading, parts: Sequence[Reading]) -> Reading:
    """Give a need that other parts only narrow ("I'm hungry. Something vegan"), else the whole."""
    need, *rest = parts
    if need.need is None or not all(narrows(part.text) for part in rest):
        return whole
    limits = whole.constraints.then(Constraints(excluded=need.need.never))
    return replace(whole, intent=Intent.NEED, need=need.need, constraints=limits)


def _of_their_own(parts: Sequence[Reading]) -> list[Reading]:
    """Give what is asked for apart; what tells more of it, or asks for the same again, is joined to it."""
    found: list[Reading] = []
    for part in parts:
        same = [n for n, earlier in enumerate(found) if _is_same(earlier, part)]
        if same:
            found[same[-1]] = _both(found[same[-1]], part)
        elif _is_of_its_own(part) and not (found and _DENIED.match(part.text)):
            found.append(part)
    return found


def _is_of_its_own(part: Reading) -> bool:
    if part.intent is Intent.SMALLTALK or part.confidence < ITS_OWN_FROM:
        return False
    if part.intent is Intent.OUT_OF_SCOPE:
        return part.confidence >= _NOT_OURS_FROM and is_question(part.text)
    return requests(part.text) or _is_wish(part)


def _is_same(earlier: Reading, later: Reading) -> bool:
    """Tell whether two parts ask for one thing: of wishes, all that is not plainly another one."""
    if not (_is_wish(earlier) and _is_wish(later)):
        return earlier.intent is later.intent and later.confidence >= ITS_OWN_FROM
    if not is_brief(earlier.text):
        return True
    if earlier.need and later.need:
        return earlier.need == later.need or not is_brief(later.text)
    return not (looks_for(later.text) and (earlier.need is not None or looks_for(earlier.text)))


def _both(earlier: Reading, later: Reading) -> Reading:
    """Join two parts of one wish; a need says what it is."""
    first = later if later.need and not earlier.need else earlier
    text = f"{earlier.text} {later.text}"
    return replace(first, text=text, rows=(*earlier.rows, *later.rows))


def _limited(own: Sequence[Reading], limits: Constraints) -> list[Reading]:
    """Give the only wish all limits of the message; of several, each its own and what nobody may be harmed by."""
    are_several = sum(map(_is_wish, own)) > 1
    shared = Constraints(
        excluded=limits.excluded if limits.is_allergy else frozenset(),
        is_allergy=limits.is_allergy,
        diets=limits.diets,
        allergens=limits.allergens,
    )
    return [
        replace(part, constraints=part.constraints.then(shared if are_several else limits))
        if _is_wish(part)
        else part
        for part in own
    ]


def _is_wish(reading: Reading) -> bool:
    return reading.intent in PLACE_INTENTS


def _asks_for_person(reading: Reading) -> bool:
    return reading.intent is Intent.HUMAN and reading.confidence >= _PERSON_FROM


def _urgency(reading: Reading) -> int:
    """Rank what is waited for before what is wished for, and that before what is not ours."""
    if reading.intent is Intent.OUT_OF_SCOPE:
        return 2
    return 1 if _is_wish(reading) else 0
