"""Names and addresses of people who do not exist, drawn by dice, and chatty messages that give no hint of them.

Nobody chose them by looking at what is found: dice draw country, name and message, and all are written in small letters.
"""

import random
from collections.abc import Iterator

from faker import Faker

from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.spans import Kind
from tests.journeys.canaries import Canary

SEED = 20_261_121
# The tagger has learned names of the first ones, and none of the others.
COUNTRIES = (
    "en_US en_GB en_IN de_DE fr_FR es_MX it_IT pl_PL nl_NL sv_SE tr_TR "
    "en_KE en_PK ga_IE ha_NG is_IS lb_LU sw zu_ZA"
).split()
MESSAGES = {
    Kind.NAME: (
        "im cold and {} is too",
        "im cold, {} loved the cocoa last time",
        "im cold lol, does {} get a blanket as well",
        "brr im cold, got something warm for {} maybe",
        "im cold.. {} said you have scarves",
    ),
    Kind.ADDRESS: (
        "im cold, we are sitting around {} rn",
        "im cold and {} is so windy today",
        "im cold, cant leave {} before six tho",
        "im cold, can someone drop a blanket off, {}",
        "brr im cold, {} has no heating lol",
    ),
}


def drawn(kind: Kind, count: int) -> Iterator[Canary]:
    """Draw so many messages with a name or an address each, the same ones every time."""
    dice = random.Random(f"{SEED} {kind}")  # noqa: S311
    for number in range(count):
        faker = Faker(dice.choice(COUNTRIES))
        faker.seed_instance(dice.random())
        if kind is Kind.NAME:
            value = f"{faker.first_name()} {faker.last_name()}"
        else:
            value = f"{faker.street_address()} {faker.city()}"
        value = value.replace("\n", " ").lower()
        yield Canary(value, kind, MESSAGES[kind][number % len(MESSAGES[kind])])


def is_masked(scrubber: Scrubber, canary: Canary) -> bool:
    """Tell whether no letter and no digit of a canary is left in its message."""
    start = canary.message.index("{}")
    hidden = {at for span in scrubber.find(canary.text) for at in range(span.start, span.end)}
    places = range(start, start + len(canary.value))
    return all(at in hidden for at in places if canary.text[at].isalnum())
