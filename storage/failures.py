"""Turns whatever SQLAlchemy and the drivers raise into this package's errors, without their values.

asyncpg puts the offending values into its messages ("Key (chat_id)=(42) already exists"), so the original
is cut off: only the kind of error and the statement, which holds placeholders, are kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.errors import DatabaseUnavailable, RowConflict, StorageError

_STATEMENT_SHOWN = 200


@contextmanager
def translated() -> Iterator[None]:
    """Raise storage errors in place of the library's, cut off from the originals.

    Raises:
        RowConflict, DatabaseUnavailable, StorageError: see errors.py.
    """
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise _translate(error) from None


def _translate(error: SQLAlchemyError | OSError) -> StorageError:
    if isinstance(error, IntegrityError):
        return RowConflict(f"A row was refused: {_describe(error)}")
    if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError | OSError):
        return DatabaseUnavailable(f"The database does not take this now: {_describe(error)}")
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return DatabaseUnavailable(f"The connection to the database was lost: {_describe(error)}")
    return StorageError(f"The database refused a statement: {_describe(error)}")


def _describe(error: SQLAlchemyError | OSError) -> str:
    if not isinstance(error, DBAPIError):
        return type(error).__name__
    cause = type(error.orig).__name__ if error.orig is not None else type(error).__name__
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    statement = " ".join((error.statement or "").split())[:_STATEMENT_SHOWN]
    return (
        f"{cause} {code or ''} in: {statement}" if statement else f"{cause} {code or ''}".strip()
    )
