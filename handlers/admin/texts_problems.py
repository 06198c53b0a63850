"""What is wrong with something an admin wrote, said with the field, the fix, and in a file the row."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from knowledge.loaders.coupon_fields import FIELDS
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.shop_names import ShopNames

NOTHING_CHANGED = "Nothing was changed."
FIELD = "Field {field}: {sentence}"
ROW_FIELD = "Row {row}, field {field}: {sentence}"
AND_MORE = "and {count} more"
DID_YOU_MEAN = "Did you mean {nearest}?"
TEMPLATE_OFFER = "/template coupons sends a file that loads as it is."
_SHOWN = 10  # errors told at once (ours: what fits a phone's screen)
_GIVEN_SHOWN = 40  # characters of what was written

FIXES = {
    "code": "Use 3 to 20 letters, digits and single hyphens, like WARM15.",
    "discount": "Write a whole percentage from 1% to 100%, like 15%.",
    "for": "Write product ids or titles, a category, or all, with commas between.",
    "stores": "Write store ids or names with commas between, or all.",
    "from": "Write a date like from 2026-12-01.",
    "until": "Write a last day, like until 2026-12-31.",
    "limit": "Write a whole number of uses, like limit 200, or limit none.",
    "each": "Write how often each shopper can use it, like each 1.",
    "title": 'Write it in quotes, like title "Warm hands".',
}
SENTENCES = {
    Problem.MISSING: "it is missing. {fix}",
    Problem.TWICE: "it is there twice. Keep one.",
    Problem.NO_VALUE: "it is empty. {fix}",
    Problem.OPEN_QUOTE: "a quote is opened and never closed. {fix}",
    Problem.NEEDS_QUOTES: '"{given}" stands without quotes. {fix}',
    Problem.TOO_LONG: '"{given}" is longer than {0} characters. Make it shorter.',
    Problem.TOO_SHORT: '"{given}" is shorter than {0} characters. {fix}',
    Problem.ODD_CHARACTERS: '"{given}" has characters that can\'t be there. {fix}',
    Problem.FORMULA: '"{given}" begins like a formula. Begin with a letter or a digit.',
    Problem.NOT_A_PERCENTAGE: '"{given}" is no whole percentage. {fix}',
    Problem.NOT_A_NUMBER: '"{given}" is no whole number. {fix}',
    Problem.TOO_SMALL: '"{given}" is less than {0}. {fix}',
    Problem.TOO_LARGE: '"{given}" is more than {0}. {fix}',
    Problem.UNKNOWN_NAME: '"{given}" is none of this shop\'s. {nearest_or_fix}',
    Problem.SEVERAL_OF_THAT_NAME: '"{given}" is the name of several: {all}. Write one of these.',
    Problem.ALL_AND_MORE: '"all" stands alone. Write all, or names without it.',
    Problem.NOT_A_DAY: '"{given}" is no date. Write it like {0}.',
    Problem.NO_SUCH_DAY: '"{given}" is no day of the calendar. Write it like {0}.',
    Problem.TWO_DAYS: '"{given}" can be two days. Write {0} or {1}.',
    Problem.NEEDS_YEAR: '"{given}" needs its year. Write it like {0}.',
    Problem.TOO_FAR: '"{given}" is too far off. Write a year up to {1}.',
    Problem.PAST: "{given} is past. Write {0} or later.",
    Problem.BEFORE_FROM: "{given} is before the first day, {0}. Write a later day.",
    Problem.LESS_THAN_USED: "{given} is less than the {0} used already. Write {0} or more, or none.",
    Problem.OTHER_PERCENTAGE: "it says {given}, but the discount is {0}. Make them the same.",
    Problem.IS_THERE: "{given} is there already. Change it with /coupon edit {given}, or take another code.",
    Problem.SAME_CODE: '"{given}" is in row {0} too. Keep one of them.',
    Problem.TOO_LARGE_FILE: "it is larger than {0}. Send it in parts.",
    Problem.TOO_MANY_ROWS: "it has more than {0} rows. Send it in parts.",
    Problem.NO_ROWS: "there is no coupon in it. Write one in each row.",
    Problem.NOT_TEXT: "it is no text in UTF-8 or UTF-16. Save it as CSV UTF-8 and send it again.",
    Problem.NOT_CSV: "it can't be read as CSV. Check that every quote is closed.",
    Problem.NOT_JSON: "it can't be read as JSON. Check brackets, quotes and commas{where}.",
    Problem.NOT_A_LIST: 'it is no list of coupons. Write [{{"code": "WARM15", …}}].',
    Problem.NOT_AN_OBJECT: '"{given}" is no coupon. Write {{"code": "WARM15", …}}.',
    Problem.NOT_PLAIN: '"{given}" can\'t be read. Write a text, a number or a list of texts.',
    Problem.UNKNOWN_FIELD: '"{given}" is no field. {nearest_or_fields}',
    Problem.UNKNOWN_FILE: '"{given}" is none I can read. Send Markdown, text, HTML or PDF.',
    Problem.NOT_PDF: "it can't be read as PDF. Save it as PDF again, or send its text.",
    Problem.NEEDS_PASSWORD: "it asks for a password. Save it without one and send it again.",
    Problem.TOO_MANY_PAGES: "it has too many pages. Send it in parts.",
    Problem.NO_TEXT: "there is no text in it. A scanned page is a picture: send the text itself.",
    Problem.TOO_MANY_VALUES: "there are {given} values for {0} fields. Put values with commas in quotes.",
}
FIELDS_ARE = "Fields are {fields}."
AT_LINE = " near line {line}"


@dataclass(frozen=True, slots=True)
class Problems:
    """Tells errors, with the shop's names at hand for what is mistyped."""

    names: ShopNames

    def of_command(self, errors: Sequence[FieldError]) -> str:
        """Tell the first thing wrong with a command."""
        return f"{self.line(errors[0])} {NOTHING_CHANGED}"

    def of_file(self, errors: Sequence[FieldError]) -> str:
        """Tell the first ten things wrong with a file, and how many more there are."""
        lines = [self.line(error) for error in errors[:_SHOWN]]
        if len(errors) > _SHOWN:
            lines.append(AND_MORE.format(count=len(errors) - _SHOWN))
        return "\n".join([*lines, f"{TEMPLATE_OFFER} {NOTHING_CHANGED}"])

    def line(self, error: FieldError) -> str:
        """Tell one error."""
        form = FIELD if error.row is None else ROW_FIELD
        return form.format(row=error.row, field=error.field, sentence=self._sentence(error))

    def _sentence(self, error: FieldError) -> str:
        fix = FIXES.get(error.field, "")
        return (
            SENTENCES[error.problem]
            .format(
                *error.details,
                given=shown(error.given),
                all=", ".join(error.details),
                fix=fix,
                nearest_or_fix=self._nearest(error) or fix,
                nearest_or_fields=_nearest_field(error),
                where=AT_LINE.format(line=error.details[0]) if error.details else "",
            )
            .strip()
        )

    def _nearest(self, error: FieldError) -> str | None:
        if error.problem is not Problem.UNKNOWN_NAME:
            return None
        nearest = self.names.nearest(error.field, error.given)
        return DID_YOU_MEAN.format(nearest=nearest) if nearest is not None else None


def _nearest_field(error: FieldError) -> str:
    close = get_close_matches(error.given.casefold(), FIELDS, n=1)
    listed = FIELDS_ARE.format(fields=", ".join(FIELDS))
    return DID_YOU_MEAN.format(nearest=close[0]) if close else listed


def shown(given: str) -> str:
    """Give what was written on one line, short, and without characters that nobody sees."""
    seen = "".join(
        " " if unicodedata.category(mark).startswith(("C", "Z")) else mark for mark in given
    )
    flat = " ".join(seen.split())
    return flat if len(flat) <= _GIVEN_SHOWN else flat[: _GIVEN_SHOWN - 1] + "…"
