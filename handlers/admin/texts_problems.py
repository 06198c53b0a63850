"""What is wrong with something an admin wrote, said with the field, the fix, and in a file the row."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from babel import Locale

from knowledge.language import Sentence, told
from knowledge.loaders.coupon_fields import FIELDS
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.shop_names import ShopNames

NOTHING_CHANGED = Sentence("Nothing was changed.")
FIELD = Sentence("Field {field}: {problem}")
ROW_FIELD = Sentence("Row {row}, field {field}: {problem}")
AND_MORE = Sentence("and {count} more")
DID_YOU_MEAN = Sentence("Did you mean {nearest}?")
TEMPLATE_OFFER = Sentence("/template coupons sends a file that loads as it is.")
_SHOWN = 10  # errors told at once (ours: what fits a phone's screen)
_GIVEN_SHOWN = 40  # characters of what was written

FIXES = {
    "code": Sentence("Use 3 to 20 letters, digits and single hyphens, like WARM15."),
    "discount": Sentence("Write a whole percentage from 1% to 100%, like 15%."),
    "for": Sentence("Write product ids or titles, a category, or all, with commas between."),
    "stores": Sentence("Write store ids or names with commas between, or all."),
    "from": Sentence("Write a date like from 2026-12-01."),
    "until": Sentence("Write a last day, like until 2026-12-31."),
    "limit": Sentence("Write a whole number of uses, like limit 200, or limit none."),
    "each": Sentence("Write how often each shopper can use it, like each 1."),
    "title": Sentence('Write it in quotes, like title "Warm hands".'),
}
SENTENCES = {
    Problem.MISSING: Sentence("it is missing. {fix}"),
    Problem.TWICE: Sentence("it is there twice. Keep one."),
    Problem.NO_VALUE: Sentence("it is empty. {fix}"),
    Problem.OPEN_QUOTE: Sentence("a quote is opened and never closed. {fix}"),
    Problem.NEEDS_QUOTES: Sentence('"{given}" stands without quotes. {fix}'),
    Problem.TOO_LONG: Sentence('"{given}" is longer than {detail} characters. Make it shorter.'),
    Problem.TOO_SHORT: Sentence('"{given}" is shorter than {detail} characters. {fix}'),
    Problem.ODD_CHARACTERS: Sentence('"{given}" has characters that can\'t be there. {fix}'),
    Problem.FORMULA: Sentence('"{given}" begins like a formula. Begin with a letter or a digit.'),
    Problem.NOT_A_PERCENTAGE: Sentence('"{given}" is no whole percentage. {fix}'),
    Problem.NOT_A_NUMBER: Sentence('"{given}" is no whole number. {fix}'),
    Problem.TOO_SMALL: Sentence('"{given}" is less than {detail}. {fix}'),
    Problem.TOO_LARGE: Sentence('"{given}" is more than {detail}. {fix}'),
    Problem.UNKNOWN_NAME: Sentence('"{given}" is none of this shop\'s. {nearest_or_fix}'),
    Problem.SEVERAL_OF_THAT_NAME: Sentence(
        '"{given}" is the name of several: {all}. Write one of these.'
    ),
    Problem.ALL_AND_MORE: Sentence('"all" stands alone. Write all, or names without it.'),
    Problem.NOT_A_DAY: Sentence('"{given}" is no date. Write it like {detail}.'),
    Problem.NO_SUCH_DAY: Sentence('"{given}" is no day of the calendar. Write it like {detail}.'),
    Problem.TWO_DAYS: Sentence('"{given}" can be two days. Write {detail} or {second}.'),
    Problem.NEEDS_YEAR: Sentence('"{given}" needs its year. Write it like {detail}.'),
    Problem.TOO_FAR: Sentence('"{given}" is too far off. Write a year up to {second}.'),
    Problem.PAST: Sentence("{given} is past. Write {detail} or later."),
    Problem.BEFORE_FROM: Sentence("{given} is before the first day, {detail}. Write a later day."),
    Problem.LESS_THAN_USED: Sentence(
        "{given} is less than the {detail} used already. Write {detail} or more, or none."
    ),
    Problem.OTHER_PERCENTAGE: Sentence(
        "it says {given}, but the discount is {detail}. Make them the same."
    ),
    Problem.IS_THERE: Sentence(
        "{given} is there already. Change it with /coupon edit {given}, or take another code."
    ),
    Problem.SAME_CODE: Sentence('"{given}" is in row {detail} too. Keep one of them.'),
    Problem.TOO_LARGE_FILE: Sentence("it is larger than {detail}. Send it in parts."),
    Problem.TOO_MANY_ROWS: Sentence("it has more than {detail} rows. Send it in parts."),
    Problem.NO_ROWS: Sentence("there is no coupon in it. Write one in each row."),
    Problem.NOT_TEXT: Sentence(
        "it is no text in UTF-8 or UTF-16. Save it as CSV UTF-8 and send it again."
    ),
    Problem.NOT_CSV: Sentence("it can't be read as CSV. Check that every quote is closed."),
    Problem.NOT_JSON: Sentence("it can't be read as JSON. Check brackets, quotes and commas."),
    Problem.NOT_A_LIST: Sentence('it is no list of coupons. Write [{{"code": "WARM15", …}}].'),
    Problem.NOT_AN_OBJECT: Sentence('"{given}" is no coupon. Write {{"code": "WARM15", …}}.'),
    Problem.NOT_PLAIN: Sentence(
        '"{given}" can\'t be read. Write a text, a number or a list of texts.'
    ),
    Problem.UNKNOWN_FIELD: Sentence('"{given}" is no field. {nearest_or_fields}'),
    Problem.UNKNOWN_FILE: Sentence(
        '"{given}" is none I can read. Send Markdown, text, HTML or PDF.'
    ),
    Problem.NOT_PDF: Sentence("it can't be read as PDF. Save it as PDF again, or send its text."),
    Problem.NEEDS_PASSWORD: Sentence(
        "it asks for a password. Save it without one and send it again."
    ),
    Problem.TOO_MANY_PAGES: Sentence("it has too many pages. Send it in parts."),
    Problem.NO_TEXT: Sentence(
        "there is no text in it. A scanned page is a picture: send the text itself."
    ),
    Problem.TOO_MANY_VALUES: Sentence(
        "there are {given} values for {detail} fields. Put values with commas in quotes."
    ),
}
FIELDS_ARE = Sentence("Fields are {fields}.")
NOT_JSON_AT = Sentence(
    "it can't be read as JSON. Check brackets, quotes and commas near line {detail}."
)
# What a file has beside the columns, which are called what they are in it.
_PARTS = {
    "file": Sentence("file"),
    "header": Sentence("header"),
    "row": Sentence("row"),
    "coupon": Sentence("coupon"),
}


@dataclass(frozen=True, slots=True)
class Problems:
    """Tells errors in the language of who made them, with the shop's names at hand for what is mistyped."""

    names: ShopNames
    locale: Locale

    def of_command(self, errors: Sequence[FieldError]) -> str:
        """Tell the first thing wrong with a command."""
        return f"{self.line(errors[0])} {told(NOTHING_CHANGED, self.locale)}"

    def of_file(self, errors: Sequence[FieldError]) -> str:
        """Tell the first ten things wrong with a file, and how many more there are."""
        lines = [self.line(error) for error in errors[:_SHOWN]]
        if len(errors) > _SHOWN:
            lines.append(told(AND_MORE, self.locale, count=len(errors) - _SHOWN))
        end = (told(each, self.locale) for each in (TEMPLATE_OFFER, NOTHING_CHANGED))
        return "\n".join([*lines, " ".join(end)])

    def line(self, error: FieldError) -> str:
        """Tell one error."""
        form = FIELD if error.row is None else ROW_FIELD
        part = _PARTS.get(error.field)
        field = error.field if part is None else told(part, self.locale)
        problem = self._sentence(error)
        return told(form, self.locale, row=error.row, field=field, problem=problem)

    def _sentence(self, error: FieldError) -> str:
        sentence = SENTENCES[error.problem]
        if error.problem is Problem.NOT_JSON and error.details:
            sentence = NOT_JSON_AT
        fix = told(FIXES[error.field], self.locale) if error.field in FIXES else ""
        detail, second, *_ = (*error.details, "", "")
        return told(
            sentence,
            self.locale,
            detail=detail,
            second=second,
            given=shown(error.given),
            all=", ".join(error.details),
            fix=fix,
            nearest_or_fix=self._nearest(error) or fix,
            nearest_or_fields=self._nearest_field(error),
        ).strip()

    def _nearest(self, error: FieldError) -> str | None:
        if error.problem is not Problem.UNKNOWN_NAME:
            return None
        nearest = self.names.nearest(error.field, error.given)
        return told(DID_YOU_MEAN, self.locale, nearest=nearest) if nearest is not None else None

    def _nearest_field(self, error: FieldError) -> str:
        close = get_close_matches(error.given.casefold(), FIELDS, n=1)
        if close:
            return told(DID_YOU_MEAN, self.locale, nearest=close[0])
        return told(FIELDS_ARE, self.locale, fields=", ".join(FIELDS))


def shown(given: str) -> str:
    """Give what was written on one line, short, and without characters that nobody sees."""
    seen = "".join(
        " " if unicodedata.category(mark).startswith(("C", "Z")) else mark for mark in given
    )
    flat = " ".join(seen.split())
    return flat if len(flat) <= _GIVEN_SHOWN else flat[: _GIVEN_SHOWN - 1] + "…"
