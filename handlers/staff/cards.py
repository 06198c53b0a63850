"""The words of an order's card, in the language of whoever works with it (pure)."""

from babel import Locale

from handlers.order_words import OrderWords
from handlers.staff import texts
from knowledge.language import Sentence, told
from storage.records import OrderStatus

_GONE = frozenset({OrderStatus.CANCELLED, OrderStatus.EXPIRED})


def card(
    status: OrderStatus,
    words: OrderWords,
    locale: Locale,
    *,
    is_here: bool,
    by: Sentence | None = None,
) -> str:
    """Tell an order as it stands; `is_here` for who works in its store, `by` names who brought it there."""
    said = []
    if status in texts.NOW_BY and by is not None:
        said.append(told(texts.NOW_BY[status], locale, who=told(by, locale)))
    elif status in texts.NOW:
        said.append(told(texts.NOW[status], locale))
    if status in _GONE:
        said.append(told(texts.BACK if is_here else texts.BACK_AT, locale, o=words))
    elif status is OrderStatus.PLACED:
        said.append(_waiting(texts.ORDER if is_here else texts.ORDER_AT, words, locale))
        said.append(words.exchange or told(texts.PAYS, locale))
    elif status is OrderStatus.READY:
        said.append(_waiting(texts.ORDER if is_here else texts.ORDER_AT, words, locale))
    else:
        said.append(told(texts.ORDER if is_here else texts.ORDER_AT, locale, o=words))
    return " ".join(said)


def new_card(words: OrderWords, locale: Locale, *, is_here: bool) -> str:
    """Tell an order that has just come in."""
    order = _waiting(texts.NEW if is_here else texts.NEW_AT, words, locale)
    return f"{order} {words.exchange or told(texts.PAYS, locale)}"


def unanswered_card(words: OrderWords, locale: Locale, *, shopper_knows: bool) -> str:
    """Tell those in charge of an order nobody answered, and whether the shopper was told that it waits."""
    order = _waiting(texts.UNANSWERED, words, locale)
    return f"{order} {told(texts.SHOPPER_KNOWS if shopper_knows else texts.NOT_TOLD, locale)}"


def _waiting(sentence: Sentence, words: OrderWords, locale: Locale) -> str:
    """Tell an order, and until when it is kept."""
    return f"{told(sentence, locale, o=words)} {words.kept}".rstrip()
