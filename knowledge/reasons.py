"""Why something was suggested, told from the ranking's own numbers (pure). Honest to the point of dull."""

from knowledge.catalogue import Catalogue
from storage.records import Product, Suggestion

_COUNTS_FROM = 0.01  # a smaller contribution decided nothing
_WORDS = {
    "fit": "it fits what you wrote",
    "distance": "{store} is close to you",
    "habit": "you often buy {category}",
    "preference": "it is {traits}, which you often choose",
    "coupon": "{coupon} takes something off",
}


def reasons(suggestion: Suggestion, catalogue: Catalogue) -> str:
    """Name the factors that counted, the weightiest first."""
    product = catalogue.products.get(suggestion.product_id)
    store = catalogue.stores.get(suggestion.store_id)
    values = {
        "store": store.name if store else "the store",
        "category": product.category.replace("-", " ").casefold() if product else "things like it",
        "coupon": suggestion.coupon_code or "a coupon",
        "traits": _traits(product) if product else "made the way you like",
    }
    by_weight = sorted(suggestion.contributions.items(), key=lambda part: -part[1])
    told = [_WORDS[name].format_map(values) for name, part in by_weight if part >= _COUNTS_FROM]
    if not told:
        return "Nothing else fitted better."
    first, *rest = told
    also = f" Also: {'; '.join(rest)}." if rest else ""
    return f"Mostly because {first}.{also}"


def _traits(product: Product) -> str:
    """Name how a product is made: "vegan and fair trade"."""
    names = sorted(kind.value.replace("_", " ") for kind in product.sustainability)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
