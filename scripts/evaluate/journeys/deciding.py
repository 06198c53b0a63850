"""From what is asked for to what is done: only what is clear, and only what the rules allow (pure).

Where several things or makes fit and nothing tells them apart, nothing is done: a person is asked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scripts.evaluate.journeys import allowed
from scripts.evaluate.journeys.allowed import Action, Ledger, fits_exchange
from scripts.evaluate.journeys.asking import (
    Verb,
    Wish,
    is_all,
    mentions,
    only,
    says,
    told_if_asked,
    wishes,
)
from scripts.evaluate.journeys.choosing import about, wanted_make
from scripts.evaluate.journeys.shop import Bought, Make, Situation, User
from storage.records import OrderStatus

_BY_MISTAKE = re.compile(r"\b(?:mistake|accident\w*|wrong)\b", re.IGNORECASE)
_WHOLE_ORDER = re.compile(
    r"(?:cancel\w*|okay with cancell?ing) the (?:whole|entire) order|whole order", re.IGNORECASE
)
_NOT_WHOLE = re.compile(
    r"\b(?:tell (?:the agent|it) not|(?:do not|don't|not) (?:do|cancel|want)|yourself)\b",
    re.IGNORECASE,
)
_DEARER = re.compile(r"\bmore expensive\b", re.IGNORECASE)
_CHEAPER = re.compile(r"\b(?:less expensive|cheaper)\b", re.IGNORECASE)
_THAT_ORDER = re.compile(
    r"\b(?:in it|in that|on that|of that|same order|an order)\b", re.IGNORECASE
)
_OF_USER = re.compile(r"\b(?:user|profile)(?: default)? address\b", re.IGNORECASE)
_WAITS = re.compile(r"\b(?:pending|just ordered|just placed)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:received|came|bought|ordered) (?:together )?with\b[^.,]*", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:it|them|these|those|both)\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:except|but not|excluding)\b", re.IGNORECASE)
_EVERYTHING = re.compile(r"\b(?:order|item|thing|everything)", re.IGNORECASE)
_CITIES = {"nyc": "new york", "la": "los angeles", "sf": "san francisco", "dc": "washington"}


@dataclass(slots=True)
class _Doing:
    """What is collected for each order before it is done in one step, since a shop takes one step an order."""

    back: dict[str, list[Make]] = field(default_factory=dict)
    swapped: dict[str, list[tuple[Make, Make]]] = field(default_factory=dict)
    cancelled: list[str] = field(default_factory=list)
    moved: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    unclear: set[tuple[str, str]] = field(default_factory=set)
    home: dict[str, str] = field(default_factory=dict)


def decide(situation: Situation, user: User, text: str) -> list[Action]:
    """Give the actions for a request of somebody who is known, in the order they are done."""
    doing, left = _Doing(), only(text)
    for wish in wishes(text):
        _take(doing, situation, user, wish, text)
    if left:
        _keep_only(doing, left)
    ledger = Ledger(situation, user)
    return [action for action in _actions(doing, user, text) if ledger.does(action)]


def _take(doing: _Doing, situation: Situation, user: User, wish: Wish, text: str) -> None:
    if wish.verb is Verb.MOVE:
        _move(doing, user, wish)
    elif wish.verb is Verb.CANCEL:
        _cancel(doing, user, wish, text)
    elif wish.verb is Verb.RETURN:
        for order, item in _meant(user, wish, [OrderStatus.COLLECTED], text):
            doing.back.setdefault(order.id, []).append(item)
    else:
        waits = _WAITS.search(wish.words) is not None
        states = [OrderStatus.PLACED] if waits else [OrderStatus.COLLECTED, OrderStatus.PLACED]
        for order, item in _meant(user, wish, states, text):
            new = wanted_make(item, situation.makes[item.product_id], about(item, wish, user))
            if new is None:
                doing.unclear.add((order.id, item.product))
            else:
                doing.swapped.setdefault(order.id, []).append((item, new))


def _meant(
    user: User, wish: Wish, states: Iterable[OrderStatus | None], text: str
) -> list[tuple[Bought, Make]]:
    """Give the things that a wish speaks of; of two that are called the same, both only where all are meant."""
    asked, _, spared = _BESIDE.sub(" ", wish.words).partition(_first(_EXCEPT, wish.words))
    there = [
        (order, item)
        for order in user.orders
        if order.status in states and (not wish.orders or order.id in wish.orders)
        for item in order.items
    ]
    named = [each for each in there if says(asked, each[1].product)]
    is_open = wish.orders or not _THAT_ORDER.search(wish.words)
    if not named and is_open and is_all(asked) and _EVERYTHING.search(asked):
        return [each for each in there if not (spared and says(spared, each[1].product))]
    if not named and _PRONOUN.search(asked):
        named = [each for each in there if says(wish.before, each[1].product)]
        asked = f"{wish.before} {asked}"
    named = _of_one_order(named, asked)
    found: list[tuple[Bought, Make]] = []
    for name in dict.fromkeys(item.product for _, item in named):
        same = [each for each in named if each[1].product == name]
        is_clear = len(same) == 1 or _are_all(asked, name)
        found += same if is_clear else _told_apart(same, asked, _if_asked(name, text))
    return found


def _of_one_order(named: list[tuple[Bought, Make]], words: str) -> list[tuple[Bought, Make]]:
    """Leave only what is of the one order that has all of it, where one order is spoken of."""
    if not _THAT_ORDER.search(words):
        return named
    names = {item.product for _, item in named}
    whole = {o.id for o, _ in named if names <= {each.product for each in o.items}}
    return [each for each in named if each[0].id in whole] if len(whole) == 1 else named


def _first(pattern: re.Pattern[str], words: str) -> str:
    match = pattern.search(words)
    return match[0] if match else "\0"


def _are_all(words: str, name: str) -> bool:
    """Tell whether all things of a name are meant: "both", "all", "the two", or their plural."""
    last = name.casefold().replace("-", "").split()[-1]
    plain = words.casefold().replace("-", "")
    plural = last if last.endswith("s") else f"{last}s"
    is_plural = not last.endswith("s") and re.search(rf"\b{re.escape(plural)}\b", plain)
    return bool(is_plural) or bool(re.search(rf"\b(?:all|both|two)\b[^.,]*\b{last}", plain))


def _if_asked(name: str, text: str) -> str:
    """Give what is said about which thing of a name is meant, once somebody asks."""
    told = told_if_asked(text)
    return told if says(told, name) else ""


def _told_apart(
    same: Sequence[tuple[Bought, Make]], words: str, told: str
) -> list[tuple[Bought, Make]]:
    """Give the one thing that is told apart by price or options, none when two are equal."""
    prices = [item.price for _, item in same]
    for pattern, extreme in ((_DEARER, max(prices)), (_CHEAPER, min(prices))):
        if pattern.search(words) and prices.count(extreme) == 1:
            return [same[prices.index(extreme)]]
    values = {value for _, item in same for value in item.options.values()}
    said = mentions(told or words, values)
    counts = [len(said.intersection(item.options.values())) for _, item in same]
    best = max(counts)
    return [same[counts.index(best)]] if best and counts.count(best) == 1 else []


def _cancel(doing: _Doing, user: User, wish: Wish, text: str) -> None:
    waiting = [each for each in user.orders if each.status is OrderStatus.PLACED]
    if wish.orders:
        doing.cancelled += [each.id for each in waiting if each.id in wish.orders]
        return
    if is_all(wish.words) and re.search(r"\border", wish.words):
        doing.cancelled += [each.id for each in waiting]
        return
    may_whole = bool(_WHOLE_ORDER.search(text)) and not _NOT_WHOLE.search(text)
    for order in waiting:
        named = [item for item in order.items if says(wish.words, item.product)]
        if named and (may_whole or len(named) == len(order.items)):
            doing.cancelled.append(order.id)


def _move(doing: _Doing, user: User, wish: Wish) -> None:
    """Send what waits elsewhere: to the address in the profile, of another order, or of one in a city that is said."""
    words = wish.words.casefold()
    waiting = [each for each in user.orders if each.status is OrderStatus.PLACED]
    places = _places(user, wish)
    if len(places) != 1:
        return
    (place,) = places
    named = [each for each in waiting if any(says(words, item.product) for item in each.items)]
    orders = named or [each for each in waiting if each.address != place]
    if wish.orders:
        orders = [each for each in waiting if each.id == wish.orders[0]]
    if len(orders) == 1 or is_all(words):
        doing.moved += [(each.id, dict(place)) for each in orders]
    if _OF_USER.search(words) and user.address != place:
        doing.home = dict(place)


def _places(user: User, wish: Wish) -> list[Mapping[str, str]]:
    """Give the known addresses that a wish may mean."""
    words = wish.words.casefold()
    if len(wish.orders) == 2:  # noqa: PLR2004  # "change the one to be the same as the other"
        other = user.order(wish.orders[1])
        return [] if other is None else [other.address]
    if "default" in words and not _OF_USER.search(words):
        return [user.address]
    known = [user.address, *(each.address for each in user.orders)]
    said = [long for short, long in _CITIES.items() if re.search(rf"\b{short}\b", words)]
    towns = {each["city"].casefold() for each in known}
    said += [town for town in towns if town in words]
    if len({*said}) > 1:  # "from the one in LA to the one in NYC"
        tail = words.rpartition(" to ")[2]
        shorts = {short for short, long in _CITIES.items() if long in said}
        said = [
            each
            for each in said
            if each in tail
            or any(_CITIES[short] == each and re.search(rf"\b{short}\b", tail) for short in shorts)
        ]
    there = [each for each in known if each["city"].casefold() in said]
    return [place for at, place in enumerate(there) if place not in there[:at]]


def _keep_only(doing: _Doing, words: str) -> None:
    """Leave what is not among the things that remain."""
    for code, pairs in list(doing.swapped.items()):
        doing.swapped[code] = [pair for pair in pairs if says(words, pair[0].product)]
    doing.unclear = {each for each in doing.unclear if says(words, each[1])}
    for code, items in list(doing.back.items()):
        doing.back[code] = [item for item in items if says(words, item.product)]


def _actions(doing: _Doing, user: User, text: str) -> Iterable[Action]:
    for code, place in doing.moved:
        yield {"name": allowed.MOVE, "arguments": {"order_id": code, **place}}
    if doing.home:
        yield {"name": allowed.MOVE_USER, "arguments": {"user_id": user.id, **doing.home}}
    for code, pairs in doing.swapped.items():
        order = user.order(code)
        # One step an order: with a thing left unclear, the others would be shut out for good.
        if order is not None and pairs and code not in {each for each, _ in doing.unclear}:
            yield _swap(order, pairs, user, text)
    for code, items in doing.back.items():
        order = user.order(code)
        if order is not None and items:
            said = {
                "order_id": code,
                "item_ids": [item.id for item in items],
                "payment_method_id": _refunded_to(order, user, text),
            }
            yield {"name": allowed.RETURN, "arguments": said}
    why = "ordered by mistake" if _BY_MISTAKE.search(text) else "no longer needed"
    for code in dict.fromkeys(doing.cancelled):
        yield {"name": allowed.CANCEL, "arguments": {"order_id": code, "reason": why}}


def _swap(order: Bought, pairs: Sequence[tuple[Make, Make]], user: User, text: str) -> Action:
    is_waiting = order.status is OrderStatus.PLACED
    old, new = [each for each, _ in pairs], [each for _, each in pairs]
    usable = [
        key for key in _methods_said(user, text) if fits_exchange(old, new, user.methods[key])
    ]
    return {
        "name": allowed.MODIFY if is_waiting else allowed.EXCHANGE,
        "arguments": {
            "order_id": order.id,
            "item_ids": [each.id for each in old],
            "new_item_ids": [each.id for each in new],
            "payment_method_id": usable[0] if usable else order.paid_by,
        },
    }


def _refunded_to(order: Bought, user: User, text: str) -> str:
    """Give where money goes back to: a gift card that is asked for, else the way it was paid."""
    cards = [
        key for key in _methods_said(user, text) if user.methods[key]["source"] == "gift_card"
    ]
    return cards[0] if cards else order.paid_by


def _methods_said(user: User, text: str) -> list[str]:
    """Give the ways to pay that are said, in the order they are said; of two credit cards the one whose brand is."""
    words, found = text.casefold().replace("giftcard", "gift card"), []
    for key, method in user.methods.items():
        same = [each for each in user.methods.values() if each["source"] == method["source"]]
        name = str(method["source"]).replace("_", " ")
        if len(same) > 1:
            name = str(method.get("brand", name))
        place = words.find(name)
        if place >= 0:
            found.append((place, key))
    return [key for _, key in sorted(found)]
