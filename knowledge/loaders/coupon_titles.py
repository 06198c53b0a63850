"""What a coupon is called when nobody gives it a title, and titles that follow a new discount (pure)."""

import re
from collections.abc import Iterable

from knowledge.amounts import percent as percent_words
from knowledge.loaders.coupon_fields import LONGEST_TITLE, Goods
from knowledge.loaders.shop_names import ShopNames

_PERCENTAGE = re.compile(r"(\d+(?:[.,]\d+)?)(\s*%)", re.ASCII)
_NAMED = 2  # names in a title; more do not fit a line
_ONLY_DISCOUNT = "{percent} off"
_OFF = "{percent} off {goods}"
_AT_ONE_STORE = "{percent} off {goods} at {store}"
_EVERYTHING = "everything"
_AND_MORE = "{names} and more"


def default_title(percent: int, goods: Goods, store_ids: frozenset[str], names: ShopNames) -> str:
    """Name the discount and what it is for, as fully as fits."""
    told = _goods_words(goods, names)
    values = {"percent": percent_words(percent), "goods": told, "store": ""}
    forms = [_OFF, _ONLY_DISCOUNT]
    if len(store_ids) == 1:
        values["store"] = " ".join(names.store_names.get(key, key) for key in store_ids)
        forms.insert(0, _AT_ONE_STORE)
    titles = (form.format_map(values) for form in forms)
    return next(title for title in titles if len(title) <= LONGEST_TITLE)


def with_percentage(title: str, old: int, new: int) -> str:
    """Give a title that tells the new discount where it told the old one."""
    return _PERCENTAGE.sub(
        lambda match: f"{new}{match[2]}" if match[1] == str(old) else match[0], title
    )


def other_percentage(title: str, percent: int) -> str | None:
    """Give a percentage in a title that is not the discount; None when there is none."""
    told: Iterable[re.Match[str]] = _PERCENTAGE.finditer(title)
    return next((match[0] for match in told if match[1] != str(percent)), None)


def _goods_words(goods: Goods, names: ShopNames) -> str:
    told = sorted(goods.categories) + sorted(names.titles.get(k, k) for k in goods.product_ids)
    if not told:
        return _EVERYTHING
    if len(told) > _NAMED:
        return _AND_MORE.format(names=told[0])
    return " and ".join(told)
