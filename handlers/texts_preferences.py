"""What a shopper reads about what they like: what was learned, what they said, and what is not used (pure)."""

from collections.abc import Mapping, Sequence

from babel import Locale

from knowledge import amounts
from knowledge.language import Sentence, told
from knowledge.preferences import HIGHEST, NEUTRAL, Taste, contrast
from knowledge.qualities import trait
from storage.records import Declared, Sustainability

TITLE = Sentence("What you care about")
NEUTRAL_MARK = Sentence("{weight}: neither for nor against")
LEARNED = Sentence("What you care about, learned from what you do:")
BAR = Sentence("{trait} {circles} {weight}")
BAR_SET = Sentence("{trait} {circles} {weight} (you set this)")
CONTRAST = Sentence("You care {times} × more about {most} than {least}.")
LIMITS = Sentence("Your diet and dislikes, above all I learn: {limits}.")
NO_LIMITS = Sentence("Tell me a diet or a dislike like this:\n{example}")
UNUSED = Sentence("Not used: {factors}.")
ONE = Sentence(
    "{bar}\n1.0 is neither for nor against. What you set here counts above what I learn."
)
NOTED = Sentence("Noted: {limits}. I show you nothing that goes against it.")
NOT_READ = Sentence("I don't read a diet or a dislike in “{said}”. Write it like this:\n{example}")
TOO_MUCH = Sentence("That's more than I keep. Take something off in /preferences first.")
NOT_USED_NOW = Sentence("I don't use {factor} any more. /preferences brings it back.")
USED_AGAIN = Sentence("I use {factor} again.")
TAKEN_OFF = Sentence("Taken off.")
EXAMPLE = "/preferences vegan, no mushrooms"  # as it is understood
# By the names of the ranking's factors; what was asked for is always used.
FACTORS: Mapping[str, Sentence] = {
    "habit": Sentence("what you bought"),
    "preference": Sentence("what I learned you like"),
    "distance": Sentence("how near it is"),
    "coupon": Sentence("coupons"),
    "popularity": Sentence("what is popular near you"),
    "freshness": Sentence("what you passed over"),
    "local": Sentence("where it comes from"),
}
_CIRCLES = 5
_FULL, _EMPTY = "●", "○"


def circles(weight: float) -> str:
    """Draw a weight of 0.3–2.0 as five circles: two for neutral, all for the most there is."""
    full = max(1, int(weight / HIGHEST * _CIRCLES))
    return _FULL * full + _EMPTY * (_CIRCLES - full)


def bar(kind: Sustainability, taste: Taste, declared: Declared, locale: Locale) -> str:
    """Say one weight: "vegan ●●●●○ 1.8"."""
    weight = taste.weights[kind]
    return told(
        BAR_SET if kind in declared.weights else BAR,
        locale,
        trait=trait(kind, locale),
        circles=circles(weight),
        weight=amounts.tenths(weight, locale),
    )


def preferences(taste: Taste, declared: Declared, locale: Locale) -> str:
    """Say all weights, the widest contrast between them, and what was declared."""
    lines = [told(LEARNED, locale)]
    lines += [bar(kind, taste, declared, locale) for kind in Sustainability]
    lines += filter(None, [contrast_told(taste.weights, locale)])
    if declared.limits:
        limits = amounts.listed(list(declared.limits), "and", locale)
        lines.append(told(LIMITS, locale, limits=limits))
    else:
        lines.append(told(NO_LIMITS, locale, example=EXAMPLE))
    if declared.unused:
        lines.append(told(UNUSED, locale, factors=factors_told(sorted(declared.unused), locale)))
    return "\n".join(lines)


def contrast_told(weights: Mapping[Sustainability, float], locale: Locale) -> str:
    """Say "You care 2.3 × more about vegan than carbon neutral."; "" when nothing stands out."""
    found = contrast(weights)
    if found is None:
        return ""
    most, least, times = found
    return told(
        CONTRAST,
        locale,
        times=amounts.tenths(times, locale),
        most=trait(most, locale),
        least=trait(least, locale),
    )


def factors_told(names: Sequence[str], locale: Locale) -> str:
    """Name factors of the ranking as a shopper would."""
    return amounts.listed([told(FACTORS[name], locale) for name in names], "and", locale)


def one(kind: Sustainability, taste: Taste, declared: Declared, locale: Locale) -> str:
    """Say one weight, and what it does."""
    return told(ONE, locale, bar=bar(kind, taste, declared, locale))


def mark(locale: Locale) -> str:
    """Say what the line in the picture means."""
    return told(NEUTRAL_MARK, locale, weight=amounts.tenths(NEUTRAL, locale))
