"""The documents and questions of `policy`, read and checked once; some gold passages can be taken out.

A document is {"pid" or "doc", "text"} with "site" where several shops' rules are in one file. A question is
{"qid", "question"} with "site" and, where the right answer is known, the same "pid" or "doc".
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.evaluate.reading import Id, Row, read_rows

_IDS = ("pid", "doc", "id")


@dataclass(frozen=True, slots=True)
class Document:
    """One passage or whole document; `site` None: there is only one shop."""

    id: str
    text: str
    site: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One question; `gold` is the document that answers it, None when nobody says."""

    id: Id
    question: str
    site: str | None
    gold: str | None


def read_documents(path: Path) -> list[Document]:
    """Read the documents.

    Raises:
        BadFile: the file, a line or a field cannot be used, or an id stands there twice.
    """
    found: dict[str, Document] = {}
    for row in read_rows(path):
        key = _gold(row)
        if key is None:
            raise row.bad('needs a field pid or doc with a text, such as "returns-2"')
        if key in found:
            raise row.bad(f"id {key!r} stands there twice")
        found[key] = Document(key, row.text("text"), _optional(row, "site"))
    return list(found.values())


def read_cases(path: Path) -> list[Case]:
    """Read the questions.

    Raises:
        BadFile: the file, a line or a field cannot be used, or an id stands there twice.
    """
    found: dict[Id, Case] = {}
    for row in read_rows(path):
        qid = row.columns.get("qid", row.columns.get("id"))
        if isinstance(qid, bool) or not isinstance(qid, str | int):
            raise row.bad('field qid must be a text or a whole number, such as "q-1"')
        if qid in found:
            raise row.bad(f"qid {qid!r} stands there twice")
        gold = _optional(row, "pid") or _optional(row, "doc")
        found[qid] = Case(qid, row.text("question"), _optional(row, "site"), gold)
    return list(found.values())


def without_gold(
    documents: Sequence[Document], cases: Sequence[Case], share: float, seed: int
) -> list[Document]:
    """Take out a share (0 … 1) of the documents that answer something; all others stay."""
    answering = sorted({case.gold for case in cases if case.gold is not None})
    chance = random.Random(seed)  # noqa: S311  # nothing secret: the same split for everybody
    out = set(chance.sample(answering, round(share * len(answering))))
    return [document for document in documents if document.id not in out]


def is_answerable(case: Case, kept: Collection[str]) -> bool | None:
    """Tell whether what answers is still there; None when nobody knows what answers."""
    return None if case.gold is None else case.gold in kept


def _gold(row: Row) -> str | None:
    return next((found for name in _IDS if (found := _optional(row, name)) is not None), None)


def _optional(row: Row, column: str) -> str | None:
    value = row.columns.get(column)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None
