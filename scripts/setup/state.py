"""What set-up has already done, so that a second run does nothing.

One small JSON file inside .venv: throwing the environment away forgets it too. Knows nothing of the steps themselves.
"""

import hashlib
import json
import os
import platform
from collections.abc import Iterable
from pathlib import Path


def fingerprint(*parts: str) -> str:
    """Digest `parts`, this Python's version and this kind of machine to 16 hex digits."""
    machine = (platform.python_version(), platform.system(), platform.machine())
    return hashlib.sha256("\0".join((*parts, *machine)).encode()).hexdigest()[:16]


def write_whole(path: Path, text: str) -> None:
    """Replace `path` by `text` in one move: a reader sees the old file or the new, never half."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


class State:
    """The finished steps and the fingerprint of what each was done for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done = _read(path)

    def holds(self, step: str, key: str) -> bool:
        """Tell whether `step` was finished for exactly this `key`."""
        return self._done.get(step) == key

    def record(self, step: str, key: str) -> None:
        """Remember, at once on disk, that `step` was finished for `key`."""
        self._done[step] = key
        write_whole(self._path, json.dumps(self._done, indent=1))

    def forget(self, steps: Iterable[str]) -> None:
        """Have `steps` done again."""
        for step in steps:
            self._done.pop(step, None)
        write_whole(self._path, json.dumps(self._done, indent=1))


def _read(path: Path) -> dict[str, str]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {str(step): str(key) for step, key in stored.items()}
