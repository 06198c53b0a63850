"""What a wish means beyond its words, from data/wishes.toml: "short on time" is better off with what is quick (pure)."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from knowledge.aspects.kinds import Sighting, Term, singular, term_of
from knowledge.constraints.denial import Denial, Token

_LONGEST_SAYING = 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """What somebody who says this is better and worse off with, as kinds.

    Whoever denies one of `says` is better off with `worse`; `regardless` mean the same denied or not ("no hassle",
    "hate the hassle"). `never` is what must not be there at all.
    """

    says: frozenset[Term]
    better: frozenset[str]
    worse: frozenset[str]
    regardless: frozenset[Term] = frozenset()
    never: frozenset[str] = frozenset()

    @property
    def denied(self) -> "Meaning":
        """Give what it means when it is denied."""
        return Meaning(self.says, self.worse, self.better, self.regardless)


@dataclass(frozen=True, slots=True)
class Meant:
    """A meaning of a text, as it is or turned round by a denial, and where it is said."""

    meaning: Meaning
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Meanings:
    """All meanings that are known, and all that is said for them."""

    known: Sequence[Meaning]
    sayings: frozenset[Term]

    @classmethod
    def shipped(cls) -> "Meanings":
        """Read the meanings that come with the program. Blocks."""
        text = (files("knowledge") / "data" / "wishes.toml").read_text(encoding="utf-8")
        return cls.of(tomllib.loads(text))

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, str]]) -> "Meanings":
        """Take tables of meanings, each with its words and kinds joined by commas."""
        known = [
            Meaning(
                says=frozenset(map(term_of, _listed(table["says"]))),
                better=frozenset(_listed(table["good"])),
                worse=frozenset(_listed(table["bad"])),
                regardless=frozenset(map(term_of, _listed(table.get("regardless", "")))),
                never=frozenset(_listed(table.get("never", ""))),
            )
            for table in tables.values()
        ]
        return cls(known, frozenset().union(*(each.says | each.regardless for each in known)))

    def of_text(self, tokens: Sequence[Token], denials: Sequence[Denial]) -> Iterator[Meant]:
        """Give what a text means; a saying within a longer one says nothing."""
        found = list(self._said(tokens))
        heard = [each for each in found if not any(_is_within(each, other) for other in found)]
        said = {each.term for each in heard}
        wanted = {each.term for each in heard if not is_in(each.start, each.end, denials)}
        for meaning in self.known:
            own = meaning.says | meaning.regardless
            if said.isdisjoint(own):
                continue
            is_meant = meaning.says & wanted or meaning.regardless & said
            spans = tuple((each.start, each.end) for each in heard if each.term in own)
            yield Meant(meaning if is_meant else meaning.denied, spans)

    def _said(self, tokens: Sequence[Token]) -> Iterator[Sighting]:
        words = [singular(token.text) for token in tokens]
        for length in range(1, _LONGEST_SAYING + 1):
            for place in range(len(words) - length + 1):
                term = tuple(words[place : place + length])
                if term in self.sayings:
                    last = tokens[place + length - 1]
                    yield Sighting(term, frozenset(), tokens[place].start, last.end)


def is_in(start: int, end: int, denials: Sequence[Denial]) -> bool:
    """Tell whether characters start to end (excluded) are denied."""
    return any(denial.start <= start and end <= denial.end for denial in denials)


def _is_within(one: Sighting, other: Sighting) -> bool:
    is_longer = len(other.term) > len(one.term)
    return is_longer and other.start <= one.start and one.end <= other.end


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
