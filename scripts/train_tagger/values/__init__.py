"""The slots of a carrier sentence: what is put there, and what the tagger shall call it."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.privacy.tagging.base import Label
from scripts.train_tagger.values import addresses, names, neutral, numbers, streets
from scripts.train_tagger.values.neutral import Maker, faked, listed


@dataclass(frozen=True, slots=True)
class Slot:
    """What fills a slot, and the label of every character of it."""

    make: Maker
    label: Label = Label.OTHER


SLOTS: Mapping[str, Slot] = {
    "first": Slot(names.first, Label.NAME),
    "last": Slot(names.last, Label.NAME),
    "full": Slot(names.full, Label.NAME),
    "name": Slot(names.name, Label.NAME),
    "pet_form": Slot(names.pet_form, Label.NAME),
    "address": Slot(addresses.address, Label.ADDRESS),
    "street": Slot(streets.street, Label.ADDRESS),
    "unit": Slot(streets.unit, Label.ADDRESS),
    "postcode": Slot(numbers.postcode, Label.ADDRESS),
    "phone": Slot(numbers.phone, Label.PHONE),
    "licence": Slot(numbers.licence, Label.ID),
    "passport": Slot(numbers.passport, Label.ID),
    "national_id": Slot(numbers.national_id, Label.ID),
    "org": Slot(neutral.organisation),
    "brand": Slot(listed("brands")),
    "store": Slot(neutral.store),
    "product": Slot(listed("products")),
    "city": Slot(addresses.city),
    "country": Slot(addresses.country),
    "region": Slot(neutral.region),
    "nationality": Slot(listed("nationalities")),
    "date": Slot(neutral.date),
    "time": Slot(neutral.time),
    "weekday": Slot(listed("weekdays")),
    "money": Slot(neutral.money),
    "number": Slot(neutral.number),
    "percent": Slot(neutral.percent),
    "age": Slot(neutral.age),
    "job": Slot(neutral.job),
    "title": Slot(listed("titles")),
    "band": Slot(neutral.band),
    "work": Slot(neutral.work),
    "team": Slot(listed("teams")),
    "event": Slot(listed("events")),
    "url": Slot(neutral.url),
    "email": Slot(faked("email")),
    "hashtag": Slot(neutral.hashtag),
    "order": Slot(neutral.order),
    "code": Slot(listed("codes")),
    "size": Slot(listed("sizes")),
    "colour": Slot(listed("colours")),
    "day_part": Slot(listed("day_parts")),
}
