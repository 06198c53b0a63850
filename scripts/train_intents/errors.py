"""What can go wrong in training.

TrainingError
└── PatternError        a line of the data that cannot be read
"""


class TrainingError(Exception):
    """Anything that ends a training; the message says what to do."""


class PatternError(TrainingError):
    """A line has an unknown slot, a bracket without its other half, or stands under no label."""
