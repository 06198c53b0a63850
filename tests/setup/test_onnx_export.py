"""The search model's fast form says what the model itself says."""

from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"
TEXTS = ["I'm cold", "where's the nearest store with coffee?", "hot chocolate", "word " * 300]


@pytest.mark.slow
def test_onnx_and_torch_give_the_same_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds to import

    slow = SentenceTransformer(str(FOLDER), backend="torch", device="cpu").encode(TEXTS)
    fast = SentenceTransformer(str(FOLDER), backend="onnx", device="cpu").encode(TEXTS)
    assert np.abs(slow - fast).max() < 1e-4
