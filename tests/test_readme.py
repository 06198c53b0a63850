"""What README and CONTRIBUTING promise exists: files, packages, commands, options, settings, links."""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
ROOT_PACKAGES = ("bot", "handlers", "knowledge", "storage", "scripts")

Row = tuple[Path, str]


def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def map_rows() -> list[Row]:
    """Give each path of the map, relative to the root, with its purpose; two spaces end the paths of a line."""
    block = re.search(
        r"^## Map of the files\n.*?^```text\n(.*?)^```",
        read("README.md"),
        re.MULTILINE | re.DOTALL,
    )
    assert block is not None
    rows: list[Row] = []
    folders: list[str] = []
    for line in block[1].splitlines():
        paths, _, purpose = line.strip().partition("  ")
        depth = (len(line) - len(line.lstrip())) // 2
        rows += [(Path(*folders[:depth], path), purpose.strip()) for path in paths.split()]
        if paths.endswith("/"):
            folders[depth:] = [paths]
    return rows


def commands(document: str) -> Iterator[list[str]]:
    """Give the words of every line in a shell block, without variables before and comments behind."""
    for block in re.findall(r"^```sh\n(.*?)^```", read(document), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            words = line.partition(" #")[0].split()
            while words and re.match(r"[A-Z_]+=", words[0]):
                words = words[1:]
            if words:
                yield words


def known_keys() -> set[str]:
    sections = tomllib.loads(read("config.toml"))
    return {f"[{section}] {key}" for section, keys in sections.items() for key in keys}


def test_every_path_in_the_map_exists() -> None:
    assert [str(path) for path, _ in map_rows() if not (ROOT / path).exists()] == []


def test_every_package_and_module_is_in_the_map() -> None:
    inside = {
        path.parent.relative_to(ROOT)
        for package in ROOT_PACKAGES
        for path in (ROOT / package).rglob("__init__.py")
    }
    modules = {
        path.relative_to(ROOT)
        for package in ROOT_PACKAGES
        for path in (ROOT / package).glob("*.py")
        if path.name != "__init__.py"
    }
    shown = {path for path, _ in map_rows()}
    missing = sorted(map(str, (inside | modules) - shown))
    assert missing == [], "give each a line in README.md, Map of the files"


def test_every_line_of_the_map_tells_a_purpose_in_few_words() -> None:
    plain = {"CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"}
    rows = [(str(path), purpose) for path, purpose in map_rows() if str(path) not in plain]
    assert [path for path, purpose in rows if not 1 <= len(purpose.split()) <= 20] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_can_be_run(document: str) -> None:
    ours = [words for words in commands(document) if words[0].startswith((".ci/", "scripts/"))]
    assert ours != []
    assert [words[0] for words in ours if not os.access(ROOT / words[0], os.X_OK)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_module_called_can_be_called(document: str) -> None:
    called = re.findall(r"python -m ([\w.]+)", read(document))
    ours = [Path(*name.split(".")) for name in called if name.split(".")[0] in ROOT_PACKAGES]
    missing = [
        str(path)
        for path in ours
        if not (ROOT / path).with_suffix(".py").is_file()
        and not (ROOT / path / "__main__.py").is_file()
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("command", "program"),
    [("scripts/run", "scripts/try_it.py"), ("scripts/install", "scripts/setup/__main__.py")],
)
def test_every_option_shown_is_one_of_the_program(command: str, program: str) -> None:
    shown = {
        word
        for document in DOCUMENTS
        for words in commands(document)
        if words[0] == command
        for word in words[1:]
        if word.startswith("--")
    }
    source = read(program)
    assert {option for option in shown if f'"{option}"' not in source} == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_setting_named_is_in_config_toml(document: str) -> None:
    named = set(re.findall(r"`(\[\w+\] \w+)`", read(document)))
    assert named - known_keys() == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_variable_named_is_read_somewhere(document: str) -> None:
    named = set(re.findall(r"\bCONCIERGE_[A-Z0-9_]+", read(document)))
    settings = {
        f"CONCIERGE_{section}__{key}".upper()
        for section, _, key in (name[1:].partition("] ") for name in known_keys())
    }
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in (*ROOT_PACKAGES, "tests")
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(__file__)
    )
    assert {name for name in named - settings if name not in sources} == set()


@pytest.mark.parametrize("document", [*DOCUMENTS, "CHANGELOG.md"])
def test_every_link_within_the_repository_leads_somewhere(document: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", read(document))
    inner = [link for link in links if "://" not in link]
    assert [link for link in inner if not (ROOT / link).exists()] == []
