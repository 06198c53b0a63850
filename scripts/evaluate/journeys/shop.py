"""The shop of the situations: its users, orders and goods, with their states put into those of our own orders."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.evaluate.errors import BadFile
from storage.records import OrderStatus

# What is processed has left that shop, which ours never have: none of our states, so that nothing is allowed in it.
_STATES: Mapping[str, OrderStatus | None] = {
    "pending": OrderStatus.PLACED,
    "delivered": OrderStatus.COLLECTED,
    "cancelled": OrderStatus.CANCELLED,
    "return requested": OrderStatus.RETURNED,
    "exchange requested": OrderStatus.EXCHANGED,
}


@dataclass(frozen=True, slots=True)
class Make:
    """One make of a product. `price` is in the shop's currency."""

    id: str
    product_id: str
    product: str
    options: Mapping[str, str]
    is_there: bool
    price: float


@dataclass(frozen=True, slots=True)
class Bought:
    """An order; the same make may stand in `items` twice. `status` None = nothing is allowed with it."""

    id: str
    items: tuple[Make, ...]
    status: OrderStatus | None
    paid_by: str
    address: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with orders; `methods` are ways to pay by id, each with its "source", perhaps "brand" and "balance"."""

    id: str
    name: str
    zip: str
    email: str
    methods: Mapping[str, Mapping[str, Any]]
    address: Mapping[str, str]
    orders: tuple[Bought, ...]

    def order(self, code: str) -> Bought | None:
        """Give one of their own orders."""
        return next((each for each in self.orders if each.id == code), None)


@dataclass(frozen=True, slots=True)
class Situation:
    """All users by id, and the makes of every product, by product id."""

    users: Mapping[str, User]
    makes: Mapping[str, tuple[Make, ...]]


def read_situation(path: Path) -> Situation:
    """Read the database of the situations, .json or .json.gz.

    Raises:
        BadFile: it cannot be read or is not such a database.
    """
    try:
        packed = path.read_bytes()
        content = gzip.decompress(packed) if packed.startswith(b"\x1f\x8b") else packed
        return _situation(json.loads(content))
    except (OSError, ValueError, EOFError) as error:
        raise BadFile(path, "cannot be read as JSON") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise BadFile(path, "must hold products, users and orders by their ids") from error


def _situation(raw: Any) -> Situation:
    makes = {key: tuple(_makes(product)) for key, product in raw["products"].items()}
    by_id = {make.id: make for each in makes.values() for make in each}
    users = {key: _user(key, user, raw["orders"], by_id) for key, user in raw["users"].items()}
    return Situation(users, makes)


def _makes(product: Any) -> Iterator[Make]:
    for make in product["variants"].values():
        name, key = product["name"], product["product_id"]
        yield Make(make["item_id"], key, name, make["options"], make["available"], make["price"])


def _user(key: str, user: Any, orders: Any, makes: Mapping[str, Make]) -> User:
    name = f"{user['name']['first_name']} {user['name']['last_name']}"
    own = tuple(_order(orders[code], makes) for code in user["orders"] if code in orders)
    address = user["address"]
    return User(key, name, address["zip"], user["email"], user["payment_methods"], address, own)


def _order(order: Any, makes: Mapping[str, Make]) -> Bought:
    items = tuple(makes[each["item_id"]] for each in order["items"] if each["item_id"] in makes)
    paid_by = order["payment_history"][0]["payment_method_id"]
    status = _STATES.get(order["status"])
    return Bought(order["order_id"], items, status, paid_by, order["address"])
