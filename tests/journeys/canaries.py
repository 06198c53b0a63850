"""Values that stand nowhere but in one shopper's messages, and a search for them in whatever was written down.

Each is looked for as it was typed and as programs pass text on: in UTF-16, base64, hexadecimal, in an address, in JSON.
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from knowledge.privacy.spans import Kind

# Shorter ones without their signs would stand by chance in a page of ciphertext.
SHORTEST_COMPACT = 9
LONG_WORD = re.compile(r"[^\W\d_]{9,}")


@dataclass(frozen=True, slots=True)
class Canary:
    """A value, what the scrubber takes it for, and words around it in which a shopper might write it."""

    value: str
    kind: Kind
    message: str

    @property
    def text(self) -> str:
        """The whole message."""
        return self.message.format(self.value)


# Of Telegram's own fields: no message says them first.
FIRST_NAME, LAST_NAME, USERNAME = "Ottoline", "Brackenbury", "brackenbury_o77"
# Each is heard as being cold: a need that is delicate, which some words are near to, would be kept from the model.
CANARIES = (
    Canary("Zephyrine Quillfeather", Kind.NAME, "I'm cold, my name is {}"),
    Canary("Mrs Zoë Käsemünch", Kind.NAME, "I'm cold, this is {}"),
    Canary(FIRST_NAME.lower(), Kind.NAME, "I'm cold, says {}"),
    Canary("+44 20 7946 0958", Kind.PHONE, "I'm cold, call me on {}"),
    Canary("zq.lark77@quill-mail.example", Kind.EMAIL, "I'm cold, write to {}"),
    Canary("4539 5787 6362 1486", Kind.CARD, "I'm cold, take it from card {}"),
    Canary("GB82 WEST 1234 5698 7654 32", Kind.IBAN, "I'm cold, take it from account {}"),
    Canary("48 Larkspur Street, Apt. 3, Portland, OR 97205", Kind.ADDRESS, "I'm cold at {}"),
    Canary("536-22-8145", Kind.SSN, "I'm cold, note my SSN is {}"),
    Canary("D7712-40031-99812", Kind.ID, "I'm cold, note driver's license {}"),
    Canary("Vex-hunter!9182", Kind.SECRET, "I'm cold, the password: {}"),
    Canary("203.0.113.77", Kind.IP, "I'm cold, note computer {}"),
    Canary("Q7-8813", Kind.ORDER, "I'm cold, and where is {}"),
    Canary("https://zed:s3cr3tWren@files.example/x", Kind.URL, "I'm cold, see {}"),
)
# What stands in other places than a message. Nothing of it is ever scrubbed, so it must not be kept in clear at all.
PLANTED = {
    "deep link": "Marigold_Thistlewood_41",
    "owner link": "Peregrine_Ashdown_secret_77",
    "command": "Cornelius Fairweather",
    "caption": "photo of Wilhelmina Oxenford",
    "file name": "passport-Thaddeus-Marchbanks.pdf",
    "coupon file name": "Lysander-Copplestone.csv",
    "coupon file": "GWENDOLYN99 for Gwendolyn Trelawney",
    "callback data": "zz:Araminta-Pellingham",
    "contact name": "Barnaby Ravenscroft",
    "contact number": "+442079460777",
    "venue title": "Flat of Rosalinde Underhill",
    "venue address": "9 Nightjar Close",
    "poll": "Does Ida Goldsworthy come?",
    "forwarded from": "Isadora Penhaligon",
    "forwarded text": "ring Ignatius Colefax",
    "edited": "I'm hungry, my name is Theodosia Wynterbourne",
    "group": "Mortimer Applegarth is here",
    "unreadable": "Philippa Hollowbread",
}


def telling(values: Iterable[str]) -> list[str]:
    """Give the values, and of each its long words, which tell of whom it is by themselves."""
    values = [*values]
    return [*values, *(word for value in values for word in LONG_WORD.findall(value))]


def forms(value: str) -> dict[str, bytes]:
    """Give a value as it may have been written down; all but base64 in small letters."""
    texts = {"typed": value.lower()}
    compact = re.sub(r"[\W_]", "", value).lower()
    if len(compact) >= SHORTEST_COMPACT:
        texts["compact"] = compact
    found = {"hex": value.encode().hex().encode(), **dict(_base64(value))}
    for name, text in texts.items():
        found |= {
            name: text.encode(),
            f"{name} capitals": text.upper().encode().lower(),  # of bytes, only ASCII's letters
            f"{name} utf-16-le": text.encode("utf-16-le"),
            f"{name} utf-16-be": text.encode("utf-16-be"),
            f"{name} hex": text.encode().hex().encode(),
            f"{name} address": quote(text, safe="").lower().encode(),
            f"{name} path": quote(text).lower().encode(),
            f"{name} form": quote_plus(text).lower().encode(),
            f"{name} json": json.dumps(text)[1:-1].encode(),
        }
    return found


def _base64(value: str) -> Iterator[tuple[str, bytes]]:
    """Base64 at each of the three places where a value can begin, without what its neighbours decide."""
    for before in range(3):
        typed = bytes(before) + value.encode()
        first, last = -(-before * 8 // 6), len(typed) * 8 // 6
        yield f"base64 {before}", base64.b64encode(typed)[first:last]
        yield f"base64 url {before}", base64.urlsafe_b64encode(typed)[first:last]


def found_in(contents: Mapping[str, bytes], values: Iterable[str]) -> list[str]:
    """Name each place that gives a value away, with the value and its form."""
    wanted = [(value, name, form) for value in values for name, form in forms(value).items()]
    found = []
    for place, content in contents.items():
        small = content.lower()
        found += [
            f"{place}: {value} ({name})"
            for value, name, form in wanted
            if form in (content if name.startswith("base64") else small)
        ]
    return found
