"""`python -m scripts.models list|check`: which models there are, what they take, and how fast they are here.

`list` tells what config.toml names and whether it is there. `check` loads each and uses it: megabytes of memory it
adds, and its speed on this machine. A model server is asked one short reply.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.models import language_model, search_model, text_tagger
from bot.settings import Settings, load_settings
from knowledge.briefs import brief
from knowledge.errors import ModelFolderMissingError
from knowledge.llm.base import Terms
from knowledge.llm.errors import LlmError

_MEGABYTE = 1e6
_NAMES = ("store", "distance", "item", "price")
_MAX_TOKENS = 90
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A model: what it is for, its files, and a use of it that gives its speed in words; raises what loading raises."""

    role: str
    paths: tuple[Path, ...]
    use: Callable[[], str]

    @property
    def is_there(self) -> bool:
        """Tell whether all its files are."""
        return all(path.exists() for path in self.paths)

    @property
    def megabytes(self) -> float:
        """Give the size of its files."""
        files = [
            file for path in self.paths for file in ([path] if path.is_file() else path.rglob("*"))
        ]
        return sum(file.stat().st_size for file in files if file.is_file()) / _MEGABYTE


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says; return 0, or 1 when a model is missing or cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m scripts.models", description=__doc__)
    parser.add_argument("what", choices=("list", "check"))
    asked = parser.parse_args(words)
    parts = _parts(load_settings(Path(), os.environ))
    tell = _listed if asked.what == "list" else _checked
    told = [tell(part) for part in parts]  # of all, also after one that is missing
    return 0 if all(told) else 1


def _listed(part: Part) -> bool:
    state = f"{part.megabytes:6.0f} MB" if part.is_there else "missing: run scripts/install"
    print(f"{part.role:24} {state}  {', '.join(map(str, part.paths)) or 'no file'}")
    return part.is_there


def _checked(part: Part) -> bool:
    before_mb = _memory_mb()
    try:
        speed = part.use()
    except (LlmError, ModelFolderMissingError) as error:
        print(f"{part.role:24} {error}")
        return False
    print(f"{part.role:24} {_memory_mb() - before_mb:6.0f} MB more memory, {speed}")
    return True


def _parts(settings: Settings) -> list[Part]:
    model, search = settings.model, settings.search
    parts = [
        Part("search", (search.embedder_folder,), lambda: _embedding(settings)),
        Part("personal data", (search.embedder_folder,), lambda: _tagging(settings)),
    ]
    if model.kind == "none":
        return parts
    paths = (
        (model.path, *([Path(model.adapter)] if model.adapter else []))
        if model.kind == "gguf"
        else ()
    )
    return [*parts, Part(f"words ({model.kind})", tuple(paths), lambda: _writing(settings))]


def _embedding(settings: Settings) -> str:
    embedder = search_model(settings.search)
    seconds = _median_s(lambda number: embedder.encode([f"something warm {number}"]))
    return f"{1e3 * seconds:.1f} ms for a message"


def _tagging(settings: Settings) -> str:
    tagger = text_tagger(settings.search)
    seconds = _median_s(lambda number: tagger.tag(f"I'm Ana from {number} Mill Road"))
    return f"{1e3 * seconds:.1f} ms for a message"


def _writing(settings: Settings) -> str:
    model = language_model(settings.model)
    texts = list[str]()

    def write(number: int) -> None:
        asked = brief("offer", _NAMES, "my hands are freezing")
        texts.append(
            model.write(
                asked, Terms(_NAMES, seed=number), max_tokens=_MAX_TOKENS, cancelled=lambda: False
            )
        )

    try:
        seconds = _median_s(write)
    finally:
        model.close()
    return f"{seconds:.2f} s for a reply, such as: {texts[-1]}"


def _median_s(use: Callable[[int], object]) -> float:
    taken = []
    for number in range(_ROUNDS + 1):
        started = time.perf_counter()
        use(number)
        taken.append(time.perf_counter() - started)
    return sorted(taken[1:])[_ROUNDS // 2]  # the first one warms up


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
