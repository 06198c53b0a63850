"""Which characters a model may write, and where placeholders may stand. It must not know tokens or models."""

import re
import unicodedata
from dataclasses import dataclass, replace

from knowledge.llm.base import Terms
from knowledge.llm.errors import LockBroken
from knowledge.llm.lexicon import Lexicon, bare, is_of_word, plain

_PUNCTUATION = frozenset(" .,!?'\"’“”-–—:;()…&¿¡")
_LAST_LETTER = "ÿ"  # of Latin-1, in which English and its loanwords are written
GLUE = (".", ",", "!", "?", ":", ";", "…", "}")
"""What a word may not follow at once."""

WEB = re.compile(r"https?|www", re.IGNORECASE)
"""What a link begins with, even where it cannot become one."""

_LAST_SENTENCE = re.compile(r".*[.!?…](?=[\"”’)]*(?:\s|$))[\"”’)]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class State:
    """Where a text stands.

    Attributes:
        text: All of it so far.
        unused: The placeholders that must still come.
        inside: What stands since the last "{" while it is not closed, else None.
        word: What stands of the word that is being written, in small letters.
    """

    text: str
    unused: frozenset[str]
    inside: str | None = None
    word: str = ""


class Lock:
    """What one text may say: letters and the marks of a sentence, each given placeholder once, words of a list."""

    def __init__(self, terms: Terms, lexicon: Lexicon | None = None) -> None:
        """Take the terms, and the words that may be used; None = any but those that the terms forbid."""
        self._names = frozenset(terms.names)
        self._never = terms.never
        self._lexicon = lexicon

    def start(self) -> State:
        """Give the state of an empty text."""
        return State("", self._names)

    def may_end(self, state: State) -> bool:
        """Tell whether the text can stop here: every fact is told, every word is whole."""
        is_whole = state.inside is None and not state.unused and bool(state.text.strip())
        return is_whole and self._is_word(state.word)

    def after(self, state: State, piece: str) -> State | None:
        """Give the state after some more characters, or None where they break the lock."""
        now: State | None = state
        for char in piece:
            if now is None:
                return None
            now = self._outside(now, char) if now.inside is None else _inside(now, char)
        return now

    def check(self, text: str) -> str:
        """Give the text with its white space evened out.

        Raises:
            LockBroken: it says more than it may, or not all that it should.
        """
        even = " ".join(text.split())
        state = self.after(self.start(), even)
        if state is None or not self.may_end(state) or WEB.search(even):
            raise LockBroken(
                "The text has digits, markup, a word or a placeholder it may not have, or lacks one."
            )
        return even

    def begun(self, text: str) -> str:
        """Give a text that may still go on, of whole sentences, with its white space evened out.

        Raises:
            LockBroken: it says more than it may.
        """
        even = " ".join(text.split())
        state = self.after(self.start(), even)
        is_whole = state is not None and state.inside is None and self._is_word(state.word)
        if not is_whole or WEB.search(even):
            raise LockBroken(
                "The text has digits, markup, a word or a placeholder it may not have."
            )
        return even

    def forbids(self, word: str) -> bool:
        """Tell whether this word may not be said, though a longer one that begins so perhaps may."""
        return bare(word) in self._never

    def _outside(self, state: State, char: str) -> State | None:
        """Give the state after one more character of plain text, or after the brace that opens a placeholder."""
        if char != "{" and not is_plain(char):
            return None
        text = state.text + char
        follows_dot = state.text.endswith(".")
        if is_of_word(char, state.word):
            # What follows a mark or a placeholder at once makes an address or a word of both: shop.com, {item}less.
            is_glued = not state.word and state.text.endswith(GLUE)
            word = state.word + plain(char)
            is_begun = self._lexicon is None or self._lexicon.begins(word)
            return replace(state, text=text, word=word) if is_begun and not is_glued else None
        if not self._is_word(state.word):
            return None
        if char == "{":
            is_free = bool(state.unused) and not follows_dot and not state.word
            return State(text, state.unused, inside="") if is_free else None
        return State(text, state.unused)

    def _is_word(self, word: str) -> bool:
        if not word:
            return True
        is_known = self._lexicon is None or self._lexicon.holds(word)
        return is_known and not self.forbids(word)


def _inside(state: State, char: str) -> State | None:
    """Give the state after one more character of a placeholder's name, or after the brace that closes it."""
    begun = state.inside or ""
    if char == "}":
        is_name = begun in state.unused
        return State(state.text + char, state.unused - {begun}) if is_name else None
    begun += char
    is_known = any(name.startswith(begun) for name in state.unused)
    return replace(state, text=state.text + char, inside=begun) if is_known else None


def is_plain(char: str) -> bool:
    """Tell whether a character may stand outside placeholders: letters and the marks of a sentence.

    Digits and numerals of every script, currency signs, markup, slashes and line breaks may not, nor may letters that
    only look like those of a forbidden word: other scripts, wide or bold forms, accents that stand alone.
    """
    if char in _PUNCTUATION:
        return True
    is_simple = char <= _LAST_LETTER and unicodedata.is_normalized("NFKC", char)
    return is_simple and char.isalpha()


def trimmed(text: str) -> str:
    """Give the whole sentences of a text that was cut off; empty when there is none."""
    found = _LAST_SENTENCE.match(text)
    return found.group(0).strip() if found else ""
