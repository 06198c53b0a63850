"""What all tables share: one MetaData, how constraints are named, columns that recur."""

from sqlalchemy import BigInteger, Column, ForeignKey, MetaData, Text

from storage.columns import BigId

IS_ENCRYPTED = "is_encrypted"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def needed(name: str, kind: type | object) -> Column[object]:
    """Make a column that is never empty."""
    return Column(name, kind, nullable=False)  # type: ignore[arg-type]  # any column type or class


def encrypted(name: str, *, is_needed: bool = True) -> Column[object]:
    """Make a column of ciphertext; storage.rotation finds it by this mark when the data key changes."""
    return Column(name, Text, nullable=not is_needed, info={IS_ENCRYPTED: True})


def own_id() -> Column[int]:
    """Make the numbered key of a table whose rows have no name of their own."""
    return Column("id", BigId, primary_key=True, autoincrement=True)


def shopper_id(*, is_key: bool = False, may_be_nobody: bool = False) -> Column[int]:
    """Make the column that says whose row it is: deleted with the shopper, or left to nobody."""
    return Column(
        "shopper_id",
        BigInteger,
        ForeignKey("shoppers.id", ondelete="SET NULL" if may_be_nobody else "CASCADE"),
        primary_key=is_key,
        nullable=may_be_nobody,
    )
