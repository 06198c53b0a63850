"""A file that cannot be used is named with its line and what would be right."""

import gzip
import json
from pathlib import Path

import pytest

from scripts.evaluate.errors import BadFile
from scripts.evaluate.pii import read_cases
from scripts.evaluate.reading import GoldSpan, predictions, read_rows

GOOD = {"id": "a", "text": "I'm Ana", "spans": [{"start": 4, "end": 7, "label": "PERSON"}]}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "data.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_packed_and_plain_files_read_alike(tmp_path: Path) -> None:
    plain = written(tmp_path, GOOD, "", {"id": 2, "text": "hi", "src": "more"})
    packed = tmp_path / "data.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_cases(packed) == read_cases(plain)
    first, second = read_cases(plain)
    assert first.gold == (GoldSpan(4, 7, "PERSON"),)
    assert (second.id, second.gold) == (2, None)


def test_line_separators_inside_a_text_end_no_line(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({"id": 1, "text": "a\u2028b"}, ensure_ascii=False))
    assert [case.text for case in read_cases(path)] == ["a\u2028b"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2: is not JSON"),
        ("[" * 100_000, "line 2: is not JSON"),
        ("[]", "line 2: must be an object"),
        ({"text": "x"}, "line 2: field id"),
        ({"id": True, "text": "x"}, "line 2: field id"),
        ({"id": "b"}, "line 2: field text"),
        ({"id": "b", "text": None}, "line 2: field text"),
        ({"id": "a", "text": "x"}, "line 2: id 'a' stands there twice"),
        ({**GOOD, "id": "b", "spans": {}}, "line 2: field spans must be a list"),
        ({**GOOD, "id": "b", "spans": [3]}, "line 2: each of spans"),
        ({**GOOD, "id": "b", "spans": [{"start": 0, "end": 1}]}, "line 2: a span needs"),
        (
            {**GOOD, "id": "b", "spans": [{"start": 4, "end": 8, "label": "PERSON"}]},
            "line 2: span 4 to 8 does not lie in its text of 7 characters",
        ),
        (
            {**GOOD, "id": "b", "spans": [{"start": 4, "end": 4, "label": "PERSON"}]},
            "line 2: span 4 to 4",
        ),
    ],
    ids=str,
)
def test_bad_line_is_named(tmp_path: Path, line: object, problem: str) -> None:
    with pytest.raises(BadFile) as error:
        read_cases(written(tmp_path, GOOD, line))
    assert problem in str(error.value)
    assert str(error.value).endswith("Nothing was measured.")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "holds no line"),
        (b"\n \n", "holds no line"),
        (b'{"id": "\xff"}', "byte 9 is not UTF-8"),
        (gzip.compress(b'{"id": 1}\n' * 50, mtime=0)[:-12], "ends too early"),
        (b"\x1f\x8b\x07" + bytes(40), "cannot be read"),
    ],
)
def test_bad_file_is_named(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=problem):
        read_rows(path)


def test_damaged_gzip_is_named(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(bytes(range(256)) * 20))
    packed[10:40] = b"\xff" * 30
    path = tmp_path / "data.jsonl.gz"
    path.write_bytes(packed)
    with pytest.raises(BadFile, match="damaged"):
        read_rows(path)


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(BadFile, match="cannot be read"):
            read_rows(path)


def test_predictions_never_overwrite_the_data(tmp_path: Path) -> None:
    data = written(tmp_path, GOOD)
    before = data.read_bytes()
    with pytest.raises(BadFile, match="is the data itself"), predictions(data, data=data):
        pass
    assert data.read_bytes() == before


def test_unwritable_predictions_are_named(tmp_path: Path) -> None:
    data = written(tmp_path, GOOD)
    with (
        pytest.raises(BadFile, match="cannot be written"),
        predictions(tmp_path / "no" / "out.jsonl", data=data),
    ):
        pass
