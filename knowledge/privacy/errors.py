"""What can go wrong with personal data; knows no text and no shopper.

PrivacyError
└── ForeignPlaceholder
"""


class PrivacyError(Exception):
    """Root of this package's errors."""


class ForeignPlaceholder(PrivacyError):  # noqa: N818 - named for what it is, as in the tree
    """A text carries a placeholder that was not issued for it: invented, altered or someone else's."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(
            f"{placeholder} was not issued for this message; answer from the template"
        )
        self.placeholder = placeholder
