"""Messages that say only a part, such as "the cheaper one": what they mean after what was said before (pure).

It goes by the words people use for it. What the words of a limit are ("in blue"), the constraints know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledge import followup_words as forms
from knowledge.constraints import Constraints, constraints_in
from knowledge.constraints.bygone import tells_of_trouble
from knowledge.facts import Kind
from knowledge.limit_words import is_limit, opens_limit, says_only_limits, says_who_eats
from knowledge.namesakes import unnamed
from knowledge.search.words import FILLER, words_in
from knowledge.talk import ABOUT_POLICIES, Talk
from knowledge.understanding import PLACE_INTENTS, POLICY_INTENTS, Intent, Reading
from knowledge.wish import Wish
from storage.records import Suggestion

_MOST_WORDS = 8  # whoever says more says it all (ours)
_MOST_WORDS_OF_A_THING = 4
# From this confidence a message that means something of its own is believed to mean it (ours).
_SPEAKS_FOR_ITSELF = 0.6


class Step(StrEnum):
    """Where a message takes the talk."""

    PICK = "pick"
    CHEAPER = "cheaper"
    CLOSER = "closer"
    OTHER = "other"
    LIMIT = "limit"
    INSTEAD = "instead"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A message completed: the whole wish, and what of it is looked at.

    `excluding` are products that are not to be shown again, `only` is the one that was picked, and
    `closer_than` names the stores that all of it must be closer than.
    """

    step: Step
    wish: Wish
    excluding: frozenset[str] = frozenset()
    only: str | None = None
    closer_than: frozenset[str] = frozenset()


def follow_up(reading: Reading, talk: Talk | None) -> FollowUp | None:
    """Give what a message means after the talk before it; None when it stands for itself."""
    said = _plain(unnamed(reading.text))
    if talk is None or not 0 < len(said.split()) <= _MOST_WORDS or tells_of_trouble(said):
        return None
    rest = forms.OF_THOSE.sub("", forms.LEADING.sub("", said))
    pointed = _pointed_at(rest, talk) if talk.shown else None
    is_about_policy = talk.topic in ABOUT_POLICIES
    limits = reading.constraints
    says_limits = says_only_limits(rest, limits) or says_who_eats(rest, limits)
    is_clear = not is_about_policy and says_limits
    if pointed is not None or (_means_another_kind(reading, talk) and not is_clear):
        return pointed
    if is_about_policy:
        return _about_policy(said, rest, talk.wish)
    return _compared(rest, reading.constraints, talk) or _about_wish(said, rest, reading, talk)


def says_thing(text: str) -> bool:
    """Tell whether words say any thing, and are not only such as stand around one: "oh, and for me"."""
    return any(word not in FILLER for word in words_in(_plain(text)))


def _means_another_kind(reading: Reading, talk: Talk) -> bool:
    """Tell whether the message surely is about something else than the talk."""
    if reading.others or reading.wants_person or reading.intent is Intent.CARE:
        return True
    # What a policy is asked about again ("and for shoes?") reads like a wish for it.
    about_policy = talk.topic in ABOUT_POLICIES
    same = POLICY_INTENTS | PLACE_INTENTS if about_policy else PLACE_INTENTS
    return reading.confidence >= _SPEAKS_FOR_ITSELF and reading.intent not in same


def _pointed_at(rest: str, talk: Talk) -> FollowUp | None:
    """Read words that mean nothing but one of the things that were shown, or all but those."""
    picked = _picked(rest, talk)
    if picked is not None:
        return FollowUp(Step.PICK, talk.wish, only=picked.product_id)
    if forms.OTHER.fullmatch(rest):
        return FollowUp(Step.OTHER, talk.wish, talk.seen | _products(talk.shown))
    return None


def _compared(rest: str, limits: Constraints, talk: Talk) -> FollowUp | None:
    """Read what compares with the things that were shown."""
    if not talk.shown:
        return None
    if forms.CHEAPER.search(rest) and limits.max_price_cents is None:
        below = min(each.price_cents for each in talk.shown) - 1
        cheaper = talk.wish.adding(f"cheaper than {below / 100:.2f}")
        return FollowUp(Step.CHEAPER, cheaper, _products(talk.shown))
    if forms.CLOSER.search(rest):
        stores = frozenset(each.store_id for each in talk.shown)
        return FollowUp(Step.CLOSER, talk.wish, _products(talk.shown), closer_than=stores)
    return None


