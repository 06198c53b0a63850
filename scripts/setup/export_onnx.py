"""Turn the search model into ONNX, here on this machine, so that embedding a text takes a fraction of torch's time.

Run as `python -m scripts.setup.export_onnx FOLDER`, in a process of its own because torch stays in memory. Nothing is
fetched: the model is the one in FOLDER. The file is the one sentence-transformers looks for with backend="onnx".
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

TARGET = Path("onnx") / "model.onnx"
"""Where sentence-transformers looks inside a model folder.

Source: https://sbert.net/docs/sentence_transformer/usage/efficiency.html (2026-11-21).
"""


def export(folder: Path) -> Path:
    """Export the torch model in `folder` to `folder`/onnx/model.onnx in one move; return that path."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    # Heavy, and it reads HF_HUB_OFFLINE when imported.
    from optimum.onnxruntime import ORTModelForFeatureExtraction  # noqa: PLC0415

    target = folder / TARGET
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=folder) as part:
        model = ORTModelForFeatureExtraction.from_pretrained(folder, export=True)
        model.save_pretrained(part)
        (Path(part) / TARGET.name).replace(target)
    return target


def main() -> int:
    """Export the model in the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Export a sentence-transformers model to ONNX.")
    parser.add_argument("folder", type=Path)
    print(export(parser.parse_args().folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
