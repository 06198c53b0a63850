"""A shopper's own placeholders: the same value gives the same one until it is forgotten.

Reading only. What a message adds to the vault are its `entries`, which whoever keeps the message stores
in the same transaction (`Work.vault.keep`), and only then are new numbers settled: `kept` tells the record.
"""

from collections.abc import Sequence
from functools import partial

from knowledge.kinship import name_in
from knowledge.privacy.gate import SHUT, Gate
from knowledge.privacy.placeholders import (
    PLACEHOLDER,
    Moves,
    Scrubbed,
    mask,
    renumbered,
    without_letters,
)
from knowledge.privacy.regions import regions_of
from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.spans import Span
from storage.database import Database
from storage.records import Shopper
from storage.work import Work

# More values than anybody gives (ours): looking through them would cost more than the model is worth.
_VALUES_WATCHED = 300


class VaultedScrub:
    """Masks the messages of shoppers, each with placeholders of their own."""

    def __init__(self, database: Database, scrubber: Scrubber, time_zone: str) -> None:
        """Take where values are kept, who finds them, and the stores' IANA time zone."""
        self._database = database
        self._scrubber = scrubber
        self._time_zone = time_zone

    async def scrub(self, shopper: Shopper, text: str) -> Scrubbed:
        """Mask a message; values that the shopper gave before have the placeholders they had then."""
        async with self._database.reading() as work:
            # Finding takes a millisecond or two: less than a second transaction would cost a message.
            scrubbed = mask(text, self._find(shopper, await _known_names(work, shopper), text))
            if not scrubbed.entries:
                return scrubbed
            numbers = await work.vault.numbers(shopper.id, scrubbed.entries)
        return scrubbed.renumbered(numbers)

    async def recall(self, shopper: Shopper, masked: str) -> Scrubbed:
        """Take up a message from the record again, which is masked already."""
        async with self._database.reading() as work:
            return Scrubbed(masked, await _issued(work, shopper.id, masked))

    async def gate(self, shopper: Shopper, scrubbed: Scrubbed) -> Gate:
        """Give the gate for prompts that come of this message; shut when it cannot know all values."""
        async with self._database.reading() as work:
            values = await work.vault.newest(shopper.id, _VALUES_WATCHED + 1)
            names = await _known_names(work, shopper)
        if len(values) > _VALUES_WATCHED:
            return SHUT
        entries = (*values, *scrubbed.entries)
        return Gate.over(entries, scrubbed.values, partial(self._find, shopper, names))

    def _find(self, shopper: Shopper, names: Sequence[str], text: str) -> list[Span]:
        """Find personal data in a text, with what is known of the shopper."""
        return self._scrubber.find(
            text,
            known_names=names,
            regions=regions_of(shopper.language_code, self._time_zone),
        )


async def _known_names(work: Work, shopper: Shopper) -> list[str]:
    """Give the shopper's own name and those of their relatives; mum and grandma name nobody."""
    nicknames = await work.relatives.nicknames(shopper.id)
    return [name for name in (shopper.first_name, *map(name_in, nicknames)) if name]


def kept(masked: str, moved: Moves) -> str:
    """Give a masked text as the record keeps it: with the numbers settled on, whatever the spelling."""
    return without_letters(renumbered(masked, moved))


async def recalled(work: Work, shopper_id: int, masked: str) -> str:
    """Put the shopper's values back into a text of the record, in readable form; a card as •••• 1234.

    A placeholder whose value has expired stays: the record holds none but what was issued to this shopper.
    """
    values = await _issued(work, shopper_id, masked)
    return PLACEHOLDER.sub(lambda match: values.get(match[0], match[0]), masked)


async def _issued(work: Work, shopper_id: int, masked: str) -> dict[str, str]:
    """Give the placeholders in a text of the record with what they stand for in readable form."""
    asked = {match[0]: (match[1], int(match[2])) for match in PLACEHOLDER.finditer(masked)}
    if not asked:
        return {}
    values = await work.vault.values(shopper_id, asked.values())
    return {placeholder: values[named] for placeholder, named in asked.items() if named in values}
