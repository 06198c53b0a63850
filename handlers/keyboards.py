"""Buttons (pure). Labels are what people read; data is signed for the one shopper who may tap it."""

from collections.abc import Sequence

from handlers.callbacks import Action, Signer
from handlers.rendering import Keyboard
from storage.records import Order, OrderStatus, Suggestion

SHARE_LOCATION = "📍 Share location"
JUST_SEARCH = "Just search"
JUST_LOOK = "Just look around"
REMOVE: Keyboard = {"remove_keyboard": True}


class Buttons:
    """Makes the inline keyboards of one shopper."""

    def __init__(self, signer: Signer, shopper_id: int) -> None:
        self._signer = signer
        self._shopper_id = shopper_id

    def offer(self, suggestion: Suggestion, *, with_why: bool = True) -> Keyboard:
        """Give the buttons under one offer, at most three a row: more do not fit a phone."""
        key = suggestion.id
        act = [self._button("Book it", Action.BOOK, key)]
        if suggestion.coupon_code is not None:
            act.append(self._button("Coupon", Action.COUPON, key))
        act.append(self._button("Save", Action.SAVE, key))
        look = [
            self._button("Take me there", Action.PLACE, key),
            self._button("Not for me", Action.DISMISS, key),
        ]
        if with_why:
            look.append(self._button("Why?", Action.WHY, key))
        return _inline([act, look])

    def nudge(self, suggestion: Suggestion) -> Keyboard:
        """Give the buttons under an offer nobody asked for: the ways out are as near as the way in."""
        key = suggestion.id
        act = [
            self._button("Book it", Action.BOOK, key),
            self._button("Take me there", Action.PLACE, key),
            self._button("Save coupon", Action.COUPON, key),
        ]
        leave = [
            self._button("Not now", Action.NOT_NOW, key),
            self._button("Fewer like this", Action.FEWER, key),
        ]
        return _inline([act, leave])

    def closed(self, suggestion: Suggestion) -> Keyboard:
        """Give the buttons under something that cannot be had right now."""
        key = suggestion.id
        return _inline(
            [
                [
                    self._button("Take me there", Action.PLACE, key),
                    self._button("Save", Action.SAVE, key),
                ]
            ]
        )

    def options(self, suggestions: Sequence[Suggestion]) -> Keyboard:
        """Give one numbered button per option shown."""
        row = [
            self._button(str(number), Action.PICK, suggestion.id)
            for number, suggestion in enumerate(suggestions, 1)
        ]
        return _inline([row])

    def stores(self, store_ids: Sequence[str]) -> Keyboard:
        """Give one numbered button per store, which shows it on the map."""
        row = [
            self._button(str(number), Action.DIRECTIONS, store_id)
            for number, store_id in enumerate(store_ids, 1)
        ]
        return _inline([row])

    def order(self, order: Order) -> Keyboard | None:
        """Give what can be done with an order; None when nothing can."""
        directions = self._button("Directions", Action.DIRECTIONS, order.store_id)
        cancel = self._button("Cancel", Action.CANCEL, order.code)
        if order.status is OrderStatus.PLACED:
            return _inline([[directions, cancel]])
        if order.status is OrderStatus.READY:
            code = self._button("Show code", Action.SHOW_CODE, order.code)
            return _inline([[code, directions], [cancel]])
        return None

    def orders(self, orders: Sequence[Order]) -> Keyboard | None:
        """Give the buttons under a list: those of the only open order, else a row for each by its code."""
        if len(orders) <= 1:
            return self.order(orders[0]) if orders else None
        rows = []
        for order in orders:
            row = [self._button(f"Cancel {order.code}", Action.CANCEL, order.code)]
            if order.status is OrderStatus.READY:
                row.insert(0, self._button(f"Show {order.code}", Action.SHOW_CODE, order.code))
            rows.append(row)
        return _inline(rows)

    def confirm_cancel(self, order: Order) -> Keyboard:
        """Ask before an order is given up."""
        yes = self._button("Yes, cancel it", Action.CANCEL_YES, order.code)
        return _inline([[yes, self._button("Keep it", Action.KEEP, order.code)]])

    def consent(self, kind: str) -> Keyboard:
        """Ask for one consent; the no is as near as the yes."""
        yes = self._button("Yes, please", Action.CONSENT_YES, kind)
        return _inline([[yes, self._button("No, thanks", Action.CONSENT_NO, kind)]])

    def consents(self, states: Sequence[tuple[str, str, bool]]) -> Keyboard:
        """Give one switch per consent, from (kind, label, is granted)."""
        rows = []
        for kind, label, is_granted in states:
            action = Action.CONSENT_NO if is_granted else Action.CONSENT_YES
            rows.append(
                [self._button(f"Turn {'off' if is_granted else 'on'}: {label}", action, kind)]
            )
        return _inline(rows)

    def confirm_forget(self) -> Keyboard:
        """Ask before everything is erased."""
        yes = self._button("Yes, erase everything", Action.FORGET_YES, "")
        return _inline([[yes, self._button("No, keep it", Action.KEEP, "")]])

    def _button(self, label: str, action: Action, argument: str | int) -> dict[str, str]:
        data = self._signer.data(self._shopper_id, action, argument)
        return {"text": label, "callback_data": data}


def ask_place(second: str = JUST_SEARCH) -> Keyboard:
    """Give the one keyboard that can ask for a place; Telegram has it in private chats only."""
    return {
        "keyboard": [[{"text": SHARE_LOCATION, "request_location": True}, {"text": second}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def _inline(rows: Sequence[Sequence[dict[str, str]]]) -> Keyboard:
    return {"inline_keyboard": [list(row) for row in rows]}
