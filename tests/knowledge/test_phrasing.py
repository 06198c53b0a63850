"""A model's words around the facts, and what becomes of it when they say anything else."""

import asyncio
import random
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, time
from functools import partial

import pytest

from knowledge.amounts import locale_for
from knowledge.briefs import TRAINED
from knowledge.constraints import Constraints
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner
from knowledge.llm.base import Prompt, Terms
from knowledge.llm.errors import CallFailed
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from knowledge.phrasing import Phrasing, grounded
from knowledge.privacy.gate import Gate
from knowledge.templates import Templates, Words
from knowledge.understanding import Examples, Intent, Reading
from storage.records import OrderStatus

TEMPLATES = Templates.shipped()
NEEDS = Examples.shipped().needs
OPEN = Gate.over((), (), lambda _text: ())
SHUT = replace(OPEN, is_shut=True)
MANNER = Manner(locale_for("en"), date(2026, 11, 20))
COLD = Reading(Intent.NEED, 0.9, NEEDS["cold"], Constraints())
DELICATE = replace(COLD, need=next(need for need in NEEDS.values() if need.is_sensitive))
CLOSE = Facts(
    Kind.OFFER,
    store="Downtown Café",
    distance_m=43,
    item="Hot Chocolate",
    price_cents=350,
    currency="USD",
)
DEAL = replace(CLOSE, coupon_code="WARM15", discount_percent=15)
ORDER = Facts(Kind.ORDER_STATUS, order_code="K7-2291", status=OrderStatus.READY, store="Home & Co")
GOOD = "{store}, {distance} away: {item}, {price}. {more}"
SAID = "Downtown Café, 43 m away: Hot Chocolate, $3.50. WARM15 takes 15 % off, so $2.98."


@asynccontextmanager
async def phrasing(
    model: ScriptedModel, *, lexicon: Lexicon | None = None, deadline_s: float = 5.0
) -> AsyncIterator[Phrasing]:
    worker = ModelWorker(deadline_s=deadline_s)
    await worker.start(lambda: model)
    build = partial(Phrasing, lexicon=lexicon, deadline_s=deadline_s)
    yield await asyncio.to_thread(build, TEMPLATES, worker)  # it reads files
    await worker.stop(grace_s=0.2)


async def said(
    model: ScriptedModel,
    facts: Facts = DEAL,
    *,
    reading: Reading = COLD,
    manner: Manner = MANNER,
    gate: Gate | None = OPEN,
) -> Words:
    async with phrasing(model) as phrases:
        return await phrases.say(facts, reading, "I'm cold", manner, gate=gate)


async def said_by_trained(model: ScriptedModel, words: str) -> Words:
    async with phrasing(model, lexicon=Lexicon(words.split())) as phrases:
        return await phrases.say(DEAL, COLD, "I'm cold", MANNER, gate=OPEN)


def writer(*drafts: str) -> ScriptedModel:
    """Give a model that writes these one after the other, the last for good."""
    left = list(drafts)
    return ScriptedModel(write=lambda _prompt, _terms: left.pop(0) if left[1:] else left[0])


# What a model writes


async def test_model_writes_around_the_facts() -> None:
    words = await said(writer(f"Brr, let's get you warm. {GOOD} Shall I book it?"))
    assert words.text == f"Brr, let's get you warm. {SAID} Shall I book it?"
    assert (words.source, words.bold) == ("model", ("Downtown Café",))


WRITTEN = [
    (CLOSE, "Brr! {store} ({distance}) has {item} for {price}.", "Brr! Downtown Café (43 m) has"),
    (
        replace(CLOSE, tone="allergy"),
        "{store} is {distance} away with {item} for {price}. {more} Yours?",
        "can't tell. Yours?",
    ),
    (replace(CLOSE, kind=Kind.NUDGE), "{item}, {price}: {store}, {distance}.", "Hot Chocolate,"),
    (
        Facts(Kind.OPTIONS, options=(DEAL, CLOSE)),
        "Have a look: {list} Which?",
        "Have a look:\n1. Hot Chocolate",
    ),
    (Facts(Kind.SUMMARY, options=(DEAL, CLOSE)), "In short: {list}", "In short:\n1. Hot"),
    (
        Facts(
            Kind.COUPONS,
            coupons=(Facts(Kind.COUPONS, coupon_code="WARM15", discount_percent=15),),
        ),
        "You can use these: {list}",
        "You can use these:\nWARM15: 15 % off",
    ),
    (
        replace(ORDER, status=OrderStatus.CANCELLED),
        "As you wished: {order} at {store} is {status}.",
        "As you wished: K7-2291 at Home & Co is cancelled.",
    ),
    (
        replace(CLOSE, kind=Kind.CLOSED, opens_at=time(8), opens_day="tomorrow"),
        "{store}, {distance} away, has {item} but is closed. It opens {opens}.",
        "but is closed. It opens tomorrow at 8:00",
    ),
    (
        Facts(Kind.POLICY, quote="Bring it back within 30 days.", document="Returns 2"),
        "Our rule: {quote} {document}.",
        "Our rule: «Bring it back within 30 days.» Returns 2.",
    ),
    (Facts(Kind.CLARIFY), "What is it for?", "What is it for?"),
    (Facts(Kind.OUT_OF_SCOPE), "Not my aisle, sorry.", "Not my aisle, sorry."),
]


