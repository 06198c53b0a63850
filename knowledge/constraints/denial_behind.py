"""Denials that follow what they deny: "mushrooms make me ill", "coffee? no thanks", "leave the onions out" (pure)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from knowledge.constraints.denial_words import ENDS, FILLERS, phrases
from knowledge.constraints.tokens import STOPS, Token

_ILL = "ill/sick/nauseous/queasy/gag/sneeze/itch/itchy/vomit/throw up/puke/bloated/gassy/swell/break out/feel ill/feel sick/feel bad"
_AILMENTS = "headache/headaches/migraine/migraines/rash/hives/heartburn/indigestion/cramps/gas/stomach ache/stomachache/bad stomach"
_WHOM = "me/us/him/her/them"
# What is said of a thing that must not be there. "is" and "are", "do" and "does" are one, and so on.
BEHIND = phrases(
    "/".join(
        [
            *(f"make {whom} {ill}" for whom in _WHOM.split("/") for ill in _ILL.split("/")),
            *(
                f"give {whom} {a}{ail}"
                for a in ("", "a ", "bad ")
                for whom in _WHOM.split("/")
                for ail in _AILMENTS.split("/")
            ),
            *(f"do not agree with {whom}" for whom in _WHOM.split("/")),
            *(f"disagree with {whom}" for whom in _WHOM.split("/")),
            *(f"be not for {whom}" for whom in _WHOM.split("/")),
            *(f"be out for {whom}" for whom in _WHOM.split("/")),
            *(f"scare {whom}/kill {whom}/gross {whom} out" for whom in _WHOM.split("/")),
            *(f"upset {whose} stomach" for whose in ("my", "his", "her", "our", "their")),
            "be not my thing/be not my cup of tea/be not our thing/be not his thing/be not her thing/be not my favorite",
            "be not my favourite/be not an option/be not ok/be not okay/be not allowed/be forbidden/be off the table",
            "be off limits/be banned/be off the menu/be a no/be a no go/be a no-go/be gross/be disgusting/be poison/be awful",
            "be yucky/be horrible/excluded/? no/? no thanks/? no thank you/? no way/? never/? nope/? yuck/? ew/, yuck/, ew",
            "no thanks/no thank you/no please/not please/not for me/not for us/not for her/not for him/aside/allergy",
            "intolerance/intolerant/allergic/-intolerant",
        ]
    )
)
_ONE_FORM = {
    **dict.fromkeys(("is", "are", "was", "were", "isn't"), "be"),
    "does": "do",
    "makes": "make",
    "gives": "give",
    "disagrees": "disagree",
    "scares": "scare",
    "kills": "kill",
    "upsets": "upset",
    "grosses": "gross",
    "allergies": "allergy",
    "intolerances": "intolerance",
}
# Before an allergy they tell how bad it is, or where it sits; behind it they make something that helps.
_OF_AN_ALLERGY = frozenset(
    "severe serious bad strong terrible mild slight light deadly life threatening food skin known new tree also".split()
)
_HELPING = frozenset(
    "tablet tablets pill pills relief medicine meds medication spray drops season".split()
)
# They make ill, too, and are no goods.
_NO_GOODS = frozenset(
    "ferry boat boats bus buses car cars sea driving flying heights it this that these those he she they you everything "
    "pollen dust heat cold sun weather work job boss traffic noise hay seasonal spring summer head stomach back feet "
    "shoes boots waves travel travelling traveling stress light smoke what which who there here something anything".split()
)
_JOINING = frozenset({"and", "or"})
_AROUND = frozenset({"leave", "keep", "take", "hold", "cut"})
_PARTICLES = frozenset({"out", "off", "away"})
_LONGEST_CUE, _MOST_WORDS = 5, 3


@dataclass(frozen=True, slots=True)
class Behind:
    """What is denied, tokens begin to end (end excluded), and where the words end that deny it."""

    begin: int
    end: int
    until: int


def denied_behind(tokens: Sequence[Token]) -> Iterator[Behind]:
    """Give what is denied by the words behind it or around it, in order."""
    words = [_ONE_FORM.get(token.text, token.text) for token in tokens]
    place = 0
    while place < len(words):
        found = _around(words, place) or _before(tokens, words, place)
        if found is not None:
            yield found
        place = found.until if found is not None else place + 1


def _around(words: Sequence[str], place: int) -> Behind | None:
    """Give what is left "out" or kept "away" by a phrase that begins here."""
    if words[place] not in _AROUND:
        return None
    for behind in range(place + 2, min(place + _MOST_WORDS + 3, len(words))):
        if words[behind] in STOPS or words[behind] in _NO_GOODS:
            return None
        if words[behind] in _PARTICLES:
            return Behind(place + 1, behind, behind + 1)
    return None


def _before(tokens: Sequence[Token], words: Sequence[str], place: int) -> Behind | None:
    """Give what stands before a phrase that begins here and denies it."""
    length = _cue(words, place, BEHIND)
    if not length or (
        words[place] == "allergy" and words[place + 1 : place + 2] and words[place + 1] in _HELPING
    ):
        return None
    behind = place + length
    is_over = behind == len(words) or _ends(words[behind]) or words[behind] in _JOINING
    if words[place] == "be" and not is_over:  # "is not allowed any nuts"
        return None
    begin = place
    while begin > 0 and place - begin < _MOST_WORDS + 2 and not _ends(tokens[begin - 1].text):
        begin -= 1
    named = {
        token.text
        for token in tokens[begin:place]
        if token.text not in FILLERS and token.text not in _OF_AN_ALLERGY
    } - _JOINING
    if not named or named & _NO_GOODS or len(named) > _MOST_WORDS:
        return None
    while tokens[begin].text in FILLERS | _OF_AN_ALLERGY | _JOINING:
        begin += 1
    return Behind(begin, place, place + length)


def _cue(words: Sequence[str], place: int, cues: Collection[tuple[str, ...]]) -> int:
    for length in range(min(_LONGEST_CUE, len(words) - place), 0, -1):
        if tuple(words[place : place + length]) in cues:
            return length
    return 0


def _ends(word: str) -> bool:
    return word in STOPS or word == "," or word in ENDS or word in {"not", "no"}
