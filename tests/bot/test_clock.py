import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import ShopClock

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Ticks:
    """A monotonic clock that the test moves."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def shift(file: Path, offset_s: object, changed_at_s: int) -> None:
    file.write_text(json.dumps({"offset_s": offset_s}), encoding="utf-8")
    os.utime(file, (changed_at_s, changed_at_s))


def test_shop_lives_in_machine_time_without_a_file(tmp_path: Path) -> None:
    assert ShopClock(now=lambda: NOW)() == NOW
    assert ShopClock(tmp_path / "missing.json", now=lambda: NOW)() == NOW


def test_offset_moves_the_shop_and_is_looked_at_once_a_second(tmp_path: Path) -> None:
    file, ticks = tmp_path / "clock.json", Ticks()
    shift(file, 3600, 1)
    clock = ShopClock(file, now=lambda: NOW, monotonic_s=ticks)
    assert clock() == NOW + timedelta(hours=1)
    shift(file, -60.5, 2)
    assert clock() == NOW + timedelta(hours=1)
    ticks.now_s = 1.0
    assert clock() == NOW - timedelta(seconds=60.5)


@pytest.mark.parametrize("broken", ['{"offset_s": "soon"}', "[]", "{", '{"offset_s": 1e300}'])
def test_broken_file_keeps_the_last_offset(
    tmp_path: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    file, ticks = tmp_path / "clock.json", Ticks()
    shift(file, 10, 1)
    clock = ShopClock(file, now=lambda: NOW, monotonic_s=ticks)
    clock()
    file.write_text(broken, encoding="utf-8")
    ticks.now_s = 1.0
    assert clock() == NOW + timedelta(seconds=10)
    assert "keeping the last offset" in caplog.text
