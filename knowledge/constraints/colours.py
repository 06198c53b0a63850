"""The colours in a message, and which a shop's is among them (pure, but for data/colours.toml read once)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from knowledge.constraints.families import singular

_BETWEEN = r"(?:\s*(?:or|,|and|/)\s*)"
_WORDS_BETWEEN = 1  # "oatmeal wool sweater"


@dataclass(frozen=True, slots=True)
class Coloured:
    """The colours that a shop's things come in, and the words for those things in the singular."""

    colours: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()


UNCOLOURED = Coloured()


@dataclass(frozen=True, slots=True)
class Colours:
    """What data/colours.toml says."""

    names: frozenset[str]
    ambiguous: frozenset[str]
    named_after: frozenset[str]
    called: Mapping[str, str]
    shades: Mapping[str, frozenset[str]]

    @property
    def words(self) -> frozenset[str]:
        """Give every name of a colour."""
        return self.names | self.called.keys()


@cache
def colours() -> Colours:
    """Give the colours that come with the program. Reads a file the first time."""
    text = (files("knowledge") / "data" / "colours.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return Colours(
        frozenset(told["names"]),
        frozenset(told["ambiguous"]),
        frozenset(told["named_after"]),
        told["called"],
        {name: frozenset(each) for name, each in told["shades"].items()},
    )


def colours_in(text: str, shop: Coloured = UNCOLOURED) -> frozenset[str]:
    """Find the colours that it may have. `text` is in small letters.

    What only this shop calls a colour, "oatmeal", is one behind "in" and before a thing that comes in colours.
    """
    known = colours()
    in_it, anywhere = _patterns(shop)
    found = {colour for match in in_it.finditer(text) for colour in match.groups() if colour}
    for match in anywhere.finditer(text):
        said = [colour for colour in match.groups()[:2] if colour]
        if _is_before_thing(text[match.end(2) if match[2] else match.end(1) :], shop):
            found.update(said)
        elif match[3] not in known.named_after:
            found.update(each for each in said if each in known.words - known.ambiguous)
    return frozenset(known.called.get(colour, colour) for colour in found)


def is_shade(colour: str, said: frozenset[str]) -> bool:
    """Tell whether a shop's colour, such as "forest green", is one of those said."""
    known = colours()
    wanted = said.union(*(known.shades.get(each, frozenset()) for each in said))
    lowered = colour.casefold()
    words = {known.called.get(word, word) for word in re.findall(r"[a-z]+", lowered)}
    return not wanted.isdisjoint(words | {lowered})


def _is_before_thing(behind: str, shop: Coloured) -> bool:
    """Tell whether a thing follows that comes in colours, or "one" for it."""
    words = re.match(r"(?:\s+[a-z-]+){0,2}", behind)
    near = words[0].split()[: _WORDS_BETWEEN + 1] if words else []
    if near[:1] and near[0] in {"one", "ones"}:
        return True
    return any(singular(part) in shop.things for word in near for part in word.split("-"))


@lru_cache(maxsize=8)
def _patterns(shop: Coloured) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted(colours().words | shop.colours, key=len, reverse=True)
    # Of "mustard yellow" the mustard is what the shop calls it.
    said = "|".join(map(re.escape, words))
    shade = rf"({said})(?:\s+(?:{'|'.join(sorted(colours().names))}))?"
    return (
        re.compile(
            rf"\bin\s+(?:(?:the|a|dark|light|bright|pale)\s+)*{shade}\b(?:{_BETWEEN}({said})\b)?"
        ),
        re.compile(rf"(?<!-)\b{shade}\b(?:{_BETWEEN}({said})\b)?(?:\s+([a-z]+))?"),
    )
