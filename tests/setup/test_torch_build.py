"""A CUDA build of torch is seen before its gigabytes are downloaded."""

import json

import pytest

from scripts.setup.torch_build import brings_cuda


@pytest.mark.parametrize(
    ("needs", "brings"),
    [
        ([], False),
        (["sympy>=1.13.3", "setuptools; python_version >= '3.10'"], False),
        (["sympy", "nvidia-cublas==13.1.1.3; platform_system != 'Plan9'"], True),
        (["cuda-toolkit[cublas]==13.0.3"], True),
        (["nvidia-cublas==13.1.1.3; platform_system == 'Plan9'"], False),
        (["nvidia-ml-py; extra == 'monitor'"], False),
    ],
)
def test_cuda_is_seen_in_a_plan(needs: list[str], *, brings: bool) -> None:
    torch = {"metadata": {"name": "torch", "version": "2.13.0", "requires_dist": needs}}
    assert brings_cuda(json.dumps({"install": [torch]})) is brings


def test_plan_without_needs_is_fine() -> None:
    assert not brings_cuda('{"install": [{"metadata": {"name": "torch"}}]}')
