"""An order that is not to stay as it is: changed while it waits, brought back or exchanged once it was collected."""

from datetime import timedelta

import pytest

from handlers import texts
from handlers.callbacks import Action
from storage.records import Order, OrderStatus, Product, SignalKind
from tests.builders import order
from tests.english import english
from tests.handlers.conftest import Counter, Phone, phone
from tests.handlers.offering import signals_of
from tests.handlers.shift import CAFE, EVE, OTHER, Shift, chats, to
from tests.sample_town import MORNING

CODE = "K3-1001"
MIA = 7


@pytest.fixture
def shift(counter: Counter, mia: Phone, concierge: object) -> Shift:
    return Shift(counter, mia, concierge)  # type: ignore[arg-type]


async def sold(counter: Counter, *names: str) -> list[tuple[Product, str]]:
    """Find goods of a name that are on a shelf, each with a store that has it."""
    async with counter.database.reading() as work:
        products = [
            each for each in await work.products.all() if all(n in each.title for n in names)
        ]
        stores = [each.id for each in await work.stores.all()]
        there = await work.stock.quantities([each.id for each in products], stores)
    by_id = {each.id: each for each in products}
    return [(by_id[key], store) for (store, key), pieces in sorted(there.items()) if pieces >= 2]


async def has(
    counter: Counter, mia: Phone, product: Product, store_id: str, **changed: object
) -> Order:
    """Give Mia an order."""
    await mia.says("/start")
    known = order(
        CODE,
        MIA,
        store_id=store_id,
        product_id=product.id,
        price_cents=product.price_cents,
        placed_at=MORNING - timedelta(days=3),
        changed_at=MORNING - timedelta(days=2),
        **changed,
    )
    async with counter.database.work() as work:
        await work.orders.add_many([known])
        await work.commit()
    return known


async def stored(counter: Counter, code: str = CODE) -> Order:
    async with counter.database.reading() as work:
        found = await work.orders.get(code)
    assert found is not None
    return found


async def a_mug(counter: Counter) -> tuple[Product, str]:
    (first, *_) = await sold(counter, "Mug")
    return first


async def test_waiting_order_becomes_two_pieces_after_a_yes(counter: Counter, mia: Phone) -> None:
    product, store_id = await a_mug(counter)
    await has(counter, mia, product, store_id)
    listed = await mia.says("/orders")
    makes = await mia.taps(listed.buttons["Change"], listed)
    assert makes.text == f"What shall order {CODE} be instead of {product.title}?"
    sure = await mia.taps(makes.buttons["2 ×"], makes)
    assert sure.text.startswith(f"Change order {CODE} to 2 × {product.title}, $")
    assert (await stored(counter)).quantity == 1
    done = await mia.taps(sure.buttons["Yes, change it"], sure)
    assert done.text.startswith(f"Changed. Order {CODE} is 2 × {product.title} now, $")
    assert (await stored(counter)).quantity == 2
    assert ", changed " in (await mia.says("/orders")).text


async def test_collected_order_cannot_be_changed_and_says_which_rule(
    counter: Counter, mia: Phone
) -> None:
    product, store_id = await a_mug(counter)
    await has(counter, mia, product, store_id, status=OrderStatus.COLLECTED)
    refused = await mia.taps(mia.button(Action.CHANGE, CODE))
    assert refused.text == (
        f"Order {CODE} is collected, so it can't be changed any more.\n"
        "«An order that you have not collected yet can be changed in the chat.» Exchanges, §5"
    )


async def test_thing_that_was_collected_is_brought_back_by_text(
    counter: Counter, mia: Phone, shift: Shift
) -> None:
    product, store_id = await a_mug(counter)
    await has(counter, mia, product, store_id, status=OrderStatus.COLLECTED)
    answer = await mia.says("how can I return the mug?")
    assert list(answer.buttons)[:2] == ["Return it", "Exchange it"]
    sure = await mia.taps(answer.buttons["Return it"], answer)
    assert sure.text.startswith(f"Bring back {product.title}, order {CODE}? You have until ")
    how = await mia.taps(sure.buttons["Yes, I'll bring it"], sure)
    assert f"show {CODE}" in how.text
    assert list(how.buttons) == ["Show code", "Directions"]
    assert (await stored(counter)).status is OrderStatus.COLLECTED  # the counter decides


