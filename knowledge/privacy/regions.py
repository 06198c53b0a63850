"""Where a shopper's national numbers may come from, by what the shop knows anyway; knows no number."""

from collections.abc import Iterator

from babel.core import get_global


def regions_of(language_code: str | None, time_zone: str | None = None) -> tuple[str, ...]:
    """Give ISO 3166 codes, the likeliest first: the language's, then that of the stores' time zone.

    "de-AT" is Austria; where no country is given, the one with most speakers counts (CLDR's likely
    subtags, as babel brings them). What is unknown gives nothing.
    """
    found = [*_of_language(language_code or ""), *_of_time_zone(time_zone or "")]
    return tuple(dict.fromkeys(found))


def _of_language(language_code: str) -> Iterator[str]:
    parts = language_code.replace("_", "-").split("-")
    stated = [part.upper() for part in parts[1:] if len(part) == len("BR") and part.isalpha()]
    likely = str(get_global("likely_subtags").get(parts[0].lower(), ""))
    yield from stated or [part for part in likely.split("_")[1:] if len(part) == len("BR")]


def _of_time_zone(name: str) -> Iterator[str]:
    territory = get_global("zone_territories").get(name)
    if territory and len(territory) == len("BR"):
        yield territory
