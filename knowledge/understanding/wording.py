"""A message in plainer words: short forms written out, emoji named, letters held down let go (pure).

Meaning is looked up in a model that knows neither "pls" nor 🍕. What it gives is for understanding and
searching, never to be shown.
"""

import re
import unicodedata
from functools import cache

from knowledge.search.words import FILLER
from knowledge.understanding.examples import Examples

_SHORT = {
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plss": "please", "thx": "thanks",
    "thnx": "thanks", "tnx": "thanks", "ty": "thank you", "tysm": "thank you so much", "wanna": "want to",
    "gonna": "going to", "gotta": "have to", "gimme": "give me", "lemme": "let me", "wheres": "where is",
    "whats": "what is", "wats": "what is", "wat": "what", "wut": "what", "dont": "don't", "cant": "can't",
    "im": "I'm", "ive": "I've", "idk": "I don't know", "dunno": "I don't know", "tmrw": "tomorrow", "tmr": "tomorrow",
    "tmw": "tomorrow", "tonite": "tonight", "2nite": "tonight", "2day": "today", "rn": "right now", "sth": "something",
    "smth": "something", "sumthing": "something", "bc": "because", "b4": "before", "gr8": "great", "w/o": "without",
    "w/out": "without", "abt": "about", "msg": "message", "ppl": "people", "cud": "could", "wud": "would",
    "bday": "birthday", "b-day": "birthday", "xmas": "christmas", "cya": "goodbye", "ttyl": "goodbye",
    "brekkie": "breakfast", "brekky": "breakfast", "cuppa": "cup of tea", "choccy": "chocolate", "prezzie": "present",
    "pressie": "present", "hubby": "husband", "wifey": "wife", "kiddo": "child", "doggo": "dog", "pupper": "puppy",
    "veggie": "vegetarian", "gf": "girlfriend", "bf": "boyfriend", "info": "information", "pic": "picture",
    "deets": "details", "avail": "available", "asap": "as soon as possible", "prob": "problem", "acc": "account",
    "acct": "account", "pw": "password", "pwd": "password", "qty": "quantity", "addr": "address", "adress": "address",
    "sux": "is bad", "soz": "sorry", "nvm": "never mind", "hv": "have", "ya": "you", "yall": "you",
    "y'all": "you", "aft": "afternoon", "arvo": "afternoon", "avo": "avocado", "blankie": "blanket",
    "sarnie": "sandwich", "sarnies": "sandwiches", "butty": "sandwich", "veg": "vegetables", "brolly": "umbrella",
    "jammies": "pyjamas", "pj's": "pyjamas", "pjs": "pyjamas", "munchies": "snacks", "snax": "snacks", "hottie": "hot water bottle",
    "sunnies": "sunglasses", "cozzie": "swimsuit", "trackies": "sweatpants", "undies": "underwear", "tix": "tickets",
    "hols": "holidays", "bf's": "boyfriend's", "gf's": "girlfriend's", "lil": "little", "bambino": "baby", "bubba": "baby",
    "shoppin": "shopping", "lookin": "looking for", "lookin4": "looking for", "luv": "love", "k": "okay", "kk": "okay",
}  # fmt: skip
# Emoji that say something when nothing else does.
_FACES = {
    "🥶": "I'm cold", "❄": "I'm cold", "🥵": "I'm hot", "🤕": "I have a headache", "🤒": "I have a cold",
    "🤧": "I have a cold", "😷": "I have a cold", "😴": "I'm tired", "🥱": "I'm tired", "💤": "I'm tired",
    "🤤": "I'm hungry", "😋": "I'm hungry", "🍽": "I'm hungry", "🍴": "I'm hungry", "👍": "great", "🙏": "thank you",
    "👌": "great", "❤": "thank you", "🥰": "thank you", "👋": "hello", "😂": "haha", "🤣": "haha", "😀": "hello",
    "🙂": "hello", "😊": "hello", "😢": "I'm sad", "😭": "I'm sad", "💔": "I'm sad", "😞": "I'm sad", "😔": "I'm sad",
    "😡": "I'm angry about your service", "🤬": "I'm angry about your service", "👎": "bad service",
    "🤷": "what do you recommend", "🎲": "surprise me", "🎉": "we are celebrating", "🥳": "we are celebrating",
    "🪫": "my phone battery is almost empty", "🌧": "I'm wet, it rains", "☔": "I'm wet, it rains",
    "🆘": "I need help", "❓": "what can you do", "🏷": "coupons", "📦": "where is my order", "🧾": "receipt",
    "🐶": "my dog", "🐕": "my dog", "🐱": "my cat", "🐈": "my cat",     "😐": "I'm bored", "🥴": "I have a hangover", "🤢": "I feel sick", "🤮": "I feel sick",
}  # fmt: skip
# What people call a picture by another name than the signs' own list.
_CALLED = {
    "🍜": "noodle soup", "🍲": "stew", "🥘": "stew", "🍛": "curry", "🥡": "noodles to go", "🥣": "cereal", "🌯": "wrap",
    "🥙": "falafel wrap", "🍦": "ice cream", "🍨": "ice cream", "🍵": "tea", "☕": "coffee", "🧋": "iced tea", "🥤": "cold drink",
    "🍺": "beer", "🍻": "beer", "🍷": "wine", "🥂": "sparkling wine", "🍾": "sparkling wine", "🍰": "cake", "🥖": "baguette",
    "🍫": "chocolate", "🧻": "toilet paper", "🧴": "lotion", "👟": "running shoes", "🥾": "hiking boots", "👢": "boots",
    "🔌": "charger", "💡": "light bulb", "🌹": "roses", "📖": "book", "📚": "books", "🎧": "headphones",
    "🌶": "something spicy", "🩹": "plasters", "💊": "painkillers", "🌂": "umbrella", "🧼": "soap", "🧢": "cap", "🎒": "backpack",
    "🥜": "peanuts", "🧀": "cheese", "🥛": "milk", "🍳": "eggs", "🧥": "coat", "🪴": "potted plant", "🧩": "puzzle", "🎲": "game",
    "🧶": "yarn", "🖍": "crayons", "✏": "pencil", "🎨": "paint", "⚽": "football", "🍼": "baby bottle",
}  # fmt: skip
# Feelings beside words, and signs that only shape the sign before them.
_UNSAID = re.compile(
    r"face|heart|hand|thumb|sparkl|fire$|eyes$|hundred points|person|monkey|finger"
    r"|modifier|joiner|selector|mark|sign$|arrow|square|circle"
)
_FIRST_PICTURE = 0x2000  # before it stand letters and signs such as ° and ®
_PICTURE_FORM = "\ufe0f"  # asks for the picture of a sign that also has a plain form
_WORD = re.compile(r"[\w'/-]+")
_HELD = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)
_SPELT_SO = re.compile(r"([a-z])\1+|x+[sl]", re.IGNORECASE)  # sizes: AAA, XXXL
_HOLDING = re.compile(r"[a-z]*([a-z])\1{2,}[a-z]*", re.IGNORECASE)
_IN_PLACE = (
    (
        re.compile(r"\bur (?=out|so|not|open|closed|the best|welcome|sold)", re.IGNORECASE),
        "you are ",
    ),
    (
        re.compile(
            r"\b4\s+(?=(?:my|me|a|an|the|us|you|u|her|him|our|work|lunch|dinner)\b)", re.IGNORECASE
        ),
        "for ",
    ),
    (
        re.compile(
            r"\b2\s+(?=(?:eat|drink|wear|read|buy|go|do|play|give|munch)\b)", re.IGNORECASE
        ),
        "to ",
    ),
)
_PETS = frozenset({"dog", "cat", "mouse", "hamster", "rabbit"})
_SPACES = re.compile(r"[^\S\n]+")


