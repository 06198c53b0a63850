"""The lock in terms of tokens, precomputed for a vocabulary. It must not know which engine made the scores."""

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.llm.lock import GLUE, WEB, Lock, State, is_plain

_ADDRESS = re.compile(r"\.\w")

Mask = NDArray[np.bool_]


class Vocabulary:
    """What each token of a model writes, sorted once by what the lock thinks of it."""

    def __init__(self, pieces: Sequence[bytes], ends: Iterable[int]) -> None:
        """Sort the tokens.

        Args:
            pieces: The bytes of every token by its number; empty for control tokens.
            ends: Tokens that end a text.
        """
        self.texts = [_decoded(piece) for piece in pieces]
        self.by_text = {text: token for token, text in enumerate(self.texts) if text}
        self.plain = self._where(_is_plain_text)
        self.glued = self._where(lambda text: text[0].isalnum())
        self.braced = [token for token, text in enumerate(self.texts) if _is_braced(text)]
        self.ends = self._where(_is_line_break)
        self.ends[list(ends)] = True
        self.plain &= ~self.ends

    def _where(self, test: Callable[[str], bool]) -> Mask:
        return np.asarray([bool(text) and test(text) for text in self.texts], dtype=np.bool_)


class TokenMask:
    """The tokens that may come next under a lock.

    Most are sorted beforehand. What a token makes of the word or the name that is begun is looked at only when it is
    about to be drawn: `after` has the last word.
    """

    def __init__(self, vocabulary: Vocabulary, lock: Lock) -> None:
        self._vocabulary = vocabulary
        self._lock = lock

    def start(self) -> State:
        """Give the state of an empty text."""
        return self._lock.start()

    def allowed(self, state: State) -> Mask:
        """Give which tokens may come next, shape (n_vocab,) bool; some more than do, see `after`.

        Never none at all, as long as every letter of the placeholders is a token too, as in all trained models.
        """
        words = self._vocabulary
        if state.inside is not None:
            return self._inside(state, state.inside)
        mask = words.plain.copy()
        if state.text.endswith(GLUE):
            mask &= ~words.glued
        mask[words.braced] = bool(state.unused)
        if self._lock.may_end(state):
            mask |= words.ends
        return mask

    def _inside(self, state: State, begun: str) -> Mask:
        words = self._vocabulary
        mask = np.zeros(len(words.texts), dtype=np.bool_)
        for name in state.unused:
            if not name.startswith(begun):
                continue
            rest = f"{name}}}"[len(begun) :]
            for length in range(1, len(rest) + 1):
                token = words.by_text.get(rest[:length])
                if token is not None:
                    mask[token] = True
        mask[words.braced] = True
        return mask

    def ends(self, token: int) -> bool:
        """Tell whether this token ends the text."""
        return bool(self._vocabulary.ends[token])

    def after(self, state: State, token: int) -> State | None:
        """Give the state after a token, None where it breaks the lock or is about to.

        A forbidden word is refused when it stands there, though "free" could still become "freezing": most often it
        would not, and nothing else could follow.
        """
        after = self._lock.after(state, self._vocabulary.texts[token])
        return None if after is None or self._lock.forbids(after.word) else after


def _decoded(piece: bytes) -> str:
    """Give the text of a token; empty where it is only a part of a character."""
    try:
        return piece.decode()
    except UnicodeDecodeError:
        return ""


def _is_braced(text: str) -> bool:
    outside = text.replace("{", "").replace("}", "")
    return outside != text and all(is_plain(char) or char == "_" for char in outside)


def _is_line_break(text: str) -> bool:
    return "\n" in text and not text.strip()


def _is_plain_text(text: str) -> bool:
    return all(map(is_plain, text)) and not _ADDRESS.search(text) and not WEB.search(text)
