"""What is said to those who prepare orders; `o` is an OrderWords. A card is put together in cards.py."""

from knowledge.language import Sentence
from storage.records import OrderStatus

NEW = Sentence("New order {o.code}: {o.item}, {o.paid}.")
NEW_AT = Sentence("New order {o.code} at {o.store}: {o.item}, {o.paid}.")
UNANSWERED = Sentence("Nobody answered order {o.code} at {o.store} yet: {o.item}, {o.paid}.")
SHOPPER_KNOWS = Sentence("The shopper knows that it waits.")
PAYS = Sentence("Pays in store.")
ORDER = Sentence("Order {o.code}: {o.item}, {o.paid}.")
ORDER_AT = Sentence("Order {o.code} at {o.store}: {o.item}, {o.paid}.")
BACK = Sentence("Order {o.code}: {o.item} goes back on the shelf.")
BACK_AT = Sentence("Order {o.code} at {o.store}: {o.item} goes back on the shelf.")
NOW = {
    OrderStatus.READY: Sentence("Ready."),
    OrderStatus.COLLECTED: Sentence("Collected."),
    OrderStatus.CANCELLED: Sentence("Cancelled."),
    OrderStatus.EXPIRED: Sentence("Not collected in time."),
    OrderStatus.RETURNED: Sentence("Returned."),
    OrderStatus.EXCHANGED: Sentence("Exchanged."),
}
NOW_BY = {
    OrderStatus.PLACED: Sentence("Changed, by {who}."),
    OrderStatus.READY: Sentence("Ready, by {who}."),
    OrderStatus.COLLECTED: Sentence("Collected, by {who}."),
    OrderStatus.CANCELLED: Sentence("Cancelled, by {who}."),
}
BY_SHOPPER = Sentence("the shopper")
DESK = Sentence("Open orders:")
DESK_MORE = Sentence("There are more; they move up when these are done.")
DESK_EMPTY = Sentence("No open orders right now.")
DESK_LINE = Sentence("{o.code}: {o.item}, {o.paid}, {o.store}, {status}")
DESK_LINE_UNTIL = Sentence("{o.code}: {o.item}, {o.paid}, {o.store}, {status} until {o.until}")
COLLECT_HOW = Sentence(
    "Field order: write /collect and the code the shopper shows, such as /collect K7-2291. "
    "Nothing was changed."
)
COLLECT_UNKNOWN = Sentence(
    "Field order: {order} is not an order of your store. /desk lists the open ones. Nothing was changed."
)
COLLECT_TOO_LATE = Sentence(
    "Field order: {order} is {status}, so there is nothing to hand over. /desk lists the open ones. "
    "Nothing was changed."
)
ASKED = Sentence("The shopper was told that you have a question, and may come by or cancel.")
ASKED_BEFORE = Sentence("The shopper was told already.")
NOT_TOLD = Sentence("I couldn't tell the shopper.")
TOO_LATE = Sentence("Order {order} is {status}.")
OVER = Sentence("Too late: it's kept no longer, and goes back on the shelf.")
NOT_YOURS = Sentence("I don't find that order among those of your store.")
