"""What can go wrong in training.

TrainingError
├── CarrierError        a carrier sentence that cannot be filled
├── NoModelError        the search model, whose word pieces the tagger reads, is missing
├── NotPlainError       a training text the tagger would never see in that form
└── CheckpointError     a checkpoint that is missing, or of another training
"""


class TrainingError(Exception):
    """Anything that ends a training; the message says what to do."""


class CarrierError(TrainingError):
    """A carrier sentence has an unknown slot or a brace that belongs to none."""


class NoModelError(TrainingError):
    """The search model is not in its folder."""


class NotPlainError(TrainingError):
    """A training text is not in plain characters."""


class CheckpointError(TrainingError):
    """There is no checkpoint to go on from, or it is of another training."""
