"""What bench_search saw, as a table and as one JSON line."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from scripts.bench.search_filters import BY_CHANCE, NO_FILTER, SHARES, name_of
from scripts.bench.search_stage import Shop

TEN_THOUSAND, MILLION = 10_000, 1_000_000


@dataclass(slots=True)
class Taken:
    """What was seen of one filter at one size, a number for each wish."""

    recall: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    embedded_ms: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """All that was seen of one shop: by filter, and its peers; `chroma_ms` by the share that a filter keeps."""

    shop: Shop
    by_filter: Mapping[str, Taken]
    chroma_ms: Mapping[float, Sequence[float]]
    exact_ms: Sequence[float]


def report(seen: Sequence[Seen]) -> None:
    """Print the table, and as the last line the JSON."""
    print(
        f"{'products':>9}  {'filter':18} {'recall':>6} {'p50 ms':>7} {'p95 ms':>7} {'processor':>9} "
        f"{'embedded':>8} {'Chroma filter':>13} {'exact scan':>10}"
    )
    for each in seen:
        for name, taken in each.by_filter.items():
            print(_line(each, name, taken))
    print()
    print(
        f"{'products':>9} {'built s':>8} {'processor s':>11} {'read s':>7} {'map s':>6} {'MiB':>6}"
    )
    for each in seen:
        shop = each.shop
        print(
            f"{shop.goods.count:>9,} {shop.built_s:8.0f} {shop.built_cpu_s:11.0f} "
            f"{shop.opened_cpu_s:7.1f} {shop.mapped_cpu_s:6.1f} {shop.changed_s:9.2f} {shop.memory_mib:6.0f}"
        )
    print(json.dumps(_figures(seen)))


def _line(seen: Seen, name: str, taken: Taken) -> str:
    peers = {name_of(BY_CHANCE, share): _p95(seen.chroma_ms.get(share, ())) for share in SHARES}
    chroma = peers.get(name, float("nan"))
    exact = float("nan") if name == NO_FILTER else _p95(seen.exact_ms)
    return (
        f"{seen.shop.goods.count:>9,}  {name:18} {np.mean(taken.recall):6.3f} "
        f"{np.median(taken.wall_ms):7.2f} {_p95(taken.wall_ms):7.2f} {_p95(taken.cpu_ms):9.2f} "
        f"{_p95(taken.embedded_ms):8.2f} {chroma:13.2f} {exact:10.2f}"
    )


def _figures(seen: Sequence[Seen]) -> dict[str, float]:
    """Give the figures of all filters together, then the ratios of a million to ten thousand."""
    figures: dict[str, float] = {}
    for each in seen:
        count, filters = each.shop.goods.count, each.by_filter.values()
        figures |= {
            f"p95_ms_{count}": _p95([*chain(*(taken.wall_ms for taken in filters))]),
            f"p95_cpu_ms_{count}": _p95([*chain(*(taken.cpu_ms for taken in filters))]),
            f"p95_embedded_ms_{count}": _p95([*chain(*(taken.embedded_ms for taken in filters))]),
            f"worst_recall_{count}": min(float(np.mean(taken.recall)) for taken in filters),
            f"build_s_{count}": each.shop.built_s,
            f"changed_s_{count}": each.shop.changed_s,
            f"memory_mib_{count}": each.shop.memory_mib,
        }
    known = {each.shop.goods.count: each.by_filter for each in seen}
    if TEN_THOUSAND in known and MILLION in known:
        for figure in ("p95_ms", "p95_cpu_ms", "p95_embedded_ms"):
            of = figures[f"{figure}_{MILLION}"] / figures[f"{figure}_{TEN_THOUSAND}"]
            figures[f"{figure}_ratio"] = of
        pairs = [(taken, known[TEN_THOUSAND][name]) for name, taken in known[MILLION].items()]
        figures["worst_filter_embedded_ratio"] = max(
            _p95(million.embedded_ms) / _p95(few.embedded_ms) for million, few in pairs
        )
        figures["worst_filter_cpu_ratio"] = max(
            _p95(million.cpu_ms) / _p95(few.cpu_ms) for million, few in pairs
        )
    return {name: round(value, 3) for name, value in figures.items()}


def _p95(values: Sequence[float]) -> float:
    return float(np.quantile(values, 0.95)) if values else float("nan")
