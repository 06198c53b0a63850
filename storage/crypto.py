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
_KEY_ID_BYTES = 8


class Cipher:
    """Encrypts with the first key, decrypts with any.

    Hashes and derived secrets come from the root, which no change of keys changes: there is nothing to hash them anew
    from, since what was hashed is not kept. It is the last key, unless a `root` is given; a database keeps its own,
    encrypted (storage.data_key), so that the key it once came from can be retired. Whoever has an old key and the
    database can therefore still test guesses against hashes, but read nothing that was written.

    Raises:
        WrongDataKey: no key given, or one that is not 32 bytes of URL-safe base64.
    """

    __slots__ = ("_fernet", "_hash_key", "_keys", "_newest", "_root")

    def __init__(self, keys: Sequence[str], *, root: str | None = None) -> None:
        if not keys:
            raise WrongDataKey("No data key was given. Set CONCIERGE_DATA_KEY or _FILE.")
        try:
            fernets = [Fernet(key) for key in keys]
        except ValueError:
            message = "The data key is malformed: it must be 32 bytes in URL-safe base64."
            raise WrongDataKey(message) from None
        self._fernet, self._newest = MultiFernet(fernets), fernets[0]
        self._keys, self._root = tuple(keys), root or keys[-1]
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
        return kdf.derive(base64.urlsafe_b64decode(self._root))

    def wrapped_root(self) -> str:
        """Give the root as ciphertext, to be kept in the database."""
        return self.encrypt(self._root)

    def with_root(self, wrapped: str) -> "Cipher":
        """Give the same keys with the root that `wrapped_root` gave once.

        Raises:
            WrongDataKey: none of the keys made it.
        """
        return Cipher(self._keys, root=self.decrypt(wrapped))

    def newest_key_id(self) -> str:
        """Give 16 hex characters by which the first key is known, and which tell nothing of it."""
        kdf = HKDF(hashes.SHA256(), _KEY_ID_BYTES, salt=None, info=b"concierge key id")
        return kdf.derive(base64.urlsafe_b64decode(self._keys[0])).hex()

    def renewed(self, token: str) -> str | None:
        """Give the token as the first key makes it; None when that key made it already.

        Raises:
            WrongDataKey: none of the keys made this token, or it was altered.
        """
        try:
            self._newest.decrypt(token)
        except InvalidToken:
            return self.encrypt(self.decrypt(token))
        return None
