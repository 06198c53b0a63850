"""`journeys` from requests to actions over a small shop of our own, and the judge that lets nothing forbidden through."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.evaluate.__main__ import main
from scripts.evaluate.journeys import Task, act
from scripts.evaluate.journeys.allowed import Ledger
from scripts.evaluate.journeys.shop import Situation, read_situation

CARD, GIFT, OTHER_CARD = "card_1", "gift_1", "card_2"


def make(
    item_id: str, name: str, *, is_there: bool = True, price: float = 10.0, **options: str
) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "name": name,
        "product_id": name,
        "available": is_there,
        "price": price,
        "options": options,
    }


MAKES = [
    make("1000000001", "Desk Lamp", price=20.0, colour="red", brightness="low"),
    make("1000000002", "Desk Lamp", price=25.0, colour="blue", brightness="low"),
    make("1000000003", "Desk Lamp", price=90.0, colour="blue", brightness="high"),
    make("1000000004", "Desk Lamp", is_there=False, colour="green", brightness="low"),
    make("2000000001", "Tea Kettle", price=30.0, material="steel"),
    make("2000000002", "Tea Kettle", price=30.0, material="glass"),
    make("3000000001", "Water Bottle", material="steel"),
]
KNOWN = "You are Ana Silva in zip code 12345."


def order(code: str, status: str, *items: str, town: str = "Kiel") -> dict[str, Any]:
    return {
        "order_id": code,
        "status": status,
        "items": [{"item_id": each} for each in items],
        "payment_history": [{"payment_method_id": CARD}],
        "address": {"address1": "1 Quay", "city": town, "zip": "1"},
    }


DATABASE = {
    "products": {
        name: {
            "name": name,
            "product_id": name,
            "variants": {each["item_id"]: each for each in MAKES if each["name"] == name},
        }
        for name in ("Desk Lamp", "Tea Kettle", "Water Bottle")
    },
    "users": {
        "ana_silva_1": {
            "name": {"first_name": "Ana", "last_name": "Silva"},
            "email": "ana@example.com",
            "address": {"address1": "9 Hill", "city": "Bonn", "zip": "12345"},
            "payment_methods": {
                CARD: {"source": "credit_card", "brand": "visa"},
                OTHER_CARD: {"source": "credit_card", "brand": "amex"},
                GIFT: {"source": "gift_card", "balance": 6},
            },
            "orders": ["#W1", "#W2", "#W3"],
        }
    },
    "orders": {
        "#W1": order("#W1", "delivered", "1000000001", "3000000001"),
        "#W2": order("#W2", "pending", "2000000001"),
        "#W3": order("#W3", "processed", "2000000002"),
        "#W9": order("#W9", "delivered", "2000000001"),
    },
}


@pytest.fixture
def shop(tmp_path: Path) -> Situation:
    path = tmp_path / "db.json"
    path.write_text(json.dumps(DATABASE), encoding="utf-8")
    return read_situation(path)


def does(shop: Situation, text: str, known: str = KNOWN) -> list[tuple[str, dict[str, Any]]]:
    done = act(shop, Task("a", known, text, None))
    return [(each["name"], each["arguments"]) for each in done.actions]


@pytest.mark.parametrize("known", [KNOWN, "Your email is ana@example.com."])
def test_thing_is_returned_to_the_card_it_was_paid_with(shop: Situation, known: str) -> None:
    said = {"order_id": "#W1", "item_ids": ["3000000001"], "payment_method_id": CARD}
    assert does(shop, "You want to return the bottle.", known) == [
        ("return_delivered_order_items", said)
    ]


def test_collected_thing_is_exchanged_and_waiting_one_modified(shop: Situation) -> None:
    text = "You want to exchange the lamp for a blue one and modify the kettle to glass."
    assert [(name, said["new_item_ids"]) for name, said in does(shop, text)] == [
        ("exchange_delivered_order_items", ["1000000002"]),
        ("modify_pending_order_items", ["2000000002"]),
    ]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("You want to exchange the lamp for a brighter one.", ["1000000003"]),
        ("You want to exchange the lamp for the cheapest blue one.", ["1000000002"]),
        ("You want to exchange the lamp to item 1000000003.", ["1000000003"]),
        ("You want to exchange the lamp for a green one.", None),
        ("You want to exchange the lamp.", None),
    ],
)
def test_make_is_chosen_by_what_is_said_or_not_at_all(
    shop: Situation, text: str, new: list[str] | None
) -> None:
    done = [said["new_item_ids"] for _, said in does(shop, text)]
    assert done == ([] if new is None else [new])


def test_waiting_order_is_cancelled_with_its_reason(shop: Situation) -> None:
    text = "You want to cancel the kettle, you ordered it by mistake."
    said = {"order_id": "#W2", "reason": "ordered by mistake"}
    assert does(shop, text) == [("cancel_pending_order", said)]


def test_waiting_order_goes_to_the_address_of_the_profile(shop: Situation) -> None:
    ((name, said),) = does(
        shop, "You want to change the address of the kettle to your default one."
    )
    assert name == "modify_pending_order_address"
    assert (said["order_id"], said["city"]) == ("#W2", "Bonn")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("You want to return the bottle.", "You are Ana Silva."),
        ("You want to return the bottle.", "You are Ana Silva in zip code 99999."),
        ("You want to cancel the lamp.", KNOWN),
        ("You want to return the kettle.", KNOWN),
        ("If the lamp is dear, return it.", KNOWN),
        ("You do not want to return the bottle.", KNOWN),
        (
            "You want to cancel the kettle, but if asked to confirm, you keep it. You regret.",
            "nobody",
        ),
        ("You want to know what the lamp cost.", KNOWN),
    ],
)
def test_nothing_is_done_where_it_is_not_clear_or_not_allowed(
    shop: Situation, text: str, known: str
) -> None:
    assert does(shop, text, known) == []


PAID = {"order_id": "#W1", "item_ids": ["1000000001"], "payment_method_id": CARD}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cancel_pending_order", {"order_id": "#W1", "reason": "no longer needed"}),
        ("cancel_pending_order", {"order_id": "#W3", "reason": "no longer needed"}),
        ("cancel_pending_order", {"order_id": "#W2", "reason": "bored"}),
        ("cancel_pending_order", {"order_id": "#W9", "reason": "no longer needed"}),
        ("modify_pending_order_address", {"order_id": "#W3"}),
        ("modify_user_address", {"user_id": "somebody_else_1"}),
        ("return_delivered_order_items", PAID | {"order_id": "#W2", "item_ids": ["2000000001"]}),
        ("return_delivered_order_items", PAID | {"item_ids": ["2000000001"]}),
        ("return_delivered_order_items", PAID | {"item_ids": ["1000000001"] * 2}),
        ("return_delivered_order_items", PAID | {"payment_method_id": OTHER_CARD}),
        ("return_delivered_order_items", PAID | {"payment_method_id": "nobody's"}),
        ("exchange_delivered_order_items", PAID | {"new_item_ids": ["1000000001"]}),
        ("exchange_delivered_order_items", PAID | {"new_item_ids": ["1000000004"]}),
        ("exchange_delivered_order_items", PAID | {"new_item_ids": ["2000000002"]}),
        (
            "exchange_delivered_order_items",
            PAID | {"new_item_ids": ["1000000003"], "payment_method_id": GIFT},
        ),
        ("modify_pending_order_payment", {"order_id": "#W2", "payment_method_id": CARD}),
        ("sell_everything", {"order_id": "#W2"}),
    ],
)
def test_forbidden_action_is_not_done(shop: Situation, name: str, said: dict[str, Any]) -> None:
    ledger = Ledger(shop, shop.users["ana_silva_1"])
    assert not ledger.does({"name": name, "arguments": said})


def test_order_is_changed_once_and_never_touched_again(shop: Situation) -> None:
    ledger = Ledger(shop, shop.users["ana_silva_1"])
    said = {
        "order_id": "#W2",
        "item_ids": ["2000000001"],
        "new_item_ids": ["2000000002"],
        "payment_method_id": GIFT,
    }
    assert ledger.does({"name": "modify_pending_order_items", "arguments": said})
    assert not ledger.does({"name": "modify_pending_order_items", "arguments": said})
    cancel = {"order_id": "#W2", "reason": "no longer needed"}
    assert not ledger.does({"name": "cancel_pending_order", "arguments": cancel})


def row(text: str, *right: dict[str, Any]) -> dict[str, Any]:
    told = {"known_info": KNOWN, "reason_for_call": text, "task_instructions": "."}
    return {
        "id": text[:8],
        "user_scenario": {"instructions": told},
        "evaluation_criteria": {
            "actions": [{"name": "get_user_details", "arguments": {}}, *right]
        },
    }


def test_figures_and_predictions(
    shop: Situation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = {
        "name": "return_delivered_order_items",
        "arguments": PAID | {"item_ids": ["3000000001"]},
    }
    rows = [
        row("You want to return the bottle.", right),
        row("You say hello."),
        row("You cry.", right),
    ]
    data, out = tmp_path / "tasks.jsonl", tmp_path / "out.jsonl"
    data.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    assert main(["journeys", "--data", str(data), "--out", str(out)]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (found["cases"], found["equal"], found["equal_acting"]) == (3, 0.6667, 0.5)
    assert (found["beyond"], found["forbidden"]) == (0.0, 0)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [len(each["actions"]) for each in lines] == [1, 0, 0]


def test_without_answers_no_share_is_told(
    shop: Situation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blind = {k: v for k, v in row("You say hello.").items() if k != "evaluation_criteria"}
    data = tmp_path / "tasks.jsonl"
    data.write_text(json.dumps(blind) + "\n", encoding="utf-8")
    assert main(["journeys", "--data", str(data)]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert "equal" not in found
    assert found["forbidden"] == 0


@pytest.mark.parametrize("bad", ["[]", "{}", "no json"])
def test_bad_database_is_named(
    tmp_path: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data, shop = tmp_path / "tasks.jsonl", tmp_path / "db.json"
    data.write_text(json.dumps(row("You say hello.")) + "\n", encoding="utf-8")
    shop.write_text(bad, encoding="utf-8")
    assert main(["journeys", "--data", str(data), "--db", str(shop)]) == 2
    assert "db.json" in capsys.readouterr().err
