"""What kind of thing a question wants to hear, and whether a sentence says such a thing (pure)."""

import re
from collections.abc import Sequence

_TIME = re.compile(
    r"\b\d+\s*(?:business |working |calendar )?(?:minute|hour|day|week|month|year)s?\b|\b\d{1,2}(?::\d\d)?\s?[AP]M\b"
    r"|\b(?:midnight|noon|at once|same day|next (?:day|open day|delivery day)|immediately|never expires?|on request)\b"
    r"|\buntil\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£]\s?\d|\d\s?[$€£%]|\bfree\b|\bno (?:fees?|cost|charge)\b|\bcosts? nothing\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:store|counter|shop|home|address|miles?|town|island|country|countries|online|chat|website|page)s?\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:staff|person|people|somebody|someone|anyone|you|customers?|members?|partners?|providers?|third part(?:y|ies)|"
    r"affiliates?|court|pharmacy)\b",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"\b(?:can(?:not)?|may|must|only|never|allowed|are not|is not|do not|free to)\b", re.IGNORECASE
)
_REASON = re.compile(
    r"\b(?:because|in order to|so that|to (?:[a-z]+)|for reasons?|purposes?)\b", re.IGNORECASE
)
_KINDS: Sequence[tuple[re.Pattern[str], re.Pattern[str]]] = (
    (re.compile(r"\bhow (?:long|soon|fast|many (?:days|weeks|months))\b|\bwhen\b|\buntil\b|\bby when\b|\bdeadline\b|\bexpire", re.IGNORECASE), _TIME),
    (re.compile(r"\bhow much\b|\bcosts?\b|\bfees?\b|\bprices?\b|\bcharged?\b|\bfree\b|\bexpensive\b", re.IGNORECASE), _MONEY),
    (re.compile(r"\bwhere\b|\bwhich (?:store|shop|place)s?\b", re.IGNORECASE), _PLACE),
    (re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE), _PERSON),
    (re.compile(r"^\W*(?:so |and |but |hi,? |hello,? )?(?:can|may|could|am i allowed|is it ok|do i have|must|should|are we)\b", re.IGNORECASE), _LEAVE),
    (re.compile(r"\bwhy\b|\bpurposes?\b|\breasons?\b", re.IGNORECASE), _REASON),
)  # fmt: skip
# Said of what the sentence before it told: alone it answers nothing.
_LEANING = re.compile(
    r"^\W*(?:otherwise|after that|then|if (?:neither|not|so|it|they|none)|it|they|these|those|both|neither|such)\b"
    r"|\b(?:cannot|can not|can't|do not|don't|does not|may not|will not)\W*$"
    r"|^(?:\w+ ){2,5}them\W*$",
    re.IGNORECASE,
)
_NARROWED = re.compile(r"^\W*(?:for|with|on) ([^,.]+), ", re.IGNORECASE)


def answers_its_kind(question: str, sentence: str) -> bool:
    """Tell whether a sentence says what this kind of question wants: a time, an amount, a place."""
    wanted = [told for asking, told in _KINDS if asking.search(question)]
    return any(told.search(sentence) for told in wanted)


def leans_on_another(sentence: str) -> bool:
    """Tell a sentence that goes on from the one before it: "For cash purchases we cannot."."""
    return _LEANING.search(sentence) is not None


def narrowed_to(sentence: str) -> str:
    """Give the goods that a sentence begins by holding for alone: "For boots and tents, it is 2 years."; "" = none."""
    found = _NARROWED.match(sentence)
    return found[1] if found else ""
