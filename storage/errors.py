"""Everything that can go wrong with the database, said so that a person can act on it.

    StorageError
    ├── DatabaseUnavailable         no server, no file, disk full, locked for too long
    ├── DatabaseFolderNotWritable   the data folder cannot be made or written
    ├── WrongDataKey                the key is malformed, or the data was encrypted with another
    ├── SchemaTooNew                a newer release has been here
    ├── RowConflict                 a key that must be unique is taken, or a row that is needed is missing
    ├── ErasureListUnreadable       the file of who was forgotten is damaged
    ├── BackupRefused               no backup can be made of this database, or restored into it
    ├── IdTooLong                   an id that no button can carry
    └── ReadOnlyWork                commit() in a work that was opened for reading

No message ever carries a bound parameter: drivers put values (ids, names) into theirs, so errors are
translated at the edge of a work and the original is cut off.
"""
# ruff: noqa: N818  each is named for what happened; all of them end up under StorageError


class StorageError(Exception):
    """A database problem, in words; the root of this package's errors."""


class DatabaseUnavailable(StorageError):
    """The database cannot be reached or cannot take the work now; trying again later may help."""


class DatabaseFolderNotWritable(StorageError):
    """The folder of the database file cannot be created or written."""


class WrongDataKey(StorageError):
    """The data key is malformed, or not the one that this database was written with."""


class SchemaTooNew(StorageError):
    """The database was migrated by a newer release than this one."""


class RowConflict(StorageError):
    """A unique key is taken already, or a referenced row does not exist."""


class ErasureListUnreadable(StorageError):
    """The file that says who was forgotten cannot be read; without it a restore could bring them back."""


class BackupRefused(StorageError):
    """A backup cannot be made or restored; the message says why and what to do, and nothing was changed."""


class IdTooLong(StorageError):
    """An id is longer than a button can carry; the message names it and the length."""


class ReadOnlyWork(StorageError):
    """A work opened with `reading()` was asked to commit; open it with `work()` instead."""