def plainer(text: str) -> str:
    """Give a message, or a part of one, in plainer words; placeholders stay."""
    text = text.replace("’", "'").replace("`", "'")
    if any(map(_is_picture, text)):
        text = _named(text, is_all=not any(map(str.isalnum, text))).strip() or text
    text = _HOLDING.sub(_let_go, text)
    for short, word in _IN_PLACE:
        text = short.sub(word, text)
    text = _WORD.sub(lambda word: _SHORT.get(word[0].casefold(), word[0]), text)
    return _SPACES.sub(" ", text).strip()


def _named(text: str, *, is_all: bool) -> str:
    """Put words for pictures: what a feeling says when nothing else does, and what a thing is called."""
    said: list[str] = []
    for character in text:
        if not _is_picture(character):
            said.append(character)
        elif is_all and character in _FACES:
            said.append(f" {_FACES[character]} ")
        else:
            name = _CALLED.get(character) or unicodedata.name(character, "").casefold()
            name = name.removesuffix(" face") if name.removesuffix(" face") in _PETS else name
            said.append(" " if _UNSAID.search(name) else f" {name} ")
    return "".join(said)


def _is_picture(character: str) -> bool:
    """Tell an emoji, its colour or its joiner from a letter, a digit or a sign."""
    if ord(character) < _FIRST_PICTURE:
        return False
    return unicodedata.category(character) in {"So", "Sk", "Cf"} or character == _PICTURE_FORM


def _let_go(held: re.Match[str]) -> str:
    """Write a word with its held letters once or twice, as it is known: "coool" is cool, "coooold" cold."""
    word = held[0]
    if _SPELT_SO.fullmatch(word):
        return word
    once, twice = _HELD.sub(r"\1", word), _HELD.sub(r"\1\1", word)
    for each in (twice, once):
        if each.casefold() in _known():
            return each
    return _HELD.sub(lambda run: run[1] if run[1].casefold() in "aiuy" else run[1] * 2, word)


@cache
def _known() -> frozenset[str]:
    """Give the words that people use for what we know them to want."""
    said = " ".join(Examples.shipped().texts).casefold()
    return frozenset(re.findall(r"[a-z]+", said)) | FILLER
