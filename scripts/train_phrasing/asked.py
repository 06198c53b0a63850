"""What shoppers say before replies that are not about a need, by kind of reply."""

import random
from collections.abc import Mapping, Sequence

from scripts.train_intents.samples import lines_in, samples_of, slots_in
from scripts.train_phrasing.examples import frames

_POLICIES = frozenset("policy refund_return delivery payment".split())
_ALIKE = frozenset(
    {"coupons", "order_status"}
)  # intents that are called as the replies to them are


def asked(dice: random.Random) -> Mapping[str, Sequence[str]]:
    """Draw messages from what intents are learned from; frames.toml has those of kinds that are no intent."""
    said = {name: list(texts) for name, texts in frames()["asked"].items()}
    for sample in samples_of(lines_in(), slots_in(), dice):
        kind = _kind_of(sample.label)
        if kind:
            said.setdefault(kind, []).append(sample.text)
    return said


def _kind_of(label: str) -> str:
    intent = label.partition("/")[0].partition(".")[0]
    if intent in _ALIKE:
        return intent
    if intent == "out_of_scope":
        return "refusal"
    return "policy" if intent in _POLICIES else ""
