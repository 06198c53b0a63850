"""Shows the beginning of a reply past the same last look as the whole: a preview says nothing that the reply may not."""

from collections.abc import Collection
from dataclasses import dataclass

from knowledge.aloud import Listener, Show
from knowledge.context import ShopperContext
from knowledge.facts import Facts
from knowledge.filling import Manner
from knowledge.leaving import is_said_again, unscrubbed
from knowledge.phrasing import grounded
from knowledge.privacy.placeholders import Scrubbed
from knowledge.templates import Words
from knowledge.understanding import Reading


@dataclass(frozen=True, slots=True)
class Leaving:
    """A reply on its way out: what it says, how, and to what."""

    facts: Facts
    reading: Reading
    manner: Manner
    scrubbed: Scrubbed
    context: ShopperContext


def preview_of(leaving: Leaving, names: Collection[str], listener: Listener | None) -> Show | None:
    """Give what shows the beginning of a reply; None where nobody sees it. `names` are the shop's own."""
    if listener is None or listener.show is None:
        return None
    show = listener.show

    async def shown(words: Words) -> None:
        nothing = Words("")
        checked = grounded(words, nothing, leaving.facts, leaving.manner, names)
        told = unscrubbed(leaving.scrubbed, checked)
        is_fresh = not is_said_again(words, leaving.facts, leaving.context)
        if checked is not nothing and told is not None and is_fresh:
            await show(told)

    return shown
