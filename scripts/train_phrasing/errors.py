"""What can go wrong in training.

TrainingError
├── DataError           written data that cannot be used
└── ToolMissingError    what training needs besides the product is not installed
"""


class TrainingError(Exception):
    """Anything that ends a training; the message says what to do."""


class DataError(TrainingError):
    """A file of the data is damaged, or a sentence uses a placeholder that its kind does not have."""


class ToolMissingError(TrainingError):
    """The group of packages "train", or llama.cpp's converter, is missing."""
