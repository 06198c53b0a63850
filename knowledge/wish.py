"""A wish as it grew over several messages, as one text that can be kept and read again (pure).

A line begins what is wished for, "+ " adds a limit to it and "= " names another thing under the same limits:

    hot chocolate
    + without nuts
    = tea

Every line is a shopper's own words, masked; it does not know what they mean.
"""

import re
from dataclasses import dataclass

_LINE = re.compile(r"\n(?=[+=] )")
_ADDED, _INSTEAD = "+ ", "= "
# A search by meaning finds what is named, though it be named to be left out, and knows no price, no size, no time.
_NOT_LIKE_IT = re.compile(
    r"(?:without|no|not|nothing|anything but|under|below|less|over|above|between|up to|at most|cheaper|size)\b"
    r"|(?:today|tomorrow|tonight|later|after|before|by|until|this|next|the|on|at|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
    r"|.*\b(?:is|are) (?:\w+ )?too (?:many|much|hard|strong|heavy|sweet)\b"
    r"|in (?:an|a|half|the|\d+|two|three)\b"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """`thing` is what is wished for now, `added` what was added to it, `before` the lines about other things before."""

    thing: str
    added: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Wish":
        """Read a wish as `str` writes it; any other text is a wish of its own."""
        first, *later = _LINE.split(text)
        wish = cls(_in_one_line(first))
        for line in later:
            said = line[len(_ADDED) :]
            wish = wish.adding(said) if line.startswith(_ADDED) else wish.instead(said)
        return wish

    def __str__(self) -> str:
        now = f"{_INSTEAD if self.before else ''}{self.thing}"
        return "\n".join([*self.before, now, *(f"{_ADDED}{said}" for said in self.added)])

    @property
    def query(self) -> str:
        """Give what it should be like in one line, to be searched with."""
        return ", ".join([self.thing, *(s for s in self.added if not _NOT_LIKE_IT.match(s))])

    @property
    def earlier(self) -> tuple[str, ...]:
        """Give what was said before this thing was wished for, without the marks."""
        return tuple(re.sub(r"^[+=] ", "", line) for line in self.before)

    def adding(self, said: str) -> "Wish":
        """Give the wish with one more limit."""
        return Wish(self.thing, (*self.added, _in_one_line(said)), self.before)

    def instead(self, thing: str) -> "Wish":
        """Give the wish for another thing, which keeps the limits said before."""
        return Wish(_in_one_line(thing), (), tuple(str(self).split("\n")))


def _in_one_line(said: str) -> str:
    return " ".join(said.split())
