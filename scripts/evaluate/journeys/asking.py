"""What somebody asks for in their own words: who they are, and which things shall be brought back, changed or given up.

Rules of language alone, made for requests about orders in general. Whatever is said with an if is left for people.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from scripts.evaluate.journeys.shop import Situation, User

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_USER_ID = re.compile(r"\b[a-z]+_[a-z]+_\d{4}\b")
_ZIP = re.compile(r"\b\d{5}\b")
_ORDER = re.compile(r"#W\d+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_STEP = re.compile(
    r",?\s+(?:and|then)\s+(?=(?:also\s+)?(?:you\s+)?(?:also\s+)?(?:want|wish|would|need|return|exchange"
    r"|cancel|modify|change|swap)\b)|\s+(?=(?:lastly|also|finally),?\s+you\b)",
    re.IGNORECASE,
)
_IF = re.compile(
    r"^\W*(?:and\s+|but\s+)?(?:if|make sure|unless|in case|ask|once|when)\b", re.IGNORECASE
)
_BUT_IF = re.compile(
    r"(?:,|\(|—)?\s*\b(?:but\s+|and\s+)?(?:if|unless)\b.*", re.IGNORECASE | re.DOTALL
)
_NOT_WANTED = re.compile(
    r"\b(?:not|never|n't)\s+(?:want|wish)\b|\b(?:regret|change your mind)\b", re.IGNORECASE
)
_WHICH = re.compile(r"\basks?\b[^.,]*\bwhich\b([^.,]*),([^.]*)", re.IGNORECASE)
_ONLY = re.compile(r"\bonly\s+(?:return|exchange|modify|cancel|change)\w*\b", re.IGNORECASE)


class Verb(Enum):
    """What is to be done with a thing."""

    RETURN = auto()
    EXCHANGE = auto()
    CANCEL = auto()
    MOVE = auto()


_VERBS: Mapping[Verb, re.Pattern[str]] = {
    Verb.MOVE: re.compile(r"\b(?:address|sent to|ship(?:ped)? to)\b", re.IGNORECASE),
    Verb.CANCEL: re.compile(r"\bcancel\w*|\bno longer need", re.IGNORECASE),
    Verb.EXCHANGE: re.compile(
        r"\b(?:exchang\w+|chang\w+|modif\w+|swap\w*|upgrad\w+|switch(?:ing)? (?:it|them))\b",
        re.IGNORECASE,
    ),
    Verb.RETURN: re.compile(r"\b(?:return\w*|send back|bring back)\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing asked for: the verb, the words it was said in, the orders they name, and what was said before."""

    verb: Verb
    words: str
    orders: tuple[str, ...] = ()
    before: str = ""


def who(situation: Situation, told: str) -> User | None:
    """Tell who somebody is by e-mail, or by name and zip code; None when they do not say enough."""
    emails = set(_EMAIL.findall(told.casefold()))
    zips, names = set(_ZIP.findall(told)), told.casefold()
    ids = set(_USER_ID.findall(names))
    for user in situation.users.values():
        is_named = user.name.casefold() in names or user.id in ids
        if user.email.casefold().rstrip(".") in emails or (is_named and user.zip in zips):
            return user
    return None


def wishes(text: str) -> list[Wish]:
    """Read what is asked for, in the order it is said; what depends on an if, or is regretted, is left out."""
    found: list[Wish] = []
    before = ""
    for sentence in _SENTENCE.split(text):
        if _IF.search(sentence) or _NOT_WANTED.search(sentence):
            continue
        for step in _STEP.split(_BUT_IF.sub("", sentence)):
            _add(found, step, before)
            before = step
    return found


def told_if_asked(text: str) -> str:
    """Give what is said about which thing is meant once somebody asks: "vacuum cleaner: the robotic one"."""
    return ". ".join(f"{which}: {told}" for which, told in _WHICH.findall(text))


def _add(found: list[Wish], step: str, before: str) -> None:
    verb, orders = _verb(step), tuple(_ORDER.findall(step))
    if verb is not None:
        found.append(Wish(verb, step, orders, before))
    elif found and step.strip():
        last = found[-1]  # it goes on about the same thing: "You want it in blue."
        found[-1] = Wish(last.verb, f"{last.words} {step}", last.orders + orders, last.before)


def only(text: str) -> str:
    """Give what remains of everything after a question, such as "only exchange the lamp"; empty when all does."""
    match = _ONLY.search(text)
    return text[match.start() :].split(".", maxsplit=1)[0] if match else ""


def says(words: str, name: str) -> bool:
    """Tell whether a product is spoken of: by its name, by its last word, or by a first one that is no other's."""
    said = singulars(words)
    parts = [_singular(each) for each in re.findall(r"[a-z]+", name.casefold().replace("-", ""))]
    return parts[-1] in said or (len(parts) > 1 and parts[0] in said and parts[0] in _TELLING)


def singulars(words: str) -> frozenset[str]:
    """Give the words of a text without plurals."""
    plain = words.casefold().replace("t-shirt", "tshirt").replace("e-reader", "ereader")
    return frozenset(_singular(each) for each in re.findall(r"[a-z]+", plain))


def is_all(words: str) -> bool:
    """Tell whether everything is meant."""
    return re.search(r"\b(?:all|everything|both|every|each)\b", words, re.IGNORECASE) is not None


def mentions(words: str, values: Iterable[str]) -> frozenset[str]:
    """Give those of these option values that are said, by all of them or by a word that no other value has.

    The longest come first, so that "dark green" is not "green".
    """
    rest, found = f" {words.casefold()} ", set()
    known = sorted(set(values), key=lambda value: (-len(value), value))
    for value in known:
        for said in (value.casefold(), _SIZES.get(value, "\0")):
            pattern = re.compile(rf"(?<![\w.]){re.escape(said)}(?![\w])")
            if pattern.search(rest):
                found.add(value)
                rest = pattern.sub(" ", rest)
    tokens = {value: frozenset(_PART.findall(value.casefold())) for value in known}
    said_now = frozenset(_PART.findall(rest))
    for value, own in tokens.items():
        others = frozenset().union(*(each for key, each in tokens.items() if key != value))
        if {token for token in own - others if len(token) > 1} & said_now:
            found.add(value)
    return frozenset(found)


_PART = re.compile(r"[a-z]+|\d+")
_SIZES = {"S": "small", "M": "medium", "L": "large"}
# First words of names that stand for the whole thing.
_TELLING = frozenset(
    "jigsaw luggage makeup patio vacuum fleece espresso bluetooth wristwatch".split()
)


def _singular(word: str) -> str:
    if word.endswith("shelves"):
        return f"{word[:-3]}f"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _verb(sentence: str) -> Verb | None:
    """Give the verb that comes first; an address is what is changed, wherever it is said."""
    if _VERBS[Verb.MOVE].search(sentence):
        return Verb.MOVE
    places = {
        verb: match.start()
        for verb, pattern in _VERBS.items()
        if (match := pattern.search(sentence)) is not None
    }
    return min(places, key=lambda verb: places[verb]) if places else None
