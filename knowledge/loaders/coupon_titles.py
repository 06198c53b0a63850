"""What a coupon is called when nobody gives it a title, and titles that follow a new discount (pure).

A title is kept as it was written: shoppers of all languages see the one that the shop has given.
"""

import re
from collections.abc import Iterable

from babel import Locale

from knowledge.amounts import listed
from knowledge.amounts import percent as percent_words
from knowledge.language import LANGUAGES, Sentence, told
from knowledge.loaders.coupon_fields import LONGEST_TITLE, Goods
from knowledge.loaders.shop_names import ShopNames

_PERCENTAGE = re.compile(r"(\d+(?:[.,]\d+)?)(\s*%)", re.ASCII)
_NAMED = 2  # names in a title; more do not fit a line
EVERYTHING = Sentence("everything")
_ONLY_DISCOUNT = Sentence("{percent} off")
_OFF = Sentence("{percent} off {goods}")
_AT_ONE_STORE = Sentence("{percent} off {goods} at {store}")
_AND_MORE = Sentence("{names} and more")


def locales() -> list[Locale]:
    """Give every language in which a title may have been given by nobody."""
    return [Locale(language) for language in LANGUAGES]


def default_title(
    percent: int, goods: Goods, store_ids: frozenset[str], names: ShopNames, locale: Locale
) -> str:
    """Name the discount and what it is for, as fully as fits."""
    off, words = percent_words(percent), _goods_words(goods, names, locale)
    store = " ".join(names.store_names.get(key, key) for key in store_ids)
    forms = [*([_AT_ONE_STORE] if len(store_ids) == 1 else []), _OFF, _ONLY_DISCOUNT]
    titles = (told(form, locale, percent=off, goods=words, store=store) for form in forms)
    return next(title for title in titles if len(title) <= LONGEST_TITLE)


def tells(title: str, percent: int, goods: str) -> bool:
    """Tell whether a title begins with the discount and what it is for, in any language; `goods` is empty for all."""
    off = percent_words(percent)
    return any(
        title.startswith(told(_OFF, each, percent=off, goods=goods or told(EVERYTHING, each)))
        for each in locales()
    )


def with_percentage(title: str, old: int, new: int) -> str:
    """Give a title that tells the new discount where it told the old one."""
    return _PERCENTAGE.sub(
        lambda match: f"{new}{match[2]}" if match[1] == str(old) else match[0], title
    )


def other_percentage(title: str, percent: int) -> str | None:
    """Give a percentage in a title that is not the discount; None when there is none."""
    said: Iterable[re.Match[str]] = _PERCENTAGE.finditer(title)
    return next((match[0] for match in said if match[1] != str(percent)), None)


def _goods_words(goods: Goods, names: ShopNames, locale: Locale) -> str:
    named = sorted(goods.categories) + sorted(names.titles.get(k, k) for k in goods.product_ids)
    if not named:
        return told(EVERYTHING, locale)
    if len(named) > _NAMED:
        return told(_AND_MORE, locale, names=named[0])
    return listed(named, "and", locale)
