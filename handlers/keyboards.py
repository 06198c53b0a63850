"""Buttons (pure). Labels are what people read; data is signed for the one shopper who may tap it."""

from collections.abc import Sequence

from handlers.callbacks import Action, Signer
from handlers.rendering import Keyboard
from storage.records import ConsentKind, Order, OrderStatus, Relative, Suggestion

SHARE_LOCATION = "📍 Share location"
JUST_SEARCH = "Just search"
JUST_LOOK = "Just look around"
ASK_PERSON = "Ask a person"
# What a question offers, by the names of knowledge/clarifying.py; a size is its own label.
_CHOICES = {
    "eat": "Eat",
    "present": "Present",
    "buy": "Buy",
    "store": "A store",
    "coupons": "Coupons",
    "order": "My order",
    "rules": "Store rules",
}
_A_ROW = 3  # more do not fit a phone
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

    def saved(self, items: Sequence[tuple[str, int]]) -> Keyboard | None:
        """Give a row for each saved thing that takes it off the list, from (title, suggestion's id)."""
        rows = [[self._button(f"Take off: {title}", Action.UNSAVE, key)] for title, key in items]
        return _inline(rows) if rows else None

    def family(self, relatives: Sequence[Relative]) -> Keyboard | None:
        """Give the way to take each off the list, two a row; None when it is empty."""
        remove = [
            self._button(f"Remove {each.nickname}", Action.FAMILY_REMOVE, each.id)
            for each in relatives
        ]
        rows = [remove[start : start + 2] for start in range(0, len(remove), 2)]
        return _inline(rows) if rows else None

    def confirm_removal(self, relative: Relative) -> Keyboard:
        """Ask before what is known of somebody is erased."""
        yes = self._button("Yes, remove", Action.FAMILY_REMOVE_YES, relative.id)
        return _inline([[yes, self._button("No, keep", Action.FAMILY_KEEP)]])

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

    def choices(self, names: Sequence[str]) -> Keyboard:
        """Give a button for each thing a question offers, three a row."""
        tappable = [self._button(_CHOICES.get(n, n), Action.MEAN, n) for n in names]
        rows = [tappable[start : start + _A_ROW] for start in range(0, len(tappable), _A_ROW)]
        return _inline(rows)

    def stores(self, store_ids: Sequence[str]) -> Keyboard:
        """Give one numbered button per store, which shows it on the map."""
        row = [
            self._button(str(number), Action.DIRECTIONS, store_id)
            for number, store_id in enumerate(store_ids, 1)
        ]
        return _inline([row])

    def ask_person(self) -> Keyboard:
        """Offer somebody to ask where nothing is written down."""
        return _inline([[self._button(ASK_PERSON, Action.PERSON)]])

    def store(self, store_id: str | None) -> Keyboard:
        """Give the way to the store that was named, and to those around."""
        row = [self._button("Stores near me", Action.NEARBY)]
        if store_id is not None:
            row.insert(0, self._button("Take me there", Action.DIRECTIONS, store_id))
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

    def instead(self, suggestion_id: int) -> Keyboard:
        """Offer to look for the same thing elsewhere."""
        return _inline([[self._button("Something else", Action.INSTEAD, suggestion_id)]])

    def store_order(self, order: Order, *, with_ask: bool = True) -> Keyboard | None:
        """Give what the store can do with an order; None when it is over."""
        ready = self._button("Ready", Action.STORE_READY, order.code)
        refuse = self._button("Can't do", Action.STORE_REFUSE, order.code)
        collected = self._button("Collected", Action.STORE_HAND_OVER, order.code)
        rows = {OrderStatus.PLACED: [ready, refuse], OrderStatus.READY: [collected]}
        row = rows.get(order.status)
        if row is None:
            return None
        if with_ask:
            row.append(self._button("Call back", Action.STORE_ASK, order.code))
        return _inline([row])

    def store_orders(self, orders: Sequence[Order]) -> Keyboard | None:
        """Give one button per order, which shows its card."""
        rows = [[self._button(order.code, Action.STORE_CARD, order.code)] for order in orders]
        return _inline(rows) if rows else None

    def consent(self, kind: str) -> Keyboard:
        """Ask for one consent; the no is as near as the yes."""
        yes = self._button("Yes, please", Action.CONSENT_YES, kind)
        return _inline([[yes, self._button("No, thanks", Action.CONSENT_NO, kind)]])

    def consent_to_nudges(self) -> Keyboard:
        """Ask for the one consent that is not for everybody; whoever is too young says so with a tap."""
        question = self.consent(ConsentKind.NUDGES)["inline_keyboard"]
        return _inline([*question, [self._under_age(is_under_age=False)]])

    def settings(
        self, states: Sequence[tuple[str, str, bool]], *, is_under_age: bool, is_paused: bool
    ) -> Keyboard:
        """Give one switch per consent, from (kind, label, is granted), the pause, and the age."""
        rows = self._switches(states)
        if not is_under_age:
            end = self._button("End the pause", Action.PAUSE, "off")
            rows.append([end if is_paused else self._button("Pause offers", Action.OPEN, "pause")])
        return _inline([*rows, [self._under_age(is_under_age=is_under_age)]])

    def privacy(self) -> Keyboard:
        """Give what can be done about one's data."""
        names = {"export": "Send me a copy", "settings": "Settings", "forget": "Erase everything"}
        row = [self._button(label, Action.OPEN, name) for name, label in names.items()]
        return _inline([row[:2], row[2:]])

    def pause(self, *, is_paused: bool) -> Keyboard:
        """Offer the usual lengths of a pause, and its end."""
        lengths = ("1 week", "1 month", "Until I say")
        rows = [[self._button(each, Action.PAUSE, each) for each in lengths]]
        if is_paused:
            rows.append([self._button("End the pause", Action.PAUSE, "off")])
        return _inline(rows)

    def _under_age(self, *, is_under_age: bool) -> dict[str, str]:
        """Make the switch of somebody who is under age by now, or not."""
        if is_under_age:
            return self._button("I'm 18 or older", Action.UNDER_AGE, "no")
        return self._button("I'm under 18", Action.UNDER_AGE, "yes")

    def _switches(self, states: Sequence[tuple[str, str, bool]]) -> list[list[dict[str, str]]]:
        rows = []
        for kind, label, is_granted in states:
            action = Action.CONSENT_NO if is_granted else Action.CONSENT_YES
            rows.append(
                [self._button(f"Turn {'off' if is_granted else 'on'}: {label}", action, kind)]
            )
        return rows

    def confirm_demo_off(self) -> Keyboard:
        """Ask before the sample town is taken away."""
        yes = self._button("Yes, take it away", Action.DEMO_OFF, "")
        return _inline([[yes, self._button("No, keep it", Action.KEEP, "")]])

    def confirm_forget(self) -> Keyboard:
        """Ask before everything is erased."""
        yes = self._button("Yes, erase everything", Action.FORGET_YES, "")
        return _inline([[yes, self._button("No, keep it", Action.KEEP, "")]])

    def confirm_coupon_end(self, code: str) -> Keyboard:
        """Ask before a coupon ends."""
        yes = self._button("Yes, end it", Action.COUPON_END, code)
        return _inline([[yes, self._button("No, keep it", Action.COUPON_LEAVE, code)]])

    def coupon_pages(self, page: int, last: int) -> Keyboard | None:
        """Give the way to the pages before and after this one, counted from 0; None with one page."""
        row = []
        if page > 0:
            row.append(self._button("Before", Action.COUPON_PAGE, page - 1))
        if page < last:
            row.append(self._button("More", Action.COUPON_PAGE, page + 1))
        return _inline([row]) if row else None

    def _button(self, label: str, action: Action, argument: str | int = "") -> dict[str, str]:
        data = self._signer.data(self._shopper_id, action, argument)
        return {"text": label, "callback_data": data}


def ask_place(second: str = JUST_SEARCH) -> Keyboard:
    """Give the one keyboard that can ask for a place; Telegram has it in private chats only."""
    return {
        "keyboard": [[{"text": SHARE_LOCATION, "request_location": True}, {"text": second}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def side_by_side(keyboards: Sequence[Keyboard | None]) -> Keyboard | None:
    """Give the first buttons of each keyboard, a row for each; None when there is none."""
    rows = [
        [button for row in each.get("inline_keyboard", ()) for button in row][:_A_ROW]
        for each in keyboards
        if each is not None
    ]
    rows = [row for row in rows if row]
    return _inline(rows) if rows else None


def _inline(rows: Sequence[Sequence[dict[str, str]]]) -> Keyboard:
    return {"inline_keyboard": [list(row) for row in rows]}
