"""The golden set with the real search model and tagger: nothing impossible is suggested, and hardly anything odd.

The blind part is for the figures alone.
"""

from argparse import ArgumentParser

import pytest

from scripts.evaluate.golden import add_options, measure

pytestmark = pytest.mark.slow
RIGHT_GROUP, RIGHT_KIND = 0.95, 0.95


def test_golden_set_has_no_impossible_suggestion_and_few_odd_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parser = ArgumentParser()
    add_options(parser)
    figures = measure(parser.parse_args(["--part", "tuned", "--verbose"]))
    told = capsys.readouterr().out
    cases, impossible, group, kind = (
        figures[key] for key in ("cases", "impossible", "right_group", "right_kind")
    )
    assert isinstance(cases, int)
    assert isinstance(group, float)
    assert isinstance(kind, float)
    assert cases >= 300
    assert impossible == 0, told
    assert group >= RIGHT_GROUP, told
    assert kind >= RIGHT_KIND, told
