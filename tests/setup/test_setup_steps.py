"""Set-up does what is missing, once, and a second run does nothing."""

from pathlib import Path

import pytest

from scripts.setup.errors import SetupError, StepPassedOver
from scripts.setup.state import State, fingerprint
from scripts.setup.step import Step, run_steps


class Work:
    """Something that can be done, and remembers how often it was."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.times = 0
        self._failure = failure

    def do(self) -> None:
        self.times += 1
        if self._failure is not None:
            raise self._failure

    def step(self, obstacle: str | None = None) -> Step:
        return Step("Thing", "no time", lambda: self.times > 0, self.do, lambda: obstacle)


def test_second_run_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    work = Work()
    assert run_steps([work.step()])
    assert "[1/1] Thing (no time) ..." in capsys.readouterr().out
    assert not run_steps([work.step()])
    assert capsys.readouterr().out == ""
    assert work.times == 1


def test_step_passed_over_lets_the_others_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = Work(StepPassedOver("no compiler")), Work()
    run_steps([first.step(), second.step()])
    assert "left out: no compiler" in capsys.readouterr().out
    assert second.times == 1


def test_failed_step_stops_the_rest() -> None:
    first, second = Work(SetupError("no disk")), Work()
    with pytest.raises(SetupError):
        run_steps([first.step(), second.step()])
    assert second.times == 0


def test_obstacle_is_said_instead_of_trying_again(capsys: pytest.CaptureFixture[str]) -> None:
    work = Work()
    assert not run_steps([work.step(obstacle="still no compiler.")])
    assert capsys.readouterr().out == "Thing: still no compiler.\n"
    assert work.times == 0


def test_state_is_remembered_for_its_key_only(tmp_path: Path) -> None:
    State(tmp_path / "setup.json").record("packages", "abc")
    later = State(tmp_path / "setup.json")
    assert later.holds("packages", "abc")
    assert not later.holds("packages", "abd")
    assert not later.holds("torch", "abc")


def test_state_can_be_forgotten(tmp_path: Path) -> None:
    state = State(tmp_path / "setup.json")
    state.record("llama failed", "abc")
    state.forget(["llama failed", "never there"])
    assert not State(tmp_path / "setup.json").holds("llama failed", "abc")


@pytest.mark.parametrize("torn", ["", '{"packages": ', "[1]"])
def test_torn_state_means_nothing_is_done(tmp_path: Path, torn: str) -> None:
    (tmp_path / "setup.json").write_text(torn)
    assert not State(tmp_path / "setup.json").holds("packages", "abc")


def test_fingerprint_tells_lists_apart() -> None:
    assert fingerprint("a", "b") == fingerprint("a", "b")
    assert fingerprint("a", "b") != fingerprint("ab")
