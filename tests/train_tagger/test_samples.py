"""Carrier sentences: filled, labelled, typed as people do; the broken ones are named."""

from itertools import groupby
from pathlib import Path

import pytest

from knowledge.privacy.plain import plain
from knowledge.privacy.tagging.base import Label
from scripts.train_tagger.errors import CarrierError
from scripts.train_tagger.noise import in_plain_characters, typed_sample
from scripts.train_tagger.samples import Sample, carriers_in, fill, parsed, split
from scripts.train_tagger.values import SLOTS
from scripts.train_tagger.values.drawing import seeded


def marked(sample: Sample) -> list[tuple[str, Label]]:
    """Give the runs of one personal label with their texts."""
    runs = groupby(zip(sample.text, sample.labels, strict=True), key=lambda pair: pair[1])
    texts = [("".join(letter for letter, _ in run), Label(label)) for label, run in runs]
    return [(text, label) for text, label in texts if label is not Label.OTHER]


def test_labels_cover_the_values_of_personal_slots_and_nothing_else() -> None:
    dice, same = seeded(2), seeded(2)
    sample = fill(parsed("Call {first} on {phone}, re {brand}.", "here"), dice)
    name, phone = (SLOTS[slot].make(same) for slot in ("first", "phone"))
    assert marked(sample) == [(name, Label.NAME), (phone, Label.PHONE)]
    assert sample.text.startswith(f"Call {name} on {phone}, re ")


def test_a_slot_that_comes_twice_is_drawn_twice() -> None:
    sample = fill(parsed("{full} and {full}", "here"), seeded(3))
    first, second = marked(sample)
    assert first != second


def test_a_written_line_break_is_one() -> None:
    assert fill(parsed(r"Hi,\nmum", "here"), seeded(1)).text == "Hi,\nmum"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Dear {frist},", "shop.txt, line 2: there is no slot {frist}. Use one of: "),
        ("Dear {first,", "shop.txt, line 2: a brace belongs to no slot. "),
        ("Dear first},", "shop.txt, line 2: a brace belongs to no slot. "),
    ],
)
def test_a_broken_carrier_is_named_by_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "shop.txt").write_text(f"Hello\n{line}\n", encoding="utf-8")
    with pytest.raises(CarrierError) as error:
        carriers_in(tmp_path)
    assert str(error.value).startswith(said)


def test_the_carriers_shipped_are_whole_and_no_two_are_equal() -> None:
    carriers = carriers_in()
    assert len(carriers) > 2000
    assert len(set(carriers)) == len(carriers)


def test_every_slot_is_used_by_a_carrier_shipped() -> None:
    used = {name for carrier in carriers_in() for name in carrier.parts[1::2]}
    assert used == set(SLOTS)


def test_at_least_a_third_of_the_carriers_shipped_has_nothing_personal() -> None:
    carriers = carriers_in()
    personal = {name for name, slot in SLOTS.items() if slot.label is not Label.OTHER}
    without = [carrier for carrier in carriers if not personal & set(carrier.parts[1::2])]
    assert len(without) * 3 > len(carriers)


def test_a_tenth_is_held_out_for_good() -> None:
    training, held_out = split(carriers_in())
    assert 0.08 < len(held_out) / (len(training) + len(held_out)) < 0.12
    assert not set(training) & set(held_out)
    assert parsed("Where is my order?", "a").held_out == parsed("Where is my order?", "b").held_out


def test_typed_samples_are_plain_with_a_label_for_every_character() -> None:
    carriers, dice = carriers_in(), seeded(8)
    samples = [typed_sample(carriers, dice) for _ in range(500)]
    assert [s.text for s in samples if plain(s.text).text != s.text] == []
    assert [s.text for s in samples if len(s.text) != len(s.labels)] == []


def test_noise_keeps_a_name_at_its_letters() -> None:
    carrier, dice = parsed("12 {pet_form} 34", "here"), seeded(6)
    for _ in range(300):
        sample = typed_sample((carrier,), dice)
        told = {label for text, label in marked(sample)}
        digits = [
            label for mark, label in zip(sample.text, sample.labels, strict=True) if mark.isdigit()
        ]
        assert told == {Label.NAME}
        assert set(digits) == {Label.OTHER}


def test_labels_move_with_what_plain_characters_take_apart() -> None:
    sample = in_plain_characters(Sample("½ Ana", bytes([0, 0, 1, 1, 1])))
    assert sample == Sample("1/2 Ana", bytes([0, 0, 0, 0, 1, 1, 1]))


def test_the_same_dice_type_the_same_samples() -> None:
    carriers, once, again = carriers_in(), seeded(1), seeded(1)
    assert [typed_sample(carriers, once) for _ in range(50)] == [
        typed_sample(carriers, again) for _ in range(50)
    ]
