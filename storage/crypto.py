"""Encryption of personal data at rest, and secrets derived from the data key.

Repositories call this at the row mapping, so that a table never sees clear text and no type needs a
global key. Knows nothing of tables, engines or where keys are kept.
"""

import base64
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import WrongDataKey

_DERIVED_BYTES = 32


class Cipher:
    """Encrypts with the first key, decrypts with any.

    Hashes and derived secrets come from the *last* key: a new key put in front changes none of them
    until the last one is retired.

    Raises:
        WrongDataKey: no key given, or one that is not 32 bytes of URL-safe base64.
    """

    __slots__ = ("_fernet", "_hash_key", "_root")

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise WrongDataKey("No data key was given. Set CONCIERGE_DATA_KEY or _FILE.")
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            message = "The data key is malformed: it must be 32 bytes in URL-safe base64."
            raise WrongDataKey(message) from None
        self._root = base64.urlsafe_b64decode(keys[-1])
        self._hash_key = self.derive("keyed hash")

    @staticmethod
    def new_key() -> str:
        """Make a fresh random data key."""
        return Fernet.generate_key().decode("ascii")

    def encrypt(self, text: str) -> str:
        """Give the ciphertext of `text` as ASCII; two calls never give the same."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        """Give back the text of a token.

        Raises:
            WrongDataKey: none of the keys made this token, or it was altered.
        """
        try:
            return self._fernet.decrypt(token).decode()
        except InvalidToken:
            message = (
                "Stored personal data cannot be read with this data key. "
                "Put the key that wrote it back (CONCIERGE_DATA_KEY or _FILE)."
            )
            raise WrongDataKey(message) from None

    def keyed_hash(self, text: str) -> str:
        """Give a 64-character hex HMAC-SHA256, to look things up without decrypting any."""
        return hmac.digest(self._hash_key, text.encode(), "sha256").hex()

    def derive(self, purpose: str) -> bytes:
        """Give 32 secret bytes for one purpose (HKDF-SHA256, RFC 5869); the same every time."""
        kdf = HKDF(
            hashes.SHA256(), _DERIVED_BYTES, salt=None, info=f"concierge {purpose}".encode()
        )
        return kdf.derive(self._root)
