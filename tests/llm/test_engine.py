"""How the engine asks llama.cpp to lay a model out."""

from types import SimpleNamespace

import pytest

from knowledge.llm.engine import model_params


@pytest.mark.parametrize(
    ("built_with", "is_laid_out_anew"),
    [(b"CPU : AVX2 = 1 | AMX_INT8 = 1 | ", False), (b"CPU : AVX2 = 1 | REPACK = 1 | ", True)],
)
def test_code_that_crashes_is_not_used_whoever_built_it(
    built_with: bytes, is_laid_out_anew: bool
) -> None:
    api = SimpleNamespace(
        llama_print_system_info=lambda: built_with,
        llama_model_default_params=lambda: SimpleNamespace(use_extra_bufts=True),
    )
    assert model_params(api).use_extra_bufts is is_laid_out_anew
