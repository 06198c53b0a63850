"""Half a year of purchases: what the people of the town bought, where and when.

Every purchase is of something the store sells, at a time when it was open. It knows no order; a purchase
that came from an order is added by orders.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from scripts.demo.dice import dice
from scripts.demo.people import Habit, Person, in_town, people
from scripts.demo.stores import DAYS
from storage.records import Product, Purchase, Stock, Store

HALF_A_YEAR_DAYS = 182
MINUTES_A_DAY = 24 * 60
USUAL_SHARE = 0.85  # how often a shopper takes a favorite, and goes to the usual store


@dataclass(frozen=True, slots=True)
class Shelves:
    """The stores by id, the products by id, and which of them each store sells."""

    stores: dict[str, Store]
    products: dict[str, Product]
    sold: dict[str, frozenset[str]]

    @classmethod
    def of(
        cls, stores: Sequence[Store], products: Sequence[Product], stock: Sequence[Stock]
    ) -> "Shelves":
        """Index the town's goods."""
        sold: dict[str, set[str]] = {store.id: set() for store in stores}
        for row in stock:
            sold[row.store_id].add(row.product_id)
        return cls(
            {store.id: store for store in stores},
            {product.id: product for product in products},
            {store_id: frozenset(ids) for store_id, ids in sold.items()},
        )


def purchases(today: date, shelves: Shelves) -> tuple[Purchase, ...]:
    """Let everybody live for half a year up to yesterday; oldest purchase first."""
    found = [
        purchase
        for person in people()
        for number, habit in enumerate(person.kind.habits)
        for purchase in _follow(person, habit, dice(f"{person.id} {number}"), shelves, today)
    ]
    return tuple(sorted(found, key=lambda each: (each.purchased_at, each.shopper_id)))


def open_minutes(store: Store, weekday: int) -> list[tuple[int, int]]:
    """Give when a store is open on a weekday, in minutes since midnight; what runs over midnight ends there."""
    found = []
    for hours in store.hours:
        if hours.weekday == weekday:
            opens = hours.opens.hour * 60 + hours.opens.minute
            closes = hours.closes.hour * 60 + hours.closes.minute
            found.append((opens, closes if closes > opens else MINUTES_A_DAY))
    return found


def _follow(
    person: Person, habit: Habit, draw: Random, shelves: Shelves, today: date
) -> Iterator[Purchase]:
    goods = _goods(habit, shelves)
    if not goods:
        text = f"no store of a habit of {person.kind.id} sells its goods: {habit.stores}"
        raise ValueError(text)
    usual = draw.choice(habit.stores)
    favorites = draw.sample(goods, min(habit.favorites, len(goods)))
    if person.kind.name is not None:  # a person of the file prefers what the file names first
        usual, favorites = habit.stores[0], goods[: habit.favorites]
    for day in _days(habit, draw, today):
        others = draw.sample(habit.stores, len(habit.stores))
        order = [usual, *others] if draw.random() < USUAL_SHARE else others
        visit = _visit(habit, day, [shelves.stores[store_id] for store_id in order], draw)
        if visit is None:
            continue
        store, purchased_at = visit
        for product_id in _basket(habit, favorites, goods, shelves.sold[store.id], draw):
            price_cents = shelves.products[product_id].price_cents
            yield Purchase(person.id, store.id, product_id, 1, price_cents, purchased_at)


def _goods(habit: Habit, shelves: Shelves) -> list[str]:
    """List what the habit can be about: its products or aisles, as far as its stores sell them."""
    sold = frozenset().union(*(shelves.sold[store_id] for store_id in habit.stores))
    named = [product_id for product_id in habit.products if product_id in sold]
    return named + [
        product.id
        for product in shelves.products.values()
        if product.id in sold
        and product.attributes["aisle"] in habit.aisles
        and set(habit.only) <= product.sustainability
    ]


def _days(habit: Habit, draw: Random, today: date) -> Iterator[date]:
    first = today - timedelta(days=HALF_A_YEAR_DAYS)
    if habit.every_days is not None:
        ahead = draw.randrange(habit.every_days)
        while ahead < HALF_A_YEAR_DAYS:
            yield first + timedelta(days=ahead)
            slack = habit.every_days // 4
            ahead += habit.every_days + draw.randint(-slack, slack)
        return
    start, _, end = habit.days.partition("-")
    weekdays = range(DAYS.index(start), DAYS.index(end or start) + 1)
    for number in range(HALF_A_YEAR_DAYS):
        day = first + timedelta(days=number)
        if day.weekday() in weekdays and draw.random() < habit.chance:
            yield day


def _visit(
    habit: Habit, day: date, stores: Sequence[Store], draw: Random
) -> tuple[Store, datetime] | None:
    """Pick the first store that is open within the habit's hours, and a minute at which it is."""
    earliest, latest = (time.fromisoformat(each) for each in habit.between)
    wanted = (earliest.hour * 60 + earliest.minute, latest.hour * 60 + latest.minute)
    for store in stores:
        for opens, closes in open_minutes(store, day.weekday()):
            first, last = max(opens, wanted[0]), min(closes - 1, wanted[1])
            if first <= last:
                minute = draw.randint(first, last)
                return store, in_town(day, time(minute // 60, minute % 60, draw.randrange(60)))
    return None


def _basket(
    habit: Habit, favorites: list[str], goods: list[str], sold: frozenset[str], draw: Random
) -> list[str]:
    """Fill a basket with different things, mostly favorites, as far as this store sells them."""
    here = [product_id for product_id in goods if product_id in sold]
    liked = [product_id for product_id in favorites if product_id in sold]
    found: list[str] = []
    for _ in range(habit.basket):
        choice = liked if liked and draw.random() < USUAL_SHARE else here
        left = [product_id for product_id in choice if product_id not in found]
        if left:
            found.append(draw.choice(left))
    return found
