"""Every requirement is locked, and what is installed is what the lock says."""

import re
from importlib import metadata
from pathlib import Path

from scripts.setup.locked_pip import read_declared

ROOT = Path(__file__).parents[2]
CONSTRAINTS = ROOT / "scripts" / "setup" / "constraints.txt"


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_versions() -> dict[str, str]:
    lines = [line for line in CONSTRAINTS.read_text().splitlines() if not line.startswith("#")]
    return {canonical(name): version for name, _, version in (s.partition("==") for s in lines)}


def test_every_declared_requirement_is_locked() -> None:
    declared = read_declared(ROOT / "pyproject.toml")
    wanted = {
        canonical(re.split(r"[\[<>=~! ]", requirement)[0])
        for requirement in (*declared.base, *declared.llama, *declared.dev)
    }
    assert wanted - locked_versions().keys() == set()


def test_lock_holds_public_exact_versions_only() -> None:
    assert [v for v in locked_versions().values() if not re.fullmatch(r"[0-9][0-9a-z.]*", v)] == []


def test_what_is_installed_is_what_is_locked() -> None:
    locked = locked_versions()
    found = {canonical(d.name): d.version.partition("+")[0] for d in metadata.distributions()}
    differing = {
        name: (version, locked[name])
        for name, version in found.items()
        if name in locked and name not in {"pip", "setuptools"} and version != locked[name]
    }
    assert differing == {}
