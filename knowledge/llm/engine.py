"""Run a GGUF file inside this process: the one door to llama.cpp.

It evaluates tokens and gives scores. It must not know what is asked of the model or why.
"""

import ctypes
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.llm.errors import CallFailed, EngineMissing, ModelMissing, ModelUnreadable
from knowledge.llm.requantise import fast_copy

_log = logging.getLogger(__name__)

Scores = NDArray[np.float32]
SEQUENCES = 2  # texts that can be continued side by side: what is kept, and a reply after it
_ERROR_LEVEL = 4  # GGML_LOG_LEVEL_ERROR in ggml.h
_SYSTEM_MARK, _USER_MARK = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Row:
    """One token to evaluate: where it stands, in which sequences, and whether its scores are wanted."""

    token: int
    position: int
    sequences: tuple[int, ...]
    is_wanted: bool = False


class LlamaEngine:
    """A model and its context. Calls must come from one thread; close() frees 100 MB and more."""

    def __init__(
        self,
        path: Path,
        *,
        adapter: Path | None,
        context_tokens: int,
        threads: int,
        batch_tokens: int,
    ) -> None:
        """Load the model; takes seconds.

        Args:
            path: A GGUF file.
            adapter: A LoRA as a GGUF file, trained upon that model.
            context_tokens: Tokens kept in all sequences together.
            threads: Cores one evaluation may use.
            batch_tokens: The most rows that `evaluate` takes.

        Raises:
            ModelMissing: There is no such file.
            EngineMissing: llama-cpp-python is not installed.
            ModelUnreadable: The file is not a GGUF model that fits into memory.
        """
        require_model(path)
        self._api = _load_api()
        with fast_copy(self._api, path, threads=threads) as fast:
            self._model = self._api.llama_model_load_from_file(
                str(fast).encode(), model_params(self._api)
            )
        if not self._model:
            msg = f"{path} is not a GGUF model that llama.cpp can read. Put back the file, or name another."
            raise ModelUnreadable(msg)
        self._vocab = self._api.llama_model_get_vocab(self._model)
        self.context_tokens = context_tokens
        self.batch_tokens = batch_tokens
        self._context = self._open_context(threads)
        if adapter is not None:
            self._adapt(adapter)
        self._memory = self._api.llama_get_memory(self._context)
        self._batch = self._api.llama_batch_init(batch_tokens, 0, SEQUENCES)

    def _open_context(self, threads: int) -> Any:
        params = self._api.llama_context_default_params()
        params.n_ctx = self.context_tokens
        params.n_batch = params.n_ubatch = self.batch_tokens
        params.n_seq_max = SEQUENCES
        params.n_threads = params.n_threads_batch = threads
        params.kv_unified = True  # sequences share cells, so that copying one costs nothing
        params.no_perf = True
        context = self._api.llama_init_from_model(self._model, params)
        if not context:
            raise ModelUnreadable("The model's context does not fit into memory.")
        return context

    def _adapt(self, path: Path) -> None:
        require_model(path)
        adapter = self._api.llama_adapter_lora_init(self._model, str(path).encode())
        adapters = (self._api.llama_adapter_lora_p_ctypes * 1)(adapter)
        strengths = (ctypes.c_float * 1)(1.0)
        if not adapter or self._api.llama_set_adapters_lora(self._context, adapters, 1, strengths):
            msg = f"{path} is no adapter for this model. Put back the file, or leave [model] adapter empty."
            raise ModelUnreadable(msg)

    def tokens(self, text: str, *, with_marks: bool = False) -> list[int]:
        """Split text into tokens; `with_marks` reads control marks such as <|im_end|>, for our own text only."""
        raw = text.encode()
        room = len(raw) + 8
        found = (self._api.llama_token * room)()
        count = self._api.llama_tokenize(
            self._vocab, raw, len(raw), found, room, False, with_marks
        )
        return list(found[:count])

    @cached_property
    def opening_tokens(self) -> list[int]:
        """Give what the model wants at the start of every text: its start token or nothing."""
        if not self._api.llama_vocab_get_add_bos(self._vocab):
            return []
        return [self._api.llama_vocab_bos(self._vocab)]

    @cached_property
    def pieces(self) -> list[bytes]:
        """Give the bytes of every token, by its number; empty for control tokens."""
        buffer = ctypes.create_string_buffer(256)
        pieces = []
        for token in range(self._api.llama_vocab_n_tokens(self._vocab)):
            length = self._api.llama_token_to_piece(self._vocab, token, buffer, 256, 0, False)
            pieces.append(buffer.raw[: max(length, 0)])
        return pieces

    @cached_property
    def end_tokens(self) -> frozenset[int]:
        """Give the tokens that end a text."""
        count = self._api.llama_vocab_n_tokens(self._vocab)
        return frozenset(t for t in range(count) if self._api.llama_vocab_is_eog(self._vocab, t))

    def chat(self, static: str, dynamic: str) -> tuple[list[int], list[int]]:
        """Lay out one chat turn as the model was trained to read it: tokens up to `dynamic`, and from there on.

        Control marks inside the two texts stay plain text, so that a shopper cannot end the turn.
        """
        before, between, after = self._turn
        head = self.opening_tokens + self.tokens(before, with_marks=True)
        return (
            head + self.tokens(static) + self.tokens(between, with_marks=True),
            self.tokens(dynamic) + self.tokens(after, with_marks=True),
        )

    @cached_property
    def _turn(self) -> tuple[str, str, str]:
        """Give the model's own marks: before the instruction, between it and the message, after both."""
        api = self._api
        template = api.llama_model_chat_template(self._model, None)
        messages = (api.llama_chat_message * 2)(
            api.llama_chat_message(role=b"system", content=_SYSTEM_MARK.encode()),
            api.llama_chat_message(role=b"user", content=_USER_MARK.encode()),
        )
        laid_out = ctypes.create_string_buffer(4096)
        length = (
            api.llama_chat_apply_template(template, messages, 2, True, laid_out, 4096)
            if template
            else 0
        )
        text = laid_out.raw[: max(length, 0)].decode()
        before, found, rest = text.partition(_SYSTEM_MARK)
        between, also_found, after = rest.partition(_USER_MARK)
        if not (found and also_found):
            return "", "\n\n", "\n"  # a base model, or a template llama.cpp does not know
        return before, between, after

    def evaluate(self, rows: Sequence[Row]) -> Scores:
        """Read the rows and give the raw scores of the wanted ones, shape (wanted, n_vocab), in order.

        Raises:
            CallFailed: llama.cpp refused, for example because the context is full.
        """
        batch = self._batch
        batch.n_tokens = len(rows)
        for index, row in enumerate(rows):
            batch.token[index] = row.token
            batch.pos[index] = row.position
            batch.n_seq_id[index] = len(row.sequences)
            for place, sequence in enumerate(row.sequences):
                batch.seq_id[index][place] = sequence
            batch.logits[index] = row.is_wanted
        code = self._api.llama_decode(self._context, batch)
        if code != 0:
            msg = f"llama.cpp could not evaluate {len(rows)} tokens (code {code})."
            raise CallFailed(msg)
        return self._scores([index for index, row in enumerate(rows) if row.is_wanted])

    def _scores(self, indices: Sequence[int]) -> Scores:
        width = self._api.llama_vocab_n_tokens(self._vocab)
        scores = np.empty((len(indices), width), dtype=np.float32)
        for place, index in enumerate(indices):
            pointer = self._api.llama_get_logits_ith(self._context, index)
            scores[place] = np.ctypeslib.as_array(pointer, shape=(width,))
        return scores

    def copy(self, source: int, target: int) -> None:
        """Let `target` continue what stands in `source`; costs nothing."""
        self._api.llama_memory_seq_cp(self._memory, source, target, 0, -1)

    def forget(self, sequence: int, *, from_position: int = 0) -> None:
        """Drop a sequence, or its tail."""
        self._api.llama_memory_seq_rm(self._memory, sequence, from_position, -1)

    def close(self) -> None:
        """Free model and context."""
        self._api.llama_batch_free(self._batch)
        self._api.llama_free(self._context)
        self._api.llama_model_free(self._model)


