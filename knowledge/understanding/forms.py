"""The form of a text: a question, a request, a state of somebody, a limit, or only the name of a thing (pure)."""

import re

# What begins a request of its own. A noun does not ("salt and pepper"), nor does what tells more of one ("and is warm").
REQUEST = (
    r"(?:where|when|what|how|why|do|does|did|can|could|any|there's|who (?:can|sells|has)|"
    r"which (?:shops?|stores?|one|of)|(?:is|are|was|were|has|have|will|would|should) "
    r"(?:it|there|my|the|that|this|they|you|i|we|any\w*|someone|somebody)|"
    r"i want|i need|i would|i'd|i can't|i could|i fancy|i also|my (?:order|parcel|package|refund|card|payment)|please(?= \w)|show|tell|"
    r"find|give|get me|cancel|track|refund|return|change|delete|book|reserve|help|send|recommend|suggest|let me|"
    r"call|stop|talk|speak)\b"
)
STATE = r"(?:i'm|i am|i have|i still|we|my \w+ (?:is|are|has|was|hurts?|needs?|died))\b"
_REQUESTS = re.compile(rf"{REQUEST}|(?:need|want)\b|.*\?\s*$", re.IGNORECASE)
_STATES = re.compile(STATE, re.IGNORECASE)
_QUESTION = re.compile(r"(?:where|when|what|how|why|who|whose|which)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:(?:so|and|but|hi|hey|hello|ok|okay|wait)\b[\s,!.]*)*"
    r"(?:is|are|am|was|do|does|did|can|could|may|will|would|has|have|should)\b",
    re.IGNORECASE,
)
# Asks for what no shop does: names of things rarely begin so.
_BIDDING = re.compile(
    r"(?:play (?!mat|tent|set|doh|dough)|remind|translate|write|turn|set (?:a|an|the|my)|make (?:me|a|it|an)|check|explain|"
    r"compute|solve|convert|define|calculate|read me|sing|open|close|order me|text|spell|wake|flip|roll (?:a|the)|"
    r"is|am|are|was|were|has|have|will|would|should|may|did|i|we|you|let's|ignore|pretend)\b",
    re.IGNORECASE,
)
# Asks whether something is to be had: "do you have umbrellas".
_LOOKS_FOR = re.compile(
    r"(?:(?:and|also|but) )?(?:do you (?:also )?(?:have|sell|stock|carry)|have you got|got any|any|is there|are there|"
    r"where can i (?:get|find|buy)|who sells)\b"
    r"(?!.*\b(?:ones?|it|them|that|this|something|anything|recommend\w*|options?)\b)",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?:in|under|below|for|with|without|not|no|but|size|max|up to|around|something|anything|only|just|nothing|"
    r"vegan|vegetarian|cheap|please|preferably|ideally|it|must|should|near|close|quick|less|at most|"
    r"i'm allergic|i am allergic|i hate|i don't|i do not)\b",
    re.IGNORECASE,
)
# Tells what something must do instead of naming it: "something that keeps tea hot".
_DESCRIBES = re.compile(
    r"\b(?:some|any)thing\s+(?:\w+\s+)?(?:that|which|to|for|against)\b", re.IGNORECASE
)
_OPEN = re.compile(r"\W*(?:some|any)thing\b", re.IGNORECASE)
_FEW_WORDS = 8


def requests(text: str) -> bool:
    """Tell a question or a request from what is told around it."""
    return _REQUESTS.match(text) is not None


def is_name(text: str) -> bool:
    """Tell what may be no more than the name of a thing, since it neither asks nor bids nor tells of anybody."""
    forms = (_REQUESTS, _STATES, _QUESTION, _BIDDING)
    return not any(form.match(text) for form in forms)


def is_question(text: str) -> bool:
    """Tell a question from everything else."""
    return text.rstrip().endswith("?") or _QUESTION.match(text) is not None


def asks(text: str) -> bool:
    """Tell a question, with or without its mark, from a bidding: "do you keep my name" from "delete my name"."""
    return is_question(text) or _ASKING.match(text) is not None


def looks_for(text: str) -> bool:
    """Tell whether a text asks, in few words, whether some goods are to be had."""
    return is_brief(text) and _LOOKS_FOR.match(text) is not None


def narrows(text: str) -> bool:
    """Tell whether a text only narrows the wish before it: "something vegan", "under 10 dollars"."""
    return _LIMIT.match(text) is not None


def describes(text: str) -> bool:
    """Tell whether a text says what a thing is to do, rather than what it is called."""
    return _DESCRIBES.search(text) is not None


def leaves_open(text: str) -> bool:
    """Tell whether a text asks for something without naming it: "something made here to take home"."""
    return _OPEN.match(text) is not None


def is_brief(text: str) -> bool:
    """Tell what can be a wish of its own from what is told around one."""
    return len(text.split()) <= _FEW_WORDS
