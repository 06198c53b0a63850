"""Text to vectors: the one door to sentence-transformers.

It knows nothing of shops. Importing the engine takes seconds, so that happens in `load`, in a thread.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import ModelFolderMissingError
from knowledge.search.base import Vectors, Worded


class SentenceEmbedder:
    """An embedding model in a local folder, run through sentence-transformers."""

    def __init__(self, folder: Path, *, backend: str = "onnx", threads: int = 1) -> None:
        """Load the model; takes seconds.

        Args:
            folder: A sentence-transformers folder, with onnx/model.onnx for the onnx backend.
            backend: "onnx" (4 ms for a short text on one core) or "torch" (12 ms on two).
            threads: Cores one encoding may use.

        Raises:
            ModelFolderMissingError: The folder, or its exported ONNX file, is not there.
        """
        wanted = folder / ("onnx/model.onnx" if backend == "onnx" else "model.safetensors")
        if not wanted.is_file():
            msg = f"The embedding model is missing: {wanted}. Run scripts/install to put it there."
            raise ModelFolderMissingError(msg)
        os.environ["HF_HUB_OFFLINE"] = "1"  # a local model must never make it look for a newer one
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        self.fingerprint = f"{folder.name}-{backend}"
        self._model = _load(folder, backend, threads)
        self._words = frozenset(self._model.tokenizer.get_vocab())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give unit vectors, shape (len(texts), dim) float32."""
        vectors = self._model.encode(
            list(texts), convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def knows(self, word: str) -> bool:
        """Tell whether a word stands in the model's vocabulary; parts of words begin with ## there."""
        return word in self._words

    def encode_words(self, texts: Sequence[str]) -> list[Worded]:
        """Give each text's vector and, from the same pass, those of its word pieces as they stand in it."""
        read = self._model.preprocess(list(texts))
        ids, masks = read["input_ids"], read["attention_mask"].bool()
        told = self._model(read)
        wholes, pieces = told["sentence_embedding"], told["token_embeddings"]
        return [
            self._worded(ids[row][mask], wholes[row], pieces[row][mask])
            for row, mask in enumerate(masks)
        ]

    def _worded(self, ids: Any, whole: Any, pieces: Any) -> Worded:
        words = self._model.tokenizer.convert_ids_to_tokens(ids.tolist())
        # The first and the last piece are marks of the text's begin and end.
        vectors = _unit(pieces.detach().cpu().numpy()[1:-1])
        return Worded(_unit(whole.detach().cpu().numpy()), tuple(words[1:-1]), vectors)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _load(folder: Path, backend: str, threads: int) -> Any:
    # Imported here: together they take five seconds, which a bot without search should not wait for.
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    if backend == "torch":
        import torch  # noqa: PLC0415

        torch.set_num_threads(threads)
        return SentenceTransformer(str(folder), device="cpu")
    from onnxruntime import SessionOptions  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    arguments = {"provider": "CPUExecutionProvider", "session_options": options}
    return SentenceTransformer(str(folder), backend="onnx", device="cpu", model_kwargs=arguments)
