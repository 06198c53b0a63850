"""The whole pipeline over the sample town: what is said is so, and what must not be said is not.

Toy vectors find what shares words with the message, so messages here use the examples' and the catalogue's own.
"""

from datetime import timedelta

import pytest

from knowledge.concierge import Concierge
from knowledge.context import Question
from knowledge.facts import Kind
from knowledge.nearby.hours import open_interval
from knowledge.nearby.places import Fix
from knowledge.understanding import Intent
from storage.database import Database
from storage.records import Turn
from tests.knowledge.asking import CAFE, ana, ask, check_goods, stranger
from tests.sample_town import ANA, MORNING, NIGHT, near

TWELVE_MONTHS = timedelta(days=365)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'm cold", Kind.OFFER),
        ("I'm hungry", Kind.OFFER),
        ("I'm tired", Kind.OFFER),
        ("where's the nearest store with coffee", Kind.STORES),
        ("hot chocolate", Kind.OPTIONS),
        ("looking for a black umbrella", Kind.OFFER),
        ("what do you recommend", Kind.OPTIONS),
        ("surprise me", Kind.OPTIONS),
    ],
)
async def test_what_is_offered_is_in_the_database(
    concierge: Concierge, town: Database, text: str, kind: Kind
) -> None:
    fix = await near(town, CAFE)
    answer = await ask(concierge, town, text, fix=fix)
    assert answer.kind is kind
    goods = [told for told in answer.facts.everything() if told.item is not None]
    assert len(goods) == len(answer.shown) >= 1
    for told in goods:
        await check_goods(told, answer, town, fix, MORNING)
        assert told.item is not None
        assert told.item in answer.words.text


@pytest.mark.parametrize("text", ["I'm cold", "hot chocolate", "surprise me", "nearest pharmacy"])
async def test_without_a_place_no_distance_is_told(
    concierge: Concierge, town: Database, text: str
) -> None:
    answer = await ask(concierge, town, text, just_search=True)
    assert answer.kind in (Kind.OFFER, Kind.OPTIONS, Kind.STORES)
    assert all(told.distance_m is None for told in answer.facts.everything())
    for claim in (" m away", "close to you", "close by", "near you"):
        assert claim not in answer.words.text.casefold()


async def test_finding_nothing_without_a_place_claims_nothing_about_near(
    concierge: Concierge, town: Database
) -> None:
    answer = await ask(
        concierge, town, "hot chocolate under $0.01", by=await stranger(town), just_search=True
    )
    assert answer.kind is Kind.NOTHING_NEAR
    assert "near you" not in answer.words.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("do I have any coupons left", Kind.COUPONS),
        ("where is my order", Kind.ORDER_STATUS),
        ("what is your return policy", Kind.POLICY),
        ("do you deliver", Kind.POLICY),
        ("what are your terms for the moon", Kind.NOT_KNOWN),
        ("I want to complain", Kind.COMPLAINT),
        ("can I speak to a human", Kind.HUMAN),
        ("delete my data", Kind.ACCOUNT_PRIVACY),
        ("cancel my order", Kind.HOW_TO_CANCEL),
        ("change my order", Kind.HOW_TO_CHANGE),
        ("I want to place an order", Kind.HOW_TO_PLACE),
        ("hello", Kind.SMALLTALK),
        ("who won the election", Kind.OUT_OF_SCOPE),
        ("I don't want to live anymore", Kind.CARE),
    ],
)
async def test_every_other_intent_is_answered_without_a_place(
    concierge: Concierge, town: Database, text: str, kind: Kind
) -> None:
    answer = await concierge.reply(Question(await ana(town), text, MORNING))
    assert answer.kind is kind
    assert answer.words.text


async def test_distress_is_met_without_products(concierge: Concierge, town: Database) -> None:
    answer = await ask(concierge, town, "I want to kill myself")
    assert (answer.kind, answer.shown) == (Kind.CARE, ())
    assert "988" in answer.words.text


async def test_order_that_waits_is_told(concierge: Concierge, town: Database) -> None:
    answer = await ask(concierge, town, "where is my order")
    assert (
        answer.words.text == "Order K7-2291 is ready at Home & Co. Show this code to collect it."
    )
    assert [order.code for order in answer.orders] == ["K7-2291"]


async def test_shopper_without_orders_is_told_so(concierge: Concierge, town: Database) -> None:
    answer = await ask(concierge, town, "where is my order", by=await stranger(town))
    assert "K7" not in answer.words.text
    assert answer.orders == ()


async def test_policy_is_quoted_word_for_word(concierge: Concierge, town: Database) -> None:
    question = "returns: shoes can be returned within 30 days if the soles are clean"
    asked = Question(await ana(town), question, MORNING)
    answer = await concierge.reply(asked, intent=Intent.REFUND_RETURN)
    async with town.reading() as work:
        texts = {policy.title: policy.text for policy in await work.policies.all()}
    assert answer.facts.quote is not None
    assert answer.facts.document is not None
    title = answer.facts.document.partition(",")[0]
    assert answer.facts.quote in " ".join(texts[title].split())
    assert f"«{answer.facts.quote}»" in answer.words.text


# Where the shopper is


async def test_place_is_asked_for_when_it_matters(concierge: Concierge, town: Database) -> None:
    answer = await concierge.reply(Question(await ana(town), "I'm cold", MORNING))
    assert (answer.kind, answer.shown) == (Kind.NEEDS_PLACE, ())


