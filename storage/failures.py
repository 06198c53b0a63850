"""Turns whatever SQLAlchemy and the drivers raise into this package's errors, without their values.

asyncpg puts the offending values into its messages ("Key (chat_id)=(42) already exists"), so the original
is cut off: only the kind of error and the statement, which holds placeholders, are kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.errors import DatabaseUnavailable, RowConflict, StorageError

_STATEMENT_SHOWN = 200

# Not the statement's fault. Sources: sqlite.org/rescode.html; PostgreSQL 15 manual, appendix A: classes
# 08 connection, 28 authorisation, 3D no such database, 40 serialisation and deadlock, 53 resources,
# 57 shut down by an operator, 58 system error. (2026-11-21)
_UNAVAILABLE = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_READONLY",
    "SQLITE_IOERR",
    "SQLITE_CORRUPT",
    "SQLITE_FULL",
    "SQLITE_CANTOPEN",
    "SQLITE_NOTADB",
    "SQLITE_PROTOCOL",
    "08",
    "28",
    "3D",
    "40",
    "53",
    "57",
    "58",
)


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
    if isinstance(error, OSError | PoolTimeoutError) or _code_of(error).startswith(_UNAVAILABLE):
        return DatabaseUnavailable(f"The database does not take this now: {_describe(error)}")
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return DatabaseUnavailable(f"The connection to the database was lost: {_describe(error)}")
    return StorageError(f"The database refused a statement: {_describe(error)}")


def _code_of(error: SQLAlchemyError | OSError) -> str:
    """Give the driver's code for what went wrong, such as SQLITE_BUSY or 53100; empty without one."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""


def _describe(error: SQLAlchemyError | OSError) -> str:
    if not isinstance(error, StatementError):
        return type(error).__name__
    what = _code_of(error) or type(error.orig or error).__name__
    statement = " ".join((error.statement or "").split())[:_STATEMENT_SHOWN]
    return f"{what} in: {statement}" if statement else what