@pytest.mark.parametrize(
    ("facts", "draft", "part"), WRITTEN, ids=lambda each: getattr(each, "kind", None)
)
async def test_model_writes_every_kind_it_has_an_outline_for(
    facts: Facts, draft: str, part: str
) -> None:
    words = await said(writer(draft), facts)
    assert words.source == "model"
    assert part in words.text


async def test_what_was_asked_besides_is_told_first_in_our_own_sentence() -> None:
    words = await said(writer(GOOD), replace(DEAL, before=(ORDER,)))
    first, second = words.text.split("\n")
    assert "K7-2291" in first
    assert second == SAID
    assert (words.source, words.bold) == ("model", ("Home & Co", "Downtown Café"))


async def test_model_sees_no_fact() -> None:
    model = ScriptedModel()
    assert (await said(model)).source == "model"
    seen = " ".join(prompt.static + prompt.dynamic for prompt in model.prompts)
    for fact in ("Downtown", "43", "3.50", "WARM15"):
        assert fact not in seen
    assert "I'm cold" in seen


async def test_trained_model_is_asked_as_it_was_trained_others_are_told_how_to() -> None:
    trained, other = ScriptedModel(), ScriptedModel()
    await said_by_trained(trained, "here you go")
    await said(other)
    assert [prompt.static for prompt in trained.prompts] == [TRAINED]
    assert "placeholder" in other.prompts[0].static
    assert trained.prompts[0].dynamic == other.prompts[0].dynamic


async def test_trained_model_keeps_to_its_words() -> None:
    words = "brr away with off so"
    assert (await said_by_trained(writer(f"Brr. {GOOD}"), words)).source == "model"
    assert (await said_by_trained(writer(f"Splendid. {GOOD}"), words)).source == "template"


async def test_model_is_told_what_it_must_not_say() -> None:
    told: list[Terms] = []

    def write(_prompt: Prompt, terms: Terms) -> str:
        told.append(terms)
        return GOOD

    await said(ScriptedModel(write=write), manner=replace(MANNER, variant=7))
    names = ("store", "distance", "item", "price", "more")
    assert (told[0].names, told[0].seed) == (names, 7)
    assert {"free", "today", "two", "vegan"} <= told[0].never
    assert not {"off", "less"} & told[0].never  # it has a discount to tell


# What leaves it to the template


async def test_second_draft_is_taken_when_the_first_says_too_much() -> None:
    seeds: list[int] = []

    def write(_prompt: Prompt, terms: Terms) -> str:
        seeds.append(terms.seed)
        return GOOD if len(seeds) == 2 else f"It's free. {GOOD}"

    words = await said(ScriptedModel(write=write))
    assert (words.text, words.source) == (SAID, "model")
    assert seeds[1] != seeds[0]


async def test_there_is_no_third_draft() -> None:
    model = writer("It's free.", "It's vegan.", GOOD)
    assert (await said(model)).source == "template"
    assert len(model.prompts) == 2


async def test_model_that_fails_once_is_asked_once_more() -> None:
    calls: list[Prompt] = []

    def write(prompt: Prompt, _terms: Terms) -> str:
        calls.append(prompt)
        if len(calls) == 1:
            raise CallFailed("no")
        return GOOD

    assert (await said(ScriptedModel(write=write))).text == SAID


async def test_model_that_breaks_leaves_the_template() -> None:
    def fail(_prompt: Prompt, _terms: Terms) -> str:
        raise RuntimeError

    assert (await said(ScriptedModel(write=fail))).source == "template"


async def test_model_that_stalls_is_not_waited_for_twice() -> None:
    released = threading.Event()
    model = ScriptedModel(stall=released)
    async with phrasing(model, deadline_s=0.05) as phrases:
        words = await phrases.say(DEAL, COLD, "I'm cold", MANNER, gate=OPEN)
        released.set()
    assert words == phrases.floor(DEAL, COLD, MANNER)
    assert len(model.prompts) == 1


async def test_without_a_gate_the_model_is_left_alone() -> None:
    model = ScriptedModel()
    assert (await said(model, gate=None)).source == "template"
    assert model.prompts == []


async def test_prompt_that_the_gate_stops_leaves_the_template() -> None:
    model = ScriptedModel()
    assert (await said(model, gate=SHUT)).source == "template"
    assert model.prompts == []


async def test_delicate_need_is_answered_in_our_own_words() -> None:
    model = ScriptedModel()
    assert (await said(model, reading=DELICATE)).source == "template"
    assert model.prompts == []


