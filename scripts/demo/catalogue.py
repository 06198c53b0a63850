"""Spell out the catalogue: families times variants, as a shop's buyer would write them.

It reads data/catalogue/*.toml, one file per category. It knows no store and no price rule. The attributes
that other code may filter on, beside free ones such as material or flavor:

- `aisle`: where it stands, finer than the category.
- `diet`: what it is fit for, from vegan, vegetarian, pescatarian, gluten_free, dairy_free, nut_free, joined
  by ", "; "none" when nothing of these. Derived from the file's one-word diet and its allergens.
- `allergens`: from milk, egg, gluten, nuts, peanuts, soy, sesame, fish, shellfish; "none" says it was
  checked. A product that is not eaten has neither.
- `spicy`: yes or no, for all food and drink · `temperature`: hot or cold · `caffeine`, `sugar`, `alcohol`: yes or no · `size`, `colour`, `material`, `age`.
- `sensitive`: health, baby or intimate: never in nudges, digests or anybody else's view.
"""

import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from knowledge.gtin import check_digit
from scripts.demo.files import names_in, read_toml
from storage.records import Product, Sustainability

Variant = dict[str, str | float]

CURRENCY = "USD"

# Unisex running sizes as makers print them on the box; half sizes are left out.
US_SIZE = {
    "36": "5", "37": "6", "38": "7", "39": "7.5", "40": "8", "41": "8.5",
    "42": "9", "43": "10", "44": "10.5", "45": "11.5", "46": "12",
}  # fmt: skip

# These fields shape a product; every other field of a variant is one of its attributes.
SHAPING = frozenset(
    {"title", "price", "brand", "text", "note", "tags", "sustain", "diet", "allergens"}
)


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Products that share a text; a `matrix` makes one of each variant for every combination."""

    aisle: str
    text: str
    variants: tuple[Variant, ...]
    price: float | None = None
    brand: str | None = None
    tags: str = ""
    sustain: str = ""
    diet: str | None = None
    allergens: str | None = None
    attributes: dict[str, str] = {}
    matrix: dict[str, tuple[str, ...]] = {}


class CategoryFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of data/catalogue."""

    category: str
    family: tuple[Family, ...]


@cache
def products() -> tuple[Product, ...]:
    """Give all products, in the order of the files.

    Raises:
        ValueError: two products would have the same id or article number.
    """
    found = tuple(
        _product(file.category, family, {**variant, **choice})
        for file in (read_toml(name, CategoryFile) for name in names_in("catalogue", ".toml"))
        for family in file.family
        for variant in family.variants
        for choice in _choices(family.matrix)
    )
    names = Counter(each for product in found for each in (product.id, product.gtin))
    twice = sorted(str(name) for name, times in names.items() if times > 1)
    if twice:
        text = f"the catalogue names these twice: {', '.join(twice)}"
        raise ValueError(text)
    return found


def article_number(product_id: str) -> str:
    """Make up the number under a barcode, of those for use within one company; the same at every run."""
    drawn = int.from_bytes(hashlib.sha256(product_id.encode()).digest()[:8])
    digits = f"20{drawn % 10**10:010}"
    return digits + check_digit(digits)


def slug(title: str) -> str:
    """Turn a title into an id of a–z, 0–9 and hyphens: "Crème Brûlée Tart" → "creme-brulee-tart"."""
    plain = unicodedata.normalize("NFKD", title.replace("'", "").replace("½", " half"))
    ascii_text = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


def diets(base: str, allergens: str) -> str:
    """Name every diet that food of this base fits: "vegan" without gluten → "vegan, vegetarian, …"."""
    widening = ["vegan", "vegetarian", "pescatarian"]
    fits = widening[{"vegan": 0, "vegetarian": 1, "fish": 2, "meat": 3}[base] :]
    has = set(allergens.split(", "))
    absent = {"gluten_free": {"gluten"}, "dairy_free": {"milk"}, "nut_free": {"nuts", "peanuts"}}
    fits += [name for name, causes in absent.items() if not has & causes]
    return ", ".join(fits) or "none"


def _choices(matrix: Mapping[str, tuple[str, ...]]) -> Iterator[Variant]:
    for values in itertools.product(*matrix.values()):
        choice: Variant = dict(zip(matrix, values, strict=True))
        if (size := choice.get("size")) in US_SIZE:
            choice["us_size"] = US_SIZE[str(size)]
        yield choice


def _product(category: str, family: Family, variant: Variant) -> Product:
    words = {key: str(value) for key, value in variant.items()}
    extra = {key: value for key, value in words.items() if key not in SHAPING}
    attributes = {"aisle": family.aisle, **family.attributes, **extra}
    price = variant.get("price", family.price)
    if price is None:
        text = f"{words['title']} has no price"
        raise ValueError(text)
    title = words["title"].format_map(attributes)
    text = f"{words.get('text', family.text)} {words.get('note', '')}".strip()
    sustain = set(f"{family.sustain} {words.get('sustain', '')}".split())
    diet = words.get("diet", family.diet)
    if diet is not None:
        allergens = words.get("allergens", family.allergens) or "none"
        attributes |= {"diet": diets(diet, allergens), "allergens": allergens}
        attributes.setdefault("spicy", "no")
        sustain |= {"vegan"} if diet == "vegan" else set()
    tags = [tag.strip() for tag in f"{family.tags}, {words.get('tags', '')}".split(",")]
    product_id = slug(title)
    return Product(
        id=product_id,
        title=title,
        category=category,
        description=text.format_map(attributes),
        price_cents=round(float(price) * 100),
        currency=CURRENCY,
        brand=words.get("brand", family.brand),
        attributes=attributes,
        sustainability=frozenset(Sustainability(name) for name in sustain),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        gtin=article_number(product_id),
    )
