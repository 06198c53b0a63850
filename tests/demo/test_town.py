"""The town: where its stores stand, when they open, and its map."""

import json
from datetime import time

import pytest
from geopy.distance import geodesic

from scripts.demo.sample_shop import SampleShop
from scripts.demo.stores import DAYS, opening_hours
from scripts.demo.town import house, town_plan
from scripts.demo.town_map import town_map
from storage.records import Store

CLOSED_ON_MONDAYS = {"tea-room", "saffron-kitchen", "little-gull-baby", "north-end-bakehouse"}


def metres_from_center(store: Store) -> float:
    plan = town_plan()
    here = (plan.latitude, plan.longitude)
    return float(geodesic(here, (store.latitude, store.longitude)).m)


def store(shop: SampleShop, store_id: str) -> Store:
    return next(each for each in shop.stores if each.id == store_id)


def test_downtown_cafe_is_43_m_from_the_center(shop: SampleShop) -> None:
    assert metres_from_center(store(shop, "downtown-cafe")) == pytest.approx(43, abs=0.5)


def test_no_store_is_closer_than_downtown_cafe(shop: SampleShop) -> None:
    nearest = min(shop.stores, key=metres_from_center)
    assert nearest.id == "downtown-cafe"


def test_the_center_can_be_walked(shop: SampleShop) -> None:
    distances = [metres_from_center(each) for each in shop.stores]
    assert sum(distance <= 900 for distance in distances) >= 35
    assert 2 <= sum(1_000 <= distance <= 2_500 for distance in distances) <= 6
    assert max(distances) <= 2_500


def test_addresses_and_names_are_unique(shop: SampleShop) -> None:
    assert len({each.address for each in shop.stores}) == 40
    assert len({each.name for each in shop.stores}) == 40
    assert store(shop, "downtown-cafe").address.endswith("Main Street, Maple Harbor, ME")


def test_hot_chocolate_is_in_stock_at_downtown_cafe(shop: SampleShop) -> None:
    rows = {(row.store_id, row.product_id): row.quantity for row in shop.stock}
    assert rows["downtown-cafe", "hot-chocolate"] >= 20


def test_downtown_cafe_opens_every_day_from_7_to_19(shop: SampleShop) -> None:
    hours = store(shop, "downtown-cafe").hours
    assert [each.weekday for each in hours] == list(range(7))
    assert {(each.opens.hour, each.closes.hour) for each in hours} == {(7, 19)}


def test_intervals_of_a_day_do_not_overlap(shop: SampleShop) -> None:
    for each in shop.stores:
        assert each.time_zone == "America/New_York"
        assert each.radius_m == 150
        assert len({hours.weekday for hours in each.hours}) >= 5
        ends: dict[int, int] = {}
        for hours in each.hours:
            opens = hours.opens.hour * 60 + hours.opens.minute
            assert opens >= ends.get(hours.weekday, 0), each.name
            closes = hours.closes.hour * 60 + hours.closes.minute
            ends[hours.weekday] = closes if closes > opens else closes + 24 * 60


def test_some_stores_rest_on_mondays_and_one_never(shop: SampleShop) -> None:
    resting = {each.id for each in shop.stores if all(hours.weekday for hours in each.hours)}
    assert resting >= CLOSED_ON_MONDAYS
    always = [
        each.id
        for each in shop.stores
        if len(each.hours) == 7 and all(hours.opens == hours.closes for hours in each.hours)
    ]
    assert always == ["anchor-corner-shop"]


def test_holidays_of_the_year_to_come_change_the_hours(shop: SampleShop) -> None:
    cafe = {each.name: each for each in store(shop, "downtown-cafe").special_days}
    assert cafe["Thanksgiving"].day.isoformat() == "2026-11-26"
    assert cafe["Thanksgiving"].hours == ((time(8), time(13)),)
    assert cafe["New Year's Day"].day.year == 2027
    assert cafe["Christmas Day"].hours == ()
    assert "Christmas Eve" not in cafe  # as usual there
    assert all(len(each.special_days) >= 3 for each in shop.stores)


def test_hours_are_read_day_by_day() -> None:
    hours = opening_hours({"fri-sat": "11:00-14:00, 17:00-01:00", "mon": "09:00-12:00"})
    assert [(DAYS[each.weekday], each.opens.hour, each.closes.hour) for each in hours] == [
        ("mon", 9, 12), ("fri", 11, 14), ("fri", 17, 1), ("sat", 11, 14), ("sat", 17, 1),
    ]  # fmt: skip


def test_a_house_beyond_the_end_of_a_street_is_refused() -> None:
    with pytest.raises(ValueError, match="Main Street ends before 5000 m"):
        house("Main Street", 5_000, "left")


def test_the_map_has_everything_the_page_draws_as_json() -> None:
    drawn = json.loads(json.dumps(town_map()))
    keys = {"name", "latitude", "longitude", "time_zone", "stores", "streets", "areas", "people"}
    assert set(drawn) == keys
    assert len(drawn["stores"]) == 40
    assert {area["kind"] for area in drawn["areas"]} == {"park", "water", "square", "block"}
    assert drawn["people"][0]["first_name"] == "Ana"
    assert 5 <= len(drawn["people"]) <= 15
    for shape in [*drawn["streets"], *drawn["areas"]]:
        for latitude, longitude in shape["points"]:
            assert abs(latitude - drawn["latitude"]) < 0.05
            assert abs(longitude - drawn["longitude"]) < 0.06


def test_water_is_drawn_first_and_buildings_last() -> None:
    areas = town_map()["areas"]
    assert isinstance(areas, list)
    kinds = [area["kind"] for area in areas]
    assert kinds[0] == "water"
    assert set(kinds[kinds.index("block") :]) == {"block"}
