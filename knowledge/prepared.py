"""What is worked out from a catalogue before the first question is asked.

It knows no database and no shopper: concierges over several databases that hold the same catalogue may share it.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from knowledge import amounts, spanish
from knowledge.aspects.reading import Reader
from knowledge.aspects.suiting import Suiting
from knowledge.catalogue import Catalogue
from knowledge.constraints import constraints_in, limit_words, read_ahead
from knowledge.hearing import Hearing
from knowledge.naming_words import naming_words
from knowledge.policies.sections import Section
from knowledge.policies.shelf import Shelf, texts_of
from knowledge.policies.vocabulary import Vocabulary
from knowledge.privacy.detectors.given_names import given_names
from knowledge.privacy.plain import fold
from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.tagging.base import TextTagger
from knowledge.rulebook import Rulebook
from knowledge.search.base import Vectors
from knowledge.search.finder import Finder
from knowledge.term_weights import TermWeights
from knowledge.understanding import Examples, LearnedIntents, Need, Understanding
from knowledge.understanding.wording import plainer


@dataclass(frozen=True, slots=True)
class Prepared:
    """One catalogue at the fingertips: how messages about it are masked, understood and answered.

    `finder` has its products in the index. `wants` are the unit vectors, shape (n, dim), of what helps each of the `needs`, by
    its name; `policies` is None where there are none; `names` are the shop's own, which are nobody's; `weights` tell which of its words are rare.
    """

    catalogue: Catalogue
    finder: Finder
    hearing: Hearing
    needs: Mapping[str, Need]
    wants: Mapping[str, Vectors]
    policies: Rulebook | None
    suiting: Suiting
    scrubber: Scrubber
    names: frozenset[str]
    weights: TermWeights

    @classmethod
    async def of(
        cls, catalogue: Catalogue, finder: Finder, examples: Examples, tagger: TextTagger | None
    ) -> "Prepared":
        """Bring the index in line with the catalogue, work the rest out, and use every engine once."""
        stores = (store.name for store in catalogue.stores.values())
        reader = await asyncio.to_thread(Reader.shipped)
        for read in (read_ahead, naming_words, spanish.prepare):
            await asyncio.to_thread(read)
        known = limit_words() | {word for term in reader.kinds.by_term for word in term}
        await finder.refresh(catalogue, [*examples.texts, *stores], frozenset(known))
        vectors = await finder.remembered("examples", examples.texts)
        learned = await asyncio.to_thread(LearnedIntents.shipped_for, finder.embedder_fingerprint)
        understanding = Understanding(examples, vectors, learned, catalogue.spoken_names())
        wants = await _wants(examples.needs.values(), finder)
        policies = await _policies(catalogue, finder)
        names = catalogue.names()
        # Its engine takes a second to load, so that happens off the event loop.
        scrubber = await asyncio.to_thread(
            partial(Scrubber, keep=names | _things(catalogue), tagger=tagger)
        )
        await _warm_up(scrubber, finder)
        return cls(
            catalogue=catalogue,
            finder=finder,
            hearing=Hearing(finder, understanding, examples.needs, catalogue, policies),
            needs=examples.needs,
            wants=wants,
            policies=policies,
            suiting=Suiting(reader),
            scrubber=scrubber,
            names=names,
            weights=await asyncio.to_thread(TermWeights, list(catalogue.products.values())),
        )


def _things(catalogue: Catalogue) -> frozenset[str]:
    """Give the things that titles begin with, before what sort of them it is: of "Kombucha, Ginger" the kombucha.

    What is somebody's name as well is none of them.
    """
    begun = (product.title.partition(",") for product in catalogue.products.values())
    return frozenset(
        thing for thing, comma, _ in begun if comma and fold(thing) not in given_names()
    )


async def _wants(needs: Collection[Need], finder: Finder) -> dict[str, Vectors]:
    vectors = await finder.remembered("wants", [want for need in needs for want in need.wants])
    ends = np.cumsum([len(need.wants) for need in needs])
    parts = np.split(vectors, ends[:-1])
    return {need.name: part for need, part in zip(needs, parts, strict=True)}


async def _policies(catalogue: Catalogue, finder: Finder) -> Rulebook | None:
    sections = await asyncio.to_thread(catalogue.sections)
    if not sections:
        return None
    vectors = await finder.remembered("policies", texts_of(sections))
    return await asyncio.to_thread(_rulebook, sections, vectors, finder)


def _rulebook(sections: Sequence[Section], vectors: Vectors, finder: Finder) -> Rulebook:
    return Rulebook.of(Shelf(sections, vectors, Vocabulary.shipped()), finder)


async def _warm_up(scrubber: Scrubber, finder: Finder) -> None:
    """Use every engine once, so that the first shopper does not wait for what loads on first use."""
    await asyncio.to_thread(scrubber.scrub, "I'm cold, call me on +1 202 555 0143")
    await asyncio.to_thread(amounts.prepare)
    await asyncio.to_thread(constraints_in, "I'm cold")
    await asyncio.to_thread(plainer, "soooo")
    vector = (await finder.encode(["I'm cold"]))[0]
    await finder.search("I'm cold", vector[None, :], 1)
