"""A search model a thousand times smaller than the real one: its tokenizer and its table of word pieces."""

import re
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from knowledge.privacy.tagging.tagger import TABLE

CARRIERS = """\
Please send the invoice to {full}, {address}.
you can reach me at {phone} after {time}
Ship to: {full}\\n{address}
this is {first}, i ordered the {product} on {weekday}
My licence number is {licence} if you need it.
ID check: {national_id}, {full}, over 18.
Tell {first} the keys are at reception
Who signed for it? It says {last}.
{street}, {unit}, top floor
Kind regards\\n\\n{full}\\n{phone}
Call {first} on {phone}
# coffee with {pet_form} in {city}
Is the {brand} {product} back in {colour}?
Where is my order?
two Margheritas and a Shirley Temple please
Opening hours: {weekday} to {weekday}
Box 60 x 40 x 30 cm, fragile
Dear customer, your parcel is on its way.
{brand} or {brand} for {product}?
I paid {money} and was charged {money}.
"""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,:;!?-'/()#&+"
WIDTH = 24


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    words = re.findall(r"[a-z]+", CARRIERS.lower())
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys([*pieces, *words]))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a word piece
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(folder / "tokenizer.json"))
    size = len(vocabulary)
    table = np.random.default_rng(1).normal(size=(size, WIDTH)).astype(np.float32)
    save_file({TABLE: table}, folder / "model.safetensors")
    return folder


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "shop.txt").write_text(CARRIERS, encoding="utf-8")
    return folder
