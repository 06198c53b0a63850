"""Learning from few sentences, with toy vectors: what comes out is what the product reads."""

from pathlib import Path

import pytest

from knowledge.search.toy import ToyEmbedder
from knowledge.understanding import Intent, LearnedIntents
from scripts.train_intents.__main__ import Order, main, train

PATTERNS = """
[order_cancel]
+ cancel (my|the|this) order
[invoice]
* (my|an|the) invoice
[out_of_scope/weather]
(will|does|can) it rain (today|tomorrow|soon)
"""
TOY = ToyEmbedder()


@pytest.fixture
def order(tmp_path: Path) -> Order:
    (tmp_path / "slots.toml").write_text('x = ["y"]', encoding="utf-8")
    (tmp_path / "lines.txt").write_text(PATTERNS, encoding="utf-8")
    return Order(30, 1, tmp_path / "weights.npz", tmp_path / "toy", tmp_path)


def test_weights_read_what_they_were_trained_on(order: Order) -> None:
    train(order, TOY)
    with order.out.open("rb") as file:
        learned = LearnedIntents.read(file)
    assert learned.fits("toy")
    for text, intent in [
        ("can you cancel this order", Intent.ORDER_CANCEL),
        ("my invoice", Intent.INVOICE),
        ("will it rain tomorrow", Intent.OUT_OF_SCOPE),
    ]:
        assert learned.judge(text, TOY.encode([text])[0]).by_intent()[0][0] is intent


def test_same_seed_gives_the_same_weights(order: Order) -> None:
    train(order, TOY)
    first = order.out.read_bytes()
    train(order, TOY)
    assert order.out.read_bytes() == first


def test_missing_model_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--model-folder", str(tmp_path)]) == 2
    assert "Run scripts/install" in capsys.readouterr().err
