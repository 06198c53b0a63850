"""What a wish does not want: where "not", "without", "anything but" begin to hold and where they end (pure).

A denial is firm ("no coffee", "hates nuts") or mild ("not too spicy", "low in sugar"). A firm one takes
products away, a mild one only moves them down.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.constraints.denial_behind import denied_behind
from knowledge.constraints.denial_words import denial_words
from knowledge.constraints.tokens import STOPS, Token, tokens_of

__all__ = ["Denial", "Token", "denials_in", "tokens_of"]

_JOINING = frozenset({"or", "nor", "and"})
_LONGEST_CUE = 5
# Where a clause begins they deny what follows: "off coffee this week". Elsewhere they are said of much else.
_OPENING = frozenset({"off", "hold", "nix"})
# "She's off dairy"; where somebody is off to is a saying.
_STATES = frozenset("is are am i we she's he's they're been gone going went stay staying".split())
_GOODS_ARE_FOR = frozenset(
    "baby babies toddler toddlers kid kids child children dog dogs cat cats pet pets women men ladies girls boys".split()
)
# Behind the words that deny they do not end what is denied: "nothing that is fried".
_NEVER_FIRST = frozenset({"it", "that", "something", "anything", "is", "are"})
_ARTICLES = frozenset({"a", "an", "some", "the", "maybe", "perhaps"})
_ANY = frozenset({"any", "every", "all", "whatever"})
_MAKES = frozenset(
    "colour color colours colors flavour flavor kind sort type brand scent shade material pattern".split()
)
_OF_ONE_WORD = frozenset("low lower less reduced fewer little non".split())
_NEW_LIMITS = frozenset(
    "no not without size with preferably rather cheap has have contains includes uses still tastes "
    "need want looking get give lunch dinner breakfast supper snack dessert meal drink idea ideas gift present".split()
)
_AUXILIARIES = frozenset("can could will would do does did should must may might wo ca".split())
# Verbs of what one does with goods: denied, they deny the goods. The others tell of somebody's troubles.
_OF_GOODS = frozenset(
    "wear stand handle tolerate digest take buy order touch bear do want need like love fancy care go mix cook chew spread "
    "smell contain come agree spicy meat too much".split()
)
# "No coffee and tea for me" denies both; "no nuts and a cake for my wife" does not.
_FOR_NOW = frozenset({"me", "us", "today", "now", "tonight", "good"})
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
        before = [d for d in told if d.start < cue and start < d.end and not d.is_mild]
        if before:
            # "Can't stand candles and flowers set off her asthma": the effect tells that it is over.
            last = before[-1]
            told[told.index(last)] = replace(last, end=max(last.end, until))
            continue
        told = [d for d in told if d.end <= start or until <= d.start]
        for found in _denial(tokens[each.begin : each.end], is_mild=False, cue=start):
            told.append(replace(found, end=until))
    return sorted(told, key=lambda denial: denial.start)


def _denials(tokens: Sequence[Token]) -> Iterator[Denial]:
    place = 0
    while place < len(tokens):
        said = _longest(tokens, place, denial_words().sayings)
        mild = _longest(tokens, place, denial_words().mild)
        lack = _longest(tokens, place, denial_words().lacking)
        firm = max(_longest(tokens, place, denial_words().firm), lack, _denies_here(tokens, place))
        if said and said >= max(mild, firm):
            place += said
        elif mild or firm:
            begin = place + max(mild, firm)
            # "Low-fat yogurt" wants yogurt; "low in fat" says nothing else. So does "non-stick pan".
            is_joined = max(mild, firm) == 1 and tokens[place].text in _OF_ONE_WORD
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
    if tokens[place].text not in denial_words().first_words:
        return 0
    for length in range(min(_LONGEST_CUE, len(tokens) - place), 0, -1):
        if tuple(token.text for token in tokens[place : place + length]) in phrases:
            return length
    return 0


def _denies_here(tokens: Sequence[Token], place: int) -> int:
    """Give how many tokens deny only where they stand: "off coffee this week", "any colour but black", "not for kids"."""
    word = tokens[place].text
    behind = [token.text for token in tokens[place + 1 : place + 3]]
    if word == "not" and behind[:1] == ["for"]:
        return 2 if behind[1:] and behind[1] in _GOODS_ARE_FOR else 0
    if word in _OPENING:
        is_first = place == 0 or tokens[place - 1].text in STOPS or tokens[place - 1].text == ","
        is_state = word == "off" and place > 0 and tokens[place - 1].text in _STATES
        return int(is_first or is_state)
    is_choice = word == "but" and place > 1 and tokens[place - 2].text in _ANY
    return int(is_choice and tokens[place - 1].text in _MAKES)


def _end(tokens: Sequence[Token], begin: int) -> int:
    """Give where the denial that begins here stops to hold."""
    known, has_named = denial_words(), False
    for place in range(begin, len(tokens)):
        text = tokens[place].text
        if _ends_list(tokens, begin, place, has_named=has_named):
            return place
        if text in known.ends and (has_named or text not in _NEVER_FIRST):
            return place
        has_named = has_named or text not in known.fillers | known.ends | {","}
    return len(tokens)


def _ends_list(tokens: Sequence[Token], begin: int, place: int, *, has_named: bool) -> bool:
    """Tell whether a stop, a comma or a word that leads on ends what is listed."""
    text = tokens[place].text
    if text in STOPS or (text in {"with", "to"} and has_named):
        return True
    if text in {",", "and"} and not _goes_on(tokens, place + 1):
        return True
    return text == "," and has_named and _begins_anew(tokens, begin, place + 1)


def _is_inside(tokens: Sequence[Token], begin: int) -> bool:
    """Tell "does not have nuts in it" from "we do not have nuts"."""
    words = [token.text for token in tokens[begin : begin + _ITEM_WORDS + 3]]
    return any(pair in {("in", "it"), ("in", "them")} for pair in pairwise(words))


def _is_verb(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a "not" denies doing something: behind "can" or "do" stands a verb, "can't sleep"."""
    before = tokens[place - 1].text if place else ""
    behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return (
        tokens[place].text == "not"
        and before in _AUXILIARIES
        and behind not in _OF_GOODS | denial_words().fillers
    )


