"""What is said to those who prepare orders; `o` is an OrderWords, `at` and `by` are empty or begin with a space or comma."""

from storage.records import OrderStatus

NEW = "New order {o.code}{at}: {o.item}, {o.paid}.{kept} Pays in store."
UNANSWERED = "Nobody answered order {o.code}{at} yet: {o.item}, {o.paid}.{kept}"
SHOPPER_KNOWS = "The shopper knows that it waits."
CARD = {
    OrderStatus.PLACED: "Order {o.code}{at}: {o.item}, {o.paid}.{kept} Pays in store.",
    OrderStatus.READY: "Ready{by}. Order {o.code}{at}: {o.item}, {o.paid}.{kept}",
    OrderStatus.COLLECTED: "Collected{by}. Order {o.code}{at}: {o.item}, {o.paid}.",
    OrderStatus.CANCELLED: "Cancelled{by}. Order {o.code}{at}: {o.item} goes back on the shelf.",
    OrderStatus.EXPIRED: "Not collected in time. Order {o.code}{at}: {o.item} goes back on the shelf.",
    OrderStatus.RETURNED: "Returned. Order {o.code}{at}: {o.item}, {o.paid}.",
}
AT_STORE = " at {store}"
BY = ", by {who}"
BY_SHOPPER = "the shopper"
DESK = "Open orders:"
DESK_MORE = "There are more; they move up when these are done."
DESK_EMPTY = "No open orders right now."
DESK_LINE = "{o.code}: {o.item}, {o.paid}, {o.store}, {status}{until}"
COLLECT_HOW = (
    "Field order: write /collect and the code the shopper shows, such as /collect K7-2291. "
    "Nothing was changed."
)
COLLECT_UNKNOWN = "Field order: {order} is not an order of your store. /desk lists the open ones. Nothing was changed."
COLLECT_TOO_LATE = (
    "Field order: {order} is {status}, so there is nothing to hand over. /desk lists the open ones. "
    "Nothing was changed."
)
ASKED = "The shopper was told that you have a question, and may come by or cancel."
ASKED_BEFORE = "The shopper was told already."
NOT_TOLD = "I couldn't tell the shopper."
TOO_LATE = "Order {order} is {status}."
OVER = "Too late: it's kept no longer, and goes back on the shelf."
NOT_YOURS = "I don't find that order among those of your store."