def _about_wish(said: str, rest: str, reading: Reading, talk: Talk) -> FollowUp | None:
    """Read a limit to the wish, the size that was asked for, or another thing."""
    size, before = forms.SIZE.fullmatch(rest), _size_asked_for(talk.wish)
    if size is not None and (talk.topic is Kind.CLARIFY or before):
        country = before.partition(" ")[0] if before[:1].isalpha() and " " in before else ""
        return FollowUp(Step.LIMIT, talk.wish.adding(f"{country} size {size[1]}".strip()))
    if (word := forms.SIZE_IN_WORDS.fullmatch(rest)) and _comes_in_sizes(talk.wish):
        return FollowUp(Step.LIMIT, talk.wish.adding(f"size {word[1]}"))
    # "And for dinner?" is another thing, "and for my dad?" the same for somebody.
    is_thing = said != rest and forms.FOR_A_THING.match(rest) and not reading.constraints.recipient
    if not is_thing and is_limit(rest, reading.constraints):
        return FollowUp(Step.LIMIT, talk.wish.adding(forms.SAME.sub("", rest) or rest))
    thing = _thing(said, rest)
    return None if thing is None else FollowUp(Step.INSTEAD, talk.wish.instead(thing))


def _size_asked_for(wish: Wish) -> str:
    """Give the size that was asked for last, "us 8" or "44", so that a number is another one; "" = none was."""
    sizes = [constraints_in(said).size for said in (wish.thing, *wish.added)]
    return next((size for size in reversed(sizes) if size), "")


def _comes_in_sizes(wish: Wish) -> bool:
    """Tell whether what is wished for is worn: a large coffee is no size of a shelf."""
    return any(constraints_in(f"large {word}").size for word in words_in(wish.thing))


def _picked(rest: str, talk: Talk) -> Suggestion | None:
    shown = talk.shown
    if len(talk.shown) > 1 and forms.CHEAPEST.fullmatch(rest):
        return min(shown, key=lambda each: (talk.paid_cents(each), each.position))
    if len(shown) > 1 and forms.CLOSEST.fullmatch(rest):
        # Bands are equal for stores next to each other; then the first shown is as close as any.
        return min(shown, key=lambda each: (each.distance_band_m or 0, each.position))
    match = forms.NUMBERED.fullmatch(rest)
    if match is None:
        return None
    word = next(group for group in match.groups() if group)
    place = len(shown) if word == "last" else forms.ORDINALS.get(word, 0)
    return shown[place - 1] if 0 < place <= len(shown) else None


def _thing(said: str, rest: str) -> str | None:
    """Give the other thing that is asked for instead, None when none is."""
    match = forms.INSTEAD.match(said)
    if match is None:
        return None
    thing = said[match.end() :]
    words = thing.split()
    if not 0 < len(words) <= _MOST_WORDS_OF_A_THING or words[0] in forms.NO_THING or not rest:
        return None
    return thing


def _about_policy(said: str, rest: str, wish: Wish) -> FollowUp | None:
    """Ask the policy again about something else; the last thing asked about replaces the one before."""
    words = rest.split()
    if not 0 < len(words) <= _MOST_WORDS_OF_A_THING + 1 or words[0] in forms.NO_THING:
        return None
    if forms.INSTEAD.match(said) is None and not opens_limit(rest):
        return None
    about = rest if opens_limit(rest) or words[0] in forms.WHEN_OR_WHERE else f"for {rest}"
    return FollowUp(Step.LIMIT, Wish(wish.thing).adding(about))


def _products(shown: Iterable[Suggestion]) -> frozenset[str]:
    return frozenset(each.product_id for each in shown)


def _plain(text: str) -> str:
    """Give a message without capitals, without what ends a sentence, and without politeness."""
    said = " ".join(text.casefold().replace("’", "'").split()).strip(" .,!?…")
    said = forms.POLITE_FIRST.sub("", said)
    return forms.POLITE_LAST.sub("", said).strip(" .,!?…")
