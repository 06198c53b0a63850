"""What is told about a run."""

import pytest

from scripts.evaluate.reporting import percentile, print_table, watched


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([3.0], 0.99, 3.0), ([1.0, 2.0, 3.0], 0.5, 2.0), ([*map(float, range(100))], 0.99, 99.0)],
)
def test_percentile_is_one_of_the_values(
    values: list[float], share: float, expected: float
) -> None:
    assert percentile(values, share) == expected


def test_table_stands_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["", "ours"], [["leak", 0.5], ["p50_ms", None], ["cases", 12]])
    assert capsys.readouterr().out.splitlines() == [
        "         ours",
        "leak    0.500",
        "p50_ms      –",
        "cases      12",
    ]


def test_long_run_tells_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.evaluate.reporting.EVERY_S", 0.0)
    assert list(watched(["a", "b"], "pii")) == ["a", "b"]
    printed = capsys.readouterr()
    assert printed.err.splitlines() == ["pii: 0 of 2", "pii: 1 of 2"]
    assert printed.out == ""
