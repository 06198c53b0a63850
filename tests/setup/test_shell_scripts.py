"""The scripts a person types: they parse, they choose the right program, they fail in one line."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL_SCRIPTS = ("install", "run", "check", "test")
SAY_ARGUMENTS = '#!/bin/sh\necho "$@"\n'


def run(
    script: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    chosen = {"PATH": os.environ["PATH"]} if environment is None else environment
    return subprocess.run(  # noqa: S603 - our own scripts
        [script, *arguments], env=chosen, capture_output=True, text=True, check=False, timeout=60
    )


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a folder with our scripts, a set-up that does nothing and a Python that repeats its arguments."""
    for script in ("run", "check", "test"):
        (tmp_path / "scripts").mkdir(exist_ok=True)
        shutil.copy(ROOT / "scripts" / script, tmp_path / "scripts" / script)
    write_program(tmp_path / "scripts" / "install", "#!/bin/sh\n")
    write_program(tmp_path / ".venv" / "bin" / "python", SAY_ARGUMENTS)
    return tmp_path


@pytest.mark.parametrize("name", SHELL_SCRIPTS)
def test_script_is_plain_shell_and_executable(name: str) -> None:
    script = ROOT / "scripts" / name
    assert os.access(script, os.X_OK)
    assert subprocess.run(["/bin/sh", "-n", script], check=False).returncode == 0  # noqa: S603


@pytest.mark.parametrize(
    ("token", "env_file", "arguments", "program"),
    [
        ("", "", [], "-m scripts.try_it"),
        ("", "TELEGRAM_TOKEN=\n# TELEGRAM_TOKEN=1:x\n", [], "-m scripts.try_it"),
        ("", 'TELEGRAM_TOKEN=""\n', [], "-m scripts.try_it"),
        ("", 'export TELEGRAM_TOKEN="1:x"\n', [], "-m scripts.real_bot"),
        ("1:x", "", ["--role", "all"], "-m scripts.real_bot --role all"),
        ("1:x", "", ["--smoke"], "-m scripts.try_it --smoke"),
    ],
)
def test_token_chooses_the_telegram(
    checkout: Path, token: str, env_file: str, arguments: list[str], program: str
) -> None:
    (checkout / ".env").write_text(env_file)
    said = run(
        checkout / "scripts" / "run",
        *arguments,
        environment={"PATH": os.environ["PATH"], "TELEGRAM_TOKEN": token},
    )
    before = {
        "-m scripts.real_bot": ["-m scripts.setup.data_key telegram", "-m scripts.lay_out"],
        "-m scripts.try_it": ["-m scripts.setup.data_key local"],
    }
    assert said.stdout.splitlines() == [*before[" ".join(program.split()[:2])], program]


def test_nothing_starts_when_set_up_failed(checkout: Path) -> None:
    write_program(checkout / "scripts" / "install", "#!/bin/sh\necho no disk >&2\nexit 2\n")
    result = run(checkout / "scripts" / "run")
    assert (result.returncode, result.stdout, result.stderr) == (2, "", "no disk\n")


def test_every_check_runs_and_one_failure_fails_all(checkout: Path) -> None:
    for tool in ("ruff", "mypy", "lint-imports", "hadolint"):
        write_program(checkout / ".venv" / "bin" / tool, SAY_ARGUMENTS)
    assert run(checkout / "scripts" / "check").returncode == 0
    write_program(checkout / ".venv" / "bin" / "ruff", "#!/bin/sh\nexit 1\n")
    result = run(checkout / "scripts" / "check")
    assert result.returncode == 1
    assert "== hadolint" in result.stdout


def test_missing_python_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "install", tmp_path / "scripts" / "install")
    write_program(tmp_path / "bin" / "python3", "#!/bin/sh\nexit 1\n")
    for tool in ("sh", "dirname"):
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    result = run(tmp_path / "scripts" / "install", environment={"PATH": str(tmp_path / "bin")})
    assert result.returncode == 2
    assert result.stderr.startswith("No Python 3.11 or newer was found.")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / ".venv").exists()


def test_ci_passes_the_exit_status_on(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    write_program(tmp_path / "scripts" / "test", "#!/bin/sh\nexit 3\n")
    write_program(tmp_path / "bin" / "chromium", "#!/bin/sh\n")
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    assert run(tmp_path / ".ci" / "run", environment={"PATH": path}).returncode == 3
