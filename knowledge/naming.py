"""What a message calls by name: the thing itself, without the talk and the limits around it.

Pure, but for data/naming.toml, which knowledge/naming_words.py reads once.
"""

import re
from dataclasses import dataclass, replace

from knowledge.constraints import Constraints
from knowledge.constraints.colours import colours
from knowledge.naming_words import Name, naming_words
from knowledge.search.texts import heads_of
from knowledge.search.words import FILLER, words_in
from knowledge.understanding import PLACE_INTENTS, Intent, Reading
from knowledge.understanding.forms import is_name
from storage.records import Product

# Behind these a message tells more of what it has named: whom it is for, where it is, when, what is with it.
_NAME_ENDS = re.compile(
    r"\s(?:for|with|without|at|from|in|on|to|near|by|under|below|around|about|that|which|who|but|not|no|please)\s.*$"
    r"|[,;.?!(].*$",
    re.IGNORECASE | re.DOTALL,
)
# Before the name of a thing they say that it is what somebody wants, lacks or has lost; any other noun only tells of a need.
_WANTED = re.compile(
    r"\b(?:needs?|want|buy|find|grab|(?:ran |run |all )?out of|after(?= an?\b| some\b)|bring(?:ing)?|forgot|lost|looking for|any|like|please get|murder|fancy(?:ing)?|crav(?:e|ing)"
    r"|(?:gagging|gasping|dying|desperate|kill|die|hoping|after) for|(?:do|go) (?:with|for)|could (?:kill|eat|drink))\s+"
    r"(?:(?:some|an?|any|my|our|the|new|more|another|to buy|to get|fresh|good)\s+)*([a-z'-]+(?:\s[a-z'-]+){0,2}?)"
    r"(?=\s*(?:[,.;!?]|$|\b(?:for|with|at|from|in|on|to|now|today|tonight|please|asap|and|or|but|because|since|right|that|i|we|you|can)\b))"
    r"|^(?!(?:i|we|you|he|she|they)\b)(?:some |an? |the )?([a-z'-]+(?:\s[a-z'-]+){0,2}?)(?=\s+(?:for|with|under|below|in|from)\b)"
    r"|(?:^|[,.;!?]\s*)([a-z'-]+(?:\s[a-z'-]+){0,2}?)\s*(?:please|pls)?\s*[?!.]*\s*$",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^(?:(?:out of|any|some|more|no|just|only|an?|the|my)\s+)+", re.IGNORECASE
)
_ANYTHING = re.compile(r"\b(?:some|any|no)thing\b", re.IGNORECASE)
_BETWEEN_THINGS, _WORDS_OF_A_LIST = re.compile(r"\s+and\s+|\s*[,&+]\s*", re.IGNORECASE), 7
# "A book please" names a thing; "book it please" does not.
_SOME = re.compile(r"(?:an?|some|one|two|three|\d+)\s", re.IGNORECASE)
_CALLED_SO = 0.5  # of what is missing to a perfect fit (ours)
_SETTLED_FROM = 0.6  # of what is surer than that, the words are not a name (ours)
_SOUNDS_LIKE = PLACE_INTENTS | {Intent.SMALLTALK, Intent.OUT_OF_SCOPE}


def named_in(text: str, constraints: Constraints) -> Name:
    """Give the folded words of the thing that a message names, as "trail shoes" in "do you have trail shoes in 44?"; () = none."""
    if _ANYTHING.search(text):
        return ()
    words = naming_words()
    text = words.piece_of.sub(" ", text)
    said = _telling(_NAME_ENDS.sub("", f"{text.strip()} "))
    said = said or _telling(text)
    limits = words.limits | (_colour_words(constraints) if constraints.colours else frozenset())
    while said and any(sign.isdigit() for sign in said[-1]):
        said = said[:-1]
    name = tuple(word for word in said if word not in limits and not word.isdigit())
    return () if set(name or said) <= words.no_names else name or said


def wanted_by_name(text: str) -> list[str]:
    """Give the words of a message that may name the very thing wanted: "diapers" in "the baby cries, we're out of diapers"."""
    found = [match[1] or match[2] or match[3] for match in _WANTED.finditer(text)]
    return [_BEFORE_NAME.sub("", thing.strip()) for thing in found if thing.strip()]


def listed_in(text: str) -> list[str]:
    """Give the words of each of several things that a short message asks for: "2 notebooks and a pen"; [] = one, or a story."""
    things = [thing.strip() for thing in _BETWEEN_THINGS.split(text) if thing.strip()]
    is_list = len(things) > 1 and len(text.split()) <= _WORDS_OF_A_LIST
    return [_BEFORE_NAME.sub("", thing) for thing in things] if is_list else []


@dataclass(frozen=True, slots=True)
class Named:
    """The thing that is asked for by name; `kind` holds the ids of the products whose kind is called so."""

    name: Name
    kind: frozenset[str] = frozenset()

    def holds(self, product: Product) -> bool:
        """Tell whether a product is of that kind, or called so."""
        return product.id in self.kind or called(self.name, product.title)

    def fit(self, score: float, product: Product) -> float:
        """Give how well it fits; what is called so is nearer than what has it in it: honey, and a tea with honey.

        The less else it is called the nearer: "milk" is rather "Oat Milk" than "Steamed Vanilla Milk".
        """
        if not called(self.name, product.title):
            return score
        head = words_in(heads_of(product.title)[0])
        share = min(len(self.name) / len(head), 1.0) if head else 0.0
        return score + (1.0 - score) * _CALLED_SO * share


def called(name: Name, title: str) -> bool:
    """Tell whether a title is that of the thing named: "honey" is "Beech Hill Honey, 12 oz", not "Honey Cake"."""
    return bool(name) and any(_is_called(name, tuple(words_in(head))) for head in heads_of(title))


def may_be_a_name(reading: Reading) -> bool:
    """Tell whether a message may do no more than name a thing, whatever its words sound like: "honey", "tissues"."""
    is_settled = reading.is_sure and reading.rival is None and reading.confidence >= _SETTLED_FROM
    is_one = not reading.others and reading.intent in _SOUNDS_LIKE
    is_one |= reading.intent is Intent.ORDER_PLACE and _SOME.match(reading.text) is not None
    return is_one and not is_settled and is_name(reading.text)


def as_named(reading: Reading) -> Reading:
    """Give a reading as a search for what it names."""
    return replace(
        reading, intent=Intent.PRODUCT_SEARCH, need=None, tone="", confidence=1.0, rival=None
    )


def _is_called(name: Name, head: Name) -> bool:
    if not head or head[-1] != name[-1] or not set(name) <= set(head):
        return False
    wholes = (whole for whole in naming_words().of_two_words if head[-len(whole) :] == whole)
    return all(set(whole) <= set(name) for whole in wholes)


def _colour_words(constraints: Constraints) -> frozenset[str]:
    """Give the folded words that name a colour: those that everybody knows, and those of the shop that were said."""
    return frozenset(words_in(" ".join([*colours().words, *constraints.colours])))


def _telling(text: str) -> Name:
    moments = naming_words().moments
    return tuple(word for word in words_in(text) if word not in FILLER and word not in moments)
