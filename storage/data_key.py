"""Recognises the data key: a word encrypted with it lies in the database from the first start on.

Without it a wrong key would only show when the first name is read, long after new data was written with it.
"""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.crypto import Cipher
from storage.tables import meta

_ROW = "data_key_check"
_WORD = "concierge"
_READ = select(meta.c.value).where(meta.c.key == _ROW)


async def check(connection: AsyncConnection, cipher: Cipher) -> bool:
    """Check the key against the database; False when the database has not seen a key yet.

    Raises:
        WrongDataKey: the database was written with another key.
    """
    token = await connection.scalar(_READ)
    if token is None:
        return False
    cipher.decrypt(token)
    return True


async def remember(connection: AsyncConnection, cipher: Cipher) -> None:
    """Leave the mark of this key, once."""
    if not await check(connection, cipher):
        await connection.execute(insert(meta).values(key=_ROW, value=cipher.encrypt(_WORD)))