async def test_place_is_never_asked_for_twice_in_a_row(
    concierge: Concierge, town: Database
) -> None:
    shopper = await ana(town)
    asked = await concierge.reply(Question(shopper, "I'm cold", MORNING))
    async with town.work() as work:
        await work.dialogues.add(Turn(ANA, "shopper", "I'm cold", MORNING))
        await work.dialogues.add(Turn(ANA, "concierge", "Where?", MORNING, asked.kind.value))
        await work.commit()
    again = await concierge.reply(Question(shopper, "I'm hungry", MORNING))
    assert (asked.kind, again.kind) == (Kind.NEEDS_PLACE, Kind.OFFER)


async def test_refused_place_is_not_asked_for(concierge: Concierge, town: Database) -> None:
    question = Question(await ana(town), "I'm cold", MORNING, location_refused=True)
    answer = await concierge.reply(question)
    assert answer.kind is Kind.OFFER
    assert answer.facts.distance_m is None


async def test_far_away_nothing_is_near(concierge: Concierge, town: Database) -> None:
    overseas = Fix(52.5, 13.4, 10.0, MORNING)
    answer = await ask(concierge, town, "I'm cold", fix=overseas)
    assert (answer.kind, answer.shown) == (Kind.NOTHING_NEAR, ())


# What can be had


async def test_closed_stores_are_not_offered(concierge: Concierge, town: Database) -> None:
    fix = await near(town, CAFE)
    for text in ("I'm cold", "hot chocolate", "surprise me", "I'm hungry"):
        answer = await ask(concierge, town, text, fix=fix, asked_at=NIGHT)
        for each in answer.shown:
            # Only the corner shop never closes.
            is_open = open_interval(each.candidate.store, NIGHT) is not None
            assert is_open or answer.kind is Kind.CLOSED, text


async def test_closed_store_is_told_with_its_opening_time(
    concierge: Concierge, town: Database
) -> None:
    answer = await ask(concierge, town, "looking for a fountain pen", asked_at=NIGHT)
    assert answer.kind is Kind.CLOSED
    assert answer.facts.opens_at is not None
    assert answer.facts.coupon_code is None
    assert "opens" in answer.words.text


async def sell_out(town: Database, product_id: str, store_id: str) -> None:
    async with town.work() as work:
        left = (await work.stock.quantities([product_id], [store_id]))[store_id, product_id]
        assert await work.stock.take(store_id, product_id, left)
        await work.commit()


async def test_what_is_sold_out_is_never_offered(concierge: Concierge, town: Database) -> None:
    seen = set()
    for _ in range(4):
        answer = await ask(concierge, town, "I'm cold")
        candidate = answer.shown[0].candidate
        offered = (candidate.product.id, candidate.store.id)
        assert offered not in seen
        seen.add(offered)
        await sell_out(town, *offered)


async def test_what_was_turned_down_is_not_offered_again(
    concierge: Concierge, town: Database
) -> None:
    seen: set[str] = set()
    for _ in range(3):
        answer = await ask(concierge, town, "hot chocolate", excluding=frozenset(seen))
        shown = {each.candidate.product.id for each in answer.shown}
        assert shown
        assert not shown & seen
        seen |= shown


@pytest.mark.parametrize(
    "text",
    ["I'm cold, no coffee", "hot chocolate without soy", "I'm hungry, don't want any sandwich"],
)
async def test_what_it_must_not_be_is_respected(
    concierge: Concierge, town: Database, text: str
) -> None:
    answer = await ask(concierge, town, text)
    unwanted = text.rsplit(maxsplit=1)[-1]
    assert answer.shown
    for each in answer.shown:
        product = each.candidate.product
        assert unwanted not in f"{product.title} {' '.join(product.tags)}".casefold().split()


async def test_ceiling_is_respected(concierge: Concierge, town: Database) -> None:
    answer = await ask(concierge, town, "kids hot chocolate under $3")
    assert answer.shown
    assert all(each.candidate.product.price_cents <= 300 for each in answer.shown)


async def test_command_says_what_a_message_is_about(concierge: Concierge, town: Database) -> None:
    question = Question(await ana(town), "/coupons", MORNING)
    answer = await concierge.reply(question, intent=Intent.COUPONS)
    assert answer.kind is Kind.COUPONS


# Again and again


async def test_same_question_has_the_same_facts(concierge: Concierge, town: Database) -> None:
    first, second = [await ask(concierge, town, "surprise me") for _ in range(2)]
    assert first.facts == second.facts


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", "?" * 4000, "🙂" * 1000, "\u202e\u0000", "/", "a" * 4096, "\n\n\n"),
        *("no" + " " * 4000 + "x", "a " * 2000, "a-" * 2000, "need " * 800),
    ],
    ids=range(13),
)
async def test_odd_messages_are_answered(concierge: Concierge, town: Database, text: str) -> None:
    answer = await ask(concierge, town, text)
    assert answer.words.text


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("where's the nearest Ferry Landing Kiosk", "Ferry Landing Kiosk"),
        ("where's the nearest Salty Paws", "Salty Paws Pet Shop"),
    ],
)
async def test_apostrophe_of_a_question_is_no_stores_name(
    concierge: Concierge, town: Database, text: str, store: str
) -> None:
    """The s of "where's" is not that of Cobbler's Row Shoes, which is nearer."""
    answer = await ask(concierge, town, text)
    assert answer.facts.store == store
