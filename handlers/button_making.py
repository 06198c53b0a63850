"""One button: a label in the language of whoever reads it, and data signed for the one who may tap it (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from handlers.callbacks import Action, Signer
from handlers.rendering import Keyboard
from knowledge.language import Sentence, told

Button = dict[str, str]


@dataclass(frozen=True, slots=True)
class ButtonMaker:
    """Makes the inline buttons of one shopper."""

    signer: Signer
    shopper_id: int
    locale: Locale

    def button(
        self, label: Sentence, action: Action, argument: str | int = "", **values: str
    ) -> Button:
        """Make a button; `values` fill the label."""
        return self.named(told(label, self.locale, count=1, **values), action, argument)

    def named(self, name: str, action: Action, argument: str | int) -> Button:
        """Make a button of a name or a number, which is the same in every language."""
        data = self.signer.data(self.shopper_id, action, argument)
        return {"text": name, "callback_data": data}


def inline(rows: Sequence[Sequence[Button]]) -> Keyboard:
    """Give the keyboard of these rows."""
    return {"inline_keyboard": [list(row) for row in rows]}
