import pytest

from knowledge.gtin import check_digit, gtin_in


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("4006381333931", "4006381333931"),
        (" 4006381333931 ", "4006381333931"),
        ("012345678905", "0012345678905"),
        ("96385074", "0000096385074"),
        ("00012345678905", "0012345678905"),
        ("https://id.gs1.org/01/09506000134352", "9506000134352"),
        ("https://shop.example/any/01/09506000134352/10/AB?17=270101", "9506000134352"),
        ("4006381333932", None),
        ("14006381333938", None),
        ("40063813339", None),
        ("WARM15", None),
        ("", None),
        ("\uff14006381333931", None),
        ("https://id.gs1.org/02/09506000134352", None),
        ("https://t.me/shop_bot?start=s_1", None),
    ],
)
def test_article_numbers_are_told_from_other_codes(said: str, number: str | None) -> None:
    assert gtin_in(said) == number


@pytest.mark.parametrize(
    ("digits", "check"), [("400638133393", "1"), ("9638507", "4"), ("200000000000", "8")]
)
def test_check_digit_is_the_one_gs1_computes(digits: str, check: str) -> None:
    assert check_digit(digits) == check
