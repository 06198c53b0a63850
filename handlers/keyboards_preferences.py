"""Buttons about what a shopper likes, and about what shall not be used of it (pure)."""

from collections.abc import Sequence
from zlib import crc32

from babel import Locale

from handlers.button_making import ButtonMaker, inline
from handlers.callbacks import Action
from handlers.rendering import Keyboard
from handlers.texts_preferences import FACTORS
from knowledge.language import Sentence, told
from knowledge.qualities import trait
from storage.records import Declared, Sustainability

_A_ROW = 2  # the longest has fourteen letters
_MOST_REASONS = 3


def limit_key(limit: str) -> str:
    """Give what stands for a declared limit in a button: the words themselves may be too long."""
    return f"{crc32(limit.encode()):08x}"


class PreferenceButtons:
    """Makes the inline keyboards of one shopper about their likes."""

    def __init__(self, maker: ButtonMaker, locale: Locale) -> None:
        self._maker = maker
        self._button = maker.button
        self._locale = locale

    def overview(self, declared: Declared) -> Keyboard:
        """Give a button for each attribute, and the ways back from what was declared."""
        kinds = [
            self._maker.named(trait(kind, self._locale), Action.PREFER, kind.value)
            for kind in Sustainability
        ]
        rows = [kinds[start : start + _A_ROW] for start in range(0, len(kinds), _A_ROW)]
        for limit in declared.limits:
            key = limit_key(limit)
            label = Sentence("Take off: {title}")
            rows.append([self._button(label, Action.LIMIT_OFF, key, title=limit)])
        for name in sorted(declared.unused):
            factor = told(FACTORS[name], self._locale)
            label = Sentence("Use again: {factor}")
            rows.append([self._button(label, Action.USE_AGAIN, name, factor=factor)])
        return inline(rows)

    def one(self, kind: Sustainability, *, is_set: bool) -> Keyboard:
        """Give the ways to move one weight; reset is there when it was set by hand."""
        row = [
            self._button(Sentence("More"), Action.PREFER_MORE, kind.value),
            self._button(Sentence("Less"), Action.PREFER_LESS, kind.value),
        ]
        if is_set:
            row.append(self._button(Sentence("Reset"), Action.PREFER_RESET, kind.value))
        return inline([row, [self._button(Sentence("All of them"), Action.PREFER_ALL)]])

    def reasons(self, suggestion_id: int, names: Sequence[str]) -> list[list[dict[str, str]]]:
        """Give a row for each reason that can be taken away, the weightiest first."""
        return [
            [
                self._button(
                    Sentence("Don't use {factor}"),
                    Action.USE_NOT,
                    f"{suggestion_id}.{name}",
                    factor=told(FACTORS[name], self._locale),
                )
            ]
            for name in names[:_MOST_REASONS]
            if name in FACTORS
        ]
