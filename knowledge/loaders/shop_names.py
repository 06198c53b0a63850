"""The names by which an admin may call a store, a product or a category, and the nearest one to a typo (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from storage.records import Product, Store

_TYPO_AT_MOST = 60  # characters compared with every name: longer ones are no typo of any


@dataclass(frozen=True, slots=True)
class ShopNames:
    """Names without regard to capitals. `products` and `stores` map an id or a name to all ids it may mean."""

    products: Mapping[str, frozenset[str]]
    categories: Mapping[str, str]
    stores: Mapping[str, frozenset[str]]
    titles: Mapping[str, str]
    store_names: Mapping[str, str]

    @classmethod
    def of(cls, products: Iterable[Product], stores: Iterable[Store]) -> "ShopNames":
        """Collect the names of a shop."""
        titles = {product.id: product.title for product in products}
        store_names = {store.id: store.name for store in stores}
        categories = {product.category for product in products}
        return cls(
            products=_by_name(titles),
            categories={folded(category): category for category in categories},
            stores=_by_name(store_names),
            titles=titles,
            store_names=store_names,
        )

    def knows_goods(self, name: str) -> bool:
        """Tell whether this is a product or a category."""
        return folded(name) in self.products or folded(name) in self.categories

    def knows_store(self, name: str) -> bool:
        """Tell whether this is a store."""
        return folded(name) in self.stores

    def nearest(self, field: str, given: str) -> str | None:
        """Give the name most like a mistyped one in the field "for" or "stores"; None when none is."""
        if len(given) > _TYPO_AT_MOST:
            return None
        if field == "stores":
            spelled = [*self.store_names, *self.store_names.values()]
        else:
            spelled = [*self.titles, *self.titles.values(), *self.categories.values(), "all"]
        by_folded = {folded(name): name for name in reversed(spelled)}  # an id wins over a title
        close = get_close_matches(folded(given), by_folded, n=1)
        return by_folded[close[0]] if close else None


def folded(name: str) -> str:
    """Give a name as it is compared: without capitals, with single spaces."""
    return " ".join(name.casefold().split())


def _by_name(names: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Map ids and names to ids; an id means itself, whatever else is called so."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, name in names.items():
        found[folded(name)].add(key)
    return {name: frozenset(keys) for name, keys in found.items()} | {
        folded(key): frozenset({key}) for key in names
    }
