"""Who of a shopper's people a message is about, and what speaks for a present to them (pure).

What they like, what they were given, and what others like them like; of the shopper's own people alone.
"""

import re
from collections.abc import Mapping, Sequence

from knowledge.constraints.people import recipient_in
from knowledge.discretion import is_sensitive, names_something_sensitive
from knowledge.kinship import relation_in
from knowledge.likings import likings_in
from knowledge.receivers import Hint, Hints, Receiver
from knowledge.spanish import in_english
from storage.records import Present, Product, Relation, Relative

_TO = (
    r"\b(?:for|to|get|gets|give|gives|buy|bring|para|a|al)\s+"
    r"(?:(?:my|our|mi|mis|nuestr[oa]|the|dear|little|big|old)\s+)*"
)


def meant_in(texts: Sequence[str], relatives: Sequence[Relative]) -> Relative | None:
    """Give whom a message is for, by nickname or as "my mum"; None when that is nobody, or may be several.

    `texts` are the message as it was written, and in English. A text about nobody's kin names who is called so alone.
    """
    by_length = sorted(relatives, key=lambda each: -len(each.nickname))
    for relative in by_length:
        called = re.compile(rf"{_TO}{re.escape(relative.nickname)}(?!\w)", re.IGNORECASE)
        if any(called.search(text) for text in texts):
            return relative
    for text in texts:
        recipient = recipient_in(text.casefold())
        if recipient is not None:
            return _only_one(recipient.who, relatives)
    return None


def receiver_of(
    relative: Relative,
    others: Sequence[Relative],
    presents: Sequence[Present],
    products: Mapping[str, Product],
) -> Receiver:
    """Put together what speaks for a present to somebody; what is kept quiet about speaks for none.

    `others` are the shopper's other people: those of the same relation count, a little.
    """
    own = likings_in(relative.tastes)
    hints = [
        Hint(Hints.LIKED, like, said, relative.nickname)
        for like, said in zip(own.likes, own.said, strict=True)
    ]
    given = [each.product_id for each in presents if each.relative_id == relative.id]
    for key in given:
        if key in products and not is_sensitive(products[key]):
            title = products[key].title
            hints.append(Hint(Hints.GIVEN, title, title, relative.nickname))
    for other in others:
        if other.id == relative.id or not _is_alike(other, relative):
            continue
        theirs = likings_in(other.tastes)
        hints += [
            Hint(Hints.KIN, like, said, other.nickname)
            for like, said in zip(theirs.likes, theirs.said, strict=True)
        ]
    quiet = tuple(hint for hint in hints if not names_something_sensitive(hint.text))
    return Receiver(relative, quiet, own.limits, frozenset(given))


def _is_alike(other: Relative, relative: Relative) -> bool:
    return relative.relation is not Relation.OTHER and other.relation is relative.relation


def _only_one(who: str, relatives: Sequence[Relative]) -> Relative | None:
    """Give the one who is meant by a word of kinship."""
    called = [each for each in relatives if _called(each.nickname) == who]
    if not called:
        relation = relation_in(who)
        called = [
            each
            for each in relatives
            if relation is not None
            and each.relation is relation
            and _called(each.nickname) is None
        ]
    return called[0] if len(called) == 1 else None


def _called(nickname: str) -> str | None:
    """Give the word of kinship that a nickname says, as messages are read: mum for mamá."""
    said = recipient_in(f"for {nickname.casefold()}")
    said = said or recipient_in(in_english(f"un regalo para {nickname}").casefold())
    return None if said is None else said.who
