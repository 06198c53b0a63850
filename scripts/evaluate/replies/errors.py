"""Why replies cannot be measured.

EvaluateError
└── ModelNotThere    the model that should speak cannot be loaded
"""

from scripts.evaluate.errors import EvaluateError


class ModelNotThere(EvaluateError):  # noqa: N818 - named for what it is, as in the tree
    """The model, its engine or its adapter is not there."""

    def __init__(self, problem: object) -> None:
        super().__init__(f"{problem} Use --model none to measure the templates alone.")
