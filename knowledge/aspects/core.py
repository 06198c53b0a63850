"""What a wish is about: its words without the frame around them and without what it denies (pure)."""

import re
from collections.abc import Sequence
from functools import cache

from knowledge.constraints.denial import Denial, tokens_of
from knowledge.constraints.denial_words import denial_words

# How wishes and reasons begin; what follows is what they are about.
_FRAME = re.compile(
    r"^\W*(?:because|since|as)?\s*\b(?:"
    r"(?:they|he|she|it|we|i|the (?:person|shopper|customer))\b(?:'?d|'?m)?(?: both| could both| could| would| are both| can both| can)?"
    r"\s?(?:are|is|am|was|were|have|has|had|wants?|wanted|needs?|needed|like|likes|love|be)?(?: both)?"
    r"\s?(?:craving|looking for|a (?:type|kind|sort|manner|part|form) of|related to(?: the topic of)?"
    r"|capable of(?: being| (?:providing|making|giving) (?:him|her|them)(?: with)?)?|(?:be )?used (?:for|to|as|in|by|with)"
    r"|(?:a )?propert(?:y|ies) of(?: being)?|to be able to|to (?:make|cook|bake|prepare|eat|have|buy|get|find|try)|to"
    r"|similar to|located in|made (?:of|from)|defined as|known for)?"
    r"|(?:can|could|may) (?:i|you|we) (?:please )?(?:have|get|give me|find(?: me)?|make|recommend|suggest)"
    r"|(?:give|find|get|show) (?:me|us)|what(?:'s| is| are| can i (?:make|cook|bake|eat))|how (?:do i|can i|to) (?:make|cook)"
    r"|do you (?:have|sell|know)|where can i (?:get|find|buy)"
    r")\b\s*(?:an?\b|some\b|any\b|the\b)?",
    re.IGNORECASE,
)
_NO_MATTER = re.compile(r"\brecipes?\b(?: for\b| idea\b)?|\bplease\b|\"", re.IGNORECASE)
# Words that say nothing of what is wished for.
STOP_WORDS = frozenset(
    "i i'm i'd i'll i've an the to for of in on at with and or but can could may might would will should do does did "
    "have has had want wanted like love need needed make made making give get got me my we our us you your it its is "
    "are was were be been being some any something anything someone what what's which that this these those there how "
    "recipe dish food idea good great best find looking look please really very so just also from as if when while "
    "who am use using used contain containing crave craving cook cooking prepare eat eating feel feeling them they he "
    "she him her his their than too more most much many lot one two into out up about over after before day home "
    "house thing kind type sort manner style mood going go come coming know try tried not no because both capable "
    "property related person quality price product different reasonable provide providing purpose topic item same".split()
)
_FREE = re.compile(r"[-\s]?free\b", re.IGNORECASE)


def core_of(text: str, denials: Sequence[Denial]) -> str:
    """Give a text without the frame around it and without what it denies; the text when nothing is left."""
    left, end = [], 0
    for denial in denials:
        left.append(_without_cue(text[end : denial.start]))
        free_of = _FREE.match(text, denial.end)
        end = free_of.end() if free_of else denial.end
    rest = _FRAME.sub(" ", "".join([*left, text[end:]]).strip())
    core = re.sub(r"\s+", " ", _NO_MATTER.sub(" ", rest)).strip(" ,.?!-")
    return core or text


@cache
def _cue_words() -> frozenset[str]:
    """Give every word that is part of a phrase which denies."""
    known = denial_words()
    return frozenset(word for said in known.firm | known.lacking | known.mild for word in said)


def _without_cue(text: str) -> str:
    """Give what stands before a denied thing without the words that deny it and those that lead to them."""
    cut = len(text)
    for token in reversed(tokens_of(text)):
        if is_telling(token.text) and token.text not in _cue_words():
            break
        cut = min(cut, token.start)
    return f"{text[:cut]} "


def is_telling(word: str) -> bool:
    """Tell whether a word says something of what is wished for."""
    return len(word) > 2 and word not in STOP_WORDS and word[0].isalnum()  # noqa: PLR2004  # "of", "to"
