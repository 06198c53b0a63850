"""The two ways a set-up step can end badly.

SetupError      stops the set-up: one line that names the thing and the fix, exit 2
StepPassedOver  the step could not be done and the product works without it
"""


class SetupError(Exception):
    """Set-up cannot go on; the message is shown as it is."""


class StepPassedOver(Exception):  # noqa: N818 - not an error: the set-up goes on
    """This step was left out; the message says what is missing and what to do."""
