"""What is worked out from a catalogue serves several concierges, and no test leaves anything in it for the next."""

from knowledge.search.fusion import Hit
from storage.database import Database
from tests.builders import product
from tests.knowledge.asking import ask
from tests.sample_town import Layout, OpenConcierge


async def looked_up(layout: Layout, word: str) -> list[Hit]:
    finder = layout.prepared.finder
    hits = await finder.search(word, await finder.encode([word]), 5)
    return [hit for hit in hits if hit.words > 0]


async def test_concierges_with_one_preparation_answer_alike(
    open_concierge: OpenConcierge, town: Database
) -> None:
    async with open_concierge() as first, open_concierge() as second:
        told = [(await ask(each, town, "I'm cold")).facts for each in (first, second)]
    assert told[0] == told[1]


async def test_one_that_reads_the_shop_again_finds_what_is_new_and_the_next_test_does_not(
    open_concierge: OpenConcierge, town: Database, layout: Layout
) -> None:
    async with open_concierge() as concierge:
        async with town.work() as work:
            await work.products.add_many([product("quokka", title="Quokka")])
            await work.commit()
        await concierge.refresh()
        assert [hit.id for hit in await looked_up(layout, "quokka")] == ["quokka"]
    assert await looked_up(layout, "quokka") == []
    assert (
        await concierge.catalogue()
    ).products.keys() > layout.prepared.catalogue.products.keys()
