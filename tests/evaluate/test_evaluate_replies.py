"""`python -m scripts.evaluate replies`: what its check must catch, what it must let pass, and what it tells; no model."""

import argparse
import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from knowledge.facts import Facts, Kind
from knowledge.llm.base import Prompt, Terms
from knowledge.llm.errors import CallFailed
from knowledge.llm.scripted import ScriptedModel
from knowledge.search.toy import ToyEmbedder
from scripts.evaluate.errors import BadFile
from scripts.evaluate.replies import add_options
from scripts.evaluate.replies.asking import Speaker
from scripts.evaluate.replies.cases import read_cases
from scripts.evaluate.replies.checking import doubts
from scripts.evaluate.replies.errors import ModelNotThere
from scripts.evaluate.replies.measuring import Engines, measured
from scripts.evaluate.replies.openings import Opened, figures, fitting, neutral, opening_of
from scripts.evaluate.replies.required import missing
from scripts.evaluate.reporting import Figures
from storage.records import OrderStatus

CASES = Path(__file__).parents[2] / "scripts" / "evaluate" / "replies" / "data" / "cases.jsonl"
WARM = Facts(
    Kind.OFFER,
    store="Café No. 9",
    distance_m=43,
    item="Cold Brew 12 oz",
    price_cents=350,
    currency="USD",
    coupon_code="WARM15",
    discount_percent=15,
    reason="you bought iced drinks four times",
    expires_on=date(2026, 12, 24),
)
PLAIN = Facts(
    Kind.OFFER,
    store="Green Grocer",
    distance_m=1240,
    item="Bean Wrap",
    price_cents=620,
    currency="EUR",
)
NAMES = {"Café No. 9", "Cold Brew 12 oz", "Green Grocer", "Bean Wrap", "Tea Room", "Umbra"}


def said(text: str, facts: Facts = PLAIN, message: str = "") -> list[tuple[str, str]]:
    return [(each.sort, each.said) for each in doubts(text, facts, message=message, names=NAMES)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Chilly? Café No. 9 is 43 m away and has Cold Brew 12 oz for $3.50.", WARM),
        ("WARM15 takes 15 % off, so $2.98 at Café No. 9.", WARM),
        ("WARM15 takes 15% off until December 24. You save $0.52.", WARM),
        ("Good until 24 December 2026, which is a Thursday.", WARM),
        ("You bought iced drinks four times, so here you are.", WARM),
        ("Fancy a Cold Brew at the Café?", WARM),
        ("CAFÉ NO. 9 has Cold Brew 12 ozs.", WARM),
        ("Green Grocer, 1.2 km away, has Bean Wraps for €6.20. Want it?", PLAIN),
        ("Green Grocer, 1,240 m away: Bean Wrap, 6,20 €.", PLAIN),
        ("Which one would you like? Any of these, this one or one of those.", PLAIN),
        ("Right, I'd say umbrella weather calls for company.", PLAIN),
        ("Green Grocer is closed. It opens at 8:00 AM.", Facts(Kind.CLOSED, store="Green Grocer", opens_at=time(8))),
        ("It opens at 17:30, at 5:30 pm.", Facts(Kind.CLOSED, opens_at=time(17, 30))),
        ("Here's the rule: «Parcels are free from $60.» Delivery, section 2.", Facts(Kind.POLICY, quote="Parcels are free from $60.", document="Delivery, section 2")),
        ("Two lines:\n1. Bean Wrap, €6.20\n2. Bean Wrap, €6.20".replace("Two lines", "Here"), Facts(Kind.OPTIONS, options=(PLAIN, PLAIN))),
        ("Order K7-2291 is ready.", Facts(Kind.ORDER_STATUS, order_code="K7-2291", status=OrderStatus.READY)),
        ("It wasn't collected in time and expired.", Facts(Kind.ORDER_STATUS, status=OrderStatus.EXPIRED)),
    ],
)  # fmt: skip
def test_text_that_says_its_facts_passes(text: str, facts: Facts) -> None:
    assert said(text, facts) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bean Wrap for €6.30.", ("price", "€6.30")),
        ("Bean Wrap for $6.20.", ("price", "$6.20")),
        ("That is 6 euros.", ("price", "6 euros")),
        ("It is 20 % off.", ("percentage", "20 %")),
        ("20 percent, imagine.", ("percentage", "20 percent")),
        ("Only a step, 1.3 km.", ("distance", "1.3 km")),
        ("It is 50 m away.", ("distance", "50 m")),
        ("Come at 8:00.", ("time", "8:00")),
        ("Come by 6 pm.", ("time", "6 pm")),
        ("Until December 24.", ("day", "December 24")),
        ("See you Sunday.", ("day", "Sunday")),
        ("Take 3 of them.", ("number", "3")),
        ("Have it at ½ the price.", ("number", "½")),
        ("Use SAVE20 there.", ("code", "SAVE20")),
        ("Use warm15 there.", ("code", "warm15")),
        ("Use GIFT there.", ("code", "GIFT")),
        ("The Tea Room has it.", ("name", "Tea Room")),
        ("Try the cold brew 12 oz.", ("name", "cold brew 12 oz")),
        ("It is next to Starbucks.", ("name", "Starbucks")),
        ("I like the Umbra there.", ("name", "Umbra")),
        ("Twenty of them, half price.", ("spelled number", "twenty")),
        ("Just one for you.", ("spelled number", "one")),
        ("It's free.", ("promise", "free")),
        ("Quality guaranteed.", ("promise", "guaranteed")),
        ("It's on the house.", ("promise", "on the house")),
        ("They have it in stock.", ("availability", "stock")),
        ("They are open.", ("availability", "open")),
        ("Get it today.", ("availability", "today")),
        ("The last of its kind.", ("availability", "last")),
        ("A few minutes on foot.", ("availability", "minutes")),
        ("It's vegan.", ("diet", "vegan")),
        ("It's gluten-free.", ("diet", "gluten")),
        ("It cures that cough.", ("health", "cures")),
        ("Good for your heart.", ("health", "good for your heart")),
    ],
)
def test_text_that_says_more_than_its_facts_is_caught(text: str, found: tuple[str, str]) -> None:
    assert found in said(text)


