"""However people say that they want none of a thing: it and all of its family is not shown, and nothing else is left out."""

import pytest

from knowledge.constraints import constraints_in, product_words, wished_in
from tests.builders import product

# Things a catalogue tells nothing more about than their word, and some it does.
GOODS = ("mushroom", "coconut", "olive", "wool", "lavender", "navy")
SAYINGS = (
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
    "something nice, but not {x}",
    "something nice but no {x} please",
    "anything except {x}",
    "anything besides {x}",
    "a {x}-free one",
    "I hate {x}",
    "I'm allergic to {x}",
    "I have a severe {x} allergy",
    "my daughter is {x} intolerant",
    "one w/o {x}",
    "skip the {x}",
    "leave the {x} out",
    "keep the {x} away from me",
    "something instead of {x}",
    "something other than {x}",
    "I'd rather not have {x}",
    "we can't have {x}",
    "it shouldn't have {x}",
    "nothing with {x} in it",
    "nothing that contains {x}",
    "does not have {x} in it",
    "{x} makes me ill",
    "{x} gives me a headache",
    "{x} upsets my stomach",
    "{x} doesn't agree with me",
    "{x} is off the table",
    "{x}? no thanks",
    "not in the mood for {x}",
    "I'm not keen on {x}",
    "don't show me {x}",
    "he already has {x}",
    "she has enough {x}",
    "stay away from {x}",
    "nothing {x}",
    "I get a rash from {x}",
    "zero {x} please",
    "neither soy nor {x}",
    "without soy, corn or {x}",
    "she's off {x}",
    "{x} sets off my asthma",
    "I've had enough of {x}, a surprise",
    "we're going without {x}",
)


@pytest.mark.parametrize("thing", GOODS)
@pytest.mark.parametrize("saying", SAYINGS)
def test_thing_that_is_denied_is_not_allowed(saying: str, thing: str) -> None:
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


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("no coffee", "Double Espresso"),
        ("anything but chocolate", "Mocha Cup"),
        ("I hate cheese", "Four Mozzarella Pizza"),
        ("no berries please", "Blueberry Muffin"),
        ("not blue", "Mug, navy"),
        ("without any scent", "Perfumed Soap"),
        ("no soup", "Corn Chowder"),
    ],
)
def test_family_of_what_is_denied_goes_with_it(text: str, title: str) -> None:
    member = product(title=title, tags=(), attributes={"aisle": "shelf", "allergens": "none"})
    assert not constraints_in(text).allow(member, product_words(member))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("no tea", "Teak Board"),
        ("no ham", "Hammock"),
        ("no peas", "Peach Jam"),
        ("nothing blue", "Blueberry Jam"),
        ("I can't sleep", "Sleep Mask"),
        ("my plugs won't fit", "Well Fit Adapter"),
        ("we're out of diapers", "Diapers, size 2"),
    ],
)
def test_what_only_begins_alike_or_is_no_thing_stays(text: str, title: str) -> None:
    other = product(title=title, tags=(), attributes={"aisle": "shelf", "allergens": "none"})
    assert constraints_in(text).allow(other, product_words(other))


def test_food_that_is_described_with_it_is_not_allowed() -> None:
    pie = product(
        title="Pie",
        tags=(),
        description="With peas and onions.",
        attributes={"diet": "vegan", "allergens": "none"},
    )
    plain = product(
        title="Pie",
        tags=(),
        description="Made without onions.",
        attributes={"diet": "vegan", "allergens": "none"},
    )
    limits = constraints_in("a pie, no onions")
    assert not limits.allow(pie, product_words(pie))
    assert limits.allow(plain, product_words(plain))


@pytest.mark.parametrize(
    "text", ["a candle without scent", "a candle, nothing scented", "a candle, no perfume please"]
)
def test_thing_said_to_be_without_it_is_allowed(text: str) -> None:
    plain = product(title="Candle, no perfume", tags=("scent",), attributes={"scent": "none"})
    sweet = product(title="Candle, honey", tags=(), attributes={"scent": "honey"})
    limits = constraints_in(text)
    assert limits.allow(plain, product_words(plain))
    assert not limits.allow(sweet, product_words(sweet))


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("I don't want to spend more than 20", None, 2000),
        ("nothing over 20 dollars", None, 2000),
        ("it can't cost more than 25", None, 2500),
        ("nothing under 50 dollars", 5000, None),
        ("a mug, not too dark, under 12", None, 1200),
        ("ten bucks at most", None, 1000),
        ("a tenner", None, 1000),
        ("a $20 present", None, 2000),
        ("over 30 dollars", 3000, None),
    ],
)
def test_denial_turns_a_price_round(text: str, least: int | None, most: int | None) -> None:
    limits = constraints_in(text)
    assert (limits.min_price_cents, limits.max_price_cents) == (least, most)


def test_of_a_book_a_diet_is_what_it_is_about() -> None:
    assert not constraints_in("a vegan cookbook").sustainability
    assert constraints_in("a vegan wallet").sustainability


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("cake, but not carrot cake", {"carrot"}),
        ("no dairy, need breakfast", set()),
        ("no mushrooms, lunch ideas", {"mushroom", "portobello", "shiitake"}),
        ("noodles, nothing too hot", {"spicy"}),
        ("something other than coffee to wake up", {"coffee"}),
    ],
)
def test_denial_leaves_what_is_wished_for(text: str, stems: set[str]) -> None:
    assert constraints_in(text).excluded == stems


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("no nuts, a chocolate bar", {"nut"}),
        ("nothing leather, a wallet", {"leather"}),
        ("a present, not a mug, a candle or a book", {"mug", "candle", "book"}),
        ("non-toxic crayons", {"toxic"}),
        ("shampoo, but not for babies", {"baby"}),
        ("he's off to work and needs a coffee", set()),
        ("a present, nothing to eat", {"food"}),
        ("there's nothing to eat at home", set()),
        ("a whole pizza", {"slice"}),
    ],
)
def test_denial_ends_where_another_thing_begins(text: str, stems: set[str]) -> None:
    assert constraints_in(text).excluded == stems


def test_denied_drink_denies_no_warmth() -> None:
    assert constraints_in("no hot chocolate, something warm").properties == {"hot"}
