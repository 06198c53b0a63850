"""The shop's stores and products in memory: read on every reply, changed rarely.

A snapshot: whoever changes the shop loads a new one. Stock and coupons change by the minute and stay
in the database.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.constraints import Coloured, SpokenNames, product_words
from knowledge.constraints.families import singular
from knowledge.constraints.goods import COLOUR
from knowledge.geography.store_index import StoreIndex
from knowledge.policies.sections import Section, sections_of
from knowledge.policies.versions import ended
from knowledge.preferences import attribute_shares
from storage.database import Database
from storage.records import Policy, Product, Store, Sustainability


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One consistent view of stores, products and policies; `version` changes with any product.

    `index` knows where the stores are. `policies` are all versions, each with its true last day. `words` are each product's own words, `shares` the part of the products with an attribute, 0-1.
    """

    index: StoreIndex
    products: Mapping[str, Product]
    policies: Sequence[Policy]
    version: str
    words: Mapping[str, frozenset[str]]
    shares: Mapping[Sustainability, float]

    @classmethod
    async def load(cls, database: Database) -> "Catalogue":
        """Read the whole catalogue in one transaction."""
        async with database.reading() as work:
            stores = await work.stores.all()
            products = await work.products.all()
            policies = await work.policies.all()
            version = await work.products.version()
        await asyncio.to_thread(_read_zones, stores)
        return cls(
            index=await asyncio.to_thread(StoreIndex, stores),
            products={product.id: product for product in products},
            policies=ended(policies),
            version=version,
            words={product.id: product_words(product) for product in products},
            shares=attribute_shares(products),
        )

    @property
    def stores(self) -> Mapping[str, Store]:
        """Give the stores by id."""
        return self.index.stores

    @property
    def time_zone(self) -> ZoneInfo:
        """Give the time zone most stores are in, for what has no store of its own; UTC without stores."""
        zones = Counter(store.time_zone for store in self.stores.values())
        return ZoneInfo(zones.most_common(1)[0][0] if zones else "UTC")

    def zone_of(self, store_id: str) -> ZoneInfo:
        """Give the time zone of a store, that of most for one that is gone."""
        store = self.stores.get(store_id)
        return ZoneInfo(store.time_zone) if store is not None else self.time_zone

    def sections(self) -> list[Section]:
        """Give the sections of all versions of all policies, in order. Takes milliseconds a document."""
        return [section for policy in self.policies for section in sections_of(policy)]

    def spoken_names(self) -> SpokenNames:
        """Give the names that a wish may say: brands, stores and special days."""
        brands = {product.brand for product in self.products.values() if product.brand}
        stores = self.stores.values()
        days = {(each.name, each.day) for store in stores for each in store.special_days}
        return SpokenNames(
            frozenset(brands),
            frozenset(s.name for s in stores),
            tuple(sorted(days)),
            self._coloured(),
        )

    def _coloured(self) -> Coloured:
        """Give the colours that things come in, and the last word of what those are called: "sweater"."""
        coloured = [each for each in self.products.values() if COLOUR in each.attributes]
        colours = {
            said.strip()
            for each in coloured
            for said in each.attributes[COLOUR].casefold().split(",")
        }
        titles = (re.split(r",| with | and | in | for |\(", each.title)[0] for each in coloured)
        things = {singular(title.casefold().split()[-1]) for title in titles if title.strip()}
        return Coloured(frozenset(colours), frozenset(things))

    def names(self) -> frozenset[str]:
        """Give every name that is the shop's own, so that none is mistaken for a person's."""
        brands = {product.brand for product in self.products.values() if product.brand}
        titles = {product.title for product in self.products.values()}
        return frozenset(titles | brands | {store.name for store in self.stores.values()})


def _read_zones(stores: Iterable[Store]) -> None:
    """Read time zones from their files once: whoever needs one later finds it in memory. Blocks."""
    for name in {"UTC", *(store.time_zone for store in stores)}:
        with suppress(ZoneInfoNotFoundError, ValueError, OSError):
            ZoneInfo(name)