def require_model(path: Path) -> None:
    """Check that the file is there, which takes no engine.

    Raises:
        ModelMissing: it is not.
    """
    if not path.is_file():
        msg = f"The language model is missing: {path}. Run scripts/install, or name another in config.toml."
        raise ModelMissing(msg)


def model_params(api: Any) -> Any:
    """Give how a model is loaded: with weights laid out for this processor, unless that means AMX.

    llama.cpp's AMX code crashes the process now and then; scripts/setup builds it without, other wheels may not.
    Remove with https://github.com/ggml-org/llama.cpp/pull/26954 in the locked version.
    """
    params = api.llama_model_default_params()
    params.use_extra_bufts = b"AMX_INT8 = 1" not in api.llama_print_system_info()
    return params


def _load_api() -> Any:
    try:
        import llama_cpp  # noqa: PLC0415 - a heavy engine, in its own adapter
    except ImportError as error:
        msg = "llama-cpp-python is not installed. Run scripts/install with a C++ compiler at hand."
        raise EngineMissing(msg) from error
    llama_cpp.llama_log_set(_quiet(llama_cpp), ctypes.c_void_p(0))
    return llama_cpp


@cache
def _quiet(api: Any) -> Any:
    """Give llama.cpp a log of ours; kept for good, since the engine may call it at any time."""

    def log(level: int, text: bytes, _data: object) -> None:
        if level == _ERROR_LEVEL:
            _log.warning("llama.cpp: %s", text.decode(errors="replace").strip())

    return api.llama_log_callback(log)
