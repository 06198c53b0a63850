"""What went wrong, and when: a time that is over is none to come (pure).

"My kettle broke this morning" asks for nothing before noon; "I need one this morning" does.
"""

import re

# What happens to things and to people who then need others. Words that are also said of goods ("iced") are not here.
_WENT_WRONG = (
    r"broke(?: down)?|died|quit|conked out|gave (?:out|up)|wore out|fell (?:apart|off|over|down|in)|came (?:apart|off)|tore"
    r"|ripped|snapped|cracked|smashed|shattered|burst|exploded|melted|leaked|shrank|stopped working|went missing|ran out"
    r"|lost|forgot|spilled|spilt|dropped|stained|ruined|chewed|stole|used up|missed|skipped|ate up|drank up"
    r"|left (?:my|our|his|her|the|it|them)|got (?:soaked|wet|drenched|stolen|lost|torn|broken|caught|rained)"
    r"|(?:is|are|was|were|got|been) (?:broken|torn|stolen|ruined|lost|soaked|gone)(?: since)?"
)
_TIME = (
    r"(?:early |earlier |late |later )?(?:this (?:morning|afternoon|evening|week|weekend)|today|last night"
    r"|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?)"
)
# Where somebody says what they would like, or what comes next, the time is that of the wish.
_TURNS = (
    r"\b(?:needs?|wants?|like|looking|hoping|wondering|find|get|buy|can|could|where|which|who|some|any|anything|something|for"
    r"|and|but|so|now|before|by|until)\b"
)
_MEANWHILE = rf"(?:(?!{_TURNS})[^.,;!?\n])*?"
_TOLD = re.compile(rf"(\b(?:{_WENT_WRONG})\b{_MEANWHILE})\b{_TIME}\b")
_TOLD_FIRST = re.compile(rf"(^|[.;!?\n]\s*|, )\b{_TIME},?( {_MEANWHILE}\b(?:{_WENT_WRONG})\b)")
# As it stands after Spanish: "my charger today died".
_TOLD_BEFORE = re.compile(rf"\b{_TIME}(?= (?:just |has |have )?(?:{_WENT_WRONG})\b)")
_TROUBLE = re.compile(
    rf"\b(?:my|our|mine|the|his|her)\b(?: [\w'-]+){{0,3}} (?:{_WENT_WRONG})\b"
    rf"|\b(?:{_WENT_WRONG}) (?:my|our|all my|the last of)\b"
)


def without_bygone(text: str) -> str:
    """Give a message without the times at which it says that something went wrong. `text` is in small letters."""
    text = _TOLD_BEFORE.sub("", _TOLD.sub(r"\1", text))
    return _TOLD_FIRST.sub(r"\1\2", text)


def tells_of_trouble(text: str) -> bool:
    """Tell whether a message says what went wrong with a thing of one's own. `text` is in small letters."""
    return _TROUBLE.search(text) is not None
