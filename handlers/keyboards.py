"""Buttons (pure). Labels are what people read; data is signed for the one shopper who may tap it."""

from collections.abc import Collection, Sequence

from babel import Locale

from handlers.button_making import Button, ButtonMaker, inline
from handlers.callbacks import Action, Signer
from handlers.keyboards_history import HistoryButtons
from handlers.keyboards_nudges import NudgeButtons
from handlers.keyboards_orders import OrderButtons
from handlers.keyboards_preferences import PreferenceButtons
from handlers.keyboards_rights import RightsButtons
from handlers.rendering import Keyboard
from knowledge.language import LANGUAGES, Sentence, told
from storage.records import Order, OrderStatus, Relative, Suggestion

SHARE_LOCATION = Sentence("📍 Share location")
JUST_SEARCH = Sentence("Just search")
JUST_LOOK = Sentence("Just look around")
# What a question offers, by the names of knowledge/clarifying.py; a size is its own label.
_CHOICES = {
    "eat": Sentence("Eat"),
    "present": Sentence("Present"),
    "buy": Sentence("Buy"),
    "store": Sentence("A store"),
    "coupons": Sentence("Coupons"),
    "order": Sentence("My order"),
    "rules": Sentence("Store rules"),
}
_A_ROW = 3  # more do not fit a phone
REMOVE: Keyboard = {"remove_keyboard": True}


