"""Whom something is for, and how many of it, as a message says it (pure)."""

import re

from knowledge.constraints.recipient import Recipient

_WHO = {
    "dad": "dad daddy father papa pop stepdad stepfather",
    "mum": "mum mom mother mommy mummy mama stepmum stepmom stepmother",
    "husband": "husband hubby", "wife": "wife", "partner": "partner spouse fiancé fiancée fiance fiancee",
    "boyfriend": "boyfriend bf", "girlfriend": "girlfriend gf", "son": "son stepson", "daughter": "daughter stepdaughter",
    "brother": "brother bro", "sister": "sister sis", "grandma": "grandma granny gran grandmother nana oma",
    "grandpa": "grandpa grandad granddad grandfather opa", "uncle": "uncle", "aunt": "aunt auntie aunty",
    "cousin": "cousin", "nephew": "nephew", "niece": "niece", "friend": "friend bestie mate buddy pal",
    "boss": "boss", "colleague": "colleague coworker co-worker", "teacher": "teacher", "neighbour": "neighbour neighbor",
    "host": "host hostess", "baby": "baby newborn infant", "toddler": "toddler", "child": "child kid kids children kiddo",
    "boy": "boy", "girl": "girl", "teenager": "teen teenager", "man": "man guy men him", "woman": "woman lady women her",
    "couple": "couple newlyweds", "dog": "dog puppy pup", "cat": "cat kitten kitty", "rabbit": "rabbit bunny",
    "bird": "bird parrot budgie", "grandson": "grandson", "granddaughter": "granddaughter", "family": "family",
}  # fmt: skip
_BY_WORD = {word: who for who, words in _WHO.items() for word in words.split()}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_FOR = re.compile(
    r"\b(?:for|to|spend(?:ing)? .{1,20} on)\s+(?=(?:(?:my|our|his|her|their|a|an|the|some)\s+)?"
    rf"(?:(?:{_NUMBER})[- ]?(?:year|yr|month)s?[- ]?old\s+)?([a-zé-]+(?:\s+[a-zé-]+){{0,2}}))"
)
_MY = re.compile(
    r"\b(?:my|our)\s+(?:[a-z-]+\s+)?([a-zé-]+)(?:'s)?\s+(?:birthday|is|needs?|wants?|loves?|likes?|hates?|has|turns)\b"
)
_GETS = re.compile(
    r"\bwhat\b(?: [a-z']+){1,4} (?:get|give|buy|bring)s?\s+(?=(?:(?:my|our|a)\s+)?([a-zé-]+(?:\s+[a-zé-]+){0,1}))"
)
_AGE = re.compile(
    rf"\b({_NUMBER})\s*-?\s*(?:(years?|yrs?|y|yo)\b(?:[- ]?olds?)?|(months?)[- ]?olds?)|\b(?:aged?|turns|turning)\s+({_NUMBER})\b"
)
_NOT_COUNTED = (
    "minute min hour hr day week month year yr dollar buck euro pound quid percent mile meter metre km block people "
    "person kid child guest friend player time mg ml cl oz gram kg gb degree step way second cent inch oclock other"
)
_COUNT = re.compile(
    rf"(?<![\d$€£.,:])\b(\d{{1,2}}|{'|'.join(list(_NUMBERS)[1:])}|a dozen|half a dozen|a couple of|a pair of)\s+(?:of\s+)?"
    r"(?:[a-z-]+\s+)?([a-z]{3,}s)\b"
)
_ODD_COUNTS = {"a dozen": 12, "half a dozen": 6, "a couple of": 2, "a pair of": 1}


PETS = frozenset({"dog", "cat", "rabbit", "bird"})
_WHOSE_PET = re.compile(
    rf"\b[a-z]+(?:'s|s'|s)\s+(?:[a-z-]+\s+)?({'|'.join(word for word, who in _BY_WORD.items() if who in PETS)})s?\b"
)


def recipient_in(text: str) -> Recipient | None:
    """Find whom something is for. `text` is in small letters."""
    age = _age(text)
    for pattern in (_FOR, _MY, _GETS):
        for match in pattern.finditer(text):
            who = next((_BY_WORD[word] for word in match[1].split() if word in _BY_WORD), None)
            pet = _WHOSE_PET.search(text) if who not in PETS else None
            if who:
                return Recipient(_BY_WORD[pet[1]] if pet else who, age)
    is_told = re.search(r"\b(?:for|gift|present|old)\b", text) is not None
    return (
        Recipient("child" if age < _GROWN_UP else "person", age)
        if age is not None and is_told
        else None
    )


_GROWN_UP = 13


def quantity_in(text: str) -> int | None:
    """Find how many of it are wanted. `text` is in small letters."""
    for match in _COUNT.finditer(text):
        if match[2].removesuffix("s") not in _NOT_COUNTED.split():
            return _number(match[1])
    return None


def _age(text: str) -> float | None:
    match = _AGE.search(text)
    if match is None:
        return None
    if match[3]:
        return _number(match[1]) / 12
    is_age = match[4] or re.search(r"old|yo\b|\by\b", match[0])
    return _number(match[4] or match[1]) if is_age else None


def _number(said: str) -> int:
    return _ODD_COUNTS.get(said) or _NUMBERS.get(said) or int(said)
