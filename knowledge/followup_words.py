"""The words of messages that say only a part: which compare, point, count or ask for another thing (pure)."""

import re

# "The same but vegan" is "vegan" to whoever looks for it.
SAME = re.compile(r"^(?:the )?same(?: one| thing)?(?:,? (?:but|only|just))? ")
POLITE_FIRST = re.compile(
    r"^(?:(?:ok|okay|hm+|um+|oh|oops|ah|argh|wait|hang on|hold on|actually|by the way|btw|i forgot|well|thanks|thank you|great"
    r"|nice|cool|sorry|yes|(?:i )?(?:forgot to (?:say|mention|add|tell you)|should have said|should say|forgot)|no(?=,))\b[\s,.!:]+)+"
    r"(?=\S)"
)
POLITE_LAST = re.compile(
    r"[\s,]+(?:please|pls|plz|thanks|thank you|then|though|instead|maybe|these days|nowadays|lately)$"
)
INSTEAD = re.compile(
    r"(?:(?:and|or|so|but)\s+)?(?:what about|how about|what of)\s+(?:for\s+)?(?:the\s+|an?\s+|some\s+)?"
    r"|(?:and|or|maybe|perhaps|rather)\s+(?:for\s+)?(?:the\s+|an?\s+|some\s+)?"
)
LEADING = re.compile(r"^(?:(?:and|but|or|so|also|then|maybe|what about|how about)\s+)+")
# "Do they come in red" is "in red" to whoever was shown gloves.
OF_THOSE = re.compile(
    r"^(?:do|does|have|has|can|could|is|are|got|would)\b"
    r"(?: (?:they|it|these|those|that|this|you|i|we|there|one|ones|any|them|some|come|comes|have|had|got|get|available|also|be|do"
    r"|sell|make|made|the same))* (?=in \w)"
)
SIZE_IN_WORDS = re.compile(
    r"(?:in )?(?:an? |the )?(xxs|xs|s|m|l|xl|xxl|small|medium|large|extra[- ]small|extra[- ]large)(?: ones?| sizes?| pair| please)?"
)
CHEAPER = re.compile(
    r"\b(?:cheaper|less expensive|less pricey|more affordable|for less|lower price|on a budget"
    r"|not (?:so|that|as|too) (?:expensive|pricey|dear)|too (?:expensive|pricey|dear|much))\b"
)
CLOSER = re.compile(r"\b(?:closer|nearer|less far|too far|not (?:so|that|as) far|shorter walk)\b")
CHEAPEST = re.compile(r"(?:i'll take )?the (?:cheaper|cheapest|least expensive)(?: one)?")
CLOSEST = re.compile(r"(?:i'll take )?the (?:closer|closest|nearer|nearest)(?: one)?")
OTHER = re.compile(
    r"(?:(?:show me|give me|do you have|have you got|is there|are there|got|any|anything|something|what) ?)*"
    r"(?:else|another(?: one)?|others?|more|different|next)(?: (?:ones?|options?|ideas?|else))?"
    r"|(?:the )?(?:same )?(?:one )?in (?:another|a different|other|different) (?:colou?r|size)s?"
    r"|not (?:that|this)(?: one)?|(?:i )?don't (?:like|want) (?:it|that|this|those)(?: one)?"
)
ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            "first 1st 1 one",
            "second 2nd 2 two",
            "third 3rd 3 three",
            "fourth 4th 4",
            "fifth 5th 5",
        ),
        1,
    )
    for word in words.split()
}
TAKE = r"(?:i'll take|i'll have|i want|i'd like|give me|show me|take|let's take|book) "
NUMBERED = re.compile(
    rf"(?:{TAKE})?(?:"
    r"(?:the )?(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)(?: one| option)?"
    r"|(?:number |no\.? ?|option |# ?)(\d|one|two|three)|(\d))"
)
FOR_A_THING = re.compile(
    r"for (?!(?:my|our|his|her|their|me|us|him|them|somebody|someone)\b|tomorrow|today|tonight)"
)
WHEN_OR_WHERE = frozenset("on at to after before during today tomorrow tonight".split())
SIZE = re.compile(r"(?:(?:in |a )?(?:size|eu|eur) ?)?(\d{2}|\d{1,2}\.5|[6-9])")
# What begins a question or a sentence is no thing.
NO_THING = frozenset(
    "where when what who how why which is are am was do does did can could will would should have has had "
    "i i'm i'd i'll im you we he she it they there that this my your not no yes please if now here".split()
)
