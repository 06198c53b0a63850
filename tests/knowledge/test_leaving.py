from dataclasses import replace

import pytest

from knowledge.amounts import locale_for
from knowledge.facts import Facts, Kind
from knowledge.leaving import for_the_record
from knowledge.templates import Templates
from tests.facts import ENGLISH, offer

TEMPLATES = Templates.shipped()


@pytest.mark.parametrize("distance_m", [3, 43, 150, 480, 1_600])
@pytest.mark.parametrize("tag", ["en", "en-US", "es", "es-US"])
def test_record_keeps_no_distance_in_whatever_way_it_was_told(tag: str, distance_m: int) -> None:
    manner = replace(ENGLISH, locale=locale_for(tag))
    options = (offer(distance_m=distance_m), offer(distance_m=distance_m + 2_000))
    facts = Facts(Kind.OPTIONS, options=options, before=(options[0],))
    kept = for_the_record(TEMPLATES.say(facts, manner).text, facts, manner)
    assert kept.count("…") == 3
    assert not any(unit in kept for unit in (" m ", " km", " ft", " mi", "pasos", "steps"))
