"""How the statuses of an order are called, so that one reply does not tell another's (pure)."""

import re
from collections.abc import Iterator, Mapping

from knowledge.facts import Facts, Kind
from storage.records import OrderStatus

_SAID: Mapping[OrderStatus, re.Pattern[str]] = {
    OrderStatus.PLACED: re.compile(r"\b(?:placed|booked|received|confirmed)\b"),
    OrderStatus.READY: re.compile(r"\bready\b"),
    OrderStatus.COLLECTED: re.compile(r"\b(?:collected|picked up|handed over)\b"),
    OrderStatus.CANCELLED: re.compile(r"\b(?:cancell?ed|called off)\b"),
    OrderStatus.RETURNED: re.compile(r"\b(?:returned|brought back|sent back)\b"),
    OrderStatus.EXCHANGED: re.compile(r"\b(?:exchanged|swapped)\b"),
    OrderStatus.EXPIRED: re.compile(r"\b(?:expired|lapsed|ran out)\b"),
}
_NEVER = re.compile(r"\b(?:shipped|dispatched|on (?:its|the) way|in transit|delivered|refunded)\b")
# What is said of these says the other too: nobody came for what expired.
_GOES_WITH = {OrderStatus.EXPIRED: {OrderStatus.COLLECTED}}


def tells_status(text: str, status: OrderStatus) -> bool:
    """Tell whether a text says the status by its own name."""
    names = (status.value, "canceled") if status is OrderStatus.CANCELLED else (status.value,)
    return any(re.search(rf"\b{name}\b", text.casefold()) for name in names)


def other_statuses(text: str, facts: Facts) -> Iterator[str]:
    """Give what a text says of an order that is not so."""
    if facts.kind is not Kind.ORDER_STATUS or facts.status is None:
        return
    plain = text.casefold()
    if not facts.reason:
        yield from _NEVER.findall(plain)
    allowed = {facts.status, *_GOES_WITH.get(facts.status, ())}
    for status, pattern in _SAID.items():
        if status not in allowed:
            yield from pattern.findall(plain)
