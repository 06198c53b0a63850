"""What a message is about: an intent, and for wishes the need behind it (pure, given the vectors).

Nearest examples decide: data/intents.toml and data/needs.toml hold our own phrasings, embedded once.
The shopper's place, purchases and name are none of its business.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.resources import files

import numpy as np

from knowledge.constraints import Constraints, constraints_in
from knowledge.search.base import Vectors


class Intent(StrEnum):
    """What a shopper may want of the bot; the names are those of the measurement contract, and CARE."""

    NEED = "need"
    PRODUCT_SEARCH = "product_search"
    STORE_LOOKUP = "store_lookup"
    COUPONS = "coupons"
    RECOMMEND = "recommend"
    ORDER_PLACE = "order_place"
    ORDER_STATUS = "order_status"
    ORDER_CHANGE = "order_change"
    ORDER_CANCEL = "order_cancel"
    REFUND_RETURN = "refund_return"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    INVOICE = "invoice"
    POLICY = "policy"
    ACCOUNT_PRIVACY = "account_privacy"
    COMPLAINT = "complaint"
    HUMAN = "human"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"
    CARE = "care"


PLACE_INTENTS = frozenset(
    {Intent.NEED, Intent.PRODUCT_SEARCH, Intent.RECOMMEND, Intent.STORE_LOOKUP}
)
POLICY_INTENTS = frozenset(
    {Intent.REFUND_RETURN, Intent.DELIVERY, Intent.PAYMENT, Intent.INVOICE, Intent.POLICY}
)

# Below this cosine to every example a message is taken for a search and judged by what it finds (ours).
UNSURE_BELOW = 0.42
# A need is answered with things the message does not name, so it takes more to believe in one (ours).
_NEED_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Need:
    """A human need: how people say it, what helps and never does, and how to open a reply about it."""

    name: str
    says: tuple[str, ...]
    wants: tuple[str, ...]
    openings: tuple[str, ...]
    never: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A message understood.

    `confidence` is the winning examples' cosine, `need` is set with Intent.NEED only, and `tone` tells
    sorts of one intent apart that only differ in the words of the reply (thanks, bye).
    """

    intent: Intent
    confidence: float
    need: Need | None
    constraints: Constraints
    tone: str = ""

    @property
    def is_sure(self) -> bool:
        """Tell whether some example was close enough to trust."""
        return self.confidence >= UNSURE_BELOW

    @property
    def label(self) -> str:
        """Name the wish for the suggestion's record: the need, else the intent."""
        return self.need.name if self.need else self.intent.value


@dataclass(frozen=True, slots=True)
class Examples:
    """Every example phrasing with its label: an intent's name, or "need:" and the need's name."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    needs: Mapping[str, Need]

    @classmethod
    def shipped(cls) -> "Examples":
        """Read the examples that come with the program."""
        data = files("knowledge") / "data"
        intents = tomllib.loads((data / "intents.toml").read_text(encoding="utf-8"))
        raw_needs = tomllib.loads((data / "needs.toml").read_text(encoding="utf-8"))
        needs = {
            name: Need(
                name,
                tuple(raw["says"]),
                tuple(raw["wants"]),
                tuple(raw["openings"]),
                frozenset(raw.get("never", ())),
            )
            for name, raw in raw_needs.items()
        }
        pairs = [(text, name) for name, texts in intents.items() for text in texts]
        pairs += [(text, f"need:{need.name}") for need in needs.values() for text in need.says]
        return cls(tuple(text for text, _ in pairs), tuple(label for _, label in pairs), needs)


class Understanding:
    """Compares a message with the examples."""

    def __init__(self, examples: Examples, vectors: Vectors) -> None:
        """Take the examples and their unit vectors, shape (len(examples.texts), dim) float32."""
        self._needs = examples.needs
        self._vectors = vectors
        self._labels = sorted(set(examples.labels))
        rows = [np.flatnonzero(np.array(examples.labels) == label) for label in self._labels]
        # One row a label, padded with an index behind the last example, where no similarity is.
        width = max(map(len, rows))
        padding = len(examples.labels)
        self._rows = np.array(
            [np.pad(r, (0, width - len(r)), constant_values=padding) for r in rows]
        )

    def read(self, text: str, vector: Vectors) -> Reading:
        """Read one scrubbed message, given its unit vector, shape (dim,) float32."""
        constraints = constraints_in(text)
        label, confidence = self._closest(self._vectors @ vector)
        is_need = label.startswith("need:")
        if confidence < (_NEED_FROM if is_need else UNSURE_BELOW):
            return Reading(Intent.PRODUCT_SEARCH, confidence, None, constraints)
        if is_need:
            need = self._needs[label.removeprefix("need:")]
            limits = replace(constraints, excluded=constraints.excluded | need.never)
            return Reading(Intent.NEED, confidence, need, limits)
        intent, _, tone = label.partition(".")
        return Reading(Intent(intent), confidence, None, constraints, tone)

    def _closest(self, similarities: Vectors) -> tuple[str, float]:
        """Score a label by its best example, helped by its second and third best."""
        by_label = np.append(similarities, np.float32(-1.0))[self._rows]
        top = np.sort(by_label, axis=1)[:, :-4:-1]
        best = int(np.argmax(0.75 * top[:, 0] + 0.25 * top.mean(axis=1)))
        return self._labels[best], float(top[best, 0])
