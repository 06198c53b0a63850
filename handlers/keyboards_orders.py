"""Buttons about orders that are changed, exchanged or brought back (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s

from babel import Locale

from handlers.button_making import ButtonMaker, inline
from handlers.callbacks import Action
from handlers.rendering import Keyboard
from knowledge import amounts
from knowledge.language import Sentence
from storage.records import Order, Product

_KEY_BYTES = 5  # an id may be longer than a button; among a dozen makes of one thing 40 bits meet once in 10 billion
_LISTED = 6  # more makes than that are a catalogue, not a row of buttons (ours)


@dataclass(frozen=True, slots=True)
class Make:
    """What an order shall be instead, as a button carries it."""

    code: str
    key: str
    quantity: int

    @classmethod
    def parse(cls, argument: str) -> "Make | None":
        """Read a button's argument; None when it is none."""
        parts = argument.split(".")
        if len(parts) != 3 or not parts[2].isdecimal():  # noqa: PLR2004  # code, key, pieces
            return None
        return cls(parts[0], parts[1], int(parts[2]))

    def __str__(self) -> str:
        return f"{self.code}.{self.key}.{self.quantity}"


def key_of(product_id: str) -> str:
    """Give a product's short name for a button."""
    return blake2s(product_id.encode(), digest_size=_KEY_BYTES).hexdigest()


class OrderButtons:
    """Makes the inline keyboards of one shopper about orders that are not to stay as they are."""

    def __init__(self, maker: ButtonMaker) -> None:
        self._maker = maker
        self._button = maker.button

    def collected(self, orders: Sequence[Order]) -> Keyboard | None:
        """Give what can be done with what was collected, a row for each, by its code where there are several."""
        rows = []
        for order in orders:
            code = order.code
            labels = (Sentence("Return {order}"), Sentence("Exchange {order}"))
            if len(orders) == 1:
                labels = (Sentence("Return it"), Sentence("Exchange it"))
            back, swap = labels
            rows.append(
                [
                    self._button(back, Action.RETURN, code, order=code),
                    self._button(swap, Action.EXCHANGE, code, order=code),
                ]
            )
        return inline(rows) if rows else None

    def makes(self, order: Order, products: Sequence[Product], action: Action) -> Keyboard:
        """Offer other makes of what was ordered, one a row, and to leave it."""
        rows = []
        for product in products[:_LISTED]:
            price = amounts.price(product.price_cents, product.currency, self._locale)
            make = Make(order.code, key_of(product.id), order.quantity)
            name = f"{_make_name(product)}, {price}"
            rows.append([self._maker.named(name, action, str(make))])
        return inline([*rows, [self._keep(order)]])

    def makes_and_pieces(self, order: Order, products: Sequence[Product], most: int) -> Keyboard:
        """Offer other makes of what was booked, and other numbers of it up to `most`."""
        row = [
            self._maker.named(
                f"{pieces} ×",
                Action.CHANGE_TO,
                str(Make(order.code, key_of(order.product_id), pieces)),
            )
            for pieces in range(1, most + 1)
            if pieces != order.quantity
        ]
        makes = self.makes(order, products, Action.CHANGE_TO)["inline_keyboard"]
        return inline([*([row] if row else []), *makes])

    def confirm_change(self, make: Make) -> Keyboard:
        """Ask before an order is changed."""
        yes = self._button(Sentence("Yes, change it"), Action.CHANGE_YES, str(make))
        return inline([[yes, self._button(Sentence("Keep it"), Action.KEEP, make.code)]])

    def confirm_exchange(self, make: Make) -> Keyboard:
        """Ask before another piece is kept."""
        yes = self._button(Sentence("Yes, keep that one"), Action.EXCHANGE_YES, str(make))
        return inline([[yes, self._button(Sentence("No, leave it"), Action.KEEP, make.code)]])

    def confirm_return(self, order: Order) -> Keyboard:
        """Ask before somebody sets out with a thing."""
        yes = self._button(Sentence("Yes, I'll bring it"), Action.RETURN_YES, order.code)
        return inline([[yes, self._button(Sentence("No, leave it"), Action.KEEP, order.code)]])

    def way(self, order: Order) -> Keyboard:
        """Give the way to the store, and the code to show there."""
        code = self._button(Sentence("Show code"), Action.SHOW_CODE, order.code)
        way = self._button(Sentence("Directions"), Action.DIRECTIONS, order.store_id)
        return inline([[code, way]])

    def take_back(self, order: Order) -> Keyboard:
        """Give a store what can be done with what lies on the counter."""
        shelf = self._button(Sentence("Back on the shelf"), Action.STORE_SHELF, order.code)
        return inline(
            [[shelf, self._button(Sentence("Set aside"), Action.STORE_ASIDE, order.code)]]
        )

    @property
    def _locale(self) -> Locale:
        return self._maker.locale

    def _keep(self, order: Order) -> dict[str, str]:
        return self._button(Sentence("Keep it"), Action.KEEP, order.code)


def _make_name(product: Product) -> str:
    """Name a make by what sets it apart, its size and colour, else by its title."""
    made = [product.attributes.get(name, "") for name in ("size", "colour", "color")]
    return ", ".join(each for each in made if each) or product.title
