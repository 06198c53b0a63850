"""Whether a text says only what its facts say: the last look before a reply leaves (pure).

It checks numbers, prices, codes, the shop's own names, promises and spelled amounts. It is stricter on
a model's words than a reader would be: what it doubts is replaced by the template.
"""

import re
from collections.abc import Collection, Iterable

from knowledge.facts import Facts

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_CODE = re.compile(r"\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{2,}\b")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*")
_APOSTROPHE = re.compile("['’]")
# Numbers that are no digits: "½ price", "② for one".
_NUMERAL = re.compile("[\u00bc-\u00be\u2150-\u218b\u2460-\u249b\u00b2\u00b3\u00b9]")
# Words that state an amount, a promise or availability: facts, unless the evidence says them too.
_CLAIMS = frozenset(
    "free guarantee guaranteed guarantees promise promised stock available availability open "
    "opens closed closes today tonight tomorrow last final only limited half double twice "
    "cheapest lowest best bestseller discount sale save saves savings bargain refund delivery "
    "shipping gratis bonus extra vegan vegetarian organic healthy gluten kosher halal dairy "
    "allergens natural handmade homemade complimentary quarter couple several pair cures heals "
    "warranty exclusive instant instantly unlimited one two three four five six seven eight nine "
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "hundreds thousand thousands million millions dozen dozens triple thrice percent bucks quid penny pennies pence "
    "dollar dollars euro euros pound pounds cent cents minute minutes hour "
    "hours meter meters metre metres mile miles kilometer kilometre block blocks".split()
)
# Sentences of ours say these and claim nothing: "keep the rain off you", "nothing like it for less".
_SAID_BY_US = frozenset(
    "off less cheap cheaper left soothe soothes soothing heal healing monday tuesday wednesday thursday friday saturday "
    "sunday weekend".split()
)


def unsupported(
    text: str, facts: Facts, values: Iterable[str], names: Collection[str] = ()
) -> tuple[str, ...]:
    """Give everything in a text that its facts do not support; empty means that it may be sent.

    Args:
        text: The finished text.
        facts: What it may state.
        values: The facts as they were written into the text: "$3.50", "43 m", "Hot Chocolate".
        names: The shop's store, brand and product names; one in the text must be among the facts.
    """
    evidence = _evidence(facts, values)
    return (
        *_beyond(_NUMBER.findall(text), _NUMBER.findall(evidence)),
        *_beyond(_NUMERAL.findall(text), _NUMERAL.findall(evidence)),
        *_beyond(_CODE.findall(text), _CODE.findall(evidence)),
        *_foreign_names(text, evidence, names),
        *_claims(text, evidence),
    )


def unsayable(facts: Facts) -> frozenset[str]:
    """Give the claims that words around these facts must not make: a product or a rule may say "free", they may not."""
    told = " ".join(word for each in facts.everything() for word in _going_with(each))
    return (_CLAIMS | _SAID_BY_US) - set(told.split())


def _evidence(facts: Facts, values: Iterable[str]) -> str:
    return " \n ".join([*values, *_texts(facts)])


def _texts(facts: Facts) -> list[str]:
    found = []
    for each in facts.everything():
        found += [
            each.store,
            each.item,
            each.coupon_code,
            each.reason,
            each.holiday,
            each.order_code,
        ]
        found += [each.quote, each.document, each.status]
        found += _going_with(each)
    return [text for text in found if text]


def _going_with(facts: Facts) -> list[str]:
    """Give the words in which hours and discounts are told."""
    found = list[str]()
    if facts.opens_at is not None or facts.closes_at is not None or facts.day is not None:
        found.append("open opens closed closes")
    if facts.discount_percent is not None:
        found.append("off less")
    return found


def _beyond(said: Iterable[str], allowed: Iterable[str]) -> list[str]:
    known = set(allowed)
    return [token for token in said if token not in known]


def _foreign_names(text: str, evidence: str, names: Collection[str]) -> list[str]:
    """Find names of the shop that the evidence does not hold; longest first hides parts of names."""
    rest, known = text, evidence.casefold()
    found = []
    for name in sorted(
        (n for n in names if n.casefold() in text.casefold()), key=len, reverse=True
    ):
        # One common word may be a name too ("Headwind"): only its capital tells.
        pattern = re.compile(re.escape(name), re.IGNORECASE if " " in name else 0)
        if pattern.search(rest) is None:
            continue
        rest = pattern.sub(" ", rest)
        if name.casefold() not in known:
            found.append(name)
    return found


def _claims(text: str, evidence: str) -> list[str]:
    allowed = set(_WORD.findall(evidence.casefold()))
    return [
        word
        for word in _WORD.findall(text.casefold())
        # "An hour's walk" tells of an hour.
        if (claim := _APOSTROPHE.split(word)[0]) in _CLAIMS and not {word, claim} & allowed
    ]
