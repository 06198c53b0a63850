"""What our order rules and the shop's written policy allow with an order of a situation (pure).

States are judged by knowledge/order_rules.py; the rest is what that policy adds: whose order, which goods, which money.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.order_rules import OrderAction, refusal
from scripts.evaluate.journeys.shop import Bought, Make, Situation, User
from storage.records import OrderStatus

Action = Mapping[str, Any]
"""{"name", "arguments"}, as the tasks write what is done."""

CANCEL, RETURN, EXCHANGE, MODIFY, MOVE, MOVE_USER = (
    "cancel_pending_order",
    "return_delivered_order_items",
    "exchange_delivered_order_items",
    "modify_pending_order_items",
    "modify_pending_order_address",
    "modify_user_address",
)
PAY = "modify_pending_order_payment"
RULES: Mapping[str, OrderAction] = {
    CANCEL: OrderAction.CANCEL,
    RETURN: OrderAction.RETURN,
    EXCHANGE: OrderAction.EXCHANGE,
    MODIFY: OrderAction.CHANGE,
    MOVE: OrderAction.CHANGE,
    PAY: OrderAction.CHANGE,
}
WRITES = frozenset({*RULES, MOVE_USER})
_AFTER: Mapping[str, OrderStatus | None] = {
    CANCEL: OrderStatus.CANCELLED,
    RETURN: OrderStatus.RETURNED,
    EXCHANGE: OrderStatus.EXCHANGED,
    MODIFY: None,  # that shop changes the goods of an order once and never touches it again
}
_REASONS = ("no longer needed", "ordered by mistake")


@dataclass(slots=True)
class Ledger:
    """Judges what is done to one user's orders, one after the other, as they stand by then."""

    situation: Situation
    user: User
    changed: dict[str, OrderStatus | None] = field(default_factory=dict)

    def status(self, order: Bought) -> OrderStatus | None:
        """Give the state of an order after all that was done."""
        return self.changed.get(order.id, order.status)

    def does(self, action: Action) -> bool:
        """Note an action; False, and nothing changed, when it is forbidden."""
        name, said = action["name"], action["arguments"]
        if name == MOVE_USER:
            return bool(said.get("user_id") == self.user.id)
        order = self.user.order(str(said.get("order_id")))
        if name not in RULES or order is None:
            return False
        if refusal(self.status(order), RULES[name]) is not None or not self._fits(order, action):
            return False
        if name in _AFTER:
            self.changed[order.id] = _AFTER[name]
        return True

    def _fits(self, order: Bought, action: Action) -> bool:
        """Tell whether goods, money and reason are such as the policy asks for."""
        name, said = action["name"], action["arguments"]
        if name == CANCEL:
            return said.get("reason") in _REASONS
        return name == MOVE or self._pays(order, name, said)

    def _pays(self, order: Bought, name: str, said: Mapping[str, Any]) -> bool:
        """Tell whether the goods are the order's, and the money goes where it may."""
        method = self.user.methods.get(str(said.get("payment_method_id")))
        is_own = said.get("payment_method_id") == order.paid_by
        if method is None or name == PAY:
            return method is not None and not is_own
        old = _taken(order, said.get("item_ids", ()))
        if name == RETURN:
            return bool(old) and (is_own or method["source"] == "gift_card")
        new = [self._make(key) for key in said.get("new_item_ids", ())]
        return bool(old) and fits_exchange(old, new, method)

    def _make(self, key: str) -> Make | None:
        every = (make for makes in self.situation.makes.values() for make in makes)
        return next((make for make in every if make.id == key), None)


def fits_exchange(
    old: Sequence[Make], new: Sequence[Make | None], method: Mapping[str, Any]
) -> bool:
    """Tell whether each new make is there, another one, and of the same product, and a gift card covers the difference."""
    if len(old) != len(new):
        return False
    more = 0.0
    for before, after in zip(old, new, strict=True):
        if after is None or not after.is_there or after.id == before.id:
            return False
        if after.product_id != before.product_id:
            return False
        more += after.price - before.price
    return method["source"] != "gift_card" or more <= float(method.get("balance", 0))


def _taken(order: Bought, item_ids: Sequence[str]) -> list[Make]:
    """Give the makes of these ids, none when the order has not so many of one."""
    there = Counter(each.id for each in order.items)
    if Counter(item_ids) - there:
        return []
    by_id = {each.id: each for each in order.items}
    return [by_id[key] for key in item_ids]
