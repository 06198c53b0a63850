"""Without a compiler the concierge is set up all the same, and says what to install."""

from pathlib import Path

import pytest

from scripts.setup.errors import StepPassedOver
from scripts.setup.llama import (
    FAILED,
    WITHOUT_AMX,
    Llama,
    build_flags,
    compiler_advice,
    find_compiler,
)
from scripts.setup.locked_pip import Pip
from scripts.setup.state import State


def program(folder: Path, name: str, body: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def path_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the only folder on PATH, and a pip that reaches no index."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def llama(tmp_path: Path, path_folder: Path) -> Llama:
    """Give an engine whose locked version exists nowhere."""
    assert path_folder.is_dir()
    (tmp_path / "constraints.txt").write_text("llama-cpp-python==0.0.0\n")
    pip = Pip(tmp_path / "constraints.txt", tmp_path / "setup.log")
    return Llama(pip, State(tmp_path / "setup.json"))


def test_no_compiler_is_found_on_an_empty_path(path_folder: Path) -> None:
    assert list(path_folder.iterdir()) == []
    assert find_compiler() is None


def test_compiler_that_does_not_work_is_not_a_compiler(path_folder: Path) -> None:
    program(path_folder, "c++", "exit 1")
    assert find_compiler() is None
    program(path_folder, "g++", "echo 'g++ 12.2'; echo more")
    assert find_compiler() == "g++ 12.2"


def test_engine_is_built_without_the_code_that_crashes_where_the_compiler_makes_it(
    path_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path_folder, "c++", "exit 1")
    assert build_flags() == {}
    program(path_folder, "c++", '[ "$1" = -mno-amx-tile ]')
    monkeypatch.setenv("CXXFLAGS", "-O3")
    assert build_flags() == {"CFLAGS": WITHOUT_AMX, "CXXFLAGS": f"-O3 {WITHOUT_AMX}"}


def test_advice_names_the_package_of_this_system(path_folder: Path) -> None:
    program(path_folder, "apt-get", "exit 0")
    assert "build-essential" in compiler_advice()


def test_missing_compiler_is_said_once_tried_and_not_tried_again(llama: Llama) -> None:
    assert llama.obstacle() is None
    with pytest.raises(StepPassedOver, match=r"no C\+\+ compiler was found"):
        llama.install()
    assert "templates" in (llama.obstacle() or "")


def test_compiler_that_appears_is_tried(llama: Llama, path_folder: Path) -> None:
    with pytest.raises(StepPassedOver):
        llama.install()
    program(path_folder, "c++", "echo 'c++ 13'")
    assert llama.obstacle() is None


def test_failed_build_names_its_log_and_how_to_try_again(
    llama: Llama, path_folder: Path, tmp_path: Path
) -> None:
    program(path_folder, "c++", "echo 'c++ 13'")
    with pytest.raises(StepPassedOver, match=r"scripts/install --again") as passed_over:
        llama.install()
    assert "\n" not in str(passed_over.value)
    assert str(tmp_path / "setup.log") in str(passed_over.value)
    State(tmp_path / "setup.json").forget([FAILED])


def test_lost_network_is_no_reason_to_give_up(
    llama: Llama, path_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path_folder, "c++", "echo 'c++ 13'")
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(StepPassedOver, match="package index does not answer"):
        llama.install()
    assert llama.obstacle() is None
