"""The words around a request, the same for everything that can be requested, so that they mean nothing (pure)."""

import random
import re

# T: what is to be done ("cancel my order"); G: the doing of it ("cancelling my order").
_REQUESTS = """
T
T
T
T please
please T
pls T
T now
T asap
how do I T
how do i T?
how can I T
how can i T?
how to T
how do you T
how would I T
how could I T
where do I T
where can I T
where do I have to go to T
where could I T
when can I T
can I T
can I T?
could I T
may I T
can you T
can you T?
could you T
could you please T
can u T
would you T for me
can you help me T
can you help me to T
could you help me T
could you help me to T
can u help me to T
could you help me G
can you help me with G
will you help me T
help me T
help me to T
help to T
help G
help me with G
help with G
I need help to T
I need help G
I need help with G
i need help T
want help to T
I want help G
need assistance G
I need assistance to T
I want assistance to T
I need some assistance with G
assistance to T
assist me to T
can you assist me with G
I need support to T
I want to T
I'd like to T
id like to T
I would like to T
i wanna T
wanna T
I need to T
i need to T
need to T
I have to T
I have got to T
I've got to T
gotta T
I must T
I'm trying to T
I am trying to T
i try to T
trying to T
looking to T
I am looking to T
I'm hoping to T
I was wondering how to T
I can't T
I cannot T
i cant T
I am not able to T
I'm unable to T
I can't find out how to T
I don't know how to T
I do not know how to T
I dont know how I can T
i do not know what to do to T
I have no idea how to T
I don't know what I need to do to T
I do not know what I have to do to T
not sure how to T
do you know how to T
do you know how I can T
what do I do to T
what do I need to do to T
what do I have to do to T
what should I do to T
what are the steps to T
is it possible to T
would it be possible to T
is there a way to T
is there any way to T
any chance to T
tell me how to T
tell me how I can T
can you tell me how to T
could you tell me how I can T
can you show me how to T
could you show me how I can T
show me how to T
explain how to T
can you explain how to T
I have a problem G
I've a problem when G
there's a problem G
problems G
problem with G
issues G
I have an issue G
I have issues G
trouble G
I'm having trouble G
difficulties G
question about G
I have a question about G
I've got a question about G
I have some questions about G
can I ask about G
information about G
I need information about G
I want information about G
I would like some information on G
can I get information about G
where can I find information about G
where do I find out about G
could I find out about G
can you tell me about G
tell me about G
tell me more about G
what about G
I'm calling to T
I am calling to T
I'm writing to T
I am contacting you to T
I'm here to T
hello, I want to T
hi, I need to T
hey can you T
hi can you help me to T
hello I need help G
hey how do I T
my wife wants to T
my mum needs to T
I've been trying to T for hours
it won't let me T
I wonder how to T
I'd be glad if you could tell me how to T
let me T
I am interested in G
G
G please
"""
# N: what is asked about ("my invoice").
_QUESTIONS = """
N
N
N
N?
N please
I need help with N
help with N
help me with N
can you help me with N
could you help me with N
I need assistance with N
assistance with N
question about N
I have a question about N
I've a question about N
I have some questions about N
I have got a question about N
can I ask something about N
can I ask about N
information about N
info about N
I need information about N
I need to find information about N
I want information about N
I would like information about N
I'd like to know more about N
i want to know about N
where can I find information about N
where do I find N
where can I find N
where can I see N
how can I find information about N
how do I get information on N
how do I find N
could I get details on N
tell me about N
tell me more about N
can you tell me about N
could you tell me about N
can you tell me more about N
can you give me information about N
can you show me N
show me N
could you explain N
I want to see N
I need to see N
I want to check N
I need to check N
help me check N
help checking N
help me to see N
I'm trying to find N
I am trying to see N
I try to see N
I'd like to see N
let me see N
can I see N
problem with N
problems with N
I have a problem with N
issue with N
there is an issue with N
what about N
what is N
what are N
how about N
I don't understand N
i do not know where to find N
looking for N
I'm calling about N
I am writing about N
I want to talk about N
hello, N
hi, question about N
it's about N
this is about N
"""
_DOUBLED = frozenset(
    "get set put cut stop drop swap let run sit plan begin forget refer submit log tip "
    "wrap ship cancel travel format split hit quit pin chat dim pop bet rub".split()
)


def to_be_done(task: str, dice: random.Random) -> str:
    """Ask for something to be done, such as "cancel my order"."""
    return _filled(dice.choice(_REQUESTS.split("\n")[1:-1]), {"T": task, "G": doing(task)})


def asked_about(thing: str, dice: random.Random) -> str:
    """Ask about a thing, such as "my invoice"."""
    return _filled(dice.choice(_QUESTIONS.split("\n")[1:-1]), {"N": thing})


def doing(task: str) -> str:
    """Give a request as a noun: "cancel my order" becomes "cancelling my order"."""
    verb, _, rest = task.partition(" ")
    if verb == "be":
        noun = "being"
    elif verb.endswith("ie"):
        noun = f"{verb[:-2]}ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        noun = f"{verb[:-1]}ing"
    elif verb in _DOUBLED:
        noun = f"{verb}{verb[-1]}ing"
    else:
        noun = f"{verb}ing"
    return f"{noun} {rest}".strip()


def _filled(frame: str, values: dict[str, str]) -> str:
    return re.sub(r"\b([TGN])\b", lambda match: values[match[1]], frame)
