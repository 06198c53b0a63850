"""Finds the longest entry of the vocabulary that begins at a word (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.spanish.vocabulary import END, REST, Node, Vocabulary
from knowledge.spanish.words import Form, Token

_MOST_SKIPPED = 2
ONE_WORD = 2  # what goes on is worth more than the same words alone, so words count double


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that stands in a message up to `end`, and what it means by kind.

    `is_many`: its first word was said of many. `numbers` are what stands for each "#". `takes_rest`: it goes on with
    what follows. `words` counts what of the entry was said, `cost` how far that is from how it was written.
    """

    end: int
    meanings: Mapping[str, str]
    is_many: bool
    numbers: tuple[str, ...]
    takes_rest: bool
    words: int
    cost: int


@dataclass(frozen=True, slots=True)
class _Walk:
    """How far a message has been followed into the entries."""

    node: Node
    at: int
    is_many: bool = False
    numbers: tuple[str, ...] = ()
    words: int = 0
    cost: int = 0
    skipped: int = 0


class Matcher:
    """Finds entries in one message."""

    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
        self.tokens = tokens
        self._vocabulary = vocabulary
        self._forms = [vocabulary.forms(token) for token in tokens]

    def longest(self, start: int) -> Match | None:
        """Give the entry with the most words that begins at a place; among equals what stands there as written."""
        found = self._found(_Walk(self._vocabulary.root, start))
        return max(found, key=lambda match: (match.words, -match.cost), default=None)

    def _found(self, walk: _Walk) -> Iterator[Match]:
        if walk.words and walk.node.meanings:
            yield self._match(walk, walk.node.meanings, takes_rest=False)
        rest = walk.node.following.get(REST)
        if rest is not None and walk.at < len(self.tokens) and self.tokens[walk.at].bare:
            yield self._match(walk, rest.meanings, takes_rest=True)
        end = walk.node.following.get(END)
        if end is not None and not (walk.at < len(self.tokens) and self.tokens[walk.at].bare):
            yield self._match(walk, end.meanings, takes_rest=False)
        for step in self._steps(walk):
            yield from self._found(step)

    def _match(self, walk: _Walk, meanings: Mapping[str, str], *, takes_rest: bool) -> Match:
        words = ONE_WORD * walk.words + takes_rest
        return Match(walk.at, meanings, walk.is_many, walk.numbers, takes_rest, words, walk.cost)

    def _steps(self, walk: _Walk) -> Iterator[_Walk]:
        if walk.at >= len(self.tokens):
            return
        token = self.tokens[walk.at]
        for form in self._forms[walk.at]:
            following = walk.node.following.get(form.bare)
            if following is not None:
                yield self._step(walk, following, token, form)
        number = self._number(walk.at)
        if number and token.is_word and "#" in walk.node.following:
            yield self._step(walk, walk.node.following["#"], Token(number, "#"), Form("#"))
        if walk.words and walk.skipped < _MOST_SKIPPED and self._may_skip(walk.at):
            yield _Walk(
                walk.node,
                walk.at + 1,
                walk.is_many,
                walk.numbers,
                walk.words,
                walk.cost + 1,
                walk.skipped + 1,
            )

    def _step(self, walk: _Walk, node: Node, token: Token, form: Form) -> _Walk:
        return _Walk(
            node,
            walk.at + 1,
            walk.is_many if walk.words else form.is_many,
            (*walk.numbers, token.text) if token.bare == "#" else walk.numbers,
            walk.words + 1,
            walk.cost + form.cost,
            walk.skipped,
        )

    def _may_skip(self, place: int) -> bool:
        """Tell an intensifier with something behind it: what follows must go on with the entry."""
        is_last = place + 1 >= len(self.tokens)
        return not is_last and self.tokens[place].bare in self._vocabulary.intensifiers

    def _number(self, place: int) -> str | None:
        """Give the English of a number word."""
        return self._vocabulary.numbers.get(self.tokens[place].bare)
