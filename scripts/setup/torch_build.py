"""PyTorch, alone and first: by default its registry build brings several GB of CUDA that the product has no use for.

Knows nothing of the other packages.
"""

import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

# Nothing is installed yet but pip, which brings the standard parser of requirements along and is locked like the rest.
from pip._vendor.packaging.requirements import Requirement

from scripts.setup.errors import SetupError
from scripts.setup.locked_pip import Pip, installed_version

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
"""The PyTorch project's index of CPU builds. Source: https://pytorch.org/get-started/locally/ (2026-11-21)."""
INDEX_TIMEOUT_S = 5.0
"""An index that does not answer by then is done without (ours)."""


class Torch:
    """The locked torch, without CUDA unless `allow_cuda`."""

    def __init__(self, pip: Pip, *, allow_cuda: bool) -> None:
        self._pip = pip
        self._allow_cuda = allow_cuda
        self._version = pip.locked_version("torch")

    def is_installed(self) -> bool:
        """Tell whether the locked version is there; a local suffix such as +cpu does not matter."""
        return (installed_version("torch") or "").partition("+")[0] == self._version

    def install(self) -> None:
        """Install it. Raises SetupError, before the download, when only a CUDA build is to be had."""
        self._pip.install(["pip"])
        if not self.is_installed():
            index = (
                ()
                if self._allow_cuda or not _answers(CPU_INDEX)
                else ("--extra-index-url", CPU_INDEX)
            )
            if not self._allow_cuda:
                self._refuse_cuda_in(self._report(*index))
            self._pip.install(["torch"], *index)
        self._refuse_cuda_build()

    @property
    def _requirement(self) -> str:
        return f"torch=={self._version}"

    def _report(self, *index: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            options = (
                "--dry-run",
                "--no-deps",
                "--ignore-installed",
                "--report",
                str(report),
                *index,
            )
            if self._pip.try_install(["torch"], *options) != 0:
                raise SetupError(f"{self._requirement} cannot be had here: {self._pip.reason()}")
            return report.read_text(encoding="utf-8")

    def _refuse_cuda_in(self, report: str) -> None:
        if not brings_cuda(report):
            return
        raise SetupError(
            f"Only a CUDA build of {self._requirement} is on offer here (several GB). Make {CPU_INDEX} "
            "reachable, or set CONCIERGE_ALLOW_CUDA=1 to take it."
        )

    def _refuse_cuda_build(self) -> None:
        program = "import torch; print(torch.version.cuda or '')"
        build = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False
        )
        if build.returncode != 0:
            reason = (build.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise SetupError(
                f"{self._requirement} does not load: {reason}. Remove .venv and run this again."
            )
        if (cuda := build.stdout.strip()) and not self._allow_cuda:
            raise SetupError(
                f"The torch in .venv is a build for CUDA {cuda}. Remove .venv and run this again, "
                "or set CONCIERGE_ALLOW_CUDA=1 to keep it."
            )


def brings_cuda(report: str) -> bool:
    """Tell from a report of `pip install --dry-run --report` whether a package in it asks for CUDA libraries here."""
    packages = (item["metadata"] for item in json.loads(report)["install"])
    needs = (
        Requirement(text) for metadata in packages for text in metadata.get("requires_dist", ())
    )
    return any(
        need.name.lower().startswith(("nvidia-", "cuda-"))
        and (need.marker is None or need.marker.evaluate({"extra": ""}))
        for need in needs
    )


def _answers(index: str) -> bool:
    try:
        with urllib.request.urlopen(f"{index}/torch/", timeout=INDEX_TIMEOUT_S):  # noqa: S310 - https
            return True
    except (urllib.error.URLError, TimeoutError, OSError):
        return False
