"""What the concierge knows of a shopper, in their own chat and in plain words (pure)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from handlers.shop import Kept
from handlers.texts_rights import language_name
from knowledge import amounts
from knowledge.discretion import is_sensitive
from knowledge.language import Sentence, told
from knowledge.preferences import NEUTRAL, Taste
from knowledge.qualities import trait
from knowledge.reasons import OFTEN
from storage.records import ConsentKind, Product, Shopper

TITLE = Sentence("What I know of you, {name}:")
LANGUAGE = Sentence("I write to you in {language}.")
BUYS = Sentence("You often buy {things}.")
EVERY_DAYS = Sentence("{things} every {days} days")
EVERY_DAY = Sentence("{things} every day")
USUALLY = Sentence("You usually buy {things}.")
BUYS_NOTHING = Sentence("There's nothing you buy often yet.")
CARES = Sentence("You go for what is {things}.")
CARES_LESS = Sentence("It matters less to you whether something is {things}.")
WEIGHED = Sentence("{trait} ({weight} of 2.0)")
SAVED = Sentence("You saved {things}.")
FAMILY = Sentence("You shop for {things}.")
AGREED = Sentence("You agreed to {things}.")
AGREED_NOTHING = Sentence("You agreed to nothing that I have to ask for.")
KEPT = Sentence(
    "Kept: what we say {said} days, what I showed you {shown}, what you did with it {done}, stores you passed {passed}; "
    "what you bought or saved until you take it off or write /forget."
)
QUIET = Sentence(
    "Of health, babies, alcohol and the like I don't speak here; /export has all of it."
)
CONSENTS: Mapping[ConsentKind, Sentence] = {
    ConsentKind.LOCATION: Sentence("using a place you share"),
    ConsentKind.NUDGES: Sentence("offers close by"),
    ConsentKind.COUPON_REMINDERS: Sentence("reminders of coupons that end"),
    ConsentKind.DIGEST: Sentence("a weekly digest"),
    ConsentKind.WISHES: Sentence("news of what you saved"),
}
_NAMED = 3  # of a kind: more is a table, and /export has that (ours)
_RARELY_DAYS = 60  # what is bought less often is no rhythm that anybody would name (ours)
_TELLING = 0.1  # a weight nearer to 1.0 says nothing (ours)


@dataclass(frozen=True, slots=True)
class Known:
    """What is held about somebody: products bought and saved, one for each time, and what they said."""

    shopper: Shopper
    taste: Taste
    bought: Sequence[Product]
    saved: Sequence[Product]
    nicknames: Sequence[str]
    granted: Sequence[ConsentKind]


def known(about: Known, kept: Kept, locale: Locale) -> str:
    """Say what is known, a line for each kind of it."""
    name = about.shopper.first_name
    lines = [
        told(TITLE, locale, name=name),
        told(LANGUAGE, locale, language=language_name(about.shopper.language)),
        _often(about.bought, locale),
        *_rhythms(about, locale),
        *_cares(about.taste, locale),
        *_listed(SAVED, _titles(about.saved), locale),
        *_listed(FAMILY, list(about.nicknames), locale),
        _consents(about.granted, locale),
        told(
            KEPT, locale, said=kept.said_days, shown=kept.shown_days, done=kept.done_days,
            passed=kept.passed_days,
        ),
        told(QUIET, locale),
    ]  # fmt: skip
    return "\n".join(lines)


def _often(bought: Sequence[Product], locale: Locale) -> str:
    counts = Counter(product.category for product in bought if not is_sensitive(product))
    often = [kind for kind, times in counts.most_common(_NAMED) if times >= OFTEN]
    return told(BUYS, locale, things=_and(often, locale)) if often else told(BUYS_NOTHING, locale)


def _rhythms(about: Known, locale: Locale) -> list[str]:
    """Say of which kinds of goods it is known every how many days they are bought, the most frequent first."""
    quiet = {product.category for product in about.bought if is_sensitive(product)}
    days = {
        kind: round(habit.every_days)
        for kind, habit in about.taste.kinds.items()
        if kind not in quiet and habit.every_days is not None and habit.every_days <= _RARELY_DAYS
    }
    told_of = [
        told(EVERY_DAYS if each > 1 else EVERY_DAY, locale, things=kind, days=each)
        for kind, each in sorted(days.items(), key=lambda pair: (pair[1], pair[0]))[:_NAMED]
    ]
    return _listed(USUALLY, told_of, locale)


def _cares(taste: Taste, locale: Locale) -> list[str]:
    by_weight = sorted(taste.weights.items(), key=lambda pair: -pair[1])
    more = [pair for pair in by_weight if pair[1] >= NEUTRAL + _TELLING][:_NAMED]
    less = [pair for pair in reversed(by_weight) if pair[1] <= NEUTRAL - _TELLING][:_NAMED]
    lines = []
    for sentence, pairs in ((CARES, more), (CARES_LESS, less)):
        traits = [
            told(
                WEIGHED, locale, trait=trait(kind, locale),
                weight=amounts.number(round(weight, 1), locale),
            )
            for kind, weight in pairs
        ]  # fmt: skip
        lines += _listed(sentence, traits, locale)
    return lines


def _titles(products: Sequence[Product]) -> list[str]:
    return sorted({product.title for product in products if not is_sensitive(product)})


def _consents(granted: Sequence[ConsentKind], locale: Locale) -> str:
    things = [told(CONSENTS[kind], locale) for kind in CONSENTS if kind in granted]
    if not things:
        return told(AGREED_NOTHING, locale)
    return told(AGREED, locale, things=_and(things, locale))


def _listed(sentence: Sentence, things: Sequence[str], locale: Locale) -> list[str]:
    return [told(sentence, locale, things=_and(things, locale))] if things else []


def _and(things: Sequence[str], locale: Locale) -> str:
    return amounts.listed(things, "and", locale)
