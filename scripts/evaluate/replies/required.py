"""What a reply of a kind must say, and does not (pure). Which facts those are is the measurement contract's."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from knowledge.facts import Facts, Kind
from scripts.evaluate.replies.quantities import distances_in, money_in, percents_in, times_in
from scripts.evaluate.replies.statuses import tells_status

_USUAL = "USD"


def missing(text: str, facts: Facts) -> list[str]:
    """Name the required facts that a text leaves out; "price 2" is that of the second thing in a list."""
    needs = _REQUIRED.get(facts.kind)
    return [] if needs is None else list(needs(text, facts))


def _of_offer(text: str, facts: Facts) -> Iterator[str]:
    if facts.store and not _says(text, facts.store):
        yield "store"
    if facts.item and not _says(text, facts.item):
        yield "item"
    is_known = facts.price_cents is not None or facts.distance_m is not None
    if is_known and not _says_price(text, facts) and not _says_distance(text, facts):
        yield "price or distance"
    if facts.coupon_code and facts.coupon_code not in text:
        yield "coupon_code"


def _of_options(text: str, facts: Facts) -> Iterator[str]:
    """Look for each price where its item stands: from there, or its line's beginning, to the next item."""
    parts = _parts(text, [option.item or "" for option in facts.options])
    for number, (option, part) in enumerate(zip(facts.options, parts, strict=True), 1):
        if part is None:
            yield f"item {number}"
        elif option.price_cents is not None and not _says_price(part, option):
            yield f"price {number}"


def _of_coupons(text: str, facts: Facts) -> Iterator[str]:
    parts = _parts(text, [coupon.coupon_code or "" for coupon in facts.coupons])
    for number, (coupon, part) in enumerate(zip(facts.coupons, parts, strict=True), 1):
        if part is None:
            yield f"coupon_code {number}"
        elif coupon.discount_percent is not None and not any(
            said.value == coupon.discount_percent for said in percents_in(part)
        ):
            yield f"discount {number}"


def _of_closed(text: str, facts: Facts) -> Iterator[str]:
    if facts.store and not _says(text, facts.store):
        yield "store"
    at = facts.opens_at
    if at is not None and not any(
        (t.hour, t.minute) == (at.hour, at.minute) for t in times_in(text)
    ):
        yield "opens_at"


def _of_order(text: str, facts: Facts) -> Iterator[str]:
    if facts.order_code and facts.order_code not in text:
        yield "order_code"
    if facts.status is not None and not tells_status(text, facts.status):
        yield "status"


def _of_policy(text: str, facts: Facts) -> Iterator[str]:
    if facts.quote and facts.quote not in text:
        yield "quote"
    if facts.document and not _says(text, facts.document):
        yield "document"


def _parts(text: str, names: Sequence[str]) -> list[str | None]:
    """Cut a text into the parts about each name, in the order of the names; None where it is not named.

    A part is the rest of its line up to the next name, and what stands before it in the line where it is the first.
    """
    plain, places = _plain(text), list[int]()
    for number, name in enumerate(names):
        place = -1
        for _ in range(1 + names[:number].count(name)):  # the same thing may come from two stores
            place = plain.find(_plain(name), place + 1) if name else -1
        places.append(place)
    starts = [_start(plain, place, places) for place in places]
    ends = [min((s for s in starts if s > start), default=len(text)) for start in starts]
    return [
        text[start:end] if place >= 0 else None
        for place, start, end in zip(places, starts, ends, strict=True)
    ]


def _start(text: str, place: int, places: Sequence[int]) -> int:
    begun = text.rfind("\n", 0, max(place, 0)) + 1
    return place if any(begun <= other < place for other in places) else begun


def _says(text: str, name: str) -> bool:
    return _plain(name) in _plain(text)


def _plain(text: str) -> str:
    return text.replace("’", "'").lower()


def _says_price(text: str, facts: Facts) -> bool:
    wanted = (facts.price_cents, facts.currency or _USUAL)
    return any((said.cents, said.currency) == wanted for said in money_in(text))


def _says_distance(text: str, facts: Facts) -> bool:
    metres = facts.distance_m
    return metres is not None and any(said.is_of(metres) for said in distances_in(text))


_REQUIRED: Mapping[Kind, Callable[[str, Facts], Iterator[str]]] = {
    Kind.OFFER: _of_offer,
    Kind.NUDGE: _of_offer,
    Kind.OPTIONS: _of_options,
    Kind.COUPONS: _of_coupons,
    Kind.CLOSED: _of_closed,
    Kind.ORDER_STATUS: _of_order,
    Kind.POLICY: _of_policy,
}
