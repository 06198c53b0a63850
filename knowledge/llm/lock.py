"""Which characters a model may write, and where placeholders may stand. It must not know tokens or models."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.llm.errors import LockBroken

_PUNCTUATION = frozenset(" .,!?'\"’“”-–—:;()…&¿¡")
WEB = re.compile(r"https?|www", re.IGNORECASE)
"""What a link begins with, even where it cannot become one."""

_LAST_SENTENCE = re.compile(r".*[.!?…](?=[\"”’)]*(?:\s|$))[\"”’)]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class State:
    """Where a text stands.

    Attributes:
        text: All of it so far.
        inside: What stands since the last "{" while it is not closed, else None.
        unused: The placeholders that may still come.
    """

    text: str
    inside: str | None
    unused: frozenset[str]

    @classmethod
    def before(cls, placeholders: Iterable[str]) -> "State":
        """Give the state of an empty text that may use each of these names once."""
        return cls("", None, frozenset(placeholders))

    @property
    def may_end(self) -> bool:
        """Tell whether the text can stop here."""
        return self.inside is None and bool(self.text.strip())

    def after(self, piece: str) -> "State | None":
        """Give the state after some more characters, or None where they break the lock."""
        state: State | None = self
        for char in piece:
            if state is None:
                return None
            state = _outside(state, char) if state.inside is None else _inside(state, char)
        return state


def _outside(state: State, char: str) -> State | None:
    """Give the state after one more character of plain text, or after the brace that opens a placeholder."""
    text = state.text + char
    follows_dot = state.text.endswith(".")
    if char == "{":
        return State(text, "", state.unused) if state.unused and not follows_dot else None
    makes_address = follows_dot and char.isalnum()  # such as shop.com, and so every link
    if makes_address or not is_plain(char):
        return None
    return State(text, None, state.unused)


def _inside(state: State, char: str) -> State | None:
    """Give the state after one more character of a placeholder's name, or after the brace that closes it."""
    begun = state.inside or ""
    if char == "}":
        left = state.unused - {begun}
        return State(state.text + char, None, left) if begun in state.unused else None
    begun += char
    is_known = any(name.startswith(begun) for name in state.unused)
    return State(state.text + char, begun, state.unused) if is_known else None


def is_plain(char: str) -> bool:
    """Tell whether a character may stand outside placeholders: letters and the marks of a sentence.

    Digits and numerals of every script, currency signs, markup, slashes and line breaks may not.
    """
    if char in _PUNCTUATION:
        return True
    is_letter = unicodedata.category(char)[0] in "LM"
    return is_letter and unicodedata.numeric(char, None) is None


def check(text: str, placeholders: Iterable[str]) -> str:
    """Give the text with its white space evened out.

    Raises:
        LockBroken: it says more than it may, or nothing.
    """
    even = " ".join(text.split())
    state = State.before(placeholders).after(even)
    if state is None or not state.may_end or WEB.search(even):
        raise LockBroken("The text has digits, markup or a placeholder it was not given.")
    return even


def trimmed(text: str) -> str:
    """Give the whole sentences of a text that was cut off; empty when there is none."""
    found = _LAST_SENTENCE.match(text)
    return found.group(0).strip() if found else ""
