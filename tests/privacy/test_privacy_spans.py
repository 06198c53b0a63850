"""Overlapping findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.privacy.spans import Kind, Span, resolve


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        (
            [Span(5, 9, Kind.NAME), Span(0, 3, Kind.EMAIL)],
            [Span(0, 3, Kind.EMAIL), Span(5, 9, Kind.NAME)],
        ),
        ([Span(0, 3, Kind.NAME), Span(0, 9, Kind.EMAIL)], [Span(0, 9, Kind.EMAIL)]),
        ([Span(0, 5, Kind.NAME), Span(3, 9, Kind.CARD, "4111")], [Span(0, 9, Kind.CARD)]),
        (
            [Span(0, 3, Kind.NAME), Span(3, 9, Kind.NAME)],
            [Span(0, 3, Kind.NAME), Span(3, 9, Kind.NAME)],
        ),
        ([Span(0, 9, Kind.PHONE), Span(0, 9, Kind.PHONE, "+1")], [Span(0, 9, Kind.PHONE, "+1")]),
        (
            [Span(0, 4, Kind.NAME), Span(3, 7, Kind.NAME), Span(6, 9, Kind.NAME)],
            [Span(0, 9, Kind.NAME)],
        ),
    ],
)
def test_overlap_is_one_span_named_by_the_surest(spans, expected):
    assert resolve(spans) == expected


_SPANS = st.lists(
    st.builds(
        lambda start, length, kind: Span(start, start + length, kind),
        st.integers(0, 60),
        st.integers(1, 20),
        st.sampled_from(Kind),
    )
)


@given(_SPANS)
def test_everything_found_stays_covered_and_nothing_overlaps(spans):
    resolved = resolve(spans)
    covered = {place for span in resolved for place in range(span.start, span.end)}
    assert covered == {place for span in spans for place in range(span.start, span.end)}
    assert sum(span.end - span.start for span in resolved) == len(covered)
    assert resolved == sorted(resolved, key=lambda span: span.start)
