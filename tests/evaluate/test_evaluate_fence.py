"""`fence` from CSV files to predictions and figures; the product itself follows."""

import json
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from scripts.evaluate.__main__ import main
from scripts.evaluate.errors import BadFile
from scripts.evaluate.fence.events import Event
from scripts.evaluate.fence.scores import score
from scripts.evaluate.fence.tables import EPOCH, Place, read_fixes, read_paths, read_stores
from scripts.evaluate.fence.truth import Track
from tests.builders import store

M = 1 / 111_200  # degrees of latitude
STORES = (
    "id,lat,lon,radius_m,category\ncafe,52.5,13.4,150,café\npharmacy,52.52,13.4,150,pharmacy\n"
)
CAFE = store("cafe", latitude=52.5, longitude=13.4, radius_m=150)


def fixes(*rows: tuple[str, float, float, str]) -> str:
    """Write fixes of user, time in s, metres north of the café and accuracy."""
    lines = [f"{u},{t},{52.5 + m * M:.7f},13.4,{a}" for u, t, m, a in rows]
    return "\n".join(["user,time_s,lat,lon,accuracy_m", *lines]) + "\n"


def walk(user: str, *, begins_s: float = 0) -> list[tuple[str, float, float, str]]:
    """Walk up from 400 m, stay for five minutes, walk away."""
    up = [(10 * n, 400 - 14 * n) for n in range(29)]
    stay = [(290 + 10 * n, 5) for n in range(30)]
    away = [(590 + 10 * n, 5 + 14 * n) for n in range(29)]
    return [(user, begins_s + t, m, "10") for t, m in [*up, *stay, *away]]


def write(folder: Path, **texts: str) -> dict[str, Path]:
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.csv" for name in texts}


def predicted(
    folder: Path, rows: Sequence[tuple[str, float, float, str]]
) -> list[tuple[str, str]]:
    files = write(folder, fixes=fixes(*rows), stores=STORES)
    out = folder / "out.jsonl"
    words = ["--fixes", str(files["fixes"]), "--stores", str(files["stores"]), "--out", str(out)]
    assert main(["fence", *words]) == 0
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert all(set(line) == {"user", "store", "kind", "time_s"} for line in lines)
    return [(line["store"], line["kind"]) for line in lines]


ONE_VISIT = [("cafe", kind) for kind in ("enter", "nudge", "dwell", "exit")]


def test_visit_is_predicted_and_told(tmp_path: Path) -> None:
    assert predicted(tmp_path, walk("a")) == ONE_VISIT


def test_repeated_and_late_fixes_change_nothing(tmp_path: Path) -> None:
    rows = [again for row in walk("a") for again in (row, row)]
    rows.insert(60, rows[20])
    assert predicted(tmp_path, rows) == ONE_VISIT


def test_second_visit_of_the_day_is_noticed_and_not_told(tmp_path: Path) -> None:
    rows = [*walk("a"), *walk("a", begins_s=3000)]
    untold = [each for each in ONE_VISIT if each[1] != "nudge"]
    assert predicted(tmp_path, rows) == [*ONE_VISIT, *untold]


def test_nobody_is_noticed_at_a_health_service(tmp_path: Path) -> None:
    at_the_pharmacy = [(u, t, m + 0.02 / M, a) for u, t, m, a in walk("a")]
    assert predicted(tmp_path, at_the_pharmacy) == []


def test_user_with_a_single_fix_is_no_error(tmp_path: Path) -> None:
    assert predicted(tmp_path, [("a", 0, 0, "")]) == []


def test_without_the_truth_only_speed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = write(tmp_path, fixes=fixes(*walk("a")), stores=STORES)
    assert main(["fence", "--fixes", str(files["fixes"]), "--stores", str(files["stores"])]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(figures) == {"task", "fixes", "fixes_per_s"}


def test_with_the_truth_both_rules_are_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = walk("a")
    files = write(tmp_path, fixes=fixes(*rows), stores=STORES, truth=fixes(*rows))
    words = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    assert main(["fence", *words]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["visits"], figures["caught"], figures["wrong_per_1000_h"]) == (1, 1.0, 0.0)
    assert figures["interval_s"] == 10
    assert figures["naive"]["visits"] == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("user,time_s,lat\n", "line 1.*lon is missing"),
        ("user,time_s,lat,lon\na,now,1,2\n", "line 2: field time_s must be a number"),
        ("user,time_s,lat,lon\na,0,1,2\na,1,91,2\n", "line 3: field lat .* -90 to 90"),
        ("user,time_s,lat,lon\na,0,nan,2\n", "line 2: field lat"),
        ("user,time_s,lat,lon\n,0,1,2\n", "line 2: field user must not be empty"),
        ("user,time_s,lat,lon\na,0,1\n", "line 2: has 3 fields where the first row has 4"),
        ("user,time_s,lat,lon,accuracy_m\na,0,1,2,-5\n", "line 2: field accuracy_m"),
    ],
)
def test_bad_fix_is_named(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path, fixes=text)["fixes"]
    with pytest.raises(BadFile, match=problem):
        list(read_fixes(path))


