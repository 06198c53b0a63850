"""The whole pipeline over the sample town: what is said is so, and what must not be said is not.

Toy vectors find what shares words with the message, so messages here use the examples' and the catalogue's own.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from knowledge.concierge import Answer, Concierge
from knowledge.context import Question
from knowledge.facts import Facts, Kind
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from knowledge.nearby.distance import distance_m
from knowledge.nearby.hours import open_interval
from knowledge.nearby.places import Fix
from knowledge.understanding import Intent
from storage.database import Database
from storage.records import Coupon, Shopper, Turn
from tests.sample_town import ANA, MORNING, NIGHT, OpenConcierge, near

CAFE = "downtown-cafe"
TWELVE_MONTHS = timedelta(days=365)


async def ana(town: Database) -> Shopper:
    async with town.reading() as work:
        shopper = await work.shoppers.get(ANA)
    assert shopper is not None
    return shopper


async def stranger(town: Database) -> Shopper:
    async with town.work() as work:
        shopper, _ = await work.shoppers.load_or_create(7, "Mia", "en", MORNING)
        await work.commit()
    return shopper


async def ask(
    concierge: Concierge,
    town: Database,
    text: str,
    *,
    by: Shopper | None = None,
    **how: object,
) -> Answer:
    """Ask as Ana unless told otherwise, in the morning, from the door of Downtown Café unless just searching."""
    place = None if "just_search" in how else await near(town, CAFE)
    question = Question(by or await ana(town), text, MORNING, place)
    return await concierge.reply(replace(question, **how))  # type: ignore[arg-type]


async def check_goods(
    told: Facts, answer: Answer, town: Database, fix: Fix | None, at: datetime
) -> None:
    """Check one thing that is offered against the database."""
    ranked = next(
        each
        for each in answer.shown
        if (each.candidate.product.title, each.candidate.store.name) == (told.item, told.store)
    )
    async with town.reading() as work:
        store = await work.stores.get(ranked.candidate.store.id)
        product = await work.products.get(ranked.candidate.product.id)
        assert store is not None
        assert product is not None
        on_shelf = await work.stock.quantities([product.id], [store.id])
        usable = {coupon.code: coupon for coupon in await work.coupons.valid_at(at)}
    assert (store.name, product.title) == (told.store, told.item)
    assert (product.price_cents, product.currency) == (told.price_cents, told.currency)
    assert on_shelf[store.id, product.id] > 0
    assert open_interval(store, at) is not None or told.kind is Kind.CLOSED
    if fix is None:
        assert told.distance_m is None
    else:
        exact_m = distance_m((fix.latitude, fix.longitude), (store.latitude, store.longitude))
        assert told.distance_m == pytest.approx(exact_m, rel=0.005, abs=1)
    if told.coupon_code is not None:
        assert usable[told.coupon_code].discount_percent == told.discount_percent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'm cold", Kind.OFFER),
        ("I'm hungry", Kind.OFFER),
        ("I'm tired", Kind.OFFER),
        ("where's the nearest store with coffee", Kind.STORES),
        ("hot chocolate", Kind.OPTIONS),
        ("looking for a blue umbrella", Kind.OFFER),
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
        ("is the moon for sale, what are your terms", Kind.NOT_KNOWN),
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
    answer = await ask(concierge, town, "looking for a blue umbrella", asked_at=NIGHT)
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


# Coupons


async def replace_coupons(town: Database, *coupons: Coupon) -> None:
    async with town.work() as work:
        await work.coupons.add_many(coupons)
        await work.commit()


def deal(code: str, **changes: object) -> Coupon:
    base = Coupon(code, "Ninety off", 90, MORNING - timedelta(days=1), MORNING + timedelta(days=1))
    return replace(base, **changes)  # type: ignore[arg-type]


async def test_best_coupon_that_covers_the_product_is_offered(
    concierge: Concierge, town: Database
) -> None:
    await replace_coupons(town, deal("NINETY90"))
    answer = await ask(concierge, town, "I'm cold")
    assert answer.facts.coupon_code == "NINETY90"
    assert "NINETY90 takes 90 % off" in answer.words.text


@pytest.mark.parametrize(
    "useless",
    [
        {"is_paused": True},
        {"valid_until": MORNING},
        {"valid_until": MORNING - timedelta(minutes=1)},
        {"valid_from": MORNING + timedelta(seconds=1)},
        {"remaining": 0},
        {"per_shopper": 0},
        {"store_ids": frozenset({"mill-road-pet-barn"})},
        {"categories": frozenset({"no such shelf"})},
    ],
    ids=str,
)
async def test_coupon_that_cannot_be_used_is_never_offered(
    concierge: Concierge, town: Database, useless: dict[str, object]
) -> None:
    await replace_coupons(town, deal("NINETY90", **useless))
    for text in ("I'm cold", "hot chocolate", "surprise me"):
        answer = await ask(concierge, town, text)
        assert "NINETY90" not in answer.words.text
    listed = await ask(concierge, town, "do I have any coupons left")
    if "store_ids" not in useless and "categories" not in useless:
        assert "NINETY90" not in [each.coupon_code for each in listed.facts.coupons]


async def test_coupon_that_this_shopper_has_used_up_is_not_offered(
    concierge: Concierge, town: Database
) -> None:
    await replace_coupons(town, deal("NINETY90"))
    async with town.work() as work:
        assert await work.coupons.redeem("NINETY90", ANA, "K7-2291", MORNING)
        await work.commit()
    by_ana = await ask(concierge, town, "I'm cold")
    by_another = await ask(concierge, town, "I'm cold", by=await stranger(town))
    assert (by_ana.facts.coupon_code, by_another.facts.coupon_code) == (
        by_ana.facts.coupon_code if by_ana.facts.coupon_code != "NINETY90" else None,
        "NINETY90",
    )


async def test_saved_coupons_come_first(concierge: Concierge, town: Database) -> None:
    answer = await ask(concierge, town, "do I have any coupons left")
    codes = [each.coupon_code for each in answer.facts.coupons]
    assert set(codes[:2]) == {"WARM15", "GIFT5"}


async def test_command_says_what_a_message_is_about(concierge: Concierge, town: Database) -> None:
    question = Question(await ana(town), "/coupons", MORNING)
    answer = await concierge.reply(question, intent=Intent.COUPONS)
    assert answer.kind is Kind.COUPONS


# What the model sees

PERSONAL = (
    "I'm cold, my name is Bartholomew Quillfeather, call me on +1 202 555 0143 "
    "or write to bart@quillfeather.example"
)
SECRETS = ("Bartholomew", "Quillfeather", "202", "0143", "bart@")


def seen_by(model: ScriptedModel) -> str:
    return " ".join(f"{p.static} {p.dynamic} {p.neutral}" for p in model.prompts)


@pytest.mark.parametrize("writes_freely", [False, True])
async def test_personal_data_never_reaches_the_model(
    open_concierge: OpenConcierge, town: Database, *, writes_freely: bool
) -> None:
    model = ScriptedModel()
    worker = ModelWorker()
    await worker.start(lambda: model)
    async with open_concierge(worker, writes_freely=writes_freely) as concierge:
        answer = await ask(concierge, town, PERSONAL)
    await worker.stop()
    assert model.prompts
    for secret in (*SECRETS, "Ana"):
        assert secret not in seen_by(model)
        assert secret not in answer.scrubbed_question
        assert secret not in answer.scrubbed_answer


async def test_shoppers_own_first_name_is_masked_wherever_it_stands(
    open_concierge: OpenConcierge, town: Database
) -> None:
    model = ScriptedModel()
    worker = ModelWorker()
    await worker.start(lambda: model)
    async with open_concierge(worker) as concierge:
        await ask(concierge, town, "ANA is cold, says Ana")
    await worker.stop()
    assert "ana" not in " ".join(p.dynamic for p in model.prompts).casefold().split()


@pytest.mark.parametrize("quoted", ["<NAME_1>", "<PHONE_1>", "<EMAIL_1>"])
async def test_what_the_model_quotes_comes_back_or_is_replaced(
    open_concierge: OpenConcierge, town: Database, quoted: str
) -> None:
    """A draft with a placeholder has a digit in it and is refused; the reply is whole all the same."""
    draft = f"{quoted}, {{store}} {{distance}} {{item}} {{price}} {{coupon}} {{percent}}"
    worker = ModelWorker()
    await worker.start(lambda: ScriptedModel(write=lambda _prompt, _names: draft))
    async with open_concierge(worker, writes_freely=True) as concierge:
        answer = await ask(concierge, town, PERSONAL)
    await worker.stop()
    assert "<" not in answer.words.text
    assert answer.kind is Kind.OFFER


async def test_placeholder_that_a_shopper_types_is_only_text(
    concierge: Concierge, town: Database
) -> None:
    for text in ("<NAME_1> is cold", "I'm cold <PHONE_9>", "{store} {0} %s", "<<NAME_1>>"):
        answer = await ask(concierge, town, text)
        assert answer.words.text


async def test_invention_of_the_model_is_replaced(
    open_concierge: OpenConcierge, town: Database
) -> None:
    draft = "Tea Room has it cheaper. {store} {distance} {item} {price} {coupon} {percent}"
    worker = ModelWorker()
    await worker.start(lambda: ScriptedModel(write=lambda _prompt, _names: draft))
    async with open_concierge(worker, writes_freely=True) as concierge:
        answer = await ask(concierge, town, "I'm cold")
    await worker.stop()
    assert answer.words.source == "template"
    assert "Tea Room" not in answer.words.text


@pytest.mark.parametrize("text", ["I'm cold", "hot chocolate", "nearest pharmacy"])
async def test_what_is_kept_of_an_answer_does_not_tell_where_the_shopper_was(
    concierge: Concierge, town: Database, text: str
) -> None:
    answer = await ask(concierge, town, text)
    assert " m" in answer.words.text
    told = [f"{each.distance_m} m" for each in answer.facts.everything() if each.distance_m]
    assert told
    assert not any(distance in answer.scrubbed_answer for distance in told)


# Again and again


async def test_same_question_has_the_same_facts(concierge: Concierge, town: Database) -> None:
    first, second = [await ask(concierge, town, "surprise me") for _ in range(2)]
    assert first.facts == second.facts


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "?" * 4000, "🙂" * 1000, "\u202e\u0000", "/", "a" * 4096, "\n\n\n"],
    ids=range(9),
)
async def test_odd_messages_are_answered(concierge: Concierge, town: Database, text: str) -> None:
    answer = await ask(concierge, town, text)
    assert answer.words.text
