"""Buttons about what a shopper agrees to and what is done with their data (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.button_making import Button, ButtonMaker, inline
from handlers.callbacks import Action
from handlers.rendering import Keyboard
from handlers.texts_rights import LANGUAGE_NAMES
from knowledge.language import Sentence
from storage.records import ConsentKind

# By what /pause understands.
_PAUSES = {
    "1 week": Sentence("1 week"),
    "1 month": Sentence("1 month"),
    "until I say": Sentence("Until I say"),
}
# Nobody was asked for these before they open /settings: what for and how long is said before the yes.
ASKED_FIRST = frozenset(
    {
        ConsentKind.COUPON_REMINDERS,
        ConsentKind.BIRTHDAYS,
        ConsentKind.DIGEST,
        ConsentKind.WISHES,
    }
)
_END_PAUSE = Sentence("End the pause")


@dataclass(frozen=True, slots=True)
class Switch:
    """A consent that can be given and taken back: its kind, the button that turns it, and how it stands."""

    kind: ConsentKind
    label: Sentence
    is_on: bool


class RightsButtons:
    """Makes the inline keyboards of one shopper about their rights."""

    def __init__(self, maker: ButtonMaker) -> None:
        self._maker = maker
        self._button = maker.button

    def consent(self, kind: str) -> Keyboard:
        """Ask for one consent; the no is as near as the yes."""
        yes = self._button(Sentence("Yes, please"), Action.CONSENT_YES, kind)
        return inline([[yes, self._button(Sentence("No, thanks"), Action.CONSENT_NO, kind)]])

    def consent_of_adults(self, kind: ConsentKind) -> Keyboard:
        """Ask for a consent that is not for everybody; whoever is too young says so with a tap."""
        question = self.consent(kind)["inline_keyboard"]
        return inline([*question, [self._under_age(is_under_age=False)]])

    def turn_off(self, kind: ConsentKind) -> Keyboard:
        """Give the way out under a message that a consent is for."""
        return inline([[self._button(Sentence("No more of these"), Action.CONSENT_NO, kind)]])

    def open_pause(self) -> Keyboard:
        """Give the way to keep offers away for a while."""
        return inline([[self._pause()]])

    def settings(
        self, switches: Sequence[Switch], *, is_under_age: bool, is_paused: bool
    ) -> Keyboard:
        """Give one switch per consent, the pause, the age, and the languages."""
        rows = [[self._switch(each)] for each in switches]
        if not is_under_age:
            rows.append([self._end_pause() if is_paused else self._pause()])
        rows.append([self._under_age(is_under_age=is_under_age)])
        return inline([*rows, self._languages()])

    def languages(self) -> Keyboard:
        """Give the languages that can be chosen."""
        return inline([self._languages()])

    def pause(self, *, is_paused: bool) -> Keyboard:
        """Offer the usual lengths of a pause, and its end."""
        rows = [[self._button(label, Action.PAUSE, said) for said, label in _PAUSES.items()]]
        return inline([*rows, [self._end_pause()]] if is_paused else rows)

    def privacy(self) -> Keyboard:
        """Give what can be done about one's data."""
        known = self._button(Sentence("What you know of me"), Action.KNOWN)
        copy = self._button(Sentence("Send me a copy"), Action.OPEN, "export")
        settings = self._button(Sentence("Settings"), Action.OPEN, "settings")
        forget = self._button(Sentence("Erase everything"), Action.OPEN, "forget")
        return inline([[known, copy], [settings, forget]])

    def confirm_forget(self) -> Keyboard:
        """Ask before everything is erased."""
        yes = self._button(Sentence("Yes, erase everything"), Action.FORGET_YES)
        return inline([[yes, self._button(Sentence("No, keep it"), Action.KEEP)]])

    def _languages(self) -> list[Button]:
        return [
            self._maker.named(name, Action.LANGUAGE, tag) for tag, name in LANGUAGE_NAMES.items()
        ]

    def _switch(self, switch: Switch) -> Button:
        action = Action.CONSENT_NO if switch.is_on else Action.CONSENT_YES
        if not switch.is_on and switch.kind in ASKED_FIRST:
            action = Action.CONSENT_ASK
        return self._button(switch.label, action, switch.kind)

    def _pause(self) -> Button:
        return self._button(Sentence("Pause offers"), Action.OPEN, "pause")

    def _end_pause(self) -> Button:
        return self._button(_END_PAUSE, Action.PAUSE, "off")

    def _under_age(self, *, is_under_age: bool) -> Button:
        """Make the switch of somebody who is under age by now, or not."""
        if is_under_age:
            return self._button(Sentence("I'm 18 or older"), Action.UNDER_AGE, "no")
        return self._button(Sentence("I'm under 18"), Action.UNDER_AGE, "yes")
