"""A wish taken apart: what it names, what it denies, what it means beyond its words (pure).

data/wishes.toml holds the meanings: "short on time" is better off with what is quick. Products, places and
prices are none of its business: knowledge/constraints reads the hard limits.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from knowledge.aspects.kinds import Kinds, Sighting, Term, singular, term_of
from knowledge.constraints.denial import Denial, Token, denials_in, tokens_of

_LONGEST_SAYING = 4
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
_DENYING = re.compile(
    r"(?:\b(?:but|not|no|without|or|and|i|do|am|is|are|it|that|which|can|does)\b|\w*n['’]t\b|[\s,.?!-])+$",
    re.IGNORECASE,
)
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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What somebody who says this is better and worse off with, as kinds."""

    says: frozenset[Term]
    better: frozenset[str]
    worse: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish's aspects. `core` is its text without the frame around it and without what it denies.

    `words` are wanted words that are no kind; `better` and `worse` has one set of kinds for each meaning.
    """

    text: str
    core: str
    wanted: tuple[Sighting, ...]
    words: frozenset[str]
    denied: tuple[Sighting, ...]
    denied_words: frozenset[str]
    better: tuple[frozenset[str], ...]
    worse: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes wishes apart with the knowledge it is given."""

    kinds: Kinds
    meanings: Sequence[Meaning]

    @classmethod
    def shipped(cls) -> "Reader":
        """Read the knowledge that comes with the program. Blocks."""
        text = (files("knowledge") / "data" / "wishes.toml").read_text(encoding="utf-8")
        return cls(Kinds.shipped(), meanings_of(tomllib.loads(text)))

    def read(self, text: str) -> Wish:
        """Give a wish's aspects."""
        denials = denials_in(text)
        sightings = self.kinds.sightings(text)
        denied = tuple(s for s in sightings if _is_in(s.start, denials))
        wanted = tuple(s for s in sightings if not _is_in(s.start, denials))
        tokens = tokens_of(text)
        better, worse = [], []
        for meaning, is_denied in self._meant(tokens, denials):
            better.append(meaning.worse if is_denied else meaning.better)
            worse.append(meaning.better if is_denied else meaning.worse)
        named = {word for sighting in sightings for word in sighting.term}
        said = [t for t in tokens if is_telling(t.text) and singular(t.text) not in named]
        return Wish(
            text=text,
            core=core_of(text, denials),
            wanted=wanted,
            words=frozenset(singular(t.text) for t in said if not _is_in(t.start, denials)),
            denied=denied,
            denied_words=frozenset(singular(t.text) for t in said if _is_in(t.start, denials)),
            better=tuple(better),
            worse=tuple(worse),
        )

    def _meant(
        self, tokens: Sequence[Token], denials: Sequence[Denial]
    ) -> Iterator[tuple[Meaning, bool]]:
        words = [singular(token.text) for token in tokens]
        places: dict[Term, int] = {}
        for length in range(1, _LONGEST_SAYING + 1):
            for place in range(len(words) - length + 1):
                places[tuple(words[place : place + length])] = tokens[place].start
        for meaning in self.meanings:
            said = [places[term] for term in meaning.says if term in places]
            if said:
                yield meaning, any(_is_in(start, denials) for start in said)


def meanings_of(tables: Mapping[str, Mapping[str, str]]) -> list[Meaning]:
    """Read meanings: each with its words and kinds, joined by commas."""
    return [
        Meaning(
            frozenset(term_of(said) for said in _listed(table["says"])),
            frozenset(_listed(table["good"])),
            frozenset(_listed(table["bad"])),
        )
        for table in tables.values()
    ]


def core_of(text: str, denials: Sequence[Denial]) -> str:
    """Give a text without the frame around it and without what it denies; the text when nothing is left."""
    left, end = [], 0
    for denial in denials:
        left.append(_DENYING.sub(" ", text[end : denial.start]))
        end = denial.end
    rest = _FRAME.sub(" ", "".join([*left, text[end:]]).strip())
    core = re.sub(r"\s+", " ", _NO_MATTER.sub(" ", rest)).strip(" ,.?!-")
    return core or text


def is_telling(word: str) -> bool:
    """Tell whether a word says something of what is wished for."""
    return len(word) > 2 and word not in STOP_WORDS and word[0].isalnum()  # noqa: PLR2004  # "of", "to"


def _is_in(start: int, denials: Sequence[Denial]) -> bool:
    return any(denial.start <= start < denial.end for denial in denials)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
