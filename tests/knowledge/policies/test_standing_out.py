"""How far a section must stand out to be quoted."""

import pytest

from knowledge.policies.standing_out import confidence, stands_out

ALONE = [0.9, 0.3, 0.25, 0.2, 0.2, 0.2, 0.15, 0.1, 0.1]


def test_section_that_fits_alone_is_quoted() -> None:
    assert stands_out(ALONE[0], confidence(ALONE), is_named=False)


def test_section_among_its_like_is_not_quoted() -> None:
    alike = [0.9, 0.85, 0.8, 0.8, 0.75, 0.7, 0.7, 0.65, 0.6]
    assert not stands_out(alike[0], confidence(alike), is_named=False)


def test_named_document_is_quoted_though_its_sections_are_alike() -> None:
    alike = [0.9, 0.85, 0.8, 0.8]
    assert stands_out(alike[0], confidence(alike), is_named=True)


def test_weak_fit_is_never_quoted() -> None:
    assert not stands_out(0.5, 10.0, is_named=True)


@pytest.mark.parametrize("sections", [1, 2, 3, 5])
def test_short_set_of_rules_can_be_quoted(sections: int) -> None:
    assert stands_out(ALONE[0], confidence(ALONE[:sections]), is_named=False)
