"""What is around many places, looked up in one go: when hundreds of fixes wait, that takes a tenth of one by one."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from knowledge.geography.store_index import StoreIndex
from storage.records import Store

_FEW = 8  # places of which the index is sooner asked one by one (measured)


class Surroundings(Protocol):
    """Tells which stores there are, and which reach a place: the index, or what was looked up in it."""

    @property
    def stores(self) -> Mapping[str, Store]:
        """Give the stores by id."""
        ...

    def around(self, latitude: float, longitude: float) -> list[tuple[Store, float]]:
        """Give the stores whose own radius reaches a place in degrees, with metres, in one order."""
        ...


class LookedUp:
    """The surroundings of some places, (latitude, longitude) in degrees; about any other the index is asked."""

    __slots__ = ("_around", "_index", "stores")

    def __init__(self, index: StoreIndex, places: Sequence[tuple[float, float]]) -> None:
        self.stores = index.stores
        self._index = index
        self._around: dict[tuple[float, float], list[tuple[Store, float]]] = {}
        if len(places) < _FEW:
            return
        found = [list[tuple[Store, float]]() for _ in places]
        for number, store, metres in index.around_each(*zip(*places, strict=True)):
            found[number].append((store, metres))
        self._around.update(zip(places, found, strict=True))

    def around(self, latitude: float, longitude: float) -> list[tuple[Store, float]]:
        """Give the stores whose own radius reaches a place in degrees, with metres, ordered by their ids."""
        found = self._around.get((latitude, longitude))
        if found is None:
            return self._index.around(latitude, longitude)
        return sorted(found, key=_id) if len(found) > 1 else found


def _id(found: tuple[Store, float]) -> str:
    return found[0].id
