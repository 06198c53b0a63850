"""What a model slips in between the facts: each clause of smuggled_clauses.toml in every carrier, for every kind of reply."""

import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from knowledge.facts import Facts, Kind
from knowledge.filling import written
from knowledge.grounding import unsayable, unsupported
from knowledge.lexicon import shipped_lexicon
from knowledge.llm.base import Terms
from knowledge.llm.errors import LockBroken
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.lock import Lock
from knowledge.outline import Outline, outline
from knowledge.stating import Statements
from storage.records import OrderStatus
from tests.facts import ENGLISH, deal, offer, order_facts
from tests.knowledge.saying import CLOSE, DEAL, SAID, TEMPLATES, said, writer

CLAUSES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "smuggled_clauses.toml").read_text(encoding="utf-8")
)
STATEMENTS = Statements.shipped()
REPLIES = [
    (CLOSE, "{store} is {distance} away and has {item} for {price}."),
    (DEAL, "{store} is {distance} away and has {item} for {price}. {more}"),
    (offer(distance_m=None), "{store} has {item} for {price}."),
    (deal(closes_at=time(18)), "At {store}, {distance} away, {item} is {price}. {more}"),
    (Facts(Kind.OPTIONS, options=(CLOSE, DEAL)), "These could fit: {list}"),
    (Facts(Kind.SUMMARY, options=(CLOSE, DEAL)), "Here are my picks: {list}"),
    (
        replace(CLOSE, kind=Kind.CLOSED, opens_at=time(8)),
        "{more} Or would something else help?",
    ),
    (
        replace(order_facts(), status=OrderStatus.COLLECTED),
        "{more} Anything else?",
    ),
    (Facts(Kind.COUPONS, coupons=(DEAL,)), "You can use these: {list}"),
    (
        Facts(Kind.POLICY, quote="Shoes can be returned within 30 days.", document="Returns"),
        "Our policy says: {quote} {document}.",
    ),
    (Facts(Kind.CLARIFY), "What is it for?"),
    (Facts(Kind.OUT_OF_SCOPE), "There I can't help, sorry."),
    (
        replace(DEAL, kind=Kind.NUDGE),
        "It's {distance} to {store}, where {item} is {price}. {more}",
    ),
    (Facts(Kind.NOTHING_NEAR), "{more}"),
]
# {0} is the clause, {1} the same with a capital, {2} the reply, {3} and {4} its first sentence and the rest.
STATING = [
    *("{1}. {2}", "{1}! {2}", "Brr, {0}! {2}", "Something nice: {0}. {2}", "Sorry {0}. {2}"),
    *("Let's get you warm, {0}. {2}", "Let's go: {0}. {2}", "Let me tell you {0}. {2}"),
    *("{3}, and {0}. {4}", "{3} ({0}). {4}", "{3} – {0}. {4}", "{2} {1}.", "{2} {1}? Great!"),
    *("{2} Just so you know: {0}.", "{2} Did you know {0}?", "{2} Shall I book it? {1}!"),
    *("Did you know {0}? {2}", "Cold, and {0}? {2}", "Why? Because {0}. {2}"),
]
# Who asks "soft cotton?" or proposes it says nothing of what there is, so properties are not put into these.
ASKING = [
    *(
        "That calls for {0}. {2}",
        "You deserve a {0}. {2}",
        "A {0}, how nice! {2}",
        "Enjoy {0}! {2}",
    ),
    *("{1}? {2}", "Something that {0}? {2}", "Is it true that {0}? {2}"),
    "Let's get you warm {0}. {2}",
]


def drafts() -> Iterator[tuple[Facts, Outline, str]]:
    """Give every clause in every carrier, each with the next kind of reply."""
    plans = [(facts, _plan(facts), frame) for facts, frame in REPLIES]
    turn = itertools.cycle(plans)
    for kind, clauses in CLAUSES.items():
        carriers = STATING if kind == "properties" else STATING + ASKING
        for clause, carrier in itertools.product(clauses, carriers):
            facts, plan, frame = next(turn)
            first, _, rest = frame.partition(".")
            capital = clause[:1].upper() + clause[1:]
            said_in = (clause, capital, frame, first.rstrip("?"), rest)
            text = carrier
            for place, words in enumerate(said_in):
                text = text.replace(f"{{{place}}}", words, 1)
            yield facts, plan, text


