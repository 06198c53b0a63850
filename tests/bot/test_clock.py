import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import ShopClock

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def shift(file: Path, offset_s: object, changed_at_s: int) -> None:
    file.write_text(json.dumps({"offset_s": offset_s}), encoding="utf-8")
    os.utime(file, (changed_at_s, changed_at_s))


def test_shop_lives_in_machine_time_without_a_file(tmp_path: Path) -> None:
    assert ShopClock(now=lambda: NOW)() == NOW
    clock = ShopClock(tmp_path / "missing.json", now=lambda: NOW)
    clock.look()
    assert clock() == NOW


def test_offset_moves_the_shop_once_it_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "clock.json"
    shift(file, 3600, 1)
    clock = ShopClock(file, now=lambda: NOW)
    assert clock() == NOW
    clock.look()
    assert clock() == NOW + timedelta(hours=1)
    shift(file, -60.5, 2)
    clock.look()
    assert clock() == NOW - timedelta(seconds=60.5)


@pytest.mark.parametrize("broken", ['{"offset_s": "soon"}', "[]", "{", '{"offset_s": 1e300}'])
def test_broken_file_keeps_the_last_offset(
    tmp_path: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "clock.json"
    shift(file, 10, 1)
    clock = ShopClock(file, now=lambda: NOW)
    clock.look()
    file.write_text(broken, encoding="utf-8")
    clock.look()
    clock.look()
    assert clock() == NOW + timedelta(seconds=10)
    assert caplog.text.count("keeping the last offset") == 1
