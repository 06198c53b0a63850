"""Made-up traces: the same seed gives the same files, anywhere on earth, and the fence holds its line on them."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.fence import FenceRules
from scripts.bench.traces.__main__ import main
from scripts.bench.traces.noise import RealFixes
from scripts.bench.traces.phones import Faults
from scripts.bench.traces.town import PLACES, on_earth
from scripts.bench.traces.writing import Plan, write_traces
from scripts.evaluate.fence.measuring import run
from scripts.evaluate.fence.scores import score
from scripts.evaluate.fence.tables import read_fixes, read_paths, read_stores
from scripts.evaluate.fence.truth import Track

RADII_M = (75, 100, 150, 200)


def figures(folder: Path, plan: Plan, interval_s: float) -> dict[str, object]:
    write_traces(plan, None, folder)
    stores = read_stores(folder / "stores.csv")
    tracks = {user: Track.of(path) for user, path in read_paths(folder / "truth.csv").items()}
    fixes = read_fixes(folder / f"fixes-{interval_s:g}.csv")
    done = run(fixes, StoreIndex(stores), FenceRules())
    return score(done.ours, tracks, stores, interval_s).figures()


def test_same_seed_same_files(tmp_path: Path) -> None:
    words = ["--hours", "2", "--intervals", "30", "--stores", "9", "--seed"]
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert main(["--out", str(tmp_path / name), *words, seed]) == 0
    for file in ("stores.csv", "truth.csv", "fixes-30.csv"):
        a, b, c = ((tmp_path / name / file).read_text() for name in "abc")
        assert a == b != c


@pytest.mark.parametrize("place", PLACES)
def test_fence_holds_its_line_wherever_on_earth(tmp_path: Path, place: str) -> None:
    plan = Plan(seed=5, hours=20, intervals_s=(10.0,), radii_m=RADII_M, middle=PLACES[place])
    found = figures(tmp_path, plan, 10.0)
    assert float(str(found["caught"])) >= 0.93
    assert (found["false"], found["repeated"], found["nudges_driving"]) == (0, 0, 0)


def test_many_wild_fixes_do_no_harm(tmp_path: Path) -> None:
    faults = Faults(wild=0.02)
    plan = Plan(seed=6, hours=20, intervals_s=(10.0,), radii_m=RADII_M, faults=faults)
    found = figures(tmp_path, plan, 10.0)
    assert (found["false"], found["nudges_driving"]) == (0, 0)


def test_plane_keeps_its_distances_near_the_pole() -> None:
    plane_m = np.array([[0.0, 0.0], [0.0, 700.0], [300.0, 0.0]])
    middle, over_the_pole, beside = on_earth(plane_m, PLACES["pole"])
    assert middle == pytest.approx(PLACES["pole"])
    assert abs(over_the_pole[1] - PLACES["pole"][1]) == pytest.approx(180, abs=0.01)
    assert beside[0] < 90


def test_real_fixes_lend_their_errors(tmp_path: Path) -> None:
    path = tmp_path / "fixes.csv"
    path.write_text("lat,lon,accuracy_m\n0,0,3\n0,0.0001,4\n0,0.0002,5\n", encoding="utf-8")
    real = RealFixes.read(path)
    assert real.off_m[:, 0] == pytest.approx([-11.132, 0, 11.132])
    assert list(real.claimed_m) == [3, 4, 5]


def test_bad_noise_gets_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fixes.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["--out", str(tmp_path / "out"), "--noise", str(path)]) == 2
    assert "must be a CSV file with the columns lat, lon, accuracy_m" in capsys.readouterr().err
    assert main(["--out", str(tmp_path / "out"), "--noise", str(tmp_path / "none.csv")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_real_tracks_become_stores_and_fixes(tmp_path: Path) -> None:
    head = "user,datetime_utc,lat,lon\n"
    stay = [f"a,2020-01-01 10:{n // 6:02}:{n % 6 * 10:02},40.0,116.0" for n in range(60)]
    ride = [
        f"a,2020-01-01 11:{n // 6:02}:{n % 6 * 10:02},{40 + n / 1000},116.0" for n in range(60)
    ]
    path = tmp_path / "tracks.csv"
    path.write_text(head + "\n".join(stay + ride) + "\n", encoding="utf-8")
    words = ["--out", str(tmp_path / "out"), "--tracks", str(path), "--intervals", "30"]
    assert main(words) == 0
    assert len(read_stores(tmp_path / "out" / "stores.csv")) >= 2
    fixes = list(read_fixes(tmp_path / "out" / "fixes-30.csv"))
    assert len(fixes) == 40
    assert all(fix.accuracy_m is None for _, fix in fixes)
