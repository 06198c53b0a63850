from dataclasses import replace

from knowledge.candidates import Candidate
from knowledge.composition import Composition
from knowledge.facts import Facts, Kind
from knowledge.ranking import Ranked
from knowledge.several import together
from tests.builders import order, product, store

ORDER = Composition(Facts(Kind.ORDER_STATUS), orders=(order("A1"),))
POLICY = Composition(Facts(Kind.NOT_KNOWN))
NOTHING = Composition(Facts(Kind.NOTHING_NEAR))


def find(*ids: str) -> Composition:
    """What a wish comes to: an offer, or a list of several things."""
    shown = tuple(
        Ranked(Candidate(product(each), store(), 0.7, 40.0, None), {"fit": 1.0}) for each in ids
    )
    told = tuple(Facts(Kind.OFFER, item=each) for each in ids)
    facts = told[0] if len(told) == 1 else Facts(Kind.OPTIONS, options=told)
    return Composition(facts, shown)


def test_one_thing_stays_as_it_is() -> None:
    for told in (ORDER, NOTHING, find("tea", "choc")):
        assert together([told]) == told


def test_several_things_are_told_in_order_and_nothing_twice() -> None:
    told = together([ORDER, POLICY, POLICY, find("tea")])
    assert told.facts == replace(find("tea").facts, before=(ORDER.facts, POLICY.facts))
    assert (told.shown, told.orders) == (find("tea").shown, ORDER.orders)
    assert together([POLICY, POLICY]) == POLICY


def test_what_can_be_had_comes_last() -> None:
    assert together([find("tea"), POLICY]) == together([POLICY, find("tea")])


def test_several_wishes_give_their_best_to_one_list() -> None:
    told = together([find("socks", "gloves"), find("bread")])
    assert [option.item for option in told.facts.options] == ["socks", "bread"]
    assert [each.candidate.product.id for each in told.shown] == ["socks", "bread"]
    assert told.facts.kind is Kind.OPTIONS


def test_wishes_for_the_same_thing_are_one() -> None:
    assert together([find("tea", "choc"), find("tea")]) == find("tea", "choc")


def test_wish_without_a_find_is_told_beside_the_other() -> None:
    told = together([NOTHING, find("tea")])
    assert told.facts.before == (Facts(Kind.NOTHING_NEAR, tone="beside"),)


def test_what_is_told_before_one_of_them_is_told_before_all() -> None:
    missed = Facts(Kind.CLOSED, store="Tea Room")
    tea = find("tea")
    told = together([POLICY, replace(tea, facts=replace(tea.facts, before=(missed,)))])
    assert told.facts.before == (POLICY.facts, missed)
    assert all(not each.before for each in told.facts.before)
