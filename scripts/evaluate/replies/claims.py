"""Words that state something: outside the facts nobody may say them (pure).

Sorts and examples are those of the measurement contract; the words of each sort are ours.
"""

import re
from collections.abc import Iterator, Mapping

from scripts.evaluate.replies.evidence import Evidence, words_of

_WORDS: Mapping[str, frozenset[str]] = {
    "spelled number": frozenset(
        "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen half double "
        "twice triple quarter percent couple".split()
    ),
    "promise": frozenset(
        "free freebie gratis complimentary guarantee guaranteed guarantees promise promised promises "
        "refund refunds refunded warranty cheapest lowest best bargain unbeatable cheaper "
        "discount discounted sale save saves saving savings bonus".split()
    ),
    "availability": frozenset(
        "stock stocked available availability open opens opening opened closes closed today tonight tomorrow last "
        "final only limited left exclusive delivery delivered deliver delivers shipping shipped instantly "
        "immediately minute minutes hour hours".split()
    ),
    "diet": frozenset(
        "vegan vegetarian veggie organic gluten glutenfree kosher halal dairy lactose sugarfree keto paleo natural "
        "allergen allergens nutritious wholesome healthy healthier plastic-free additive-free".split()
    ),
    "health": frozenset(
        "cure cures cured heal heals healing remedy remedies relieve relieves relief soothe soothes soothing "
        "therapeutic medicinal medicine medicated painkiller painkillers detox immune immunity clinically "
        "prevents antibacterial hypoallergenic".split()
    ),
}  # fmt: skip
_SORT_OF = {word: sort for sort, words in _WORDS.items() for word in words}
_PHRASES: Mapping[str, re.Pattern[str]] = {
    "promise": re.compile(r"\b(?:on the house|no charge|at no cost|money back|i promise)\b"),
    "availability": re.compile(
        r"\b(?:sold out|selling fast|going fast|this week|this morning|this evening|this afternoon|(?:at )?any hour|"
        r"around the clock|while (?:stocks?|supplies) lasts?)\b"
    ),
    "health": re.compile(
        r"\b(?:good for your \w+|doctor recommended|eases? (?:the |your )?pain)\b"
    ),
}
_OF_THINGS = frozenset({"diet", "health"})
# "which one", "this one" and "one of these" count nothing.
_ONE = re.compile(
    r"(?<!which )(?<!this )(?<!that )(?<!the )(?<!another )(?<!each )(?<!every )(?<!any )(?<!no )(?<!right )(?<!good )"
    r"\bone\b(?! of\b)"
)


def claims_in(text: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give each claim as its sort and its words; a word that the facts say is none."""
    yield from _single(text, evidence)
    plain = " ".join(words_of(text))
    for sort, pattern in _PHRASES.items():
        for found in pattern.finditer(plain):
            if not set(words_of(found.group())) <= _allowed(sort, evidence):
                yield sort, found.group()
    if "one" not in evidence.claims:
        yield from (("spelled number", found.group()) for found in _ONE.finditer(plain))


def _single(text: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    for word in words_of(text):
        for part in sorted({word, *word.split("-")} & _SORT_OF.keys()):
            if part not in _allowed(_SORT_OF[part], evidence):
                yield _SORT_OF[part], part


def _allowed(sort: str, evidence: Evidence) -> frozenset[str]:
    return evidence.claims | evidence.qualities if sort in _OF_THINGS else evidence.claims
