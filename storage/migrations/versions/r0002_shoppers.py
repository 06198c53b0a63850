"""Shoppers and all that belongs to one: consents, coupons, orders, history, conversation."""

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None

# The exact type INTEGER is what gives SQLite its fast key and AUTOINCREMENT.
_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables that know a person."""
    _create_shoppers()
    _create_coupon_links()
    _create_orders()
    _create_history()
    _create_suggestions()
    _create_conversation()


def _owner(table: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_shopper_id"
    return sa.ForeignKeyConstraint(["shopper_id"], ["shoppers.id"], name=name, ondelete=ondelete)


def _own_id() -> sa.Column[int]:
    return sa.Column("id", _BIG_ID, nullable=False, autoincrement=True)


def _shopper_id(*, may_be_nobody: bool = False) -> sa.Column[int]:
    return sa.Column("shopper_id", sa.BigInteger(), nullable=may_be_nobody)


def _create_shoppers() -> None:
    op.create_table(
        "shoppers",
        sa.Column("id", _BIG_ID, nullable=False, autoincrement=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("language_code", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.Text()),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("is_reachable", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_shoppers"),
    )
    op.create_table(
        "consents",
        _own_id(),
        _shopper_id(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        _owner("consents"),
    )
    op.create_index("ix_consents_shopper_id_id", "consents", ["shopper_id", "id"])


def _create_coupon_links() -> None:
    op.create_table(
        "coupon_uses",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        _shopper_id(),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", "order_code", name="pk_coupon_uses"),
        sa.ForeignKeyConstraint(
            ["code"], ["coupons.code"], name="fk_coupon_uses_code", ondelete="CASCADE"
        ),
        _owner("coupon_uses"),
    )
    op.create_index("ix_coupon_uses_shopper_id", "coupon_uses", ["shopper_id"])
    op.create_table(
        "saved_coupons",
        _shopper_id(),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", "code", name="pk_saved_coupons"),
        _owner("saved_coupons"),
        sa.ForeignKeyConstraint(
            ["code"], ["coupons.code"], name="fk_saved_coupons_code", ondelete="CASCADE"
        ),
    )


def _create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("code", sa.Text(), nullable=False),
        _shopper_id(may_be_nobody=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("coupon_code", sa.Text()),
        sa.Column("suggestion_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("code", name="pk_orders"),
        sa.UniqueConstraint("suggestion_id", name="uq_orders_suggestion_id"),
        _owner("orders", ondelete="SET NULL"),
    )
    op.create_index("ix_orders_shopper_id_placed_at", "orders", ["shopper_id", "placed_at"])


def _create_history() -> None:
    op.create_table(
        "purchases",
        _own_id(),
        _shopper_id(),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("purchased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchases"),
        _owner("purchases"),
    )
    op.create_index(
        "ix_purchases_shopper_id_purchased_at", "purchases", ["shopper_id", "purchased_at"]
    )
    op.create_table(
        "signals",
        _own_id(),
        _shopper_id(),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suggestion_id", sa.BigInteger()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signals"),
        _owner("signals"),
    )
    op.create_index("ix_signals_shopper_id_seen_at", "signals", ["shopper_id", "seen_at"])
    op.create_table(
        "visits",
        _own_id(),
        _shopper_id(),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
        _owner("visits"),
    )
    op.create_index("ix_visits_shopper_id_entered_at", "visits", ["shopper_id", "entered_at"])


def _create_suggestions() -> None:
    op.create_table(
        "suggestions",
        _own_id(),
        _shopper_id(),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("coupon_code", sa.Text()),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("distance_band_m", sa.Integer()),
        sa.Column("contributions", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        _owner("suggestions"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_suggestions_shopper_id_shown_at", "suggestions", ["shopper_id", "shown_at"]
    )


def _create_conversation() -> None:
    op.create_table(
        "dialogues",
        _own_id(),
        _shopper_id(),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dialogues"),
        _owner("dialogues"),
    )
    op.create_index("ix_dialogues_shopper_id_id", "dialogues", ["shopper_id", "id"])
    op.create_index("ix_dialogues_said_at", "dialogues", ["said_at"])
    op.create_table(
        "usage",
        _shopper_id(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", "kind", "day", name="pk_usage"),
        _owner("usage"),
    )
