"""A present for one of the shopper's people: by what was said of them, and of nobody else."""

import pytest

from knowledge.answer import Answer
from knowledge.concierge import Concierge
from knowledge.facts import Kind
from knowledge.ranking import Ranked
from storage.database import Database
from storage.records import Present, Product, Relation, Relative, Suggestion
from tests.builders import order, purchase, relative, suggestion
from tests.knowledge.asking import ask, stranger
from tests.sample_town import MORNING

MIA = 7


async def people(town: Database, *told: Relative) -> list[int]:
    """Have Mia tell of these people, and give their ids."""
    await stranger(town)
    ids = list[int]()
    async with town.work() as work:
        for each in told:
            key = await work.relatives.add(each)
            assert key is not None
            ids.append(key)
        await work.commit()
    return ids


async def given(concierge: Concierge, town: Database, text: str) -> Answer:
    return await ask(concierge, town, text, by=await stranger(town), just_search=True)


def first(answer: Answer) -> Product:
    return answer.shown[0].candidate.product


def shown(ranked: Ranked, need: str = "gift") -> Suggestion:
    return suggestion(
        need=need,
        product_id=ranked.candidate.product.id,
        store_id=ranked.candidate.store.id,
        contributions=ranked.contributions,
        relative_id=ranked.relative_id,
    )


@pytest.mark.parametrize(
    ("tastes", "word"), [("candles", "candle"), ("board games", "game"), ("tea", "tea")]
)
async def test_present_is_what_they_like_and_why_says_so(
    concierge: Concierge, town: Database, tastes: str, word: str
) -> None:
    (mum,) = await people(town, relative("mum", MIA, tastes=tastes))
    answer = await given(concierge, town, "I need a present for my mum")
    assert answer.kind is Kind.OFFER
    (ranked,) = answer.shown
    assert ranked.relative_id == mum
    product = first(answer)
    assert word in f"{product.title} {product.category} {' '.join(product.tags)}".casefold()
    why = await concierge.explain(shown(ranked), await stranger(town), MORNING)
    assert f"mum likes {tastes}" in why.text


async def test_spanish_wish_and_tastes_lead_to_the_same(
    concierge: Concierge, town: Database
) -> None:
    await people(town, relative("mamá", MIA, tastes="velas"))
    answer = await given(concierge, town, "necesito un regalo para mi mamá")
    assert "candle" in first(answer).title.casefold()


async def test_nickname_that_is_a_name_is_understood_though_it_is_masked(
    concierge: Concierge, town: Database
) -> None:
    (bea,) = await people(town, relative("Beatrix", MIA, tastes="candles"))
    answer = await given(concierge, town, "a present for Beatrix")
    assert answer.shown[0].relative_id == bea
    assert "Beatrix" not in answer.scrubbed_question


async def test_dislikes_and_diets_are_never_broken(concierge: Concierge, town: Database) -> None:
    await people(town, relative("mum", MIA, tastes="candles, chocolate, vegan, hates candles"))
    for text in ("I need a present for my mum", "a little present for mum under $20"):
        for ranked in (await given(concierge, town, text)).shown:
            assert "candle" not in ranked.candidate.product.title.casefold()


async def test_what_is_kept_quiet_about_is_no_present(
    concierge: Concierge, town: Database
) -> None:
    await people(town, relative("dad", MIA, tastes="whisky, wine, pregnancy tests"))
    answer = await given(concierge, town, "a present for my dad")
    why = await concierge.explain(shown(answer.shown[0]), await stranger(town), MORNING)
    assert "likes" not in why.text


async def test_nobody_known_of_changes_nothing(concierge: Concierge, town: Database) -> None:
    before = await given(concierge, town, "I need a present for my mum")
    await people(town, relative("dad", MIA, tastes="board games"))
    after = await given(concierge, town, "I need a present for my mum")
    assert after.shown == before.shown
    assert after.words == before.words


async def book(town: Database, relative_id: int, product_id: str) -> None:
    """Book something for somebody, by way of a suggestion."""
    async with town.work() as work:
        await work.orders.place(
            order("P1-0001", MIA, product_id=product_id, placed_at=MORNING, changed_at=MORNING)
        )
        assert await work.presents.add(Present("P1-0001", MIA, relative_id, product_id, MORNING))
        await work.commit()


async def test_same_thing_is_not_given_twice(concierge: Concierge, town: Database) -> None:
    (mum,) = await people(town, relative("mum", MIA, tastes="candles"))
    before = await given(concierge, town, "I need a present for my mum")
    await book(town, mum, first(before).id)
    after = await given(concierge, town, "I need a present for my mum")
    assert first(after).id != first(before).id
    assert "candle" in first(after).title.casefold()


async def test_others_of_the_same_relation_are_the_last_hint(
    concierge: Concierge, town: Database
) -> None:
    await people(
        town,
        relative("mum", MIA, tastes=""),
        relative("dad", MIA, tastes="candles"),
        relative("Tom", MIA, relation=Relation.FRIEND, tastes="board games"),
    )
    answer = await given(concierge, town, "I need a present for my mum")
    assert "candle" in first(answer).title.casefold()
    why = await concierge.explain(shown(answer.shown[0]), await stranger(town), MORNING)
    assert "dad likes candles, and may be like them" in why.text


async def test_own_habits_choose_no_present_for_others(
    concierge: Concierge, town: Database
) -> None:
    await people(town, relative("mum", MIA, tastes="candles"))
    before = await given(concierge, town, "I need a present for my mum")
    async with town.work() as work:
        await work.purchases.add_many(
            [purchase(MIA, product_id=first(before).id, purchased_at=MORNING)] * 20
        )
        await work.commit()
    after = await given(concierge, town, "I need a present for my mum")
    assert after.shown == before.shown
