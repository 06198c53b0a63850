"""Why something was suggested, told from the ranking's own numbers (pure). Honest to the point of dull."""

from knowledge.catalogue import Catalogue
from storage.records import Product, Suggestion

OFTEN = 3  # purchases in a category: fewer are a "before", no habit (ours)
_CLOSE_M = (
    500  # the widest band of distance that anybody calls close: a walk of six minutes (ours)
)
_COUNTS_FROM = 0.01  # a smaller contribution decided nothing
_WORDS = {
    "fit": "it fits what you wrote",
    "distance": "{store} is {nearness}",
    "habit": "{habit}",
    "preference": "it is {traits}, which you often choose",
    "coupon": "{coupon} takes something off",
}

_NEEDS = {"distance": "nearness", "habit": "habit"}


def reasons(
    suggestion: Suggestion, catalogue: Catalogue, *, times_bought: int, near_m: float
) -> str:
    """Name the factors that counted, the weightiest first.

    `times_bought` is how often the shopper bought from the product's category; a store further off than `near_m`
    metres, or at a distance not known, is no reason.
    """
    product = catalogue.products.get(suggestion.product_id)
    store = catalogue.stores.get(suggestion.store_id)
    values = {
        "store": store.name if store else "the store",
        "coupon": suggestion.coupon_code or "a coupon",
        "nearness": _nearness(suggestion.distance_band_m, near_m),
        "habit": _habit(times_bought, product),
        "traits": _traits(product) if product else "made the way you like",
    }
    by_weight = sorted(suggestion.contributions.items(), key=lambda part: -part[1])
    counted = [name for name, part in by_weight if part >= _COUNTS_FROM]
    # What is not so, whatever it weighed, is not told.
    untrue = {name for name, key in _NEEDS.items() if not values[key]}
    told = [_WORDS[name].format_map(values) for name in counted if name not in untrue]
    if not told:
        return "Nothing else fitted better."
    first, *rest = told
    also = f" Also: {'; '.join(rest)}." if rest else ""
    return f"Mostly because {first}.{also}"


def _nearness(band_m: int | None, near_m: float) -> str:
    """Say how near a store in a band of distance is; "" when it is not."""
    if band_m is None or band_m > near_m:
        return ""
    return "close to you" if band_m <= _CLOSE_M else "within a walk"


def _habit(times_bought: int, product: Product | None) -> str:
    """Say how often something like it was bought; "" for never."""
    if times_bought == 0:
        return ""
    things = product.category.replace("-", " ").casefold() if product else "things like it"
    return f"you often buy {things}" if times_bought >= OFTEN else f"you bought {things} before"


def _traits(product: Product) -> str:
    """Name how a product is made: "vegan and fair trade"."""
    names = sorted(kind.value.replace("_", " ") for kind in product.sustainability)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
