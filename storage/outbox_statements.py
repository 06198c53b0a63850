"""The SQL of the outbox, built once; storage.outbox says what each is for."""

from sqlalchemy import (
    bindparam,
    case,
    delete,
    func,
    null,
    select,
    tuple_,
    union_all,
    update,
)

from storage.records import OutboxStatus, Priority
from storage.tables import outbox, workers
from storage.upserts import insert_unless_there

_WAITING, _SENDING, _SENT, _UNKNOWN, _DROPPED = (status.value for status in OutboxStatus)
_IS_THIS_ONE = outbox.c.id == bindparam("item_id")
# Whoever was taken for gone and comes back finds its rows settled by others, and leaves them so.
_IS_OURS = (
    _IS_THIS_ONE
    & (outbox.c.status == _SENDING)
    & outbox.c.claimed_by.is_not_distinct_from(bindparam("by"))
)

ADD = insert_unless_there(outbox, outbox.c.id)
KEYED = select(outbox.c.unique_key, outbox.c.message_id).where(
    outbox.c.unique_key.in_(bindparam("any_of", expanding=True))
)
SENT = (
    update(outbox)
    .where(_IS_OURS)
    .values(
        status=_SENT,
        message_id=bindparam("its_message"),
        finished_at=bindparam("now"),
        arguments=None,
        reason=None,
    )
)
# What is in flight has a reason only when its chat's messages were dropped meanwhile: it may arrive, but is not repeated.
_IS_CALLED_OFF = outbox.c.reason.is_not(None)
RETRY = (
    update(outbox)
    .where(_IS_OURS)
    .values(
        status=case((_IS_CALLED_OFF, _DROPPED), else_=_WAITING),
        attempts=outbox.c.attempts + 1,
        due_at=bindparam("again_at"),
        arguments=case((_IS_CALLED_OFF, null()), else_=outbox.c.arguments),
    )
)
_DROPPING = update(outbox).values(status=_DROPPED, reason=bindparam("why"), arguments=None)
DROP = _DROPPING.where(_IS_OURS)
_IS_WAITING = outbox.c.status == _WAITING
# One statement for both, so that no row passes from one to the other between two.
DROP_OF_CHAT = (
    update(outbox)
    .where(
        outbox.c.chat_id == bindparam("of_chat"),
        outbox.c.status.in_([_WAITING, _SENDING]),
    )
    .values(
        status=case((_IS_WAITING, _DROPPED), else_=outbox.c.status),
        reason=bindparam("why"),
        arguments=case((_IS_WAITING, null()), else_=outbox.c.arguments),
    )
)
DROP_OFFERS_OF_CHAT = DROP_OF_CHAT.where(outbox.c.priority.in_(bindparam("ranks", expanding=True)))
DROP_WAITING = _DROPPING.where(outbox.c.status.in_([_WAITING, _SENDING]))
_LOSING = update(outbox).values(status=_UNKNOWN, arguments=None)
UNKNOWN = _LOSING.where(_IS_OURS)

# An id that no worker has, or none at all.
_IS_NOBODYS = (outbox.c.status == _SENDING) & (
    outbox.c.claimed_by.is_(None) | outbox.c.claimed_by.not_in(select(workers.c.id))
)
_IS_REPEATED = outbox.c.priority.in_(bindparam("repeated", expanding=True)) & ~_IS_CALLED_OFF
REPEAT = (
    update(outbox)
    .where(_IS_NOBODYS, _IS_REPEATED)
    .values(status=_WAITING, due_at=bindparam("now"), attempts=outbox.c.attempts + 1)
)
LOSE = _LOSING.where(_IS_NOBODYS, ~_IS_REPEATED)

_IS_FINISHED = outbox.c.status.not_in([_WAITING, _SENDING])
_ERASING = delete(outbox).where(outbox.c.is_farewell, _IS_FINISHED)
ERASE_FAREWELL = _ERASING.where(_IS_THIS_ONE)
ERASE_FAREWELLS_OF_CHAT = _ERASING.where(outbox.c.chat_id == bindparam("of_chat"))

COUNTS = select(outbox.c.status, func.count()).group_by(outbox.c.status)
DELETE_BEFORE = delete(outbox).where(
    _IS_FINISHED, outbox.c.is_farewell | (outbox.c.created_at < bindparam("limit_at"))
)

