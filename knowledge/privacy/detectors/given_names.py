"""Which words are given names somewhere; knows no text.

The list is Faker's, joined over the languages below: installed with the product, MIT. A name that
is missing here is still found where it is written with a capital after an introduction.
"""

from functools import cache
from importlib import import_module

from knowledge.privacy.detectors.ordinary_words import words
from knowledge.privacy.plain import fold

_LOCALES = words(
    "en_US en_GB en_IN de_DE fr_FR es_ES it_IT nl_NL pl_PL pt_PT pt_BR sv_SE da_DK fi_FI no_NO "
    "cs_CZ ro_RO hu_HU tr_TR hr_HR"
)
_SHORTEST = 3


@cache
def given_names() -> frozenset[str]:
    """Give about 7,500 given names, folded. Takes 0.2 s at the first call, nothing afterwards."""
    names: set[str] = set()
    for locale in _LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in vars(provider):
            if attribute.startswith("first_names"):
                names.update(fold(name) for name in getattr(provider, attribute))
    return frozenset(name for name in names if len(name) >= _SHORTEST) | {"jo", "bo", "li"}


def is_given_name(word: str) -> bool:
    """Say whether a folded word, or a part of it (anne-marie), is a given name."""
    names = given_names()
    return word in names or any(part in names for part in word.split("-"))