def test_bad_store_and_bad_path_are_named(tmp_path: Path) -> None:
    twice = STORES + "cafe,1,2,150,café\n"
    back = "user,time_s,lat,lon\na,5,1,2\na,4,1,2\n"
    files = write(tmp_path, stores=twice, truth=back, unreadable="")
    with pytest.raises(BadFile, match="line 4: store 'cafe' stands there twice"):
        read_stores(files["stores"])
    with pytest.raises(BadFile, match="line 3: field time_s is less"):
        read_paths(files["truth"])
    with pytest.raises(BadFile, match="cannot be read"):
        read_stores(tmp_path / "nowhere.csv")


def test_accuracy_may_be_empty_or_left_out(tmp_path: Path) -> None:
    text = "user,time_s,lat,lon,accuracy_m\na,0,1,2,\na,1,1,2,7\n"
    files = write(tmp_path, told=text, untold="user,time_s,lat,lon\na,0,1,2\n")
    assert [fix.accuracy_m for _, fix in read_fixes(files["told"])] == [None, 7.0]
    assert [fix.accuracy_m for _, fix in read_fixes(files["untold"])] == [None]


# Scores: a visit from 1000 s to 1600 s; before and after it 500 m away.

PATH = [Place(s, 52.5 + m * M, 13.4) for s, m in [(0, 500), (999, 500), (1000, 0), (1600, 0), (1601, 500), (2600, 500)]]  # fmt: skip


def scored(
    *events: tuple[str, float], interval_s: float = 10, path: Sequence[Place] = ()
) -> dict[str, object]:
    path = path or [place for a, b in pairwise(PATH) for place in _steps(a, b)]
    said = [Event("a", "cafe", kind, EPOCH + timedelta(seconds=s)) for kind, s in events]
    return score(said, {"a": Track.of(path)}, [CAFE], interval_s).figures()


def _steps(a: Place, b: Place) -> list[Place]:
    count = max(int((b.time_s - a.time_s) // 100), 1)
    shares = [n / count for n in range(count)]
    return [
        Place(
            a.time_s + s * (b.time_s - a.time_s), a.latitude + s * (b.latitude - a.latitude), 13.4
        )
        for s in shares
    ]


@pytest.mark.parametrize(
    ("at_s", "interval_s", "caught"),
    [(1076, 10, 1), (1074, 10, 0), (1179, 10, 1), (1182, 10, 0), (1182, 30, 1), (1239, 60, 1)],
)
def test_dwell_is_in_time_or_not(at_s: float, interval_s: float, caught: float) -> None:
    assert scored(("enter", 1010), ("dwell", at_s), interval_s=interval_s)["caught"] == caught


@pytest.mark.parametrize(
    ("events", "false", "repeated"),
    [
        ([("enter", 1000), ("dwell", 1120), ("exit", 1660)], 0, 0),
        ([("enter", 945)], 0, 0),
        ([("enter", 930)], 1, 0),
        ([("dwell", 1655)], 0, 0),
        ([("dwell", 1665)], 1, 0),
        ([("enter", 1000), ("enter", 1200)], 0, 1),
        ([("exit", 1300)], 1, 0),
    ],
)
def test_false_and_repeated_events_are_counted(
    events: list[tuple[str, float]], false: int, repeated: int
) -> None:
    figures = scored(*events)
    assert (figures["false"], figures["repeated"]) == (false, repeated)


def along(*rows: tuple[float, float]) -> list[Place]:
    """Give a path by seconds and metres north of the café."""
    return [Place(s, 52.5 + m * M, 13.4) for s, m in rows]


@pytest.mark.parametrize(("dwell_s", "caught"), [(1120, 1), (3050, 1), (3070, 0)])
def test_recording_that_pauses_in_the_store_is_one_visit(dwell_s: float, caught: float) -> None:
    pauses = along((900, 300), (1000, 0), (1050, 0), (3000, 0), (3400, 0), (3500, 300))
    figures = scored(("enter", 1020), ("dwell", dwell_s), path=pauses)
    assert (figures["visits"], figures["caught"], figures["repeated"]) == (1, caught, 0)


def test_steps_over_the_line_are_told_apart_from_coming_again() -> None:
    at_the_edge = along(
        (0, 400), (100, 140), (400, 140), (410, 170), (500, 170), (510, 140), (900, 140)
    )
    figures = scored(("enter", 110), ("dwell", 215), path=at_the_edge)
    assert (figures["visits"], figures["caught"]) == (2, 0.5)
    assert (figures["comings"], figures["comings_caught"]) == (1, 1.0)
