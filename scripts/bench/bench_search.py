"""How fast products are found among up to a million when a filter leaves half, a twentieth or a thousandth.

Why: Chroma's own metadata filter made a search at 100,000 products twenty times as slow. The concierge asks
Chroma for somewhat more, or looks at what is allowed itself; this shows that both find what an exact search
finds, and that a million products cost little more than ten thousand.

Measured in one run, sizes and filters in turns, so that all meet the same machine:
  recall            of the ten nearest allowed products, against the exact filtered search
  p50, p95          milliseconds of VectorIndex.query by the clock
  processor         p95 of its processor time, which says what it costs where other programs are busy too
  embedded          p95 by the clock of embedding a shopper's wish and searching, as each reply does
  Chroma filter     p95 processor time of Chroma's `where`, on an index with metadata, up to 100,000
  exact scan        p95 processor time of numpy over all vectors with the filter
  changed           seconds until 100 changed products are found, without embedding them

Building a million products takes the better part of an hour. It shows its progress, and what is interrupted goes
on where it stopped, with the same command. It needs 10 GB of disk and 6 GB of memory.

    OMP_NUM_THREADS=1 python -m scripts.bench.bench_search --folder /tmp/search --sizes 1000 10000
"""

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from knowledge.search.base import Embedder
from knowledge.search.embedder import SentenceEmbedder
from knowledge.search.holdings import Mask
from scripts.bench.bench_reply import MESSAGES
from scripts.bench.search_filters import filters_for
from scripts.bench.search_peers import chroma_ms, exact_ms
from scripts.bench.search_report import Seen, Taken, report
from scripts.bench.search_stage import NAME, SEED, VERSION, Shop, open_shop, spread_in
from scripts.bench.stage import EMBEDDER
from scripts.bench.synthetic_products import SyntheticShop

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_COUNT = 10
_BLOCK = 20_000  # vectors compared at a time in the exact search


class Asking:
    """Asks one shop its wishes, by filter."""

    def __init__(self, shop: Shop, embedder: Embedder, wishes: int) -> None:
        self.shop = shop
        self.taken: dict[str, Taken] = defaultdict(Taken)
        self._embedder = embedder
        self._aisle_of = shop.goods.aisle_of()
        self._wishes, self._aisles = shop.goods.wishes(wishes)
        self._cosines = np.concatenate(
            [
                np.asarray(shop.vectors[start : start + _BLOCK]) @ self._wishes.T
                for start in range(0, shop.goods.count, _BLOCK)
            ]
        )

    def ask(self, wish: int) -> None:
        """Ask one wish under every filter, alone and after embedding a text."""
        wanted = int(self._aisles[wish])
        for name, mask in filters_for(self._aisle_of, wanted, (SEED, wish)):
            taken = self.taken[name]
            wall_s, cpu_s = time.perf_counter(), time.process_time()
            found = self._query(wish, mask)
            taken.wall_ms.append(1e3 * (time.perf_counter() - wall_s))
            taken.cpu_ms.append(1e3 * (time.process_time() - cpu_s))
            taken.recall.append(self._recall(wish, mask, found))
            wall_s = time.perf_counter()
            self._embedder.encode([f"{MESSAGES[wish % len(MESSAGES)]} {wish}"])
            self._query(wish, mask)
            taken.embedded_ms.append(1e3 * (time.perf_counter() - wall_s))

    def _query(self, wish: int, mask: Mask | None) -> set[int]:
        vectors = self._wishes[wish : wish + 1]
        (hits,) = self.shop.index.query(NAME, VERSION, vectors, _COUNT, mask)
        return {int(hit.id.removeprefix("p")) for hit in hits}

    def _recall(self, wish: int, mask: Mask | None, found: set[int]) -> float:
        cosines = self._cosines[:, wish]
        allowed = np.arange(len(cosines)) if mask is None else np.flatnonzero(mask)
        far = -cosines[allowed]
        nearest = np.argpartition(far, _COUNT)[:_COUNT] if len(far) > _COUNT else slice(None)
        right = set(allowed[nearest].tolist())
        return len(found & right) / len(right) if right else 1.0


def main() -> None:
    """Build what is missing, measure, print a table, and the same as one JSON line."""
    arguments = _arguments()
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    embedder = SentenceEmbedder(EMBEDDER, backend="onnx", threads=1)
    spread = spread_in(folder, embedder)
    asking = []
    for count in arguments.sizes:
        goods = SyntheticShop(spread, count, SEED)
        asking.append(Asking(open_shop(folder, goods), embedder, arguments.wishes))
        print(f"{count:>9,} products: open", file=sys.stderr)
    for wish in range(arguments.wishes):
        for each in asking:
            each.ask(wish)
        print(f"wish {wish + 1} of {arguments.wishes}", end="\r", file=sys.stderr)
    report(
        [
            Seen(each.shop, each.taken, chroma_ms(folder, each.shop), exact_ms(each.shop))
            for each in asking
        ]
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast products are found among very many.")
    parser.add_argument(
        "--folder", type=Path, required=True, help="where shops are built and kept"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="PRODUCTS")
    parser.add_argument("--wishes", type=int, default=100, help="questions a size and filter get")
    return parser.parse_args()


if __name__ == "__main__":
    main()
