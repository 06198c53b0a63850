"""Why something cannot be measured; each message is one sentence for whoever typed the command.

EvaluateError
├── BadFile        what is wrong in which line, and how it should be
└── PeerMissing    what to compare with is not installed
"""

from pathlib import Path


class EvaluateError(Exception):
    """Root of this package's errors."""


class BadFile(EvaluateError):  # noqa: N818 - named for what it is, as in the tree
    """A file that cannot be used. line counts from 1; None: the whole file."""

    def __init__(self, path: Path, problem: str, *, line: int | None = None) -> None:
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {problem}. Nothing was measured.")


class PeerMissing(EvaluateError):  # noqa: N818 - named for what it is, as in the tree
    """The peer is not installed."""

    def __init__(self, peer: str) -> None:
        super().__init__(
            f"{peer} is not installed: run `.venv/bin/pip install --constraint "
            "scripts/setup/constraints.txt --group bench` first, or leave Presidio out."
        )
