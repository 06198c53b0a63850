from datetime import UTC, date, datetime

import pytest

from scripts.smoke_checks import Facts, read_facts, untrue
from storage.database import Database
from storage.records import Coupon, Order, OrderStatus, Policy, Product, Shopper, Stock, Store

NOW = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)
PLACE = (44.0712, -69.1136)
RULE = "You can return **unused goods** within 30 days\nof purchase."


@pytest.fixture
async def facts(database: Database) -> Facts:
    store = Store("cafe", "Downtown Café", "cafe", "Main 1", 44.0715, -69.1136, "America/New_York")
    product = Product("hot", "Hot Chocolate", "hot drinks", "Dark and hot", 350, "USD")
    spring, never = NOW.replace(month=1), NOW.replace(year=2027)
    coupon = Coupon("WARM15", "15 % off hot drinks", 15, spring, never)
    order = Order(
        "K7-2291", 7, "cafe", "hot", 1, 350, "USD", OrderStatus.PLACED, NOW, NOW
    )  # fmt: skip
    async with database.work() as work:
        await work.shoppers.add_many([Shopper(7, "Mia", "en", NOW, NOW)])
        await work.stores.add_many([store])
        await work.products.add_many([product])
        await work.stock.add_many([Stock("cafe", "hot", 3)])
        await work.coupons.add_many([coupon])
        await work.policies.add_many([Policy("returns", "Returns", RULE, date(2026, 1, 1))])
        await work.orders.add_many([order])
        await work.commit()
    return await read_facts(database, 7, PLACE, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "Downtown Café, 33 m away, has Hot Chocolate for $3.50. WARM15 takes 15 % off, so $2.98.",
        "You save $0.52. Order K7-2291 is kept until 18:00.",
        "3 places within 400 m:",
        "I use it for this and forget it after 15 minutes.",
    ],
)
async def test_what_is_in_the_database_passes(facts: Facts, text: str) -> None:
    assert untrue({"text": text}, facts) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hot Chocolate for $3.51", "price: $3.51"),
        ("Hot Chocolate for $1,003.50", "price: $1,003.50"),
        ("Downtown Café is 34 m away", "distance: 34 m"),
        ("Downtown Café is 1.2 km away", "distance: 1.2 km"),
        ("Use WARM20", "coupon: WARM20"),
        ("Order K7-2292 is ready", "order: K7-2292"),
    ],
)
async def test_what_is_made_up_is_found(facts: Facts, text: str, problem: str) -> None:
    (found,) = untrue({"text": text}, facts)
    assert problem.split(": ")[1] in found


async def test_bold_name_must_exist(facts: Facts) -> None:
    text = "☕ Uptown Café is open"
    bold = [{"type": "bold", "offset": 2, "length": 11}]
    assert untrue({"text": text, "entities": bold}, facts) == ["no such thing: Uptown Café"]
    text = text.replace("Uptown", "Downtown")
    bold = [{"type": "bold", "offset": 2, "length": 13}]
    assert untrue({"text": text, "entities": bold}, facts) == []


async def test_only_a_documents_own_words_count_as_its_quote(facts: Facts) -> None:
    assert facts.quotes_a_policy("«You can return unused goods within 30 days of purchase.»")
    assert not facts.quotes_a_policy("«You can return used goods within 30 days of purchase.»")
    assert not facts.quotes_a_policy("You can return unused goods within 30 days of purchase.")


async def test_product_counts_only_with_its_own_price(facts: Facts) -> None:
    assert facts.names_a_product("Hot Chocolate for $3.50")
    assert not facts.names_a_product("Hot Chocolate for $3.00")
