"""`coupons` from tables of a made-up shop to predictions and figures."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scripts.evaluate.__main__ import main
from scripts.evaluate.coupons.mailings import FOREVER, Leaflet, Mailings, read_leaflet

SOAP, TEA, RARE = 501, 502, 999


def table(path: Path, head: str, rows: list[tuple[object, ...]]) -> Path:
    lines = [head, *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def shop(folder: Path, redemptions: list[tuple[object, ...]]) -> list[str]:
    """Households 1–9 buy tea each week, 11–19 soap. Campaign 1 is over, 2 runs, and 3 was sent to nobody."""
    buys = [
        (household, TEA if household < 10 else SOAP)
        for household in (*range(1, 10), *range(11, 20))
    ]
    trips = [
        (household, day, product, f"2017-01-{day:02}T10:00:00")
        for household, product in buys
        for day in range(2, 30, 7)
    ]
    tables: dict[str, tuple[str, list[Any]]] = {
        "history": ("household_id,basket_id,product_id,transaction_timestamp", trips),
        "coupons": ("coupon_upc,product_id,campaign_id", [
            (71, SOAP, 1), (72, TEA, 1), (81, SOAP, 2), (82, TEA, 2), (82, RARE, 2), (91, TEA, 3),
        ]),
        "campaigns": ("campaign_id,household_id", [(each, who) for who, _ in buys for each in (1, 2)]),
        "descriptions": ("campaign_id,start_date,end_date", [
            (1, "2017-01-10", "2017-01-20"), (2, "2017-01-25", "2017-02-25"), (3, "2017-01-25", "2017-02-25"),
        ]),
        "redemptions": ("household_id,coupon_upc,campaign_id,redemption_date", redemptions),
    }  # fmt: skip
    words = ["coupons", "--out", str(folder / "out.jsonl")]
    for name, (head, rows) in tables.items():
        if rows:
            words += [f"--{name}", str(table(folder / f"{name}.csv", head, rows))]
    return words


def told(folder: Path) -> dict[int, list[int]]:
    lines = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    return {each["household_id"]: each["coupons"] for each in lines}


def test_what_a_household_buys_comes_first_of_what_still_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = [(3, 82, 2, "2017-02-01"), (13, 81, 2, "2017-02-02")]
    assert main(shop(tmp_path, [(2, 72, 1, "2017-01-12"), *later])) == 0
    chosen = told(tmp_path)
    assert chosen[3] == [82, 81]
    assert chosen[13] == [81, 82]
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["recall_10"], figures["households_that_used_any"]) == (1.0, 2)


def test_without_redemptions_only_speed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(shop(tmp_path, [])) == 0
    assert told(tmp_path)[13] == [81, 82]
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert "us_per_shopper" in figures
    assert "recall_10" not in figures


def leaflet() -> Leaflet:
    return Leaflet(
        np.array([71, 72]),
        np.array([0, 1, 1]),
        np.array([0]),
        np.array([1, 1]),
        {1: np.array([0]), 2: np.array([1])},
    )


@pytest.mark.parametrize(
    ("mailings", "places"),
    [
        (Mailings(), [0, 1]),
        (Mailings({7: (2,)}), [1]),
        (Mailings({8: (2,)}), [0, 1]),
        (Mailings({7: (1, 2)}, {1: (0.0, 4.0), 2: FOREVER}), [1]),
        (Mailings({7: (1,)}, {1: (0.0, 4.0)}), []),
    ],
    ids=["nothing told", "sent one", "sent to others", "one is over", "all are over"],
)
def test_a_household_may_use_what_it_was_sent_and_still_holds(
    mailings: Mailings, places: list[int]
) -> None:
    assert mailings.running(7, 5.0, leaflet()).tolist() == places


def test_products_that_nobody_bought_count_in_the_size_alone(tmp_path: Path) -> None:
    head = "coupon_upc,product_id,campaign_id"
    path = table(tmp_path / "c.csv", head, [(5, SOAP, 1), (5, RARE, 1), (5, SOAP, 2)])
    read = read_leaflet(path, np.array([SOAP, TEA]))
    assert (read.products.tolist(), read.sizes.tolist()) == ([0], [2])
    assert {each: places.tolist() for each, places in read.in_campaign.items()} == {1: [0], 2: [0]}
