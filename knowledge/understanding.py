"""What a message is about: an intent, and for wishes the need behind it (pure, given the vectors).

Nearest examples decide: data/intents.toml and data/needs.toml hold our own phrasings, embedded once.
The shopper's place, purchases and name are none of its business.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

import numpy as np

from knowledge.constraints import Constraints, constraints_in
from knowledge.search.embedder import Vectors


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


@dataclass(frozen=True, slots=True)
class Need:
    """A human need: how people say it, what helps, and how to open a reply about it."""

    name: str
    says: tuple[str, ...]
    wants: tuple[str, ...]
    openings: tuple[str, ...]


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
            name: Need(name, tuple(raw["says"]), tuple(raw["wants"]), tuple(raw["openings"]))
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
        self._rows = [np.flatnonzero(np.array(examples.labels) == label) for label in self._labels]

    def read(self, text: str, vector: Vectors) -> Reading:
        """Read one scrubbed message, given its unit vector, shape (dim,) float32."""
        constraints = constraints_in(text)
        label, confidence = self._closest(self._vectors @ vector)
        if confidence < UNSURE_BELOW:
            return Reading(Intent.PRODUCT_SEARCH, confidence, None, constraints)
        if label.startswith("need:"):
            need = self._needs[label.removeprefix("need:")]
            return Reading(Intent.NEED, confidence, need, constraints)
        intent, _, tone = label.partition(".")
        return Reading(Intent(intent), confidence, None, constraints, tone)

    def _closest(self, similarities: Vectors) -> tuple[str, float]:
        """Score a label by its best example, helped by its second and third best."""
        scores = [_label_score(similarities[rows]) for rows in self._rows]
        best = int(np.argmax(scores))
        return self._labels[best], float(similarities[self._rows[best]].max())


def _label_score(similarities: Sequence[float] | Vectors) -> float:
    top = np.sort(np.asarray(similarities))[::-1][:3]
    return float(0.75 * top[0] + 0.25 * top.mean())
