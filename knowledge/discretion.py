"""What is kept quiet about unless it is asked for: goods that tell of a body, a family or a habit (pure)."""

import re

from storage.records import Product, Store

# Words of categories that say what a body, a family or a habit is like. Source: GDPR Art. 9 in spirit; the list is ours.
SENSITIVE_WORDS = frozenset(
    "health medicine medicines medical medication pharmacy supplements incontinence mobility hearing"
    " baby babies nursery maternity pregnancy newborn diapers nappies"
    " intimate contraception condoms fertility lingerie erotic adult feminine menstrual"
    " alcohol beer wine wines spirits liquor cocktails tobacco cigarettes vaping vape cannabis cbd gambling lottery"
    " religion religious political weapons ammunition funeral".split()
)
# What may not be pushed on anybody: it is shown to those who name it (ours).
ALCOHOL_WORDS = frozenset(
    "alcohol alcoholic beer beers ale lager stout cider wine wines champagne prosecco spirits liquor liqueur whisky whiskey"
    " vodka gin rum brandy tequila cocktail cocktails".split()
)
# Stores that are about health itself. Washington's My Health My Data Act forbids fences around them.
# Source: RCW 19.373.080 (2026-11-22).
HEALTH_SERVICES = frozenset(
    {"pharmacy", "clinic", "doctor", "dentist", "hospital", "optician", "health"}
)
_WORDS = re.compile(r"[^\W\d_]+")
_SHORT = 3  # letters: "red" names no wine


def is_sensitive(product: Product) -> bool:
    """Tell whether a product says something about a person that nobody should be reminded of unasked.

    The shop may say so of a product. A category with such a word stays unsaid as a whole, for a nudge names it.
    """
    if product.attributes.get("sensitive", "no") != "no" or is_alcoholic(product):
        return True
    return names_something_sensitive(product.category)


def names_something_sensitive(said: str) -> bool:
    """Tell whether one of these words stands for something that is kept quiet about."""
    return not SENSITIVE_WORDS.isdisjoint(_words(said))


def is_health_service(store: Store) -> bool:
    """Tell whether a store never gets a fence at all."""
    return store.category.casefold() in HEALTH_SERVICES


def is_sensitive_store(store: Store) -> bool:
    """Tell whether to have been at a store says something of a person: nothing is told or written down about it."""
    return is_health_service(store) or not SENSITIVE_WORDS.isdisjoint(_words(store.category))


def is_alcoholic(product: Product) -> bool:
    """Tell whether there is alcohol in it, by its own attribute, else by its category."""
    if "alcohol" in product.attributes:
        return product.attributes["alcohol"] not in ("no", "")
    return not ALCOHOL_WORDS.isdisjoint(_words(product.category))


def may_be_shown(product: Product, said: str, *, is_open: bool) -> bool:
    """Tell whether a product may answer a wish in which these words are said; "" = words that name no thing.

    A wish that `is_open`, for any idea or a present, is none for what is kept quiet about. Alcohol takes being named
    itself, by its kind or by a word of its title.
    """
    if is_alcoholic(product):
        telling = {word for word in _words(product.title) if len(word) > _SHORT}
        return not (ALCOHOL_WORDS | telling).isdisjoint(_words(said))
    return not (is_open and is_sensitive(product))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(text.casefold()))
