"""However people say that they want none of a thing: no product that is called so, or tagged so, is allowed."""

import pytest

from knowledge.constraints import constraints_in, product_words, wished_in
from tests.builders import product

# Things a catalogue tells nothing more about than their word, and some it does.
GOODS = ("mushroom", "quinoa", "lavender", "navy", "velvet")
BEFORE = (
    "lunch, lay off the {x} please",
    "not a {x} person, sorry",
    "I'm not much of a {x} fan",
    "not a huge fan of {x}",
    "we have enough {x} ones",
    "got loads of {x} already, something else",
    "I'm so over {x}",
    "had it with {x}",
    "she has a million {x}s, a gift",
    "he carries an epipen for {x}",
    "a {x}-less one",
    "hold {x} please",
    "spare me the {x}",
    "I'll pass on {x}",
    "we won't go near {x}",
    "cannot abide {x}",
    "anything bar {x}",
    "with the exception of {x}",
    "leave off the {x}",
    "off {x} this week",
    "she's averse to {x}",
    "he swells up from {x}",
    "can't face {x} today",
    "zero {x}",
    "free from {x}",
    "something that isn't {x}",
    "nothing made of {x}",
    "any colour but {x}",
    "as long as there's no {x}",
)
BEHIND = (
    "something with {x} left out",
    "{x} and I don't get along",
    "{x} and me don't mix",
    "{x} is a no-go",
    "{x} are a no no for us",
    "{x} is a hard no",
    "{x} is out tho",
    "lunch 💪 {x} and corn are out though",
    "a nice thing for the weekend trip {x} is off limits",
    "{x} is a deal breaker",
    "{x} gives me the shakes so skip that",
    "{x} makes me jittery",
    "{x} makes my throat itch",
    "{x} does nothing for me",
    "{x} doesn't sit well with me",
    "{x} triggers my migraine",
    "{x} turns my stomach",
    "{x} grosses me out",
    "{x} 🤢 no thanks",
    "{x}? nah",
    "{x}? pass",
    "{x}: no",
    "{x} not wanted",
    "{x} can't be in it",
)


@pytest.mark.parametrize("thing", GOODS)
@pytest.mark.parametrize("saying", BEFORE + BEHIND)
def test_denied_thing_is_read(saying: str, thing: str) -> None:
    limits = constraints_in(saying.format(x=thing))
    called = product(title=f"Nice One with {thing}", tags=(), attributes={"allergens": "none"})
    tagged = product(title="Nice One", tags=(thing,), attributes={"allergens": "none"})
    assert not limits.allow(called, product_words(called))
    assert not limits.allow(tagged, product_words(tagged))


@pytest.mark.parametrize(
    "text",
    [
        "coffee makes me happy",
        "chocolate gives me energy",
        "something that gives me a boost",
        "walking gives me blisters",
        "my boots hurt my feet",
        "a bag to hold my laptop",
        "off to the beach, need a towel",
        "anti-itch cream",
        "could you give me a coffee",
    ],
)
def test_what_denies_no_thing_excludes_nothing(text: str) -> None:
    assert constraints_in(text).excluded == frozenset()


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("need a hot cuppa, coffee gives me the shakes so skip that", "need a hot cuppa"),
        ("a jumper, got enough navy ones already", "a jumper"),
        ("painkillers, just not aspirin, my stomach can't handle it", "painkillers"),
        ("a candle that doesn't stink, I get migraines from perfume", "a candle"),
    ],
)
def test_reason_of_a_denial_is_no_wish(text: str, wished: str) -> None:
    assert wished_in(text) == wished
