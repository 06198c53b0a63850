"""A small shop's names, for tests of what admins write."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel import Locale

from knowledge.loaders.coupon_changes import ShopDay
from knowledge.loaders.shop_names import ShopNames
from tests.builders import product, store

TODAY = date(2026, 11, 20)
ZONE = ZoneInfo("America/New_York")
NAMES = ShopNames.of(
    [
        product("hot-chocolate", title="Hot Chocolate", category="hot drinks"),
        product("latte", title="Latte", category="hot drinks"),
        product("cake-a", title="Cake", category="bakery"),
        product("cake-b", title="Cake", category="bakery"),
    ],
    [store("cafe", name="Downtown Café"), store("tea-room", name="Tea Room")],
)
SHOP = ShopDay(datetime(2026, 11, 20, 15, 30, tzinfo=UTC), ZONE, NAMES, Locale("en"))
