"""Buttons under an offer that nobody asked for (pure): the ways out are as near as the way in."""

from handlers.button_making import ButtonMaker, inline
from handlers.callbacks import Action
from handlers.rendering import Keyboard
from knowledge.language import Sentence
from storage.records import Suggestion

# By what /pause understands.
_PAUSES = {
    "today": Sentence("Today"),
    "1 week": Sentence("1 week"),
    "until I say": Sentence("Until I say"),
}


class NudgeButtons:
    """Makes the inline keyboards of one shopper's nudges."""

    def __init__(self, maker: ButtonMaker) -> None:
        self._button = maker.button

    def offer(self, suggestion: Suggestion, *, is_saved: bool) -> Keyboard:
        """Give what stands under a nudge that was not answered yet; a coupon that is saved is not to be saved again."""
        key = suggestion.id
        act = [
            self._button(Sentence("Take me there"), Action.NUDGE_PLACE, key),
            *self._unless_saved(key, is_saved=is_saved),
            self._button(Sentence("Not now"), Action.NOT_NOW, key),
        ]
        return self._with_ways_out(act, key)

    def taken(self, suggestion: Suggestion, *, is_saved: bool) -> Keyboard:
        """Give what stands there once the shopper goes for it: booking is the next step."""
        key = suggestion.id
        act = [
            self._button(Sentence("Book it"), Action.BOOK, key),
            self._button(Sentence("Take me there"), Action.NUDGE_PLACE, key),
            *self._unless_saved(key, is_saved=is_saved),
        ]
        return self._with_ways_out(act, key)

    def pauses(self, suggestion: Suggestion) -> Keyboard:
        """Ask how long offers shall stay away, with a way back."""
        key = suggestion.id
        lengths = [
            self._button(label, Action.NUDGE_PAUSE, f"{key} {said}")
            for said, label in _PAUSES.items()
        ]
        return inline([lengths, [self._button(Sentence("Back"), Action.NUDGE_BACK, key)]])

    def end_pause(self) -> Keyboard:
        """Give the way out of a pause."""
        return inline([[self._button(Sentence("End the pause"), Action.PAUSE, "off")]])

    def undo_fewer(self, suggestion: Suggestion) -> Keyboard:
        """Give the way back from fewer offers."""
        return inline([[self._button(Sentence("Undo"), Action.FEWER_UNDO, suggestion.id)]])

    def _unless_saved(self, key: int, *, is_saved: bool) -> list[dict[str, str]]:
        return (
            [] if is_saved else [self._button(Sentence("Save coupon"), Action.NUDGE_COUPON, key)]
        )

    def _with_ways_out(self, act: list[dict[str, str]], key: int) -> Keyboard:
        leave = [
            self._button(Sentence("Fewer like this"), Action.FEWER, key),
            self._button(Sentence("Pause offers"), Action.NUDGE_PAUSE, key),
        ]
        return inline([act, leave])
