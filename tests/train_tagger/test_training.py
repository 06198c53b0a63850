"""The torch network learns, stops and goes on; its weights mean the same to the network the product runs."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from knowledge.privacy.tagging.base import Label, Tagged
from knowledge.privacy.tagging.features import BETWEEN_WORDS, KINDS
from knowledge.privacy.tagging.network import Network
from knowledge.privacy.tagging.tagger import Tagger
from scripts.train_tagger.__main__ import Order, main, train
from scripts.train_tagger.batches import NO_LABEL, Example, batch_of, read, tokenizer_in
from scripts.train_tagger.errors import CheckpointError, NotPlainError
from scripts.train_tagger.measure import Mistakes, mistakes_of
from scripts.train_tagger.network import TorchNetwork
from scripts.train_tagger.samples import Sample
from scripts.train_tagger.training import share_of_rate
from scripts.train_tagger.values.drawing import seeded

STEPS = 30


class Clock:
    """Counts one second a look."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 1.0
        return self.now_s


class MasksNothing:
    def tag(self, text: str) -> list[Tagged]:
        return []


class MasksFirstWord:
    def tag(self, text: str) -> list[Tagged]:
        return [Tagged(0, text.index(" "), Label.PHONE)]


@pytest.fixture
def order(tmp_path: Path, model_folder: Path, data_folder: Path) -> Order:
    return Order(
        steps=STEPS,
        seed=3,
        out=tmp_path / "weights.npz",
        model_folder=model_folder,
        checkpoint=tmp_path / "kept" / "checkpoint.pt",
        data_folder=data_folder,
        batch_size=8,
        report_every=8,
    )


def saved(order: Order) -> dict[str, np.ndarray]:
    with np.load(order.out) as file:
        return {name: file[name] for name in file.files}


def table(pieces: int = 50) -> np.ndarray:
    return np.random.default_rng(2).normal(size=(pieces, 24)).astype(np.float32)


def test_torch_and_numpy_give_the_same_scores_also_beside_a_longer_text() -> None:
    torch.manual_seed(4)
    network = TorchNetwork(table())
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.2)
    dice = seeded(1)
    texts = [
        Example(
            [dice.randrange(50) for _ in range(length)],
            [dice.randrange(KINDS) for _ in range(length)],
            [0] * length,
        )
        for length in (40, 1, 17)
    ]
    batch = batch_of(texts)
    with torch.no_grad():
        logits = network.eval()(batch.pieces, batch.kinds, batch.mask)
    ours = Network({name: w.numpy() for name, w in network.state_dict().items()}, table())
    for number, text in enumerate(texts):
        theirs = torch.log_softmax(logits[number, : len(text.pieces)], dim=-1).numpy()
        assert np.abs(ours.scores(text.pieces, text.kinds) - theirs).max() < 1e-3


def test_training_lowers_the_loss_and_writes_weights_that_the_tagger_reads(
    order: Order, capsys: pytest.CaptureFixture[str]
) -> None:
    result = train(order, Clock())
    lines = capsys.readouterr().out.splitlines()
    losses = [float(line.split()[5]) for line in lines]
    assert lines[0].startswith("step 8 of 30  loss ")
    assert lines[0].endswith(" s left")
    assert result.loss == pytest.approx(losses[-1], abs=1e-4)
    assert losses[-1] < 0.9 * losses[0]
    assert {weight.dtype for weight in saved(order).values()} == {np.dtype(np.float16)}
    Tagger(order.model_folder, order.out).tag("Call Ana on 555 0134")


def test_seconds_left_are_those_of_the_steps_to_come(
    order: Order, capsys: pytest.CaptureFixture[str]
) -> None:
    train(replace(order, steps=16), Clock())
    assert [line.split("  ")[2] for line in capsys.readouterr().out.splitlines()] == [
        "1 s left",
        "0 s left",
    ]


def test_a_training_stopped_and_resumed_ends_with_the_same_weights(order: Order) -> None:
    train(order, Clock())
    whole = saved(order)
    reports = 0

    def stopped_after_two() -> float:
        nonlocal reports
        reports += 1
        if reports == 4:
            raise KeyboardInterrupt
        return float(reports)

    with pytest.raises(KeyboardInterrupt):
        train(order, stopped_after_two)
    train(replace(order, resume=True), Clock())
    resumed = saved(order)
    assert whole.keys() == resumed.keys()
    assert [name for name in whole if not np.array_equal(whole[name], resumed[name])] == []


