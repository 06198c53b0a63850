"""A message in words, numbers and marks, and the forms in which a Spanish word may stand in the vocabulary (pure).

It knows no vocabulary, only how Spanish makes plurals, genders and little ones of a word.
"""

import re
import unicodedata
from dataclasses import dataclass

_PIECE = re.compile(
    r"<[A-Z_]+[0-9]*>|\[[A-Z_]+[0-9]*\]"  # stands for what was masked
    r"|(?P<number>[$€£]?\d[\d.,:]*(?:\s?[€$£%])?(?![^\W\d_]))"
    r"|(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)(?!\w)"
    r"|\n|[\w'’-]+|[^\w\s]"
)
_TURNED_MARKS = frozenset("¿¡")
_LITTLE_ONES = re.compile(r"(?:c?it|ill|isim)(?P<gender>[oa])s?$")
_DECIMALS = re.compile(r"(?<=\d),(?=\d{1,2}\b)")
_SHORTEST_FOLDED = 4
_SHORTEST_LITTLE_ONE = 3


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a message; `bare` is a word without capitals and accents, "#" for a number, "" for anything else."""

    text: str
    bare: str = ""

    @property
    def is_word(self) -> bool:
        """Tell a word from a number, a mark and a placeholder."""
        return self.bare not in ("", "#")


@dataclass(frozen=True, slots=True)
class Form:
    """A form a word may be looked up in: how far it is from what was written, and whether that says many."""

    bare: str
    is_many: bool = False
    cost: int = 0
    is_slip: bool = False


def tokens_of(text: str) -> list[Token]:
    """Give the pieces of a message, without spaces and the marks that begin a Spanish question."""
    found = []
    for match in _PIECE.finditer(text):
        if match["word"]:
            found.append(Token(match[0], bare(match[0])))
        elif match["number"]:
            said = match[0].rstrip(".,:")
            found.append(Token(_DECIMALS.sub(".", said), "#"))
            found += [Token(mark) for mark in match[0][len(said) :]]
        elif match[0] not in _TURNED_MARKS:
            found.append(Token(match[0]))
    return found


def bare(word: str) -> str:
    """Give a word in small letters and without accents."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def forms_of(word: str) -> list[Form]:
    """Give the forms of a bare word, the closest first: as it is, then one of many, he for she, the big for the little."""
    forms = [Form(word)]
    if len(word) >= _SHORTEST_FOLDED and word.endswith("s"):
        forms.append(Form(word[:-1], is_many=True, cost=1))
        if word.endswith("ces"):
            forms.append(Form(f"{word[:-3]}z", is_many=True, cost=1))
        elif word.endswith("es"):
            forms.append(Form(word[:-2], is_many=True, cost=1))
    if len(word) >= _SHORTEST_FOLDED and word.endswith(("a", "as")):
        is_many = word.endswith("s")
        stem = word.rstrip("s")[:-1]
        forms += [Form(f"{stem}o", is_many, 2), Form(stem, is_many, 2)]
    little = _LITTLE_ONES.search(word)
    if little and little.start() >= _SHORTEST_LITTLE_ONE:
        stem, is_many = word[: little.start()], word.endswith("s")
        stem = f"{stem[:-2]}c" if stem.endswith("qu") else stem
        forms += [
            Form(f"{stem}{end}", is_many, 3) for end in (little["gender"], "o", "", "e", "a")
        ]
    return forms
