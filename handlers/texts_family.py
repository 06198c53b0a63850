"""What a shopper reads about the people they shop for."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel import Locale

from knowledge import amounts
from knowledge.family import LONGEST_NICKNAME, LONGEST_TASTES, Flaw, Unclear
from knowledge.kinship import relation_in
from storage.records import Birthday, Relation, Relative

EXAMPLE = "/family add mum, likes candles, vegan, birthday 12 May"
NOTE = "I keep only a nickname, tastes and a birthday, until you remove them."
HOW = f"Add somebody like this:\n{EXAMPLE}"
EMPTY = f"Who do you shop for? {HOW}\n{NOTE}"
LIST = "You shop for:"
NOTED, CHANGED = "Noted: {line}.", "Changed: {line}."
LISTED = "/family shows everybody, and removes them."
FULL = "You have {count} people in /family, as many as I keep. Remove one there, and there's room."
REMOVE_SURE = "Remove {nickname}? What I know of them goes too."
REMOVED = "Removed."

_FLAWS: Mapping[Flaw, str] = {
    Flaw.NO_NICKNAME: "A nickname comes first.",
    Flaw.LONG_NICKNAME: f"A nickname has at most {LONGEST_NICKNAME} characters; remarks follow after commas.",
    Flaw.LONG_TASTES: f"That's more than I keep: tastes have at most {LONGEST_TASTES} characters.",
    Flaw.NOT_A_DAY: "“{given}” is no day I know. Write the birthday like 12 May.",
    Flaw.TWO_DAYS: "“{given}” can be two days. Write the birthday like 12 May.",
    Flaw.TWO_BIRTHDAYS: "There are two birthdays in that. Send one.",
    Flaw.CONTACT: "I keep no numbers and addresses of other people. Leave those out.",
}
# Said of whoever's nickname does not say it.
_RELATIONS: Mapping[Relation, str] = {
    Relation.SPOUSE: "partner",
    Relation.PARENT: "parent",
    Relation.CHILD: "child",
    Relation.SIBLING: "sibling",
    Relation.GRANDPARENT: "grandparent",
    Relation.FRIEND: "friend",
    Relation.COLLEAGUE: "colleague",
}
_ANY_YEAR = 2000
_LONG_AGO = date(1999, 1, 1)  # far from every birthday of that year: none is "Sunday"


def unclear(problem: Unclear) -> str:
    """Say what is wrong with what was said of somebody, and how to say it."""
    told = _FLAWS[problem.flaw].format(given=problem.given)
    return (
        f"{told} Nothing was changed.\n{HOW}"
        if problem.flaw is Flaw.NO_NICKNAME
        else f"{told} Nothing was changed."
    )


def family(relatives: Sequence[Relative], locale: Locale) -> str:
    """List everybody, one line each, and say how to add somebody."""
    if not relatives:
        return EMPTY
    return "\n".join([LIST, *(line(each, locale) for each in relatives), HOW, NOTE])


def line(relative: Relative, locale: Locale) -> str:
    """Put what is known of somebody in a line: mum – candles, vegan; birthday May 12."""
    who = relative.nickname
    if relation_in(who) is None and relative.relation in _RELATIONS:
        who = f"{who} ({_RELATIONS[relative.relation]})"
    birthday = "" if relative.birthday is None else f"birthday {_day(relative.birthday, locale)}"
    told = "; ".join(filter(None, (relative.tastes, birthday)))
    return f"{who} – {told}" if told else who


def _day(birthday: Birthday, locale: Locale) -> str:
    return amounts.day(date(_ANY_YEAR, birthday.month, birthday.day), _LONG_AGO, locale)
