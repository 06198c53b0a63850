"""Sentences as thumbs type them: a letter doubled, left out, swapped or hit beside, no apostrophe, no small word."""

import random

_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_LEAST_LETTERS = 4  # of a word that is misspelt: what is left of shorter ones says nothing
_DROPPED = frozenset("the a an to i do is my me you".split())


def mistyped(text: str, dice: random.Random) -> str:
    """Give a text with one to three slips in it."""
    for _ in range(dice.choice((1, 1, 2, 3))):
        text = dice.choice((_letter, _letter, _letter, _no_sign, _no_small_word))(text, dice)
    return text


def _letter(text: str, dice: random.Random) -> str:
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= _LEAST_LETTERS and word.isalpha()]
    if not long:
        return text
    place = dice.choice(long)
    words[place] = _slipped(words[place], dice)
    return " ".join(words)


def _slipped(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    head, letter, following, tail = word[:at], word[at], word[at + 1], word[at + 2 :]
    beside = dice.choice(_NEIGHBOURS.get(letter, letter))
    slips = (
        head + following + tail,
        head + letter * 2 + following + tail,
        head + following + letter + tail,
        head + beside + following + tail,
    )
    return dice.choice(slips)


def _no_sign(text: str, _: random.Random) -> str:
    return text.replace("'", "").replace(",", "").rstrip("?.!").lower()


def _no_small_word(text: str, dice: random.Random) -> str:
    words = text.split(" ")
    small = [n for n, word in enumerate(words) if word.casefold() in _DROPPED]
    if small and len(words) > _LEAST_LETTERS:
        del words[dice.choice(small)]
    return " ".join(words)
