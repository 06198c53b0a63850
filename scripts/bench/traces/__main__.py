"""Write a town's stores, its people's true paths, and what arrives of them at each sampling interval, as CSV files.

    python -m scripts.bench.traces --out FOLDER [--hours 1000] [--seed 7] [--noise FILE] [--place pole] …

stores.csv, truth.csv and fixes-1.csv, fixes-10.csv, fixes-30.csv, fixes-60.csv are what `python -m scripts.evaluate fence` takes.
Nothing but the seed decides what happens, so the same command writes the same files.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

from scripts.bench.traces.noise import RealFixes
from scripts.bench.traces.phones import Faults
from scripts.bench.traces.real_tracks import write_real_traces
from scripts.bench.traces.town import PLACES
from scripts.bench.traces.writing import Plan, write_traces

CANNOT_WRITE = 2
RADII_M = (50, 75, 100, 150, 150, 150, 200, 300)


def read_command_line(words: list[str] | None = None) -> argparse.Namespace:
    """Read what is wanted."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.bench.traces", description="Make up traces whose truth is known."
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--hours", type=float, default=1_000.0, help="of all people together")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--intervals", type=float, nargs="+", default=[1, 10, 30, 60], metavar="S")
    parser.add_argument("--noise", type=Path, metavar="FILE", help="real fixes of a phone at rest")
    parser.add_argument("--noise-scale", type=float, default=1.0, help="2 = errors twice as large")
    parser.add_argument("--wild", type=float, default=Faults().wild, help="share of wild fixes")
    parser.add_argument("--radii", type=int, nargs="+", default=list(RADII_M), metavar="M")
    parser.add_argument("--stores", type=int, default=40)
    parser.add_argument("--place", choices=PLACES, default="town")
    parser.add_argument(
        "--tracks",
        type=Path,
        metavar="FILE",
        help="real tracks (.csv.gz) instead of made-up people",
    )
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    """Write the files; give 2 with one clear sentence when that is not possible."""
    options = read_command_line(words)
    try:
        _write(options)
    except OSError as error:
        print(f"{error.filename or options.out}: {error.strerror or error}.", file=sys.stderr)
        return CANNOT_WRITE
    except (KeyError, ValueError):
        source = options.tracks or options.noise
        columns = "user, datetime_utc, lat and lon" if options.tracks else "lat, lon, accuracy_m"
        print(f"{source}: must be a CSV file with the columns {columns}.", file=sys.stderr)
        return CANNOT_WRITE
    return 0


def _write(options: argparse.Namespace) -> None:
    intervals_s = tuple(options.intervals)
    if options.tracks:
        dice = np.random.default_rng(options.seed)
        write_real_traces(options.tracks, options.out, options.radii, intervals_s, dice)
        return
    plan = Plan(
        seed=options.seed,
        hours=options.hours,
        intervals_s=intervals_s,
        radii_m=tuple(options.radii),
        store_count=options.stores,
        middle=PLACES[options.place],
        faults=Faults(noise=options.noise_scale, wild=options.wild),
    )
    write_traces(plan, RealFixes.read(options.noise) if options.noise else None, options.out)


if __name__ == "__main__":
    sys.exit(main())
