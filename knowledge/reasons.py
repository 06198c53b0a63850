"""Why something was suggested, told from the ranking's own numbers (pure). Honest to the point of dull."""

from dataclasses import dataclass

from babel import Locale

from knowledge import amounts
from knowledge.catalogue import Catalogue
from knowledge.counterfactual import counted
from knowledge.language import Sentence, told
from knowledge.qualities import trait
from storage.records import Suggestion

OFTEN = 3  # purchases in a category: fewer are a "before", no habit (ours)
_RARELY_DAYS = 60.0  # who buys something less often than that hardly calls it usual (ours)
_CLOSE_M = (
    500  # the widest band of distance that anybody calls close: a walk of six minutes (ours)
)
_WEIGHED_MOST = Sentence("Mostly because {reason}.")
_WEIGHED_TOO = Sentence("Mostly because {reason}. Also: {others}.")
_NOTHING = Sentence("Nothing else fitted better.")
_FITS = Sentence("it fits what you wrote")
_CLOSE = Sentence("{store} is close to you")
_WITHIN_A_WALK = Sentence("{store} is within a walk")
_OFTEN_BOUGHT = Sentence("you often buy {things}")
_BOUGHT_EVERY_DAY = Sentence("you usually buy {things} every day")
_BOUGHT_EVERY_DAYS = Sentence("you usually buy {things} every {days} days")
_BOUGHT = Sentence("you bought {things} before")
_AS_CHOSEN = Sentence("it is {traits}, which you often choose")
_TAKES_OFF = Sentence("{coupon} takes something off")
_POPULAR = Sentence("others often buy it at {store}")
_THE_STORE = Sentence("the store")
_THINGS = Sentence("things like it")
_YOUR_WAY = Sentence("made the way you like")
_A_COUPON = Sentence("a coupon")


@dataclass(frozen=True, slots=True)
class Known:
    """What the shop knows besides the ranking's numbers.

    `times_bought` is how often the shopper bought from the product's category, `every_days` the usual time between two such
    days, None for no rhythm, and `liked` why it may please whom a present
    is for; "" = nobody they told of.
    """

    times_bought: int
    liked: str = ""
    every_days: float | None = None


def reasons(
    suggestion: Suggestion,
    catalogue: Catalogue,
    locale: Locale,
    *,
    known: Known,
    near_m: float,
) -> str:
    """Name the factors that counted, the weightiest first, in a locale's language.

    A store further off than `near_m` metres, or at a distance not known, is no reason.
    """
    given = {
        "fit": told(_FITS, locale),
        "distance": _nearness(suggestion, catalogue, near_m, locale),
        "liked": known.liked,
        "habit": _habit(suggestion, catalogue, known, locale),
        "preference": _preference(suggestion, catalogue, locale),
        "popularity": _popularity(suggestion, catalogue, locale),
        "coupon": told(
            _TAKES_OFF, locale, coupon=suggestion.coupon_code or told(_A_COUPON, locale)
        ),
    }
    # What is not so, whatever it weighed, is not told.
    said = [given[name] for name in counted(suggestion) if given.get(name)]
    if not said:
        return told(_NOTHING, locale)
    first, *rest = said
    if not rest:
        return told(_WEIGHED_MOST, locale, reason=first)
    return told(_WEIGHED_TOO, locale, reason=first, others="; ".join(rest))


def _popularity(suggestion: Suggestion, catalogue: Catalogue, locale: Locale) -> str:
    """Say where others buy it; "" for a store that is gone."""
    store = catalogue.stores.get(suggestion.store_id)
    return "" if store is None else told(_POPULAR, locale, store=store.name)


def _nearness(suggestion: Suggestion, catalogue: Catalogue, near_m: float, locale: Locale) -> str:
    """Say how near the store is; "" when it is not."""
    band_m = suggestion.distance_band_m
    if band_m is None or band_m > near_m:
        return ""
    store = catalogue.stores.get(suggestion.store_id)
    name = store.name if store is not None else told(_THE_STORE, locale)
    return told(_CLOSE if band_m <= _CLOSE_M else _WITHIN_A_WALK, locale, store=name)


def _habit(suggestion: Suggestion, catalogue: Catalogue, known: Known, locale: Locale) -> str:
    """Say how often something like it was bought, and every how many days if that is a habit; "" for never."""
    if known.times_bought == 0:
        return ""
    product = catalogue.products.get(suggestion.product_id)
    things = told(_THINGS, locale)
    if product is not None:  # what the shop calls it
        things = product.category.replace("-", " ").casefold()
    if known.every_days is None or known.every_days > _RARELY_DAYS:
        often = _OFTEN_BOUGHT if known.times_bought >= OFTEN else _BOUGHT
        return told(often, locale, things=things)
    days = round(known.every_days)
    if days <= 1:
        return told(_BOUGHT_EVERY_DAY, locale, things=things)
    return told(_BOUGHT_EVERY_DAYS, locale, things=things, days=days)


def _preference(suggestion: Suggestion, catalogue: Catalogue, locale: Locale) -> str:
    """Say how it is made, "vegan and fair trade"; "" when that is nothing special."""
    product = catalogue.products.get(suggestion.product_id)
    if product is None:
        return told(_AS_CHOSEN, locale, traits=told(_YOUR_WAY, locale))
    made = [trait(kind, locale) for kind in sorted(product.sustainability)]
    traits = amounts.listed(made, "and", locale)
    return told(_AS_CHOSEN, locale, traits=traits) if made else ""