async def test_counter_takes_a_thing_back_and_the_shopper_hears_of_it(
    counter: Counter, mia: Phone, shift: Shift
) -> None:
    mugs = await sold(counter, "Mug")
    product, _ = mugs[0]
    await has(counter, mia, product, CAFE, status=OrderStatus.COLLECTED)
    await shift.begins(EVE, OTHER)
    eve, other = phone(counter, EVE, "Eve"), phone(counter, OTHER, "Jo")
    assert "not an order of your store" in (await other.says(f"/return {CODE}")).text
    card = await eve.says("/return k3 1001")
    assert card.text.startswith(f"Return of order {CODE}: {product.title}. Give back $")
    assert list(card.buttons) == ["Back on the shelf", "Set aside"]
    done = await eve.taps(card.buttons["Set aside"], card)
    assert chats(done) == {EVE, MIA}
    assert to(done, MIA).text.startswith(f"{product.title} is back at Downtown Café. You get $")
    assert (await stored(counter)).status is OrderStatus.RETURNED
    assert [each.kind for each in await signals_of(counter, MIA)] == [SignalKind.RETURNED]
    again = await eve.taps(card.buttons["Back on the shelf"], card)
    assert again.text == f"Order {CODE} was returned before."


@pytest.mark.parametrize("action", [Action.RETURN, Action.RETURN_YES, Action.EXCHANGE])
async def test_food_is_not_brought_back_and_says_why(
    counter: Counter, mia: Phone, action: Action
) -> None:
    (bread, store_id) = (await sold(counter, "Cinnamon Roll"))[0]
    await has(counter, mia, bread, store_id, status=OrderStatus.COLLECTED)
    refused = await mia.taps(mia.button(action, CODE))
    assert refused.text.startswith(f"{bread.title} can't be brought back. ")
    document = "Exchanges, §4" if action is Action.EXCHANGE else "Returns, §3"
    assert refused.text.splitlines()[1].startswith("«")
    assert refused.text.endswith(f"» {document}")
    assert refused.buttons == {}


async def test_thing_kept_too_long_is_refused_with_its_last_day(ana: Phone) -> None:
    refused = await ana.taps(ana.button(Action.RETURN, "C4-1807"))
    assert "could be brought back until " in refused.text
    assert "«You can return unused goods within 30 days of purchase.» Returns, §1" in refused.text


async def test_other_size_is_kept_for_an_exchange(
    counter: Counter, mia: Phone, shift: Shift
) -> None:
    shoes = await sold(counter, "Fogbank")
    product, store_id = next((p, s) for p, s in shoes if [t for _, t in shoes].count(s) > 1)
    await has(counter, mia, product, store_id, status=OrderStatus.COLLECTED)
    makes = await mia.taps(mia.button(Action.EXCHANGE, CODE))
    assert makes.text == f"Which one would you like instead of {product.title}?"
    label = next(iter(makes.buttons))
    sure = await mia.taps(makes.buttons[label], makes)
    assert sure.text.endswith("There's nothing to pay.")
    done = await mia.taps(sure.buttons["Yes, keep that one"], sure)
    assert f"Bring {product.title} with you and show " in done.text
    async with counter.database.reading() as work:
        kept = await work.orders.replacing(CODE)
    assert kept is not None
    assert kept.product_id != product.id
    assert (await stored(counter)).status is OrderStatus.COLLECTED


@pytest.mark.parametrize(
    "action",
    [Action.CHANGE, Action.CHANGE_TO, Action.CHANGE_YES, Action.EXCHANGE, Action.RETURN],
)
async def test_order_of_somebody_else_is_left_alone(
    counter: Counter, mia: Phone, ben: Phone, action: Action
) -> None:
    product, store_id = await a_mug(counter)
    known = await has(counter, mia, product, store_id)
    is_make = action in (Action.CHANGE_TO, Action.CHANGE_YES)
    reply = await ben.taps(ben.button(action, f"{CODE}.0123456789.2" if is_make else CODE))
    assert reply.text in (english(texts.ORDER_UNKNOWN), english(texts.BUTTON_STALE))
    assert await stored(counter) == known


async def test_button_of_another_time_changes_nothing(counter: Counter, mia: Phone) -> None:
    product, store_id = await a_mug(counter)
    known = await has(counter, mia, product, store_id)
    for argument in ("", CODE, f"{CODE}.x.2", f"{CODE}.0123456789.many"):
        reply = await mia.taps(mia.button(Action.CHANGE_YES, argument))
        assert reply.text == english(texts.BUTTON_STALE)
    assert await stored(counter) == known


async def test_question_how_to_change_brings_the_button(counter: Counter, mia: Phone) -> None:
    product, store_id = await a_mug(counter)
    await has(counter, mia, product, store_id)
    reply = await mia.says("I want to change my order")
    assert "Change" in reply.buttons
