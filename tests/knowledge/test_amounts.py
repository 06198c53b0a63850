from datetime import date, time

import pytest

from knowledge import amounts

GERMAN, ENGLISH, BRITISH, SPANISH = map(amounts.locale_for, ("de", "en", "en-GB", "es"))
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("en-GB", "en_GB"),
        ("pt-br", "pt_BR"),
        ("de_AT", "de_AT"),
        ("zh-hans", "zh_Hans"),
        (None, "en"),
        ("", "en"),
        ("tlh", "en"),
        ("en-", "en"),
        ("-", "en"),
        ("x" * 300, "en"),
        ("🙂", "en"),
        ("en/../../etc", "en"),
        ("de-DE-x-private-a-b-c", "en"),
    ],
)
def test_any_language_tag_has_a_locale(tag: str | None, expected: str) -> None:
    assert str(amounts.locale_for(tag)) == expected


@pytest.mark.parametrize(
    ("cents", "currency", "expected"),
    [
        (350, "USD", "$3.50"),
        (0, "USD", "$0.00"),
        (5, "USD", "$0.05"),
        (123_456_789, "USD", "$1,234,567.89"),
        (999, "EUR", "€9.99"),
        (1_999, "GBP", "£19.99"),
    ],
)
def test_price_is_written_with_its_cents(cents: int, currency: str, expected: str) -> None:
    assert amounts.price(cents, currency, ENGLISH) == expected


def test_price_follows_the_language() -> None:
    assert amounts.price(350, "EUR", GERMAN) == "3,50\xa0€"


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (0.0, "a few steps"),
        (9.4, "a few steps"),
        (9.6, "10 m"),
        (43.4, "43 m"),
        (999.4, "999 m"),
        (999.6, "1 km"),
        (1_000, "1 km"),
        (1_049, "1 km"),
        (1_051, "1.1 km"),
        (1_240, "1.2 km"),
        (12_345, "12.3 km"),
    ],
)
def test_distance_is_said_as_people_say_it(metres: float, expected: str) -> None:
    assert amounts.distance(metres, ENGLISH) == expected


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (9.4, "a few steps"),
        (9.6, "30 ft"),
        (43.4, "140 ft"),
        (160, "520 ft"),
        (161, "0.1 mi"),
        (482, "0.3 mi"),
        (1_609, "1 mi"),
        (1_999, "1.2 mi"),
    ],
)
def test_distance_is_in_feet_and_miles_where_people_walk_those(
    metres: float, expected: str
) -> None:
    for tag in ("en-US", "en-LR"):
        assert amounts.distance(metres, amounts.locale_for(tag)) == expected


@pytest.mark.parametrize("tag", ["en", "en-GB", "es", "es-MX", None])
def test_distance_is_in_metres_elsewhere(tag: str | None) -> None:
    assert amounts.distance(43, amounts.locale_for(tag)) == "43 m"


def test_distance_follows_the_language() -> None:
    assert amounts.distance(1_240, GERMAN) == "1,2 km"
    assert amounts.distance(3, SPANISH) == "unos pasos"
    assert amounts.distance(43, amounts.locale_for("es-US")) == "140 ft"


@pytest.mark.parametrize(
    ("moment", "locale", "expected"),
    [
        (time(18), ENGLISH, "6:00 PM"),
        (time(0), ENGLISH, "12:00 AM"),
        (time(7, 30), ENGLISH, "7:30 AM"),
        (time(18), BRITISH, "18:00"),
        (time(18), GERMAN, "18:00"),
    ],
)
def test_clock_time_follows_the_language(moment: time, locale: object, expected: str) -> None:
    assert amounts.clock_time(moment, locale) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (date(2026, 11, 21), "Saturday"),
        (date(2026, 11, 26), "Thursday"),
        (date(2026, 11, 27), "November 27"),
        (date(2026, 11, 20), "November 20"),
        (date(2026, 11, 14), "November 14"),
        (date(2027, 1, 3), "January 3"),
    ],
)
def test_day_is_a_weekday_only_within_the_coming_week(when: date, expected: str) -> None:
    assert amounts.day(when, FRIDAY, ENGLISH) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [(date(2026, 11, 21), "el sábado"), (date(2026, 12, 31), "el 31 de diciembre")],
)
def test_day_has_its_article(when: date, expected: str) -> None:
    assert amounts.day(when, FRIDAY, SPANISH) == expected


def test_day_is_named_in_the_language_of_the_sentence_around_it() -> None:
    assert amounts.day(date(2026, 11, 21), FRIDAY, GERMAN) == "Saturday"


@pytest.mark.parametrize(
    ("tag", "moment", "expected"),
    [
        ("en", time(18), "6:00 PM"),
        ("es", time(18), "las 18:00"),
        ("es", time(13), "las 13:00"),
        ("es", time(1, 30), "la 1:30"),
        ("es-US", time(13), "la 1:00 p.m."),
        ("es-US", time(11), "las 11:00 a.m."),
    ],
)
def test_hour_has_its_article(tag: str, moment: time, expected: str) -> None:
    assert amounts.hour(moment, amounts.locale_for(tag)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["2"], "2"), (["2", "3"], "2 and 3"), (["2", "3", "4"], "2, 3 and 4")],
)
def test_list_is_said_as_people_say_it(words: list[str], expected: str) -> None:
    assert amounts.listed(words, "and", ENGLISH) == expected
    assert amounts.listed(words, "and", SPANISH) == expected.replace("and", "y")
    assert amounts.listed(words, "or", ENGLISH) == expected.replace("and", "or")
