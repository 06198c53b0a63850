"""A wish taken apart: what it names, what it denies, what it means beyond its words (pure).

Products, places and prices are none of its business: knowledge/constraints reads the hard limits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.aspects.core import core_of, is_telling
from knowledge.aspects.kinds import Kinds, Sighting, Term, singular
from knowledge.aspects.meanings import Meanings, is_in
from knowledge.constraints.denial import Denial, Token, denials_in, tokens_of

_JOINING = frozenset({"or", "nor", "and", ","})


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a wish denies, all its parts together: "raw fish" is neither all fish nor all that is raw.

    `is_lack`: it is missed, be it wanted or not.
    """

    terms: frozenset[Term]
    is_mild: bool
    is_lack: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish's aspects. `core` is its text without the frame around it and without what it denies.

    `words` are wanted words that are no kind; `better` and `worse` has one set of kinds for each meaning; `never`
    are kinds that must not be there, `lifted` those that the text says it is without.
    """

    text: str
    core: str
    wanted: tuple[Sighting, ...]
    words: frozenset[str]
    denied: tuple[Thing, ...]
    better: tuple[frozenset[str], ...]
    worse: tuple[frozenset[str], ...]
    never: frozenset[str] = frozenset()
    lifted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes wishes apart with the knowledge it is given."""

    kinds: Kinds
    meanings: Meanings

    @classmethod
    def shipped(cls) -> "Reader":
        """Read the knowledge that comes with the program. Blocks."""
        return cls(Kinds.shipped(), Meanings.shipped())

    def read(self, text: str) -> Wish:
        """Give a wish's aspects."""
        denials = denials_in(text)
        tokens = tokens_of(text)
        sightings = self.kinds.sightings(tokens)
        heard = list(self.meanings.of_text(tokens, denials))
        meant = [each.meaning for each in heard]
        # A nut allergy asks for no nuts.
        refused = [span for each in heard if each.meaning.never for span in each.spans]
        named = {word for sighting in sightings for word in sighting.term}
        said = [t for t in tokens if is_telling(t.text) and singular(t.text) not in named]
        return Wish(
            text=text,
            core=core_of(text, denials),
            wanted=tuple(
                s
                for s in sightings
                if not is_in(s.start, s.end, denials)
                and not any(begin <= s.start and s.end <= end for begin, end in refused)
            ),
            words=frozenset(singular(t.text) for t in said if not is_in(t.start, t.end, denials)),
            denied=tuple(_things(tokens, sightings, denials)),
            better=tuple(each.better for each in meant),
            worse=tuple(each.worse for each in meant),
            never=frozenset().union(*(each.never for each in meant)),
            lifted=self.kinds.lifted(tokens),
        )


def _things(
    tokens: Sequence[Token], sightings: Sequence[Sighting], denials: Sequence[Denial]
) -> Iterator[Thing]:
    """Give the things that are denied, of which one denial lists several: "nuts, soy or raw fish" are three."""
    for denial in denials:
        ends = [
            t.start for t in tokens if t.text in _JOINING and denial.start < t.start < denial.end
        ]
        for begin, end in pairwise([denial.start, *ends, denial.end]):
            terms = {s.term for s in sightings if begin <= s.start and s.end <= end}
            named = {word for term in terms for word in term}
            terms |= {
                (singular(t.text),)
                for t in tokens
                if begin <= t.start and t.end <= end and is_telling(t.text)
                and singular(t.text) not in named
            }  # fmt: skip
            if terms:
                yield Thing(frozenset(_longest_only(terms)), denial.is_mild, denial.is_lack)


def _longest_only(terms: set[Term]) -> Iterator[Term]:
    for term in terms:
        if not any(set(term) < set(other) for other in terms):
            yield term
