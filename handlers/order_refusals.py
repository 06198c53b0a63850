"""Why something is not done with an order, in words, with the sentence of the shop's rules that says so (pure)."""

from datetime import datetime

from babel import Locale

from handlers import texts, texts_orders
from handlers.order_words import order_words
from knowledge import amounts
from knowledge.catalogue import Catalogue
from knowledge.language import told
from knowledge.order_rules import OrderAction, Reason, Refused
from knowledge.papers import quote_of
from storage.records import Order

_BROUGHT_BACK = {
    Reason.NOT_COLLECTED: texts_orders.RETURN_NOT_COLLECTED,
    Reason.TOO_LATE: texts_orders.RETURN_TOO_LATE,
    Reason.NEVER: texts_orders.RETURN_NEVER,
}


def refused_words(
    order: Order,
    action: OrderAction,
    why: Refused,
    catalogue: Catalogue,
    now: datetime,
    *,
    locale: Locale,
) -> str:
    """Tell why an action on an order is refused at shop time `now`."""
    today = now.astimezone(catalogue.zone_of(order.store_id)).date()
    day = "" if why.last_day is None else amounts.past_day(why.last_day, today, locale)
    sentence = texts_orders.CHANGE_REFUSED
    if action in (OrderAction.RETURN, OrderAction.EXCHANGE):
        sentence = _BROUGHT_BACK.get(why.reason, texts_orders.RETURN_OVER)
    said = told(
        sentence,
        locale,
        o=order_words(order, catalogue, now, locale),
        status=told(texts.STATUS_WORDS[order.status], locale),
        day=day,
    )
    rule = quote_of(why, catalogue.policies, today) if why.rule else None
    if rule is None:
        return said
    return f"{said}\n{told(texts_orders.RULE, locale, quote=rule[0], document=rule[1])}"