def _plan(facts: Facts) -> Outline:
    plan = outline(facts, ENGLISH, TEMPLATES)
    assert plan is not None
    return plan


def reaches(facts: Facts, plan: Outline, draft: str, lexicon: Lexicon | None) -> bool:
    """Tell whether a draft would be sent."""
    try:
        whole = Lock(Terms(plan.names, unsayable(facts)), lexicon).check(draft)
    except LockBroken:
        return False
    if STATEMENTS.made_by(whole):
        return False
    return not unsupported(plan.filled(whole), facts, written(facts, ENGLISH))


def test_there_are_many_and_none_is_there_twice() -> None:
    clauses = [clause for told in CLAUSES.values() for clause in told]
    assert len(set(clauses)) == len(clauses) >= 600
    assert len({draft for _, _, draft in drafts()}) >= 15_000


@pytest.mark.parametrize(
    "lexicon", [shipped_lexicon(), None], ids=["words of a list", "any words"]
)
def test_nothing_smuggled_reaches_a_shopper(lexicon: Lexicon | None) -> None:
    begin = 0 if lexicon is None else 1
    found = [
        draft
        for facts, plan, draft in itertools.islice(drafts(), begin, None, 7)
        if reaches(facts, plan, draft, lexicon)
    ]
    assert found == []


@pytest.mark.parametrize(("facts", "frame"), REPLIES)
def test_the_reply_around_it_would_be_sent(facts: Facts, frame: str) -> None:
    plan = _plan(facts)
    assert reaches(facts, plan, frame, None)
    assert reaches(facts, plan, frame, shipped_lexicon())


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Brr, let's warm you up.",
            "Cold hands?",
            "Let's get those small feet dry.",
            "Oh no, your mug.",
        ),
        *("Sorry about the kettle.", "A new puppy, how lovely!", "Off to a festival?", "Too hot?"),
        *(
            "Happy birthday!",
            "Time for something fun.",
            "That calls for something warm.",
            "Let me see.",
        ),
        *(
            "A brown leather belt?",
            "Let's find you waterproof trousers.",
            "Let's find that gizmo of yours.",
        ),
    ],
)
def test_what_asks_proposes_or_feels_states_nothing(words: str) -> None:
    frame = "{store} has {item} for {price}. Shall I book it?"
    assert STATEMENTS.made_by(f"{words} {frame}") == (
        ("Let's find that gizmo of yours.",) if "gizmo" in words else ()
    )


@pytest.mark.parametrize(
    "frame",
    [
        *("{item} is up to {price} at {store}.", "{item} from {price}, at {store}."),
        *("{store} has {item} for {price} off.", "{store} has no {item} for {price}."),
        *("{store} is open and has {item} for {price}.", "{store} has the best {item}, {price}."),
        *("{store} has {item} for {price} each.", "{store} has {item} for half of {price}."),
        *("{store} has {item} for {price}. Salty and crispy, on its way.",),
    ],
)
def test_words_beside_a_fact_make_no_other_of_it(frame: str) -> None:
    assert STATEMENTS.made_by(frame)


async def test_what_a_draft_states_around_the_facts_is_left_out() -> None:
    frame = "{store}, {distance} away: {item}, {price}. {more}"
    honest = await said(writer(f"Brr, let's warm you up. {frame}"))
    assert honest.text == f"Brr, let's warm you up. {SAID}"
    assert (await said(writer(f"It's round the corner. {frame}"))).text == SAID
    assert (await said(writer(f"{frame} I've booked it."))).text == SAID


async def test_the_template_speaks_where_a_sentence_with_facts_states_more() -> None:
    frame = "{store}, {distance} away: {item}, half of {price}. {more}"
    assert (await said(writer(frame))).source == "template"


@pytest.mark.parametrize(
    ("draft", "left"),
    [
        ("Let's find tea. tea. {store} has {item}.", "Let's find tea. {store} has {item}."),
        ("The pigeons fly south.", None),
        ("The {item} fly south.", None),
    ],
)
def test_sentence_that_states_is_left_out_where_it_stands(draft: str, left: str | None) -> None:
    assert STATEMENTS.without(draft) == left
