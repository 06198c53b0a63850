"""A text without what it denies: what is left to look for (pure)."""

import re

from knowledge.constraints.denial import denials_in

_LEAD = r"(?:but|and|or|that|which|i|we|she's|he's|they're|i've|we've|she|he|they)"
_LEADING = rf"(?:{_LEAD}\s+)"
_CUE = (
    r"(?:no|not|non|without|w/o|except(?: for)?|anything but|nothing with"
    r"|(?:is|are|do|does|can|could|would|wo|ca)(?:n't|n’t| not|nt)|cannot|avoid|hates?|allergic to|free of|isn't|skip|minus|gets?|just)"
)
_DENIED_DOING = r"(?:\s+(?:want|need|like|have|eat|drink|with|any|a|an|another|the|too|much|of|to|is|are|am|do|does|did|can|could|would|will))*"
# Without a word that denies, or somebody who does, "to drink" belongs to what is wished for.
_DENYING = re.compile(
    rf"[\s,]*\b{_LEADING}*{_CUE}{_DENIED_DOING}\s*$"
    rf"|[\s,]*\b{_LEADING}*{_LEAD}{_DENIED_DOING}\s*$|(?:\s+(?:with|any|a|an|another|the|of))+\s*$",
    re.IGNORECASE,
)
# What somebody is not, and what they may not eat, is nothing to look for either.
_NO_STATE = re.compile(
    r"(?:\b(?:that|which)(?:'s| is| are)\s+)?\bnot\s+(?:hungry|thirsty|cold|hot|tired|sick|bored)\b[\s,;]*",
    re.IGNORECASE,
)
_ALLERGY = re.compile(
    r"(?:\b(?:i|he|she|we|my \w+|our \w+)(?:\s+(?:have|has|am|is)|'s got|'ve got)\s+)?(?:\b(?:an?|some)\s+)?"
    r"(?:\b(?:severe|bad|serious|terrible|strong|mild|slight|deadly)\s+)?\b\w+\s+(?:allerg(?:y|ies)|intoleran(?:ce|t))\b"
    r"[\s,;!.]*(?:here\b[\s,]*)?(?:(?:and|so)\b\s*)?|\b(?:i|he|she)\s+(?:have|has)\s+c(?:o)?eliac(?:\s+disease)?\b[\s,;!.]*",
    re.IGNORECASE,
)
_SHORTEST_WISH = 4
_REST = re.compile(
    r"\s*\b(?:ones?|already|anymore|again|lately|either|these days|this (?:week|month|year)|for (?:today|now|good)|at all|what(?:so)?ever|in it|in them|tho|though|person|fan|lover|drinker|eater|guy|girl|"
    r"please|pls|thanks|lol)\b(?=\s*(?:[,.;!?)]|$|already|tho|please|pls|lol))",
    re.IGNORECASE,
)
# Why somebody wants none of it: it tells of the thing that was denied, and of none to look for.
_REASON = re.compile(
    r"[\s,;]*\b(?:my|his|her|our|their|the) (?:stomach|tummy|belly|gut|skin|body|doctor|doc|system|head) "
    r"(?:can't|cannot|can not|doesn't|won't|said|says) \w+(?: (?:it|that|them|those|no))?\b",
    re.IGNORECASE,
)
# The same behind the denial itself: "no wool, it itches like mad", "not lavender, it gives me a headache".
_WHY = re.compile(
    r"[\s,;–-]*(?:because |as |since |cos )?\b(?:it|they|that|those|them)(?:'s|'ll| is| are| will| would)?(?: (?:always|really|just|only|all))?"
    r" (?:itch|scratch|tickle|make|give|set|bring|upset|irritate|taste|smell|disagree|hurt|trigger|sting|too|gross|disgusting"
    r"|get (?:under|in|on|stuck)|do(?:es)?n't agree)(?:e?s)?\b[^,.;!?]*",
    re.IGNORECASE,
)
# Whom it is denied for tells nothing of what is looked for either: "a cake, but one of the girls is allergic to nuts".
_WHOSE = re.compile(
    r"(?:[,;]|\b(?:but|and|because|as|since|though))\s*(?:(?:my|our|his|her|their|the) \w+|one of (?:the|my|our|us|them)(?: \w+)?|someone|somebody|a (?:friend|colleague|guest))"
    rf"(?:\s+(?:is|are|has|have|{_CUE}){_DENIED_DOING})?\s*$",
    re.IGNORECASE,
)
_SMELLING = re.compile(
    r"\b(?:that |which )?(?:does|do|will|wo)(?:n't|n’t| not) (?:smell|stink|reek)\b[^,.;!?]*",
    re.IGNORECASE,
)


def wished_in(text: str) -> str:
    """Give a text without what it denies, and without the words that deny it; the text itself when nothing is left."""
    rest = _ALLERGY.sub(" ", _NO_STATE.sub(" ", text))
    denials = denials_in(rest)
    for denial in reversed(denials):
        if denial.is_lack or denial.is_inability:
            continue
        before = _DENYING.sub("", _WHOSE.sub("", rest[: denial.cue]))
        behind = rest[denial.end :]
        while said := _REST.match(behind) or _WHY.match(behind):
            behind = behind[said.end() :]
        rest = f"{before} {behind}"
    rest = _REASON.sub(" ", _SMELLING.sub(" ", rest)) if denials else rest
    rest = " ".join(rest.split()).strip(" ,;.!?")
    return rest if len(rest) >= _SHORTEST_WISH else text
