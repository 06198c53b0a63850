"""Messages that say only a part, such as "the cheaper one": what they mean after what was said before (pure).

It goes by the words people use for it. What the words of a limit are ("in blue"), the constraints know.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.constraints import Constraints, constraints_in
from knowledge.facts import Kind
from knowledge.limit_words import is_limit, opens_limit, says_only_limits
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
    said = _plain(reading.text)
    if talk is None or not 0 < len(said.split()) <= _MOST_WORDS:
        return None
    rest = _LEADING.sub("", said)
    pointed = _pointed_at(rest, talk) if talk.shown else None
    is_about_policy = talk.topic in ABOUT_POLICIES
    is_clear = not is_about_policy and says_only_limits(rest, reading.constraints)
    if pointed is not None or (_means_another_kind(reading, talk) and not is_clear):
        return pointed
    if is_about_policy:
        return _about_policy(said, rest, talk.wish)
    return _compared(rest, reading.constraints, talk) or _about_wish(said, rest, reading, talk)


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
    picked = _picked(rest, talk.shown)
    if picked is not None:
        return FollowUp(Step.PICK, talk.wish, only=picked.product_id)
    if _OTHER.fullmatch(rest):
        return FollowUp(Step.OTHER, talk.wish, talk.seen | _products(talk.shown))
    return None


def _compared(rest: str, limits: Constraints, talk: Talk) -> FollowUp | None:
    """Read what compares with the things that were shown."""
    if not talk.shown:
        return None
    if _CHEAPER.search(rest) and limits.max_price_cents is None:
        below = min(each.price_cents for each in talk.shown) - 1
        cheaper = talk.wish.adding(f"cheaper than {below / 100:.2f}")
        return FollowUp(Step.CHEAPER, cheaper, _products(talk.shown))
    if _CLOSER.search(rest):
        stores = frozenset(each.store_id for each in talk.shown)
        return FollowUp(Step.CLOSER, talk.wish, _products(talk.shown), closer_than=stores)
    return None


def _about_wish(said: str, rest: str, reading: Reading, talk: Talk) -> FollowUp | None:
    """Read a limit to the wish, the size that was asked for, or another thing."""
    size, before = _SIZE.fullmatch(rest), _size_asked_for(talk.wish)
    if size is not None and (talk.topic is Kind.CLARIFY or before):
        country = before.partition(" ")[0] if before[:1].isalpha() and " " in before else ""
        return FollowUp(Step.LIMIT, talk.wish.adding(f"{country} size {size[1]}".strip()))
    # "And for dinner?" is another thing, "and for my dad?" the same for somebody.
    is_thing = said != rest and _FOR_A_THING.match(rest) and not reading.constraints.recipient
    if not is_thing and is_limit(rest, reading.constraints):
        return FollowUp(Step.LIMIT, talk.wish.adding(_SAME.sub("", rest) or rest))
    thing = _thing(said, rest)
    return None if thing is None else FollowUp(Step.INSTEAD, talk.wish.instead(thing))


def _size_asked_for(wish: Wish) -> str:
    """Give the size that was asked for last, "us 8" or "44", so that a number is another one; "" = none was."""
    sizes = [constraints_in(said).size for said in (wish.thing, *wish.added)]
    return next((size for size in reversed(sizes) if size), "")


def _picked(rest: str, shown: tuple[Suggestion, ...]) -> Suggestion | None:
    if len(shown) > 1 and _CHEAPEST.fullmatch(rest):
        return min(shown, key=lambda each: (each.price_cents, each.position))
    if len(shown) > 1 and _CLOSEST.fullmatch(rest):
        # Bands are equal for stores next to each other; then the first shown is as close as any.
        return min(shown, key=lambda each: (each.distance_band_m or 0, each.position))
    match = _NUMBERED.fullmatch(rest)
    if match is None:
        return None
    word = next(group for group in match.groups() if group)
    place = len(shown) if word == "last" else _ORDINALS.get(word, 0)
    return shown[place - 1] if 0 < place <= len(shown) else None


def _thing(said: str, rest: str) -> str | None:
    """Give the other thing that is asked for instead, None when none is."""
    match = _INSTEAD.match(said)
    if match is None:
        return None
    thing = said[match.end() :]
    words = thing.split()
    if not 0 < len(words) <= _MOST_WORDS_OF_A_THING or words[0] in _NO_THING or not rest:
        return None
    return thing


def _about_policy(said: str, rest: str, wish: Wish) -> FollowUp | None:
    """Ask the policy again about something else; the last thing asked about replaces the one before."""
    words = rest.split()
    if not 0 < len(words) <= _MOST_WORDS_OF_A_THING + 1 or words[0] in _NO_THING:
        return None
    if _INSTEAD.match(said) is None and not opens_limit(rest):
        return None
    about = rest if opens_limit(rest) or words[0] in _WHEN_OR_WHERE else f"for {rest}"
    return FollowUp(Step.LIMIT, Wish(wish.thing).adding(about))


def _products(shown: Iterable[Suggestion]) -> frozenset[str]:
    return frozenset(each.product_id for each in shown)


def _plain(text: str) -> str:
    """Give a message without capitals, without what ends a sentence, and without politeness."""
    said = " ".join(text.casefold().replace("’", "'").split()).strip(" .,!?…")
    said = _POLITE_FIRST.sub("", said)
    return _POLITE_LAST.sub("", said).strip(" .,!?…")


# "The same but vegan" is "vegan" to whoever looks for it.
_SAME = re.compile(r"^(?:the )?same(?: one| thing)?(?:,? (?:but|only|just))? ")
_POLITE_FIRST = re.compile(
    r"^(?:(?:ok|okay|hm+|um+|oh|well|thanks|thank you|great|nice|cool|sorry|yes|no(?=,))\b[\s,.!]+)+"
    r"(?=\S)"
)
_POLITE_LAST = re.compile(r"[\s,]+(?:please|pls|plz|thanks|thank you|then|though|instead|maybe)$")
_INSTEAD = re.compile(
    r"(?:(?:and|or|so|but)\s+)?(?:what about|how about|what of)\s+(?:for\s+)?(?:the\s+|an?\s+|some\s+)?"
    r"|(?:and|or|maybe|perhaps|rather)\s+(?:for\s+)?(?:the\s+|an?\s+|some\s+)?"
)
_LEADING = re.compile(r"^(?:(?:and|but|or|so|also|then|maybe|what about|how about)\s+)+")
_CHEAPER = re.compile(
    r"\b(?:cheaper|less expensive|less pricey|more affordable|for less|lower price|on a budget"
    r"|not (?:so|that|as|too) (?:expensive|pricey|dear)|too (?:expensive|pricey|dear|much))\b"
)
_CLOSER = re.compile(r"\b(?:closer|nearer|less far|too far|not (?:so|that|as) far|shorter walk)\b")
_CHEAPEST = re.compile(r"(?:i'll take )?the (?:cheaper|cheapest|least expensive)(?: one)?")
_CLOSEST = re.compile(r"(?:i'll take )?the (?:closer|closest|nearer|nearest)(?: one)?")
_OTHER = re.compile(
    r"(?:(?:show me|give me|do you have|have you got|is there|are there|got|any|anything|something|what) ?)*"
    r"(?:else|another(?: one)?|others?|more|different|next)(?: (?:ones?|options?|ideas?|else))?"
    r"|(?:the )?(?:same )?(?:one )?in (?:another|a different|other|different) (?:colou?r|size)s?"
    r"|not (?:that|this)(?: one)?|(?:i )?don't (?:like|want) (?:it|that|this|those)(?: one)?"
)
_ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            "first 1st 1 one",
            "second 2nd 2 two",
            "third 3rd 3 three",
            "fourth 4th 4",
            "fifth 5th 5",
        ),
        1,
    )
    for word in words.split()
}
_TAKE = r"(?:i'll take|i'll have|i want|i'd like|give me|show me|take|let's take|book) "
_NUMBERED = re.compile(
    rf"(?:{_TAKE})?(?:"
    r"(?:the )?(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)(?: one| option)?"
    r"|(?:number |no\.? ?|option |# ?)(\d|one|two|three)|(\d))"
)
_FOR_A_THING = re.compile(
    r"for (?!(?:my|our|his|her|their|me|us|him|them|somebody|someone)\b|tomorrow|today|tonight)"
)
_WHEN_OR_WHERE = frozenset("on at to after before during today tomorrow tonight".split())
_SIZE = re.compile(r"(?:(?:in |a )?(?:size|eu|eur) ?)?(\d{2}|\d{1,2}\.5|[6-9])")
# What begins a question or a sentence is no thing.
_NO_THING = frozenset(
    "where when what who how why which is are am was do does did can could will would should have has had "
    "i i'm i'd i'll im you we he she it they there that this my your not no yes please if now here".split()
)
