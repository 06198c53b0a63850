"""What a shopper reads about the people they shop for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from babel import Locale

from knowledge import amounts
from knowledge.family import LONGEST_NICKNAME, LONGEST_TASTES, Flaw, Unclear
from knowledge.kinship import relation_in
from knowledge.language import Sentence, told
from storage.records import Birthday, Relation, Relative

EXAMPLE = "/family add mum, likes candles, vegan, birthday 12 May"  # as it is understood
NOTE = Sentence("I keep only a nickname, tastes and a birthday, until you remove them.")
HOW = Sentence("Add somebody like this:\n{example}")
EMPTY = Sentence("Who do you shop for?")
LIST = Sentence("You shop for:")
NOTED = Sentence("Noted: {line}.")
CHANGED = Sentence("Changed: {line}.")
LISTED = Sentence("/family shows everybody, and removes them.")
FULL = Sentence(
    "You have {count} people in /family, as many as I keep. Remove one there, and there's room."
)
REMOVE_SURE = Sentence("Remove {nickname}? What I know of them goes too.")
REMOVED = Sentence("Removed.")

LINK_HOW = Sentence(
    "Somebody in your list who chats with me too can link with you, and tell you what they like. Write:\n{example}"
)
LINK_EXAMPLE = "/family link mum"
LINK_OFFER = Sentence(
    "For {nickname} alone; it works once, for 2 days. I ask them before anything is shared. They send me:\n"
    "/start {payload}"
)
LINK_ASK = Sentence(
    "{name} would like to link with you. If you accept, each of you sees what the other told me in /family me and "
    "/preferences: likes, dislikes, diet and birthday.\n"
    "Never what you buy, where you are or what you write. Either of you ends it at once in /family."
)
LINK_VOID = Sentence("This code doesn't work any more. Ask for a new one.")
LINK_FORWARDED = Sentence("I take no codes from forwarded messages. Type it yourself.")
LINK_OWN = Sentence("This is your own code. It is for whom you want to link with.")
LINK_DECLINED = Sentence("All right, nothing is shared.")
LINKED = Sentence(
    "You and {nickname} are linked. What you tell them of yourself, you write like this:\n{example}"
)
ME_EXAMPLE = "/family me, likes tea, vegan, birthday 3 June"
UNLINKED = Sentence("Unlinked. Neither of you sees anything of the other.")
IS_LINKED = Sentence("linked")

UNCHANGED = Sentence("Nothing was changed.")
BIRTHDAY = Sentence("birthday {day}")

_FLAWS: Mapping[Flaw, Sentence] = {
    Flaw.NO_NICKNAME: Sentence("A nickname comes first."),
    Flaw.LONG_NICKNAME: Sentence(
        "A nickname has at most {most} characters; remarks follow after commas."
    ),
    Flaw.LONG_TASTES: Sentence("That's more than I keep: tastes have at most {most} characters."),
    Flaw.NOT_A_DAY: Sentence("“{given}” is no day I know. Write the birthday like 12 May."),
    Flaw.TWO_DAYS: Sentence("“{given}” can be two days. Write the birthday like 12 May."),
    Flaw.TWO_BIRTHDAYS: Sentence("There are two birthdays in that. Send one."),
    Flaw.CONTACT: Sentence("I keep no numbers and addresses of other people. Leave those out."),
}
_MOST = {Flaw.LONG_NICKNAME: LONGEST_NICKNAME, Flaw.LONG_TASTES: LONGEST_TASTES}
# Said of whoever's nickname does not say it.
_RELATIONS: Mapping[Relation, Sentence] = {
    Relation.SPOUSE: Sentence("partner"),
    Relation.PARENT: Sentence("parent"),
    Relation.CHILD: Sentence("child"),
    Relation.SIBLING: Sentence("sibling"),
    Relation.GRANDPARENT: Sentence("grandparent"),
    Relation.FRIEND: Sentence("friend"),
    Relation.COLLEAGUE: Sentence("colleague"),
}
_ANY_YEAR = 2000
_LONG_AGO = date(1999, 1, 1)  # far from every birthday of that year: none is "Sunday"


def unclear(problem: Unclear, locale: Locale) -> str:
    """Say what is wrong with what was said of somebody, and how to say it."""
    most = _MOST.get(problem.flaw, 0)
    wrong = told(_FLAWS[problem.flaw], locale, given=problem.given, most=most)
    said = f"{wrong} {told(UNCHANGED, locale)}"
    return f"{said}\n{_how(locale)}" if problem.flaw is Flaw.NO_NICKNAME else said


def family(relatives: Sequence[Relative], locale: Locale, linked: Collection[int] = ()) -> str:
    """List everybody, one line each, and say how to add somebody."""
    how, note = _how(locale), told(NOTE, locale)
    if not relatives:
        return f"{told(EMPTY, locale)} {how}\n{note}"
    lines = [
        f"{line(each, locale)} ({told(IS_LINKED, locale)})"
        if each.id in linked
        else line(each, locale)
        for each in relatives
    ]
    return "\n".join([told(LIST, locale), *lines, how, note])


def _how(locale: Locale) -> str:
    return told(HOW, locale, example=EXAMPLE)


def line(relative: Relative, locale: Locale) -> str:
    """Put what is known of somebody in a line: mum – candles, vegan; birthday May 12."""
    who = relative.nickname
    if relation_in(who) is None and relative.relation in _RELATIONS:
        who = f"{who} ({told(_RELATIONS[relative.relation], locale)})"
    birthday = ""
    if relative.birthday is not None:
        birthday = told(BIRTHDAY, locale, day=_day(relative.birthday, locale))
    known = "; ".join(filter(None, (relative.tastes, birthday)))
    return f"{who} – {known}" if known else who


def _day(birthday: Birthday, locale: Locale) -> str:
    return amounts.day(date(_ANY_YEAR, birthday.month, birthday.day), _LONG_AGO, locale)
