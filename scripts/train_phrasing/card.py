"""The model card that goes with the adapter: what it is, what it learned from, and how well it does."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

_TEXT = """# The words of the concierge: an adapter for SmolLM2-135M-Instruct

A LoRA of rank {rank} over all linear layers, as a GGUF file of {megabytes:.1f} MB, written by `python -m scripts.train_phrasing`.

- **For**: short replies of a shop assistant in English, words around facts that code fills in: `{{store}}`, `{{price}}` …
  It sees a masked message and the names of facts, never their values.
- **Not for**: anything without the lock of knowledge/llm/lock.py and the checks of knowledge/stating.py and grounding.py.
  Distress, illness and grief are answered by sentences of ours alone.
- **Base**: SmolLM2-135M-Instruct, Q4_1 (Apache-2.0), sha256 {base}.
- **Learned from**: {pairs:,} messages of {needs} needs with {openings:,} openings, and the sentences of frames.toml, all written for
  this project; {held_out} more needs were held out. Messages about orders, coupons and rules are those intents are learned from.
- **Training**: {steps} steps of 8 examples, seed {seed}, last loss {loss:.3f}, on two cores.
- **Licence**: that of this repository for the adapter; the base keeps its own.

Measured on the held-out needs (`scripts.evaluate replies` explains the figures):

| figure | value |
| --- | --- |
{figures}
"""


def write_card(path: Path, told: Mapping[str, object], figures: Mapping[str, object]) -> None:
    """Write the card; `told` has every value that the text names but its figures."""
    rows = "\n".join(f"| {name} | {value} |" for name, value in figures.items())
    path.write_text(_TEXT.format(**told, figures=rows), encoding="utf-8")


def digest(path: Path) -> str:
    """Give the sha256 of a file."""
    return sha256(path.read_bytes()).hexdigest()