_row = outbox.alias("candidate")
_ahead = outbox.alias("ahead")
_in_flight = outbox.alias("in_flight")
# Both questions are asked of the index (chat_id, status, priority, id), row by row, so that a claim walks the
# due rows in their order and stops at the limit, however many wait. As anti-joins PostgreSQL sees that, too.
_IS_BEHIND_ANOTHER = (
    select(_ahead.c.id)
    .where(
        _ahead.c.chat_id == _row.c.chat_id,
        _ahead.c.status == _WAITING,
        tuple_(_ahead.c.priority, _ahead.c.id) < tuple_(_row.c.priority, _row.c.id),
    )
    .correlate(_row)
    .exists()
)
_HAS_ONE_IN_FLIGHT = (
    select(_in_flight.c.id)
    .where(_in_flight.c.chat_id == _row.c.chat_id, _in_flight.c.status == _SENDING)
    .correlate(_row)
    .exists()
)
_IS_OF_PORTION = func.abs(_row.c.chat_id) % bindparam("of") == bindparam("place")
_IS_FREE_HEAD = (_row.c.status == _WAITING) & ~_IS_BEHIND_ANOTHER & ~_HAS_ONE_IN_FLIGHT
# One look per priority, each the first entries of the index (status, priority, due_at, id) that are free: where the
# priority is not given, PostgreSQL without fresh statistics reads and sorts whatever is due, 0.8 s of 100,000 rows. The
# looks are made one after the other until there are enough. CTEs, since a union takes no locks.
_OF_EACH_RANK = [
    select(_row.c.id)
    .where(
        _IS_FREE_HEAD,
        _row.c.priority == rank,
        _IS_OF_PORTION,
        _row.c.due_at <= bindparam("now"),
    )
    .order_by(_row.c.due_at, _row.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, of=_row)
    .cte(f"claimed_{rank}")
    for rank in range(len(Priority))
]
_claimed = (
    union_all(*(select(claimed.c.id) for claimed in _OF_EACH_RANK))
    .limit(bindparam("at_most"))
    .cte("claimed")
)
_IS_LATE = outbox.c.send_before <= bindparam("now")
CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(select(_claimed.c.id)))
    .values(
        status=case((_IS_LATE, _DROPPED), else_=_SENDING),
        claimed_by=bindparam("by"),
        reason=case((_IS_LATE, "late"), else_=outbox.c.reason),
        arguments=case((_IS_LATE, null()), else_=outbox.c.arguments),
    )
    .returning(outbox)
)

# Of the first rows of a priority that are due, those that are late, whatever they are behind: few heads are claimed at
# once, and where one is late, so are mostly those that came with it. What others hold is theirs.
_first = (
    select(_row.c.id)
    .where(
        _row.c.status == _WAITING,
        _row.c.priority == bindparam("rank"),
        _IS_OF_PORTION,
        _row.c.due_at <= bindparam("now"),
    )
    .order_by(_row.c.due_at, _row.c.id)
    .limit(bindparam("at_most"))
    .cte("first_rows")
)
_late = (
    select(_row.c.id)
    .where(
        _row.c.id.in_(select(_first.c.id)),
        _row.c.status == _WAITING,
        _row.c.send_before <= bindparam("now"),
    )
    .with_for_update(skip_locked=True, of=_row)
    .cte("late")
)
DROP_LATE = (
    update(outbox)
    .where(outbox.c.id.in_(select(_late.c.id)))
    .values(status=_DROPPED, reason="late", arguments=None)
    .returning(outbox.c.id)  # SQLite's driver does not count the rows of a WITH … UPDATE
)

# One look per priority: each is the first entry of the index (status, priority, due_at) that is free.
_FIRST_DUE = [
    select(
        select(_row.c.due_at)
        .where(_IS_FREE_HEAD, _IS_OF_PORTION, _row.c.priority == rank)
        .order_by(_row.c.due_at)
        .limit(1)
        .scalar_subquery()
        .label("due_at")
    )
    for rank in range(len(Priority))
]
_first_due = union_all(*_FIRST_DUE).subquery("first_due")
NEXT_DUE = select(func.min(_first_due.c.due_at))
