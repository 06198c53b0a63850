"""What a wish does not want: where "not", "without", "anything but" begin to hold and where they end (pure).

A denial is firm ("no coffee", "hates nuts") or mild ("not too spicy", "low in sugar"). A firm one takes
products away, a mild one only moves them down.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.constraints.denial_behind import denied_behind
from knowledge.constraints.denial_words import ENDS, FILLERS, FIRM, LACKING, MILD, SAYINGS
from knowledge.constraints.tokens import STOPS, Token, tokens_of

__all__ = ["Denial", "Token", "denials_in", "tokens_of", "wished_in"]

_DENYING = re.compile(
    r"[\s,]*\b(?:(?:but|and|or|that|which|i|we|she|he)\s+)*(?:no|not|non|without|w/o|except(?: for)?|anything but|nothing with"
    r"|(?:is|are|do|does|can|could|would|wo|ca)(?:n't|n’t| not|nt)|cannot|avoid|hates?|allergic to|free of|isn't|skip|minus|gets?|just)?"
    r"(?:\s+(?:want|need|like|have|eat|drink|with|any|a|an|another|the|too|much|of|to))*\s*$",
    re.IGNORECASE,
)
# What somebody is not, and what they may not eat, is nothing to look for either.
_NO_STATE = re.compile(
    r"\bnot\s+(?:hungry|thirsty|cold|hot|tired|sick|bored)\b[\s,;]*", re.IGNORECASE
)
_ALLERGY = re.compile(
    r"(?:\b(?:i|he|she|we|my \w+|our \w+)(?:\s+(?:have|has|am|is)|'s got|'ve got)\s+)?(?:\b(?:an?|some)\s+)?"
    r"(?:\b(?:severe|bad|serious|terrible|strong|mild|slight|deadly)\s+)?\b\w+\s+(?:allerg(?:y|ies)|intoleran(?:ce|t))\b"
    r"[\s,;!.]*(?:here\b[\s,]*)?(?:(?:and|so)\b\s*)?|\b(?:i|he|she)\s+(?:have|has)\s+c(?:o)?eliac(?:\s+disease)?\b[\s,;!.]*",
    re.IGNORECASE,
)
_SHORTEST_WISH = 4
_JOINING = frozenset({"or", "nor", "and"})
_LONGEST_CUE = 5
_FIRST_WORDS = frozenset(phrase[0] for phrase in FIRM | LACKING | MILD | SAYINGS)
# Where a clause begins they deny what follows: "off coffee this week". Elsewhere they are said of much else.
_REST = re.compile(
    r"\s*\b(?:ones?|already|anymore|again|lately|either|these days|this (?:week|month|year)|at all|in it|in them|tho|though|person|fan|lover|drinker|eater|guy|girl|"
    r"please|pls|thanks|lol)\b(?=\s*(?:[,.;!?)]|$|already|tho|please|pls|lol))",
    re.IGNORECASE,
)
_OPENING = frozenset({"off", "hold", "nix"})
_ANY = frozenset({"any", "every", "all", "whatever"})
_MAKES = frozenset(
    "colour color colours colors flavour flavor kind sort type brand scent shade material pattern".split()
)
# Why somebody wants none of it: it tells of the thing that was denied, and of none to look for.
_REASON = re.compile(
    r"[\s,;]*\b(?:my|his|her|our|their|the) (?:stomach|tummy|belly|gut|skin|body|doctor|doc|system|head) "
    r"(?:can't|cannot|can not|doesn't|won't|said|says) \w+(?: (?:it|that|them|those|no))?\b",
    re.IGNORECASE,
)
_SMELLING = re.compile(
    r"\b(?:that |which )?(?:does|do|will|wo)(?:n't|n’t| not) (?:smell|stink|reek)\b[^,.;!?]*",
    re.IGNORECASE,
)
_OF_ONE_WORD = frozenset("low lower less reduced fewer little".split())
_NEW_LIMITS = frozenset(
    "no not without size with preferably rather cheap has have contains includes uses still tastes "
    "need want looking get give lunch dinner breakfast supper snack dessert meal drink idea ideas gift present".split()
)
_AUXILIARIES = frozenset("can could will would do does did should must may might wo ca".split())
# Verbs of what one does with goods: denied, they deny the goods. The others tell of somebody's troubles.
_OF_GOODS = FILLERS | frozenset(
    "wear stand handle tolerate digest take buy order touch bear do want need like love fancy care go mix cook chew spread "
    "smell contain come agree spicy meat too much".split()
)
_DENIED_ALONE = frozenset({"drink", "drinks", "food"})
# A comma leads on to more of what is denied when so few words stand before the next "or" or comma.
_ITEM_WORDS = 3


@dataclass(frozen=True, slots=True)
class Denial:
    """A denied stretch of a wish: characters start to end (end excluded), and its words without fillers.

    `cue` is where the words begin that deny it; when they stand behind, the stretch goes on to their end. `is_lack`: it is missed rather than unwanted, as in "out of eggs"; `is_inability`: it is what somebody or
    something does not do, as in "I can't sleep", and no thing.
    """

    start: int
    end: int
    words: tuple[str, ...]
    is_mild: bool = False
    is_lack: bool = False
    is_inability: bool = False
    cue: int = 0


def denials_in(text: str) -> list[Denial]:
    """Give the denied stretches of a text, in order."""
    tokens = tokens_of(text)
    told = list(_denials(tokens))
    for each in denied_behind(tokens):
        start, cue, until = (
            tokens[each.begin].start,
            tokens[each.end].start,
            tokens[each.until - 1].end,
        )
        if any(d.start < cue and start < d.end and not d.is_mild for d in told):
            continue
        told = [d for d in told if d.end <= start or until <= d.start]
        for found in _denial(tokens[each.begin : each.end], is_mild=False, cue=start):
            told.append(replace(found, end=until))
    return sorted(told, key=lambda denial: denial.start)


def wished_in(text: str) -> str:
    """Give a text without what it denies, and without the words that deny it; the text itself when nothing is left."""
    rest = _ALLERGY.sub(" ", _NO_STATE.sub(" ", text))
    denials = denials_in(rest)
    for denial in reversed(denials):
        if denial.is_lack or denial.is_inability:
            continue
        before = _DENYING.sub("", rest[: denial.cue])
        behind = rest[denial.end :]
        while said := _REST.match(behind):
            behind = behind[said.end() :]
        rest = f"{before} {behind}"
    rest = _REASON.sub(" ", _SMELLING.sub(" ", rest)) if denials else rest
    rest = " ".join(rest.split()).strip(" ,;.!?")
    return rest if len(rest) >= _SHORTEST_WISH else text


def _denials(tokens: Sequence[Token]) -> Iterator[Denial]:
    place = 0
    while place < len(tokens):
        said = _longest(tokens, place, SAYINGS)
        mild = _longest(tokens, place, MILD)
        lack = _longest(tokens, place, LACKING)
        firm = max(_longest(tokens, place, FIRM), lack, _denies_here(tokens, place))
        if said and said >= max(mild, firm):
            place += said
        elif mild or firm:
            begin = place + max(mild, firm)
            # "low-fat yogurt" wants yogurt; "low in fat" says nothing else.
            is_joined = mild == 1 and tokens[place].text in _OF_ONE_WORD
            end = begin + 1 if is_joined else _end(tokens, begin)
            cue = tokens[place].start
            found = _denial(tokens[begin:end], is_mild=mild >= firm, cue=cue)
            is_lack = lack == firm > 0 and not _is_inside(tokens, begin)
            is_inability = firm == 1 and _is_verb(tokens, place)
            yield from (
                replace(each, is_lack=is_lack, is_inability=is_inability) for each in found
            )
            place = max(end, begin)
        else:
            if place + 1 < len(tokens) and tokens[place + 1].text == "free":
                cue = tokens[place].start
                for found_free in _denial(tokens[place : place + 1], is_mild=False, cue=cue):
                    yield replace(found_free, end=tokens[place + 1].end)
            place += 1


def _longest(tokens: Sequence[Token], place: int, phrases: Collection[tuple[str, ...]]) -> int:
    """Give how many tokens the longest phrase that begins here takes; 0 = none does."""
    if tokens[place].text not in _FIRST_WORDS:
        return 0
    for length in range(min(_LONGEST_CUE, len(tokens) - place), 0, -1):
        if tuple(token.text for token in tokens[place : place + length]) in phrases:
            return length
    return 0


def _denies_here(tokens: Sequence[Token], place: int) -> int:
    """Give 1 for a word that denies only where it stands: "off coffee this week", "any colour but black"."""
    word = tokens[place].text
    if word in _OPENING:
        return int(place == 0 or tokens[place - 1].text in STOPS or tokens[place - 1].text == ",")
    is_choice = word == "but" and place > 1 and tokens[place - 2].text in _ANY
    return int(is_choice and tokens[place - 1].text in _MAKES)


def _end(tokens: Sequence[Token], begin: int) -> int:
    """Give where the denial that begins here stops to hold."""
    has_named = False
    for place in range(begin, len(tokens)):
        text = tokens[place].text
        if text in STOPS or (text in {"with", "to"} and has_named):
            return place
        if text in {",", "and"} and not _goes_on(tokens, place + 1):
            return place
        if text in ENDS and has_named:
            return place
        if text in ENDS and text not in {"it", "that", "something", "anything", "is", "are"}:
            return place
        has_named = has_named or not (text in FILLERS or text in ENDS or text == ",")
    return len(tokens)


def _is_inside(tokens: Sequence[Token], begin: int) -> bool:
    """Tell "does not have nuts in it" from "we do not have nuts"."""
    words = [token.text for token in tokens[begin : begin + _ITEM_WORDS + 3]]
    return any(pair in {("in", "it"), ("in", "them")} for pair in pairwise(words))


def _is_verb(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a "not" denies doing something: behind "can" or "do" stands a verb, "can't sleep"."""
    before = tokens[place - 1].text if place else ""
    behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return tokens[place].text == "not" and before in _AUXILIARIES and behind not in _OF_GOODS


def _goes_on(tokens: Sequence[Token], begin: int) -> bool:
    """Tell whether a short item follows that belongs to the list before: "nuts, soy or milk"."""
    for count, token in enumerate(tokens[begin:]):
        if token.text in _NEW_LIMITS:
            return False
        if token.text in STOPS or token.text in _JOINING or token.text == ",":
            return 0 < count <= _ITEM_WORDS or token.text in _JOINING
        if token.text in ENDS:
            return False
    return 0 < len(tokens) - begin <= _ITEM_WORDS


def _denial(tokens: Sequence[Token], *, is_mild: bool, cue: int) -> Iterator[Denial]:
    kept = [
        t for t in tokens if t.text not in FILLERS and t.text not in _JOINING and t.text != ","
    ]
    kept = [t for t in kept if t.text not in ENDS]
    # Who wants no drink says nothing else: then the filler is what is denied.
    kept = kept or [t for t in tokens if t.text in _DENIED_ALONE][-1:]
    if kept:
        yield Denial(kept[0].start, kept[-1].end, tuple(t.text for t in kept), is_mild, cue=cue)