class Buttons:
    """Makes the inline keyboards of one shopper, in the language of `locale`."""

    def __init__(self, signer: Signer, shopper_id: int, locale: Locale) -> None:
        self._maker = ButtonMaker(signer, shopper_id, locale)
        self._button = self._maker.button
        self.locale = locale
        self.rights = RightsButtons(self._maker)
        self.nudges = NudgeButtons(self._maker)
        self.history = HistoryButtons(self._maker)
        self.preferences = PreferenceButtons(self._maker, locale)
        self.changes = OrderButtons(self._maker)

    def offer(
        self, suggestion: Suggestion, *, with_why: bool = True, reasons: Sequence[str] = ()
    ) -> Keyboard:
        """Give the buttons under one offer, at most three a row: more do not fit a phone.

        `reasons` are the factors of the ranking that a tap takes out of use.
        """
        key = suggestion.id
        act = [self._button(Sentence("Book it"), Action.BOOK, key)]
        if suggestion.coupon_code is not None:
            act.append(self._button(Sentence("Coupon"), Action.COUPON, key))
        act.append(self._button(Sentence("Save"), Action.SAVE, key))
        look = [
            self._button(Sentence("Take me there"), Action.PLACE, key),
            self._button(Sentence("Not for me"), Action.DISMISS, key),
        ]
        if with_why:
            look.append(self._button(Sentence("Why?"), Action.WHY, key))
        return inline([act, look, *self.preferences.reasons(key, reasons)])

    def family(
        self, relatives: Sequence[Relative], linked: Collection[int] = ()
    ) -> Keyboard | None:
        """Give the way to take each off the list, two a row, and to end each of the links; None when it is empty."""
        remove = [
            self._button(
                Sentence("Remove {nickname}"),
                Action.FAMILY_REMOVE,
                each.id,
                nickname=each.nickname,
            )
            for each in relatives
        ]
        unlink = [
            self._button(
                Sentence("Unlink {nickname}"),
                Action.FAMILY_UNLINK,
                each.id,
                nickname=each.nickname,
            )
            for each in relatives
            if each.id in linked
        ]
        rows = [
            row[start : start + 2] for row in (remove, unlink) for start in range(0, len(row), 2)
        ]
        return inline(rows) if rows else None

    def accept_link(self, code: str) -> Keyboard:
        """Ask somebody whether they agree to be linked; the no is as near as the yes."""
        yes = self._button(Sentence("Accept"), Action.FAMILY_ACCEPT, code)
        return inline([[yes, self._button(Sentence("No, thanks"), Action.FAMILY_DECLINE, code)]])

    def confirm_removal(self, relative: Relative) -> Keyboard:
        """Ask before what is known of somebody is erased."""
        yes = self._button(Sentence("Yes, remove"), Action.FAMILY_REMOVE_YES, relative.id)
        return inline([[yes, self._button(Sentence("No, keep"), Action.FAMILY_KEEP)]])

    def closed(self, suggestion: Suggestion) -> Keyboard:
        """Give the buttons under something that cannot be had right now."""
        key = suggestion.id
        return inline(
            [
                [
                    self._button(Sentence("Take me there"), Action.PLACE, key),
                    self._button(Sentence("Save"), Action.SAVE, key),
                ]
            ]
        )

    def options(self, suggestions: Sequence[Suggestion]) -> Keyboard:
        """Give one numbered button per option shown."""
        row = [
            self._maker.named(str(number), Action.PICK, suggestion.id)
            for number, suggestion in enumerate(suggestions, 1)
        ]
        return inline([row])

    def choices(self, names: Sequence[str]) -> Keyboard:
        """Give a button for each thing a question offers, three a row."""
        tappable = [self._choice(name) for name in names]
        rows = [tappable[start : start + _A_ROW] for start in range(0, len(tappable), _A_ROW)]
        return inline(rows)

    def stores(self, store_ids: Sequence[str]) -> Keyboard:
        """Give one numbered button per store, which shows it on the map."""
        row = [
            self._maker.named(str(number), Action.DIRECTIONS, store_id)
            for number, store_id in enumerate(store_ids, 1)
        ]
        return inline([row])

    def ask_person(self) -> Keyboard:
        """Offer somebody to ask where nothing is written down."""
        return inline([[self._button(Sentence("Ask a person"), Action.PERSON)]])

    def store(self, store_id: str | None) -> Keyboard:
        """Give the way to the store that was named, and to those around."""
        row = [self._button(Sentence("Stores near me"), Action.NEARBY)]
        if store_id is not None:
            row.insert(0, self._button(Sentence("Take me there"), Action.DIRECTIONS, store_id))
        return inline([row])

    def order(self, order: Order) -> Keyboard | None:
        """Give what can be done with an order; None when nothing can."""
        if order.status not in (OrderStatus.PLACED, OrderStatus.READY):
            return None
        code = self._button(Sentence("Show code"), Action.SHOW_CODE, order.code)
        directions = self._button(Sentence("Directions"), Action.DIRECTIONS, order.store_id)
        cancel = self._button(Sentence("Cancel"), Action.CANCEL, order.code)
        change = self._button(Sentence("Change"), Action.CHANGE, order.code)
        return inline([[code, directions], [cancel, change]])

    def orders(self, orders: Sequence[Order]) -> Keyboard | None:
        """Give the buttons under a list: those of the only open order, else a row for each by its code."""
        if len(orders) <= 1:
            return self.order(orders[0]) if orders else None
        rows = []
        for order in orders:
            code = order.code
            row = [
                self._button(Sentence("Cancel {order}"), Action.CANCEL, code, order=code),
                self._button(Sentence("Change {order}"), Action.CHANGE, code, order=code),
            ]
            if order.status is OrderStatus.READY:
                show = self._button(Sentence("Show {order}"), Action.SHOW_CODE, code, order=code)
                row.insert(0, show)
            rows.append(row)
        return inline(rows)

    def confirm_cancel(self, order: Order) -> Keyboard:
        """Ask before an order is given up."""
        yes = self._button(Sentence("Yes, cancel it"), Action.CANCEL_YES, order.code)
        return inline([[yes, self._button(Sentence("Keep it"), Action.KEEP, order.code)]])

    def instead(self, suggestion_id: int) -> Keyboard:
        """Offer to look for the same thing elsewhere."""
        return inline([[self._button(Sentence("Something else"), Action.INSTEAD, suggestion_id)]])

    def store_order(self, order: Order, *, with_ask: bool = True) -> Keyboard | None:
        """Give what the store can do with an order; None when it is over."""
        ready = self._button(Sentence("Ready"), Action.STORE_READY, order.code)
        refuse = self._button(Sentence("Can't do"), Action.STORE_REFUSE, order.code)
        collected = self._button(Sentence("Collected"), Action.STORE_HAND_OVER, order.code)
        rows = {OrderStatus.PLACED: [ready, refuse], OrderStatus.READY: [collected]}
        row = rows.get(order.status)
        if row is None:
            return None
        if with_ask:
            row.append(self._button(Sentence("Call back"), Action.STORE_ASK, order.code))
        return inline([row])

    def store_orders(self, orders: Sequence[Order]) -> Keyboard | None:
        """Give one button per order, which shows its card."""
        rows = [[self._maker.named(order.code, Action.STORE_CARD, order.code)] for order in orders]
        return inline(rows) if rows else None

    def confirm_demo_off(self) -> Keyboard:
        """Ask before the sample town is taken away."""
        yes = self._button(Sentence("Yes, take it away"), Action.DEMO_OFF, "")
        return inline([[yes, self._button(Sentence("No, keep it"), Action.KEEP, "")]])

    def confirm_coupon_end(self, code: str) -> Keyboard:
        """Ask before a coupon ends."""
        yes = self._button(Sentence("Yes, end it"), Action.COUPON_END, code)
        return inline([[yes, self._button(Sentence("No, keep it"), Action.COUPON_LEAVE, code)]])

    def coupon_pages(self, page: int, last: int) -> Keyboard | None:
        """Give the way to the pages before and after this one, counted from 0; None with one page."""
        row = []
        if page > 0:
            row.append(self._button(Sentence("Before"), Action.COUPON_PAGE, page - 1))
        if page < last:
            row.append(self._button(Sentence("More"), Action.COUPON_PAGE, page + 1))
        return inline([row]) if row else None

    def _choice(self, name: str) -> Button:
        label = _CHOICES.get(name)
        if label is None:
            return self._maker.named(name, Action.MEAN, name)
        return self._button(label, Action.MEAN, name)


def ask_place(locale: Locale, second: Sentence = JUST_SEARCH) -> Keyboard:
    """Give the one keyboard that can ask for a place; Telegram has it in private chats only."""
    share = {"text": told(SHARE_LOCATION, locale), "request_location": True}
    return {
        "keyboard": [[share, {"text": told(second, locale)}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def is_label(text: str, *labels: Sentence) -> bool:
    """Tell whether a text is one of these labels, in any language: such a button sends what is written on it."""
    return any(text == told(label, Locale(each)) for label in labels for each in LANGUAGES)


def side_by_side(keyboards: Sequence[Keyboard | None]) -> Keyboard | None:
    """Give the first buttons of each keyboard, a row for each; None when there is none."""
    rows = [
        [button for row in each.get("inline_keyboard", ()) for button in row][:_A_ROW]
        for each in keyboards
        if each is not None
    ]
    rows = [row for row in rows if row]
    return inline(rows) if rows else None


def below(first: Keyboard | None, second: Keyboard | None) -> Keyboard | None:
    """Put one keyboard below another; None when there is neither."""
    rows = [row for each in (first, second) if each for row in each["inline_keyboard"]]
    return inline(rows) if rows else None
