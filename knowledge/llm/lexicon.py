"""The words that a text may be made of, and how they begin. It must not know where the words come from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MARKS = "'’"


class Lexicon:
    """A closed list of words, looked up while they are written; capitals and kinds of apostrophe do not matter."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(map(plain, words))
        self._beginnings = frozenset(w[:end] for w in self._words for end in range(1, len(w) + 1))

    def __len__(self) -> int:
        return len(self._words)

    def holds(self, word: str) -> bool:
        """Tell whether this is one of the words; "mugs'" is, where "mugs" is."""
        return word in self._words or word.rstrip("'") in self._words

    def begins(self, beginning: str) -> bool:
        """Tell whether one of the words begins like this, or could if a quotation ends here."""
        return beginning in self._beginnings or self.holds(beginning)


def plain(word: str) -> str:
    """Give a word as it is looked up."""
    return word.casefold().replace("’", "'")


def bare(word: str) -> str:
    """Give a word without accents and what stands behind its apostrophe: "frée" and "free's" are no way around "free"."""
    parts = unicodedata.normalize("NFKD", word.partition("'")[0])
    return "".join(char for char in parts if not unicodedata.combining(char))


def words_in(text: str) -> Iterator[str]:
    """Give the words of a text, as they are looked up."""
    return (plain(found) for found in WORD.findall(text))


def is_of_word(char: str, begun: str) -> bool:
    """Tell whether a character goes on with a word; an apostrophe does inside it alone."""
    return char.isalpha() or (char in _MARKS and bool(begun))