def _goes_on(tokens: Sequence[Token], begin: int) -> bool:
    """Tell whether a short item follows that belongs to the list before: "nuts, soy or milk"."""
    for count, token in enumerate(tokens[begin:]):
        if token.text in _NEW_LIMITS:
            return False
        if token.text in STOPS or token.text in _JOINING or token.text == ",":
            return 0 < count <= _ITEM_WORDS or token.text in _JOINING
        if token.text in denial_words().ends:
            behind = tokens[begin + count + 1].text if begin + count + 1 < len(tokens) else ""
            return count > 0 and token.text == "for" and behind in _FOR_NOW
    return 0 < len(tokens) - begin <= _ITEM_WORDS


def _begins_anew(tokens: Sequence[Token], begin: int, place: int) -> bool:
    """Tell whether behind a comma an article begins another thing: "no nuts, a chocolate bar", but not "a mug, a cup or a bowl"."""
    if place >= len(tokens) or tokens[place].text not in _ARTICLES:
        return False
    is_list = tokens[begin].text in _ARTICLES
    return not (is_list and any(token.text in {"or", "nor"} for token in tokens[place:]))


def _denial(tokens: Sequence[Token], *, is_mild: bool, cue: int) -> Iterator[Denial]:
    kept = [
        t
        for t in tokens
        if t.text not in denial_words().fillers and t.text not in _JOINING and t.text != ","
    ]
    kept = [t for t in kept if t.text not in denial_words().ends]
    # Who wants no drink says nothing else: then the filler is what is denied.
    kept = kept or [t for t in tokens if t.text in _DENIED_ALONE][-1:]
    if kept:
        yield Denial(kept[0].start, kept[-1].end, tuple(t.text for t in kept), is_mild, cue=cue)