@pytest.mark.parametrize(
    ("language", "source"),
    [("en", "model"), ("en-GB", "model"), ("es", "template"), ("de", "template")],
)
async def test_model_speaks_the_language_it_was_trained_in_alone(
    language: str, source: str
) -> None:
    manner = replace(MANNER, locale=locale_for(language))
    model = ScriptedModel()
    assert (await said(model, manner=manner)).source == source
    assert bool(model.prompts) is (source == "model")


OURS = (
    *(Kind.STORES, Kind.NEEDS_PLACE, Kind.NOT_KNOWN, Kind.SMALLTALK, Kind.CARE, Kind.HUMAN),
    *(Kind.COMPLAINT, Kind.ACCOUNT_PRIVACY, Kind.HOW_TO_PLACE, Kind.HOW_TO_CANCEL),
)


@pytest.mark.parametrize("kind", OURS)
async def test_model_has_no_say_in_what_takes_our_own_sentences(kind: Kind) -> None:
    model = ScriptedModel()
    facts = replace(DEAL, kind=kind) if kind is Kind.STORES else Facts(kind)
    async with phrasing(model) as phrases:
        assert not phrases.asks_model(facts, COLD, MANNER)
        words = await phrases.say(facts, COLD, "I'm cold", MANNER, gate=OPEN)
    assert (words.source, model.prompts) == ("template", [])


async def test_model_is_asked_only_when_there_is_one() -> None:
    alone = await asyncio.to_thread(Phrasing, TEMPLATES, None)
    assert not alone.asks_model(DEAL, COLD, MANNER)
    async with phrasing(ScriptedModel()) as phrases:
        assert phrases.asks_model(DEAL, COLD, MANNER)
        assert not phrases.asks_model(DEAL, DELICATE, MANNER)


# What is smuggled in

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
    *(
        "brr",
        "let's get you warm",
        "come in",
        "how about this",
        "I know a place",
        "shall I book it",
    ),
    *("good choice", "that sounds chilly", "here it is", "warm hands, warm heart", "now then"),
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
            manner = replace(MANNER, variant=number)
            words = await phrases.say(DEAL, COLD, "I'm cold", manner, gate=OPEN)
            sources.append(words.source)
    assert len(model.prompts) == 10_000
    assert sources.count("template") == len(sources)


async def test_the_same_drafts_without_their_cargo_come_through() -> None:
    """The hostile ones fail for what they smuggle, not for how they are put together."""
    async with phrasing(writer(*(f"{GOOD} {words}." for words in INNOCENT))) as phrases:
        for _ in INNOCENT:
            words = await phrases.say(DEAL, COLD, "I'm cold", MANNER, gate=OPEN)
            assert words.source == "model"


# The last look

NAMES = {"Downtown Café", "Tea Room", "Hot Chocolate"}


@pytest.mark.parametrize(
    "addition", ["The cheapest in town.", "Tea Room has it too.", "It's vegan.", "Half price."]
)
def test_words_the_facts_do_not_support_are_replaced(addition: str) -> None:
    floor = TEMPLATES.say(DEAL, MANNER)
    words = Words(f"{floor.text} {addition}", floor.bold, "model")
    assert grounded(words, floor, DEAL, MANNER, NAMES) is floor


@pytest.mark.parametrize("name", ["Tea Room", "the tea room", "TEA ROOM"])
async def test_another_store_in_a_draft_is_replaced(name: str) -> None:
    words = await said(writer(f"{GOOD} Or try {name}."))
    assert words.source == "model"  # letters alone: only the shop's own names tell
    floor = TEMPLATES.say(DEAL, MANNER)
    assert grounded(words, floor, DEAL, MANNER, NAMES) is floor


@pytest.mark.parametrize("kind", [Kind.ORDER_STATUS, Kind.POLICY, Kind.OUT_OF_SCOPE, Kind.CLARIFY])
def test_models_words_are_looked_at_in_every_kind(kind: Kind) -> None:
    floor = Words("Ours.")
    assert (
        grounded(Words("Go to Tea Room.", (), "model"), floor, Facts(kind), MANNER, NAMES) is floor
    )


def test_supported_words_are_kept() -> None:
    floor = TEMPLATES.say(DEAL, MANNER)
    words = Words(f"Brr. {floor.text}", floor.bold, "model")
    assert grounded(words, floor, DEAL, MANNER, NAMES) is words


def test_picked_offer_has_no_opening() -> None:
    words = Phrasing(TEMPLATES, None).plain(DEAL, MANNER)
    assert words.text.startswith("Downtown Café")
    assert words.text.endswith("?")


async def test_without_a_model_the_template_speaks() -> None:
    phrases = await asyncio.to_thread(Phrasing, TEMPLATES, None)
    words = await phrases.say(DEAL, COLD, "I'm cold", MANNER, gate=OPEN)
    assert words.source == "template"
    assert words.text.startswith("Brr")
