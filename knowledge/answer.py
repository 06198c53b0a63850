"""What the concierge gives back for a question; it knows neither how it was found nor how it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.facts import Facts, Kind
from knowledge.privacy.placeholders import moves
from knowledge.privacy.vault import kept
from knowledge.ranking import Ranked
from knowledge.templates import Words
from knowledge.trace import Trace
from storage.records import Order, Store, VaultEntry


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished reply. `shown` are the products, `orders` the orders and `stores` the stores behind it, in the order told.

    `scrubbed_*` are for the record, `meant` among them: the whole wish when the question says only a part, or more;
    `trace` is how the reply came about. `entries` are what the record adds to the shopper's vault: kept together, and then `settled`.
    """

    words: Words
    facts: Facts
    shown: tuple[Ranked, ...]
    orders: tuple[Order, ...]
    wish: str
    scrubbed_question: str
    scrubbed_answer: str
    entries: tuple[VaultEntry, ...] = ()
    meant: str = ""
    trace: Trace | None = None
    stores: tuple[Store, ...] = ()

    @property
    def kind(self) -> Kind:
        """Give the kind of reply, which decides its buttons."""
        return self.facts.kind

    def saying(self, text: str) -> "Answer":
        """Give the same answer in other words, which state no fact."""
        return replace(self, words=Words(text), scrubbed_answer=text)

    def settled(self, numbers: Sequence[int]) -> "Answer":
        """Give the same answer for the record, with the numbers that the vault gave to its entries."""
        moved = moves(self.entries, numbers)
        return replace(
            self,
            scrubbed_question=kept(self.scrubbed_question, moved),
            scrubbed_answer=kept(self.scrubbed_answer, moved),
            meant=kept(self.meant, moved),
        )