def test_price_of_another_sort_than_discount_and_saving_is_caught() -> None:
    assert said("WARM15 makes it $2.96, you keep $0.54.", WARM) == [
        ("price", "$2.96"),
        ("price", "$0.54"),
    ]


def test_half_a_cent_may_be_rounded_either_way() -> None:
    facts = Facts(Kind.OFFER, price_cents=350, currency="USD", discount_percent=15)
    assert said("$2.98 or $2.97", facts) == []


def test_number_that_is_part_of_a_name_stands_for_nothing_else() -> None:
    assert said("Cold Brew 12 oz, 12 times.", WARM) == [("number", "12")]


def test_name_states_nothing_but_what_the_thing_is() -> None:
    facts = Facts(Kind.OFFER, store="Free Range Farm Shop", item="Half Pint Vegan Shake")
    assert said("Free Range Farm Shop has Half Pint Vegan Shake, a vegan treat.", facts) == []
    assert said("Free, and half of it.", facts) == [
        ("promise", "free"),
        ("spelled number", "half"),
    ]


def test_code_must_be_written_as_it_is() -> None:
    assert ("code", "warm15") in said("Use warm15.", WARM)


def test_capital_of_the_message_may_be_said_back() -> None:
    assert said("Nice for the Opera evening.") == [("name", "Opera")]
    assert said("Nice for the Opera evening.", message="opera tonight") == []


@pytest.mark.parametrize(
    "text", ["It was cancelled.", "It is on its way.", "It was picked up.", "It has been shipped."]
)
def test_status_that_is_not_so_is_caught(text: str) -> None:
    facts = Facts(Kind.ORDER_STATUS, order_code="K7-2291", status=OrderStatus.READY)
    assert "status" in {sort for sort, _ in said(text, facts)}


