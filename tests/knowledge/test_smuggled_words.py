"""Drafts that smuggle in what no fact says, and the last look at those that came through."""

import random
from dataclasses import replace

import pytest

from knowledge.facts import Facts, Kind
from knowledge.llm.scripted import ScriptedModel
from knowledge.phrasing import grounded
from knowledge.templates import Words
from tests.facts import ENGLISH
from tests.knowledge.saying import (
    COLD,
    DEAL,
    GOOD,
    OPEN,
    TEMPLATES,
    phrasing,
    said,
    writer,
)

SMUGGLED = {
    "digits": ["In 5 minutes.", "Only ٣ of it.", "Table \uff17.", "H2O.", "At 9:30."],
    "numerals": ["½ of it.", "② for you.", "Ⅷ of them.", "一 cup.", "10⁹ thanks."],
    "number words": [
        *("Only three of it.", "Twenty-one cups.", "Two-for-one.", "A dozen.", "Half of it."),
        *("A couple of cups.", "Thirteen steps.", "Hundreds love it.", "A hundred thanks."),
    ],
    "money": ["It's $.", "Just €.", "A few bucks.", "Fifty cents.", "A dollar's worth."],
    "claims": [
        *("It's free.", "It's FREE.", "It’s Free!", "free-range.", "Guaranteed!", "I promise it."),
        *("The cheapest in town.", "It's in stock.", "Vegan, too.", "Gluten-safe.", "On sale."),
        *("With delivery.", "The last one.", "Today's treat.", "An hour's walk.", "Open late."),
        *("A five-minute walk.", "A bargain.", "Organic.", "It cures a cold.", "Full refund."),
    ],
    "look-alikes": [
        *("It's frее.", "It's ｆｒｅｅ.", "It's 𝐟𝐫𝐞𝐞.", "It's fr\u034fee.", "It's fr\u200bee."),  # noqa: RUF001
        *("It's fre\u0301e.", "It's frée.", "It's fr\u00adee.", "\u202eeerf."),
    ],
    "placeholders": [
        *("Dear <NAME_1>.", "{name}!", "{STORE}", "{}", "{0}", "{store.x}", "{store!r}"),
        *("{store:>99}", "{{store}}", "{{", "}}", "{", "}", "{ store }", "{opens}", "{more}"),
        *("{store}", "{price}", "{total}", "{coupon}", "{__class__}"),
    ],
    "markup": [
        *("**Now**.", "_Now_.", "`now`", "<b>now</b>", "[now](x)", "~now~", "# Now", "a|b", "x=y"),
        *("> now", "back\\slash", "&lt; / &gt;", "now\n• now", "now 🔥"),
    ],
    "links": [
        *("See shop.com for it.", "www.shop.", "http colon.", "HTTPS it is.", "t.me/shop"),
        *("me@shop", "@shop", "/start", "tg://user", "{store}.com", "www{store}"),
    ],
}
CASES = [(kind, text) for kind, texts in SMUGGLED.items() for text in texts]


@pytest.mark.parametrize(("kind", "smuggled"), CASES)
async def test_smuggled_words_leave_the_template(kind: str, smuggled: str) -> None:
    before, after = writer(f"{smuggled} {GOOD}"), writer(f"{GOOD} {smuggled}")
    assert (await said(before)).source == "template", kind
    assert (await said(after)).source == "template", kind


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "Come in!",
        GOOD.replace("{price}", "$2.00"),
        GOOD.replace("{more}", "FREE100 makes it yours."),
        GOOD.replace("{item}", "nothing"),
        GOOD.replace("{store}", "Tea Room"),
        GOOD.replace("{item}", "a tea"),
    ],
)
async def test_fact_that_is_left_out_leaves_the_template(draft: str) -> None:
    assert (await said(writer(draft))).source == "template"


INNOCENT = (
    *("good choice", "of course", "enjoy", "happy to help", "just say the word", "let me know"),
    *("glad to help", "my pleasure", "thanks", "nice"),
)


def hostile(dice: random.Random) -> str:
    """Put together a draft that tells every fact and smuggles something in at a random place."""
    smuggled = dice.choice(CASES)[1]
    parts = [*GOOD.split(" "), *dice.choices(INNOCENT, k=dice.randrange(4))]
    return " ".join(
        [*parts[: (place := dice.randrange(len(parts) + 1))], smuggled, *parts[place:]]
    )


async def test_ten_thousand_hostile_drafts_never_come_through() -> None:
    dice = random.Random(20261122)  # noqa: S311 - the same drafts in every run
    model = ScriptedModel(write=lambda _prompt, _terms: hostile(dice))
    sources: list[str] = []
    async with phrasing(model, deadline_s=60.0) as phrases:
        for number in range(5_000):
            manner = replace(ENGLISH, variant=number)
            words = await phrases.say(DEAL, COLD, "I'm cold", manner, turn=OPEN)
            sources.append(words.source)
    assert len(model.prompts) == 10_000
    assert sources.count("template") == len(sources)


async def test_the_same_drafts_without_their_cargo_come_through() -> None:
    """The hostile ones fail for what they smuggle, not for how they are put together."""
    async with phrasing(writer(*(f"{GOOD} {words}." for words in INNOCENT))) as phrases:
        for _ in INNOCENT:
            words = await phrases.say(DEAL, COLD, "I'm cold", ENGLISH, turn=OPEN)
            assert words.source == "model"


NAMES = {"Downtown Café", "Tea Room", "Hot Chocolate"}


@pytest.mark.parametrize(
    "addition", ["The cheapest in town.", "Tea Room has it too.", "It's vegan.", "Half price."]
)
def test_words_the_facts_do_not_support_are_replaced(addition: str) -> None:
    floor = TEMPLATES.say(DEAL, ENGLISH)
    words = Words(f"{floor.text} {addition}", floor.bold, "model")
    assert grounded(words, floor, DEAL, ENGLISH, NAMES) is floor


@pytest.mark.parametrize("name", ["Tea Room", "the tea room", "TEA ROOM"])
async def test_another_store_in_a_draft_is_left_out(name: str) -> None:
    words = await said(writer(f"{GOOD} Or try {name}."))
    assert "tea room" not in words.text.casefold()


@pytest.mark.parametrize("name", ["Tea Room", "the tea room", "TEA ROOM"])
def test_another_store_in_a_finished_text_is_replaced(name: str) -> None:
    floor = TEMPLATES.say(DEAL, ENGLISH)
    words = Words(f"{floor.text} Or try {name}.", floor.bold, "model")
    assert grounded(words, floor, DEAL, ENGLISH, NAMES) is floor


@pytest.mark.parametrize("kind", [Kind.ORDER_STATUS, Kind.POLICY, Kind.OUT_OF_SCOPE, Kind.CLARIFY])
def test_models_words_are_looked_at_in_every_kind(kind: Kind) -> None:
    floor = Words("Ours.")
    assert (
        grounded(Words("Go to Tea Room.", (), "model"), floor, Facts(kind), ENGLISH, NAMES)
        is floor
    )


def test_supported_words_are_kept() -> None:
    floor = TEMPLATES.say(DEAL, ENGLISH)
    words = Words(f"Brr. {floor.text}", floor.bold, "model")
    assert grounded(words, floor, DEAL, ENGLISH, NAMES) is words
