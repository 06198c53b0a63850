"""What the model reads before it writes: one layout for every kind of reply, so that its beginning stays cached (pure)."""

from collections.abc import Collection

from knowledge.llm.base import Prompt

# What the adapter was trained with: to change it means to train it again.
TRAINED = "You are a kind shop assistant. Say the facts in braces; nothing else is a fact."
_NO_MESSAGE = "-"
# In this order, whatever the order in which they are known.
NAMES = (
    *("store", "distance", "item", "price", "more", "opens", "order", "status"),
    *("quote", "document", "choices", "list"),
)


def in_order(names: Collection[str]) -> tuple[str, ...]:
    """Give names of facts in the order in which a brief has them; others are left out."""
    return tuple(name for name in NAMES if name in names)


def brief(
    kind: str, names: Collection[str], message: str, *, instruction: str = TRAINED
) -> Prompt:
    """Ask for a reply of a kind to a scrubbed message, in which each of the named facts stands once, in braces."""
    facts = " ".join(f"{{{name}}}" for name in in_order(names))
    return Prompt(instruction, f"{kind}: {facts}\n{' '.join(message.split()) or _NO_MESSAGE}")
