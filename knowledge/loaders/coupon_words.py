"""The words after /coupon add and /coupon edit, sorted into the cells of one coupon (pure).

A keyword takes what follows it; a percentage is the discount; everything else names goods. The order is free.
Names of the shop are looked up here only to see where they end, so that Downtown Café needs no quotes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from knowledge.loaders.coupon_fields import joined, straight
from knowledge.loaders.days import read_day
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.shop_names import ShopNames, folded

KEYWORDS = ("for", "stores", "from", "until", "limit", "each", "title", "discount")
_ALIASES = {"store": "stores", "till": "until"}
# Quoted text, a percentage, 1,000, a comma, a word.
_TOKEN = re.compile(
    r'"([^"]*)"|([+-]?\d+(?:[.,]\d+)?\s*%)|(\d{1,3}(?:,\d{3})+(?!\S))|([,;])|([^\s,;"]+)'
)
_LONGEST_NAME = 12  # words
_DAY_WORDS = 4  # Dec 31 , 2026


@dataclass(frozen=True, slots=True)
class _Token:
    """One word, one quoted text, one percentage, or a comma."""

    text: str
    is_quoted: bool = False

    @property
    def keyword(self) -> str | None:
        """Give the keyword this is, None when it is none."""
        word = self.text.casefold().rstrip(":")
        word = _ALIASES.get(word, word)
        return word if word in KEYWORDS and not self.is_quoted else None

    @property
    def is_percentage(self) -> bool:
        """Tell whether this is a discount by its looks."""
        return not self.is_quoted and (self.text.endswith("%") or self.text.isdecimal())

    @property
    def is_comma(self) -> bool:
        """Tell whether this only parts names."""
        return not self.is_quoted and self.text in (",", ";")

    @property
    def is_name(self) -> bool:
        """Tell whether this can be a word of a name nobody knows."""
        return not (
            self.is_quoted or self.is_comma or self.is_percentage or self.keyword is not None
        )


def read_words(text: str, names: ShopNames, today: date) -> dict[str, str] | FieldError:
    """Give the cells that the words after the code fill, by field."""
    text = straight(text)
    if text.count('"') % 2:
        return FieldError("title", Problem.OPEN_QUOTE)
    tokens = [
        _Token(quoted or found, is_quoted=not found)
        for quoted, *others in _TOKEN.findall(text)
        for found in ["".join(others)]
    ]
    return _Sorting(tokens, names, today).cells()


class _Sorting:
    """Goes through the tokens once, from left to right."""

    def __init__(self, tokens: list[_Token], names: ShopNames, today: date) -> None:
        self._tokens = tokens
        self._names = names
        self._today = today
        self._at = 0
        self._goods: list[str] = []
        self._cells: dict[str, str] = {}

    def cells(self) -> dict[str, str] | FieldError:
        """Sort everything, or stop at the first thing that cannot be sorted."""
        while self._at < len(self._tokens):
            error = self._step()
            if error is not None:
                return error
        if self._goods:
            self._cells["for"] = joined(tuple(self._goods))
        return self._cells

    def _step(self) -> FieldError | None:
        token = self._tokens[self._at]
        if token.is_comma:
            self._at += 1
            return None
        if token.keyword is None:
            if token.is_percentage and not self._known_length(self._names.knows_goods):
                self._at += 1
                return self._put("discount", token.text)
            self._goods += self._take_names(self._names.knows_goods)
            return None
        self._at += 1
        if self._at == len(self._tokens) or self._tokens[self._at].keyword is not None:
            return FieldError(token.keyword, Problem.NO_VALUE)
        return self._take(token.keyword)

    def _take(self, keyword: str) -> FieldError | None:
        if keyword == "for":
            self._goods += self._take_names(self._names.knows_goods)
            return None
        if keyword == "stores":
            return self._put(keyword, joined(tuple(self._take_names(self._names.knows_store))))
        if keyword in ("from", "until"):
            return self._put(keyword, self._take_day())
        if keyword == "title" and not self._tokens[self._at].is_quoted:
            return FieldError(keyword, Problem.NEEDS_QUOTES, self._tokens[self._at].text)
        return self._put(keyword, self._take_one())

    def _put(self, field: str, text: str) -> FieldError | None:
        if field in self._cells:
            return FieldError(field, Problem.TWICE, text)
        self._cells[field] = text
        return None if text.strip() else FieldError(field, Problem.NO_VALUE)

    def _take_one(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1].text

    def _take_day(self) -> str:
        """Take the longest run of words that is a day, else all that could have been meant for one."""
        for length in range(_DAY_WORDS, 0, -1):
            words = " ".join(token.text for token in self._ahead(length))
            read = read_day("until", words, self._today)
            if not isinstance(read, FieldError) or read.problem is not Problem.NOT_A_DAY:
                self._at += min(length, len(self._tokens) - self._at)
                return words
        start = self._at
        self._at += 1
        while self._at < len(self._tokens) and self._tokens[self._at].is_name:
            self._at += 1
        return " ".join(token.text for token in self._tokens[start : self._at])

    def _take_names(self, is_known: Callable[[str], bool]) -> list[str]:
        """Take names with commas between; one that nobody knows reaches up to what ends a name."""
        found = [self._take_name(is_known)]
        while self._ahead(1) and self._tokens[self._at].is_comma:
            self._at += 1
            following = self._ahead(1)
            if following and (following[0].is_quoted or following[0].is_name):
                found.append(self._take_name(is_known))
        return found

    def _take_name(self, is_known: Callable[[str], bool]) -> str:
        first = self._tokens[self._at]
        length = 1 if first.is_quoted or folded(first.text) == "all" else 0
        length = length or self._known_length(is_known) or self._unknown_length()
        name = " ".join(token.text for token in self._ahead(length))
        self._at += length
        return name

    def _known_length(self, is_known: Callable[[str], bool]) -> int:
        ahead = [token.text for token in self._ahead(_LONGEST_NAME)]
        lengths = range(len(ahead), 0, -1)
        return next((n for n in lengths if is_known(" ".join(ahead[:n]))), 0)

    def _unknown_length(self) -> int:
        length = 1
        while self._at + length < len(self._tokens) and self._tokens[self._at + length].is_name:
            length += 1
        return length

    def _ahead(self, count: int) -> list[_Token]:
        return self._tokens[self._at : self._at + count]
