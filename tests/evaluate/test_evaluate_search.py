"""Measuring search: files read, contenders compared, predictions written. The vectors are toys."""

import asyncio
import io
import json
from pathlib import Path

import pytest

from knowledge.search.toy import ToyEmbedder
from scripts.evaluate.errors import BadFile
from scripts.evaluate.search import (
    Contender,
    Goods,
    compare,
    figures,
    read_goods,
    read_queries,
    table,
    write_rankings,
)

ROWS = [
    {"id": "7", "title": "Desk lamp", "short_description": "Bright", "attributes": "colour: red"},
    {"id": "8", "title": "Lamp shade", "brand": "Glow", "attributes": {"colour": "blue"}},
    {"id": 9, "title": "Soup bowl", "price_cents": 500},
]


def written(folder: Path, name: str, *rows: object) -> Path:
    path = folder / name
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def goods(tmp_path: Path) -> Goods:
    return read_goods(written(tmp_path, "products.jsonl", *ROWS))


def test_products_are_read_with_what_is_known_of_them(goods: Goods) -> None:
    lamp, shade, bowl = goods.products.values()
    assert (lamp.description, shade.description) == ("Bright. colour: red", "colour: blue")
    assert (shade.brand, bowl.brand, bowl.price_cents) == ("Glow", None, 500)
    assert goods.written == {"7": "7", "8": "8", "9": 9}


def test_every_contender_ranks_every_query(goods: Goods, tmp_path: Path) -> None:
    contenders = asyncio.run(
        compare(goods, ["soup bowl", "lamp"], ToyEmbedder(), tmp_path / "index")
    )
    assert [each.name for each in contenders] == ["concierge", "meaning", "words", "rrf"]
    assert contenders[0].rankings["soup bowl"][0] == "9"
    assert sorted(contenders[0].rankings["lamp"]) == ["7", "8", "9"]
    assert sorted(contenders[2].rankings["lamp"]) == ["7", "8"]
    out = io.StringIO()
    write_rankings(contenders[0], goods, out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["query"] for line in told] == ["soup bowl", "lamp"]
    assert told[0]["ranking"][0] == 9


def test_figures_are_over_queries_with_something_relevant() -> None:
    ranked = {"lamp": ["7", "8"], "bowl": ["9"], "fork": ["9"]}
    ratings = {"lamp": {"7": 0.0, "8": 2.0}, "bowl": {"9": 3.0}, "fork": {"9": 0.0}}
    contender = Contender("concierge", ranked, [0.001, 0.003])
    told = figures(contender, ratings)
    assert told["ndcg10"] == pytest.approx((1 + 0.6309) / 2, abs=1e-3)
    assert told["relevant10"] == 0.1
    assert told["p95_ms"] == 3.0
    assert ["relevant10", 0.1] in table([contender], ratings)[1]


def test_without_ratings_only_speed_is_told(tmp_path: Path) -> None:
    queries, ratings = read_queries(
        written(tmp_path, "q.jsonl", {"query": "lamp"}, {"query": "lamp"}), None
    )
    assert (queries, ratings) == (["lamp"], {})
    assert set(figures(Contender("concierge", {"lamp": ["7"]}, [0.1]), ratings)) == {
        "p50_ms",
        "p95_ms",
    }


def test_ratings_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    queries = written(tmp_path, "q.jsonl", {"query": "lamp"})
    qrels = written(tmp_path, "r.jsonl", {"query": "lamp", "docid": 9, "rating": 2})
    assert read_queries(queries, qrels) == (["lamp"], {"lamp": {"9": 2.0}})


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"query": "lamp", "docid": True, "rating": 1}, "docid"),
        ({"query": "lamp", "docid": "7", "rating": "good"}, "rating"),
        ({"docid": "7", "rating": 1}, "query"),
    ],
)
def test_bad_rating_is_named(tmp_path: Path, row: object, problem: str) -> None:
    with pytest.raises(BadFile, match=problem):
        read_queries(written(tmp_path, "q.jsonl", row), None)


def test_product_that_stands_there_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="twice"):
        read_goods(written(tmp_path, "p.jsonl", ROWS[0], ROWS[0]))
