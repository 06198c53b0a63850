"""Plain text into Markdown: which of its lines are headings is seen from how they stand (pure)."""

import re

_MARKED = re.compile(r"^(?:#{1,6}\s|.+\n(?:=+|-{3,})\s*$)", re.MULTILINE)
_NUMBERED = re.compile(r"(?:§\s*)?\d+(?:\.\d+)*[.)]?\s+[A-ZÀ-Þ«\"]")
_LIST_ITEM = re.compile(r"[-*+•·]\s")
_ENDS = (".", ",", ";", "!", "?", "…")
_LONGEST = 80  # letters of a heading
_WORDS_IF_NUMBERED, _WORDS_IF_PLAIN = 10, 7
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")


def marked_up(text: str) -> str:
    """Mark the headings of a text: the first line as the title, others as sections; marked ones stay."""
    text = _HYPHENATED.sub("", text.replace("\r\n", "\n").strip())
    if _MARKED.search(text):
        return text + "\n"
    lines = [line.strip() for line in text.split("\n")]
    told: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        below = next((each for each in lines[number + 1 :] if each), "")
        if not _is_heading(line, before, below, is_alone=_stands_alone(lines, number)):
            told.append(line.replace("#", r"\#", 1) if line.startswith("#") else line)
        elif any(told):
            told += ["", f"## {line.rstrip(':')}", ""]
        else:
            told += [f"# {line.rstrip(':')}", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(told)).strip() + "\n"


def _stands_alone(lines: list[str], number: int) -> bool:
    is_open_above = number == 0 or not lines[number - 1]
    is_open_below = number + 1 == len(lines) or not lines[number + 1]
    return is_open_above and is_open_below


def _is_heading(line: str, before: str, below: str, *, is_alone: bool) -> bool:
    if not line or len(line) > _LONGEST or line.endswith(_ENDS) or not below:
        return False
    if _LIST_ITEM.match(line):
        return False
    words = len(line.split())
    if _NUMBERED.match(line) or line.isupper():
        return words <= _WORDS_IF_NUMBERED and not below[0].islower()
    begins_anew = is_alone or not before or before.endswith((*_ENDS, ":"))
    is_titled = line[0].isupper() and words <= _WORDS_IF_PLAIN
    # A line that breaks off goes on below in small letters; a heading does not.
    goes_on = below[0].islower() or not (
        is_alone or _NUMBERED.match(below) or len(below) > len(line)
    )
    return begins_anew and is_titled and not goes_on