def test_another_seed_gives_other_weights(order: Order) -> None:
    train(replace(order, steps=1), Clock())
    one = saved(order)
    train(replace(order, steps=1, seed=4), Clock())
    assert not np.array_equal(one["head.weight"], saved(order)["head.weight"])


@pytest.mark.parametrize(
    ("steps", "said"), [(STEPS, "Start without --resume"), (31, "Give --steps 8")]
)
def test_a_checkpoint_that_does_not_fit_is_refused(order: Order, steps: int, said: str) -> None:
    if steps != STEPS:
        train(replace(order, steps=8), Clock())
    with pytest.raises(CheckpointError, match=said):
        train(replace(order, steps=steps, resume=True), Clock())


def test_the_program_ends_with_one_json_object(
    order: Order, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {
        "--out": order.out,
        "--model-folder": order.model_folder,
        "--data-folder": order.data_folder,
        "--checkpoint": order.checkpoint,
    }
    options = [word for option, path in places.items() for word in (option, str(path))]
    assert main(["--steps", "2", *options]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(result) == ["steps", "loss", "held_out_leak", "held_out_overmask", "seconds"]
    assert result["steps"] == 2


def test_the_program_says_in_one_line_what_is_wrong(
    order: Order, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--model-folder", str(order.data_folder)]) == 2
    assert capsys.readouterr().err == (
        f"There is no search model in {order.data_folder}. Run scripts/install.\n"
    )


def test_a_finished_training_resumed_writes_its_weights_again(order: Order) -> None:
    result = train(replace(order, steps=8), Clock())
    order.out.unlink()
    assert train(replace(order, steps=8, resume=True), Clock()) == result


def test_a_piece_has_the_label_of_most_of_its_letters_and_marks_around_a_text_have_none(
    model_folder: Path,
) -> None:
    sample = Sample("to Ana", bytes([0, 0, 0, 1, 1, 1]))
    tokenizer = tokenizer_in(model_folder)
    example = read(sample, tokenizer, seeded(1))
    assert (example.labels[0], example.labels[-1]) == (NO_LABEL, NO_LABEL)
    assert (example.kinds[0], example.kinds[-1]) == (BETWEEN_WORDS, BETWEEN_WORDS)
    starts = [start for start, end in tokenizer.encode(sample.text).offsets[1:-1]]
    assert example.labels[1:-1] == [Label.NAME if start >= 3 else Label.OTHER for start in starts]


def test_some_listed_names_are_shown_as_unlisted(model_folder: Path) -> None:
    dice = seeded(1)
    sample = Sample("Maria", bytes([1] * 5))
    tokenizer = tokenizer_in(model_folder)
    seen = {tuple(read(sample, tokenizer, dice).kinds) for _ in range(40)}
    assert len(seen) == 2


def test_a_text_that_is_not_plain_is_refused(model_folder: Path) -> None:
    with pytest.raises(NotPlainError):
        read(Sample("½", b"\0"), tokenizer_in(model_folder), seeded(1))


@pytest.mark.parametrize(
    ("tagger", "mistakes"),
    [(MasksNothing(), Mistakes(1.0, 0.0)), (MasksFirstWord(), Mistakes(0.5, 0.4))],
)
def test_mistakes_are_shares_of_letters_and_digits(
    tagger: MasksNothing | MasksFirstWord, mistakes: Mistakes
) -> None:
    named = Sample("Ana Lee has", bytes([1] * 7 + [0] * 4))
    nobody = Sample("no !", bytes(4))
    assert mistakes_of(tagger, [named, nobody]) == mistakes


@pytest.mark.parametrize(("step", "share"), [(0, 0.01), (99, 0.9505), (1000, 0.5), (1999, 0.02)])
def test_the_rate_warms_up_and_fades(step: int, share: float) -> None:
    assert share_of_rate(step, 2000) == pytest.approx(share)