@pytest.mark.parametrize(
    ("text", "facts", "left"),
    [
        ("Café No. 9 has Cold Brew 12 oz for $3.50 with WARM15.", WARM, []),
        ("Café No. 9, 43 m away, has Cold Brew 12 oz: WARM15.", WARM, []),
        ("Something cold?", WARM, ["store", "item", "price or distance", "coupon_code"]),
        ("Café No. 9: Cold Brew 12 oz, $2.98 with WARM15.", WARM, ["price or distance"]),
        ("Bean Wrap is at Green Grocer.", Facts(Kind.OFFER, store="Green Grocer", item="Bean Wrap"), []),
        ("It opens at 9:30.", Facts(Kind.CLOSED, store="Volt", opens_at=time(9, 30)), ["store"]),
        ("Volt opens at 9:00.", Facts(Kind.CLOSED, store="Volt", opens_at=time(9, 30)), ["opens_at"]),
        ("Order K7-1 is booked.", Facts(Kind.ORDER_STATUS, order_code="K7-1", status=OrderStatus.PLACED), ["status"]),
        ("It is ready.", Facts(Kind.ORDER_STATUS, order_code="K7-1", status=OrderStatus.READY), ["order_code"]),
        ("«No dogs.»", Facts(Kind.POLICY, quote="No dogs.", document="House rules"), ["document"]),
        ("no dogs, House rules", Facts(Kind.POLICY, quote="No dogs.", document="House rules"), ["quote"]),
        ("Sorry, nothing.", Facts(Kind.NOTHING_NEAR, item="Bean Stew"), []),
    ],
)  # fmt: skip
def test_required_facts_by_kind(text: str, facts: Facts, left: list[str]) -> None:
    assert missing(text, facts) == left


def test_each_option_needs_its_own_price() -> None:
    facts = Facts(Kind.OPTIONS, options=(PLAIN, WARM))
    right = "1. Bean Wrap, €6.20\n2. Cold Brew 12 oz, $3.50"
    swapped = "1. Bean Wrap, $3.50\n2. Cold Brew 12 oz, €6.20"
    assert missing(right, facts) == missing(right.replace("\n", " "), facts) == []
    assert missing(swapped, facts) == ["price 1", "price 2"]
    assert missing("1. Bean Wrap, €6.20", facts) == ["item 2"]


def test_same_thing_from_two_stores_needs_both_prices() -> None:
    dearer = Facts(Kind.OFFER, item="Bean Wrap", price_cents=700, currency="EUR")
    facts = Facts(Kind.OPTIONS, options=(PLAIN, dearer))
    assert missing("Bean Wrap, €6.20\nBean Wrap, €7.00", facts) == []
    assert missing("Bean Wrap, €6.20\nBean Wrap, €6.20", facts) == ["price 2"]


def test_each_coupon_needs_its_discount() -> None:
    coupons = (
        Facts(Kind.COUPONS, coupon_code="TEN10", discount_percent=10),
        Facts(Kind.COUPONS, coupon_code="SIX6", discount_percent=6),
    )
    facts = Facts(Kind.COUPONS, coupons=coupons)
    assert missing("TEN10: 10 % off\nSIX6: 6 % off", facts) == []
    assert missing("TEN10: 6 % off\nSIX6", facts) == ["discount 1", "discount 2"]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Brr! Let's warm you up. Café No. 9 is 43 m away.", "Brr! Let's warm you up."),
        ("Brr, Café No. 9 is near.", ""),
        ("Cold Brew 12 oz costs $3.50.", ""),
        ("Sorry to hear it.", ""),
        ("Here you are:\n1. Cold Brew 12 oz", "Here you are:"),
        ("Cold? Here you go: Cold Brew 12 oz.", "Cold?"),
    ],
)
def test_opening_ends_before_the_first_sentence_with_a_fact(text: str, opening: str) -> None:
    assert opening_of(text, WARM) == opening


def opened(openings: dict[str, str]) -> list[Opened]:
    return [
        Opened(need, need, f"i want {need} {need} soon", opening)
        for need, opening in openings.items()
    ]


def test_opening_fits_when_its_own_message_is_the_closest() -> None:
    needs = {need: f"Your {need}." for need in ("kites", "jam", "matcha", "darts", "clay", "soap")}
    assert fitting(opened(needs), ToyEmbedder()) == [True] * 6
    turned = dict(zip(needs, [*list(needs.values())[1:], needs["kites"]], strict=True))
    assert not any(fitting(opened(turned), ToyEmbedder()))


def test_fewer_than_five_needs_leave_nothing_to_choose_from() -> None:
    assert fitting(opened({"jam": "Your jam.", "kites": "Your kites."}), ToyEmbedder()) == []


def test_opening_for_three_needs_is_neutral() -> None:
    told = opened({"a": "Here.", "b": "Here.", "c": "Here.", "d": "Two.", "e": "Two.", "f": ""})
    assert neutral(told) == {"Here."}
    found = figures(told, ToyEmbedder())
    assert found["neutral_openings"] == 0.6
    assert found["distinct_openings"] == 2
    assert found["opened"] == round(5 / 6, 4)


