"""Buttons about what was bought, saved and is known (pure)."""

from collections.abc import Sequence

from handlers.button_making import ButtonMaker, inline
from handlers.callbacks import Action
from handlers.rendering import Keyboard
from knowledge.language import Sentence
from storage.records import ConsentKind

LIGHT, DARK = "light", "dark"


class HistoryButtons:
    """Makes the inline keyboards of one shopper about their history."""

    def __init__(self, maker: ButtonMaker) -> None:
        self._button = maker.button

    def page(
        self, page: int, last: int, saved: Sequence[tuple[str, int]], *, has_bought: bool
    ) -> Keyboard | None:
        """Give the ways on from a page of history, counted from 0, and off the saved list.

        `saved` are pairs of a title and a suggestion's id. None when there is nothing to do.
        """
        turns = []
        if page < last:
            turns.append(self._button(Sentence("Earlier"), Action.HISTORY_PAGE, page + 1))
        if page > 0:
            turns.append(self._button(Sentence("Later"), Action.HISTORY_PAGE, page - 1))
        rows = [turns] if turns else []
        if has_bought:
            by_month = self._button(Sentence("Month by month"), Action.SPENT, LIGHT)
            rows.append([by_month, self._button(Sentence("What you know of me"), Action.KNOWN)])
        rows += [
            [self._button(Sentence("Take off: {title}"), Action.UNSAVE, key, title=title)]
            for title, key in saved
        ]
        return inline(rows) if rows else None

    def picture(self, *, is_dark: bool) -> Keyboard:
        """Offer the same picture for the other kind of chat."""
        if is_dark:
            return inline([[self._button(Sentence("Light picture"), Action.SPENT_LOOK, LIGHT)]])
        return inline([[self._button(Sentence("Dark picture"), Action.SPENT_LOOK, DARK)]])

    def comebacks(self, saved: Sequence[tuple[str, int]]) -> Keyboard:
        """Give a button for each saved thing, (title, suggestion's id), which shows it as an offer; and the way out."""
        rows = [
            [self._button(Sentence("Show me: {title}"), Action.COMEBACK, key, title=title)]
            for title, key in saved
        ]
        out = self._button(Sentence("No more of these"), Action.CONSENT_NO, ConsentKind.WISHES)
        return inline([*rows, [out]])

    def known(self) -> Keyboard:
        """Give what can be done about what is known."""
        copy = self._button(Sentence("Send me a copy"), Action.OPEN, "export")
        settings = self._button(Sentence("Settings"), Action.OPEN, "settings")
        return inline([[copy, settings]])
