"""What can be wrong with something an admin wrote: a field and a kind of problem, never a sentence (pure)."""

from dataclasses import dataclass
from enum import Enum, auto


class Problem(Enum):
    """Kinds of problems; each has one sentence where it is told."""

    MISSING = auto()
    TWICE = auto()
    NO_VALUE = auto()
    OPEN_QUOTE = auto()
    NEEDS_QUOTES = auto()
    TOO_LONG = auto()
    TOO_SHORT = auto()
    ODD_CHARACTERS = auto()
    FORMULA = auto()
    NOT_A_PERCENTAGE = auto()
    NOT_A_NUMBER = auto()
    TOO_SMALL = auto()
    TOO_LARGE = auto()
    UNKNOWN_NAME = auto()
    SEVERAL_OF_THAT_NAME = auto()
    ALL_AND_MORE = auto()
    NOT_A_DAY = auto()
    NO_SUCH_DAY = auto()
    TWO_DAYS = auto()
    NEEDS_YEAR = auto()
    TOO_FAR = auto()
    PAST = auto()
    BEFORE_FROM = auto()
    LESS_THAN_USED = auto()
    OTHER_PERCENTAGE = auto()
    IS_THERE = auto()
    SAME_CODE = auto()
    TOO_LARGE_FILE = auto()
    TOO_MANY_ROWS = auto()
    NO_ROWS = auto()
    NOT_TEXT = auto()
    NOT_CSV = auto()
    NOT_JSON = auto()
    NOT_A_LIST = auto()
    NOT_AN_OBJECT = auto()
    NOT_PLAIN = auto()
    UNKNOWN_FIELD = auto()
    TOO_MANY_VALUES = auto()
    UNKNOWN_FILE = auto()
    NOT_PDF = auto()
    NEEDS_PASSWORD = auto()
    TOO_MANY_PAGES = auto()
    NO_TEXT = auto()


@dataclass(frozen=True, slots=True)
class FieldError:
    """One problem. `row` is None for a command or a whole file; `details` are what else it names.

    Rows count as they stand in the file: in CSV the header is row 1, in JSON the first object is.
    """

    field: str
    problem: Problem
    given: str = ""
    details: tuple[str, ...] = ()
    row: int | None = None