LINES: list[dict[str, Any]] = [
    {"id": "a", "message": "so thirsty", "need": "thirst", "facts": {"kind": "offer", "store": "Café No. 9", "distance_m": 43, "item": "Cold Brew 12 oz", "price_cents": 350, "currency": "USD", "coupon_code": "WARM15", "discount_percent": 15, "expires_on": "2026-12-24"}},
    {"id": 2, "message": "any deals?", "facts": {"kind": "coupons", "coupons": [{"coupon_code": "TEN10", "discount_percent": 10}]}},
    {"id": "c", "message": "", "facts": {"kind": "nudge", "store": "Green Grocer", "distance_m": 60, "item": "Bean Wrap", "price_cents": 620, "currency": "EUR", "reason": None}},
]  # fmt: skip


def written(folder: Path, lines: list[dict[str, Any]]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def run(
    folder: Path, speaker: Speaker, lines: list[dict[str, Any]]
) -> tuple[Figures, list[dict[str, Any]]]:
    parser = argparse.ArgumentParser()
    add_options(parser)
    out = folder / "out.jsonl"
    words = ["--data", str(written(folder, lines)), "--out", str(out), "--openings", "2"]
    told = measured(parser.parse_args(words), Engines(ToyEmbedder(), None, speaker))
    return told, [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_templates_alone_are_asked_and_scored(tmp_path: Path) -> None:
    told, lines = run(tmp_path, Speaker(), LINES)
    assert [line["id"] for line in lines] == ["a", 2, "c"]
    assert all(line["source"] == "template" and line["ms"] >= 0 for line in lines)
    assert told["unsupported"] == told["missing"] == told["unsaid"] == 0
    assert told["model_share"] == 0
    assert told["openings_fit"] is None


def test_model_is_asked_again_after_a_draft_that_will_not_do(tmp_path: Path) -> None:
    seen: list[str] = []

    def write(prompt: Prompt, terms: Terms) -> str:
        seen.append(prompt.dynamic)
        fine = "Nice. " + " ".join(f"{{{name}}}" for name in terms.names) + "."
        if "thirsty" not in prompt.dynamic:
            return fine
        return "It is free." if len(seen) == 1 else fine

    told, lines = run(tmp_path, Speaker(lambda: ScriptedModel(write=write)), LINES)
    assert [line["source"] for line in lines] == ["model"] * 3
    assert told["model_share"] == 1.0
    assert told["model_share_at_first"] == round(2 / 3, 4)
    assert told["unsupported"] == 0
    assert not any("Café" in prompt for prompt in seen)


def test_model_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    def load() -> ScriptedModel:
        raise CallFailed("No file there.")

    with pytest.raises(ModelNotThere, match="--model none"):
        run(tmp_path, Speaker(load), LINES)


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        (None, "field facts must be an object"),
        ({"kind": "poem"}, "kind must be one of"),
        ({"kind": "offer", "colour": "red"}, "called colour"),
        ({"kind": "offer", "store": ""}, "store must be a text"),
        ({"kind": "offer", "price_cents": "3"}, "price_cents must be a number"),
        ({"kind": "offer", "discount_percent": 150}, "at most 100"),
        ({"kind": "closed", "opens_at": "soon"}, "opens_at must be like"),
        ({"kind": "order_status", "status": "lost"}, "status must be like one of placed"),
        ({"kind": "options", "options": {}}, "options must be a list"),
        ({"kind": "options", "options": [{"price_cents": -1}]}, "from 0 on"),
    ],
)
def test_line_that_cannot_be_used_is_named(tmp_path: Path, facts: object, problem: str) -> None:
    path = written(tmp_path, [{"id": 1, "message": "x", "facts": facts}])
    with pytest.raises(BadFile, match=f"line 1: .*{problem}"):
        read_cases(path)


def test_own_cases_are_of_every_kind_and_of_many_needs() -> None:
    cases = read_cases(CASES)
    needs = [case.need for case in cases if case.need is not None]
    assert len(cases) == 500
    assert len(set(needs)) >= 60
    assert all(needs.count(need) >= 4 for need in set(needs))
    assert len({case.facts.kind for case in cases}) == 10
    messages = [case.message for case in cases if case.message]
    assert len(set(messages)) == len(messages)
