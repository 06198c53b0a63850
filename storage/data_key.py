"""What a database knows of its data key: a word encrypted with it, and the root of hashes, from the first start on.

Without the word a wrong key would only show when the first name is read, long after new data was written with it.
"""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.crypto import Cipher
from storage.tables import meta
from storage.upserts import insert_or_replace, insert_unless_there

_CHECK, _ROOT = "data_key_check", "hash_root"
_WORD = "concierge"
_READ = select(meta.c.value).where(meta.c.key == bindparam("name"))
_ADD = insert_unless_there(meta)
_SET = insert_or_replace(meta)


async def recognised(connection: AsyncConnection, cipher: Cipher) -> Cipher:
    """Check the key against the database, and give the cipher with this database's own root.

    Raises:
        WrongDataKey: the database was written with another key.
    """
    token = await connection.scalar(_READ, {"name": _CHECK})
    if token is not None:
        cipher.decrypt(token)
    root = await connection.scalar(_READ, {"name": _ROOT})
    return cipher if root is None else cipher.with_root(root)


async def remember(connection: AsyncConnection, cipher: Cipher) -> Cipher:
    """Leave the marks of this key, once; gives what `recognised` does."""
    for key, value in ((_CHECK, cipher.encrypt(_WORD)), (_ROOT, cipher.wrapped_root())):
        await connection.execute(_ADD.on(connection), {"key": key, "value": value})
    return await recognised(connection, cipher)


async def renew(connection: AsyncConnection, cipher: Cipher) -> None:
    """Write both marks with the newest key."""
    for name in (_CHECK, _ROOT):
        token = await connection.scalar(_READ, {"name": name})
        renewed = None if token is None else cipher.renewed(token)
        if renewed is not None:
            await connection.execute(_SET.on(connection), {"key": name, "value": renewed})
