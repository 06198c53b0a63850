"""What is said about orders that are changed, brought back or exchanged, and about what became of them."""

from knowledge.language import Sentence

# The story of an order, in one line.
STEP = Sentence("{status} {when}")
CHANGED_STEP = Sentence("changed")
DAY_AND_TIME = Sentence("{day} at {time}")

# Changing and exchanging; `o` is an OrderWords.
CHANGE_WHAT = Sentence("What shall order {o.code} be instead of {o.item}?")
EXCHANGE_WHAT = Sentence("Which one would you like instead of {o.item}?")
NO_OTHER = Sentence("{o.store} has no other size or colour of {o.item} right now.")
CHANGE_SURE = Sentence("Change order {o.code} to {item}, {price}?")
CHANGED = Sentence("Changed. Order {o.code} is {o.item} now, {o.paid}. {o.kept}")
CHANGED_BEFORE = Sentence("Order {o.code} is {o.item} already, {o.paid}. {o.kept}")
EXCHANGE_SURE = Sentence("Shall {o.store} keep {item} for you, in exchange for {o.item}? {money}")
EXCHANGE_KEPT = Sentence(
    "{o.store} keeps {o.item} for you. Bring {old} with you and show {o.code}. {o.kept}"
)
SAME_PRICE = Sentence("There's nothing to pay.")
PAY_MORE = Sentence("You pay {price} more at the till.")
GET_BACK = Sentence("You get {price} back at the till.")

# Bringing back.
RETURN_SURE = Sentence("Bring back {o.item}, order {o.code}? You have until {day}.")
RETURN_HOW = Sentence(
    "Bring {o.item} to {o.store} by {day} and show {o.code}. They give you {o.total} back the way you paid."
)
RETURNED = Sentence("{o.item} is back at {o.store}. You get {o.total} back the way you paid.")
RETURNED_COUPON = Sentence(
    "{o.item} is back at {o.store}. You get {o.total} back the way you paid, and can use {coupon} again."
)

# Why not.
CHANGE_REFUSED = Sentence("Order {o.code} is {status}, so it can't be changed any more.")
RETURN_NOT_COLLECTED = Sentence(
    "Order {o.code} isn't collected yet, so you can still change or cancel it under /orders."
)
RETURN_OVER = Sentence("Order {o.code} is {status}, so there's nothing to bring back.")
RETURN_TOO_LATE = Sentence("{o.item} could be brought back until {day}.")
RETURN_NEVER = Sentence(
    "{o.item} can't be brought back. If something was wrong with it, please ask in the store."
)
RULE = Sentence("«{quote}» {document}")

# For the store.
STORE_RETURN = Sentence("Return of order {o.code}: {o.item}. Give back {o.total} as it was paid.")
STORE_RETURNED = Sentence(
    "Order {o.code} is returned: {o.item}. Give back {o.total} as it was paid."
)
STORE_RETURNED_BEFORE = Sentence("Order {o.code} was returned before.")
STORE_RETURN_HOW = Sentence(
    "Field order: write /return and the code the shopper shows, such as /return K7-2291. "
    "Nothing was changed."
)
IN_EXCHANGE = Sentence("In exchange for order {order}: settle the difference at the till.")
