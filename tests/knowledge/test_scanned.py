import pytest

from knowledge.scanned import Scanned, Thing, scanned

TEA = "2000000000008"


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (["K7-2291"], [(Thing.ORDER, "K7-2291")]),
        (["k7-2291 "], [(Thing.ORDER, "K7-2291")]),
        (["https://t.me/shop_bot?start=o_K7-2291"], [(Thing.ORDER, "K7-2291")]),
        ([TEA], [(Thing.PRODUCT, TEA)]),
        (["https://id.gs1.org/01/09506000134352"], [(Thing.PRODUCT, "9506000134352")]),
        (["warm15"], [(Thing.COUPON, "WARM15")]),
        (["https://example.com/?start=o_K7-2291"], []),
        (["https://t.me/shop_bot?start=owner_secret-code-of-somebody"], []),
        (["BEGIN:VCARD\nFN:Ana"], []),
        ([""], []),
        (["WARM15", TEA, "K7-2291"], [
            (Thing.ORDER, "K7-2291"), (Thing.PRODUCT, TEA), (Thing.COUPON, "WARM15"),
        ]),
    ],
)  # fmt: skip
def test_codes_are_told_apart_by_their_form(
    codes: list[str], found: list[tuple[Thing, str]]
) -> None:
    assert scanned(codes) == [Scanned(*each) for each in found]
