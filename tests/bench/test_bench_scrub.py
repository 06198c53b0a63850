"""The benchmark of the scrubber treats all alike; its figures are for people to read."""

import pytest

from scripts.bench import bench_scrub


def test_every_masker_gets_every_message_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_scrub, "ROUNDS", 2)
    ours, theirs = list[str](), list[str]()
    per_s = bench_scrub.measured({"ours": ours.append, "theirs": theirs.append})
    assert ours == theirs
    assert len(ours) == len({*ours}) == 3 * len(bench_scrub.MESSAGES)
    assert per_s.keys() == {"ours", "theirs"}
    assert min(per_s.values()) > 0
