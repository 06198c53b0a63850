"""What a message says as a whole, from the readings of its parts (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.understanding.parts import asks, goes_on
from knowledge.understanding.reading import PLACE_INTENTS, Intent, Reading

# From this confidence a part of a message is a request of its own (ours; a slip here adds to a reply what nobody asked).
ITS_OWN_FROM = 0.55
_PERSON_FROM = 0.5
_TALK = (Intent.SMALLTALK,)
_ONE = 1
# The graver the tone, the earlier: what is answered when a message holds several.
_GRAVEST = ("", "medical", "grief", "sad", "health", "legal")


def joined(whole: Reading, parts: Sequence[Reading]) -> Reading:
    """Give the reading of a message from that of its whole text and those of its parts, in order.

    What endangers comes before everything and stays alone; orders and rules come before wishes.
    """
    every = (whole, *parts)
    wants_person = any(_asks_for_person(reading) for reading in every)
    grave = [reading for reading in every if reading.intent is Intent.CARE]
    if grave:
        gravest = min(grave, key=lambda reading: _GRAVEST.index(reading.tone))
        return replace(gravest, wants_person=wants_person)
    own = _of_their_own(parts)
    if len(own) <= _ONE:
        return replace(_the_one(whole, own), wants_person=wants_person)
    first, *others = sorted(own, key=_urgency)
    return replace(first, others=tuple(others), wants_person=wants_person)


def _the_one(whole: Reading, own: Sequence[Reading]) -> Reading:
    """Choose between the whole and its only telling part: greetings and stories around it mislead."""
    if not own or own[0].intent is whole.intent:
        return whole
    is_misled = whole.intent in {Intent.SMALLTALK, Intent.OUT_OF_SCOPE}
    return own[0] if is_misled or own[0].confidence > whole.confidence else whole


def _of_their_own(parts: Sequence[Reading]) -> list[Reading]:
    """Give what is asked for apart; what goes on with it, or asks for the same again, is joined to it."""
    found: list[Reading] = []
    for part in parts:
        place = _place_to_join(part, found)
        if place is not None:
            found[place] = _both(found[place], part)
        elif _is_of_its_own(part):
            found.append(part)
    return found


def _place_to_join(part: Reading, found: Sequence[Reading]) -> int | None:
    if found and _is_wish(part) and _is_wish(found[-1]) and goes_on(part.text):
        return len(found) - 1
    same = [n for n, earlier in enumerate(found) if _is_same(earlier, part)]
    return same[0] if same and part.confidence >= ITS_OWN_FROM else None


def _is_of_its_own(part: Reading) -> bool:
    return (
        part.confidence >= ITS_OWN_FROM
        and part.intent not in _TALK
        and (asks(part.text) or part.intent is Intent.NEED)
    )


def _is_same(earlier: Reading, later: Reading) -> bool:
    """Tell whether two parts ask for one thing; two things looked for are two."""
    if earlier.intent is not later.intent or earlier.need != later.need:
        return False
    return earlier.intent is not Intent.PRODUCT_SEARCH


def _both(earlier: Reading, later: Reading) -> Reading:
    return replace(earlier, text=f"{earlier.text} {later.text}", rows=(*earlier.rows, *later.rows))


def _is_wish(reading: Reading) -> bool:
    return reading.intent in PLACE_INTENTS


def _asks_for_person(reading: Reading) -> bool:
    return reading.intent is Intent.HUMAN and reading.confidence >= _PERSON_FROM


def _urgency(reading: Reading) -> int:
    """Rank what is waited for before what is wished for, and that before what is not ours."""
    if reading.intent is Intent.OUT_OF_SCOPE:
        return 2
    return 1 if _is_wish(reading) else 0
