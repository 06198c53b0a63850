"""Whether words say only how a thing should be, and name none: "in blue", "for my dad", "under $20" (pure).

The limits themselves are read by the constraints; this knows the words that may stand around them.
"""

import re

from knowledge.constraints import Constraints


def is_limit(rest: str, limits: Constraints) -> bool:
    """Tell whether words name nothing, only how it should be."""
    words = rest.split()
    if says_only_limits(rest, limits) or says_who_eats(rest, limits) or _TASTE.match(rest):
        return True
    if len(words) > 1 and words[0] in _OPENS_LIMIT:
        return True
    if limits.excluded and _TOO_MUCH.search(rest):
        return True
    opens = words[0] in _OPENS_LIMIT_IF_READ or _SAME_THING.search(rest) is not None
    return opens and limits != Constraints()


def says_only_limits(rest: str, limits: Constraints) -> bool:
    """Tell whether every word belongs to a limit that was read, so that nothing else can be meant.

    What it must not be does not count: anything may follow a "no".
    """
    if says_only_time(rest, limits) or (limits.recipient and _FOR_SOMEBODY.fullmatch(rest)):
        return True
    known = _words_of(limits)
    words = re.findall(r"[^\W\d]+", rest)
    return bool(known) and all(word in _FILLER or word in known for word in words)


def says_who_eats(rest: str, limits: Constraints) -> bool:
    """Tell whether words say only what somebody cannot or will not have: "I'm lactose intolerant", "we can't have nuts"."""
    told = (limits.allergens, limits.diets, limits.sustainability, limits.excluded)
    is_read = limits.is_allergy or any(told)
    return is_read and _WHO_EATS.match(rest) is not None and _WISHES.search(rest) is None


def _words_of(limits: Constraints) -> frozenset[str]:
    """Give the words that colours, diets, sizes and the like are said with."""
    told = [*limits.colours, *limits.diets, *limits.sustainability]
    words = {word for each in told for word in re.split(r"[\W_]+", each.casefold())}
    words |= {limits.size.casefold()} if limits.size else set()
    has_price = (limits.max_price_cents, limits.min_price_cents) != (None, None)
    return frozenset(words | (_PRICE_WORDS if has_price else frozenset()))


def says_only_time(rest: str, limits: Constraints) -> bool:
    """Tell whether words say nothing but when it is wanted."""
    words = re.findall(r"[^\W\d]+(?:[.'][^\W\d]+)*", rest)
    if rest in _LATER:
        return True
    if limits.when is None or not words:
        return False
    if limits.when.dates:
        return words[0] in _TIME_WORDS and len(words) <= _MOST_WORDS_OF_A_DAY
    return all(word in _TIME_WORDS or word in _FILLER for word in words)


def opens_limit(words: str) -> bool:
    """Tell whether words begin as a limit does."""
    return words.split(maxsplit=1)[0] in _OPENS_LIMIT | _OPENS_LIMIT_IF_READ


_LATER = frozenset({"later", "later today", "later on"})
_MOST_WORDS_OF_A_DAY = 4  # "on the fourth of July" (ours)
_TIME_WORDS = frozenset(
    "on at in after before by from until till this next the for an a of around about later then day weekend week "
    "today tomorrow tmrw tmr tonight morning afternoon evening night noon midnight lunch lunchtime half quarter hour hours hr "
    "hrs h min mins minute minutes am pm a.m p.m o'clock oclock one two three four five ten fifteen twenty thirty "
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays mon tue tues wed thu thur thurs fri sat sun maybe instead still".split()
)
_OPENS_LIMIT = frozenset("for in with from".split())
_OPENS_LIMIT_IF_READ = frozenset(
    "without no not under below less over above between size up at near nothing anything".split()
)
_SAME_THING = re.compile(
    r"\b(?:it|this(?! (?:morning|afternoon|evening|week|weekend|month|year|time)\b)|that|them|these|those|ones?|same)\b"
)
_FILLER = frozenset(
    "something anything only just and or but a an the is are be in of it that s some i want need like would "
    "prefer rather make free size colour color has to should in eu eur only".split()
)
_PRICE_WORDS = frozenset(
    "under below less than over above at most max maximum up between around about dollar dollars bucks".split()
)
_FOR_SOMEBODY = re.compile(r"for (?:(?:my|our|an?|the|his|her|their) )?[\w-]+(?: one)?")
_TOO_MUCH = re.compile(
    r"\b(?:is|are|was|were)(?: \w+)? too (?:many|much|hard|strong|heavy|sweet)\b"
)
_WHO_EATS = re.compile(
    r"(?:i|we|she|he|they|it|(?:my|our) \w+|one of us|somebody|someone)(?:'m|'s|'re|'ve| am| is| are| has| have| can't| cannot| can not"
    r"| don't| doesn't| won't| shouldn't| mustn't| hates?| avoids?| react)\b"
    r"|(?:allergic|intolerant|coeliac|celiac|lactose|vegan|vegetarian|no|nothing with|not|nut|peanut|dairy|egg|soy)\b.*"
    r"\b(?:here|for me|for us|for him|for her|for them|allergy|allergies|intolerant|intolerance|free)$"
)
# Whoever says what they would like has another wish.
_WISHES = re.compile(r"\b(?:want|need|looking|like|fancy|find|where|which|what|who|how)\b|\?")
_TASTE = re.compile(
    r"(?:she|he|they)(?:'s|'re| is| are| was| likes?| loves?| prefers?| wants?| hates?| wears?| doesn't| don't)\b"
)
