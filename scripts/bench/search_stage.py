"""Shops of synthetic products in Chroma for bench_search: built once in a folder, and gone on with if interrupted."""

import json
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.search.base import Embedder, Vectors
from knowledge.search.cells import Cells
from knowledge.search.holdings import entry_key
from knowledge.search.index import VectorIndex
from scripts.bench.synthetic_products import Spread, SyntheticShop

NAME, VERSION = "products", "bench"
SEED = 7
_AT_ONCE = 4_000  # entries added at once
_CHANGED = 100
_SPREAD = ("mean", "between", "within")


@dataclass(frozen=True, slots=True)
class Shop:
    """An opened shop. Seconds by the clock, but those of processor time have `cpu` in their name."""

    goods: SyntheticShop
    vectors: Vectors
    index: VectorIndex
    built_s: float
    built_cpu_s: float
    opened_cpu_s: float
    mapped_cpu_s: float
    changed_s: float
    memory_mib: float


def spread_in(folder: Path, embedder: Embedder) -> Spread:
    """Give the sample shop's spread: measured once, so that every run in a folder draws the same products."""
    file = folder / "spread.npz"
    if not file.is_file():
        measured = Spread.of_sample_shop(embedder)
        np.savez(file, **{name: getattr(measured, name) for name in _SPREAD})
    with np.load(file) as saved:
        return Spread(*(saved[name] for name in _SPREAD))


def _build(folder: Path, goods: SyntheticShop) -> None:
    """Write the products' vectors and Chroma's index of them, as far as they are not there."""
    vectors = _drawn(folder, goods)
    index = VectorIndex.in_folder(folder / f"chroma{goods.count}")
    if VERSION not in index.versions(NAME):
        index.create(NAME, VERSION, goods.count)
    there = len(index.keys(NAME, VERSION))
    if there == goods.count:
        return
    index.open(NAME, VERSION)
    for start in range(there, goods.count, _AT_ONCE):
        begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
        stop = min(start + _AT_ONCE, goods.count)
        index.add(NAME, VERSION, _keys(start, stop), np.asarray(vectors[start:stop]))
        _note(
            folder,
            goods.count,
            time.perf_counter() - begun_s,
            time.process_time() - begun_cpu_s,
        )
        print(f"{goods.count:>9,} products: {stop / goods.count:6.1%} built", file=sys.stderr)


def open_shop(folder: Path, goods: SyntheticShop) -> Shop:
    """Build what is missing, and open the shop as the concierge does when it starts."""
    before = _memory_mib()
    _build(folder, goods)
    marks = [time.process_time()]
    index = VectorIndex.in_folder(folder / f"chroma{goods.count}")
    holdings = index.open(NAME, VERSION)
    names = [f"p{number}" for number in range(goods.count)]
    holdings.arrange(names, _keys(0, goods.count))
    marks.append(time.process_time())
    if holdings.cells_wanted:
        holdings.draw(Cells.around(holdings.sample(), holdings.cells_wanted))
        while holdings.place():
            pass
    marks.append(time.process_time())
    index.query(NAME, VERSION, holdings.vectors(holdings.keys[:1]), 1)  # Chroma loads its graph
    memory_mib = _memory_mib() - before
    built = _noted(folder, goods.count)
    return Shop(
        goods=goods,
        vectors=np.load(_file(folder, goods), mmap_mode="r"),
        index=index,
        built_s=built["wall_s"],
        built_cpu_s=built["cpu_s"],
        opened_cpu_s=marks[1] - marks[0],
        mapped_cpu_s=marks[2] - marks[1],
        changed_s=_changed_s(index, goods.count),
        memory_mib=memory_mib,
    )


def _changed_s(index: VectorIndex, count: int) -> float:
    """Time a change of 100 products as upkeep makes it, then take it back."""
    holdings = index.open(NAME, VERSION)
    ids, keys = list(holdings.ids), list(holdings.keys)
    fresh = [entry_key(each, "changed") for each in ids[:_CHANGED]]
    vectors = holdings.vectors(keys[:_CHANGED])
    begun_s = time.perf_counter()
    index.add(NAME, VERSION, fresh, vectors)
    holdings.arrange(ids, [*fresh, *keys[_CHANGED:]])
    index.remove(NAME, VERSION, keys[:_CHANGED])
    taken_s = time.perf_counter() - begun_s
    index.add(NAME, VERSION, keys[:_CHANGED], vectors)
    holdings.arrange(ids, keys)
    index.remove(NAME, VERSION, fresh)
    return taken_s


def _drawn(folder: Path, goods: SyntheticShop) -> Vectors:
    file = _file(folder, goods)
    if not file.is_file():
        part = file.with_suffix(".part")
        dimensions = len(goods.spread.mean)
        written = np.lib.format.open_memmap(part, "w+", np.float32, (goods.count, dimensions))
        start = 0
        for chunk in goods.chunks():
            written[start : start + len(chunk)] = chunk
            start += len(chunk)
        written.flush()
        part.rename(file)
    vectors: Vectors = np.load(file, mmap_mode="r")
    return vectors


def _file(folder: Path, goods: SyntheticShop) -> Path:
    return folder / f"v{goods.count}.npy"


def _keys(start: int, stop: int) -> list[str]:
    return [entry_key(f"p{number}", f"product {number}") for number in range(start, stop)]


def _note(folder: Path, count: int, wall_s: float, cpu_s: float) -> None:
    known = _noted(folder, count)
    summed = {"wall_s": known["wall_s"] + wall_s, "cpu_s": known["cpu_s"] + cpu_s}
    (folder / f"built{count}.json").write_text(json.dumps(summed))


def _noted(folder: Path, count: int) -> dict[str, float]:
    file = folder / f"built{count}.json"
    if not file.is_file():
        return {"wall_s": 0.0, "cpu_s": 0.0}
    noted: dict[str, float] = json.loads(file.read_text())
    return noted


def _memory_mib() -> float:
    """Give the process's memory now, not at its most: what is resident and not a mapped file."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
