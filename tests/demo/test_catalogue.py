"""The catalogue: names, prices, diets, and that its claims agree with one another."""

from knowledge.gtin import gtin_in
from scripts.demo.catalogue import diets, slug
from scripts.demo.sample_shop import SampleShop
from storage.records import Sustainability

FOOD = {"hot drinks", "cold drinks", "bakery", "meals", "groceries"}
ALLERGENS = {
    "milk", "egg", "gluten", "nuts", "peanuts", "soy", "sesame", "fish", "shellfish", "none",
}  # fmt: skip
MEAT = {"beef", "pork", "chicken", "turkey", "lamb", "ham", "bacon"}
SEA = {"haddock", "salmon", "tuna", "clams", "lobster", "crab", "shrimp", "anchovy", "fish sauce"}
CAUSES = {
    "milk": {
        "butter",
        "cream",
        "cheddar",
        "mozzarella",
        "feta",
        "yogurt",
        "paneer",
        "custard",
        "blue cheese",
        "parmesan",
        "fontina",
        "cream cheese",
        "cheese",
    },
    "egg": {"egg", "mayonnaise"},
    "gluten": {"wheat flour", "rye flour", "bread", "pasta", "farro", "croutons", "oats", "bagel"},
    "nuts": {"almonds", "walnuts", "cashew", "almond flour", "almond milk"},
    "peanuts": {"peanuts"},
    "soy": {"tofu", "miso", "edamame"},
    "sesame": {"tahini", "sesame"},
    "fish": SEA - {"clams", "lobster", "crab", "shrimp"},
    "shellfish": {"clams", "lobster", "crab", "shrimp"},
}


def test_titles_are_unique(shop: SampleShop) -> None:
    titles = [product.title.lower() for product in shop.products]
    assert len(set(titles)) == len(titles)


def test_every_product_has_an_article_number_for_use_in_the_shop_alone(shop: SampleShop) -> None:
    numbers = [product.gtin or "" for product in shop.products]
    assert len(set(numbers)) == len(numbers)
    assert all(each.startswith("20") and gtin_in(each) == each for each in numbers)


def test_hot_chocolate_costs_what_the_town_expects(shop: SampleShop) -> None:
    product = next(each for each in shop.products if each.id == "hot-chocolate")
    assert (product.title, product.price_cents) == ("Hot Chocolate", 350)
    assert product.category == "hot drinks"


def test_prices_are_plausible(shop: SampleShop) -> None:
    bounds = {
        "hot drinks": (200, 600), "cold drinks": (150, 800), "bakery": (200, 4_500),
        "meals": (390, 3_000), "groceries": (150, 2_500), "clothing": (600, 13_000),
        "shoes & outdoor": (900, 22_000), "home & gifts": (500, 12_000),
        "electronics": (800, 20_000), "books & toys": (800, 5_000),
        "pharmacy & care": (300, 3_000), "baby & pets": (250, 9_000),
    }  # fmt: skip
    for product in shop.products:
        low, high = bounds[product.category]
        assert low <= product.price_cents <= high, product.title
        assert product.price_cents % 5 == 0, product.title
        assert product.currency == "USD"


def test_descriptions_are_finished_sentences(shop: SampleShop) -> None:
    for product in shop.products:
        assert 30 <= len(product.description) <= 240, product.title
        assert product.description.endswith("."), product.title
        assert not set("{}") & set(product.title + product.description), product.title


def test_all_food_tells_diet_allergens_and_heat(shop: SampleShop) -> None:
    for product in shop.products:
        if product.category in FOOD:
            assert set(product.attributes["allergens"].split(", ")) <= ALLERGENS, product.title
            assert product.attributes["diet"], product.title
            assert product.attributes["spicy"] in {"yes", "no"}, product.title


def test_nothing_vegan_holds_milk_egg_or_fish(shop: SampleShop) -> None:
    for product in shop.products:
        attributes = product.attributes
        if "allergens" in attributes and Sustainability.VEGAN in product.sustainability:
            assert "vegan, vegetarian" in attributes["diet"], product.title
            held = set(attributes["allergens"].split(", "))
            assert not held & {"milk", "egg", "fish", "shellfish"}, product.title


def test_ingredients_agree_with_diet_and_allergens(shop: SampleShop) -> None:
    for product in shop.products:
        parts = set(product.attributes.get("ingredients", "").split(", "))
        named = {meat for meat in MEAT for part in parts if meat in part}
        diet = product.attributes.get("diet", "")
        assert not (named and "pescatarian" in diet), product.title
        assert not (parts & SEA and "vegetarian" in diet), product.title
        told = product.attributes.get("allergens", "").split(", ")
        missing = {allergen for allergen, causes in CAUSES.items() if parts & causes} - set(told)
        assert not missing, (product.title, missing)


def test_every_sustainability_attribute_is_used(shop: SampleShop) -> None:
    used = {each for product in shop.products for each in product.sustainability}
    assert used == set(Sustainability)


def test_there_is_something_hot_cold_spicy_and_not(shop: SampleShop) -> None:
    def values(name: str) -> set[str]:
        return {product.attributes.get(name, "") for product in shop.products}

    assert {"hot", "cold"} <= values("temperature")
    assert {"yes", "no"} <= values("spicy")
    assert {"health", "baby", "intimate"} <= values("sensitive")
    assert "44" in values("size")


def test_trail_shoes_come_in_44(shop: SampleShop) -> None:
    sizes = [
        product.attributes["size"]
        for product in shop.products
        if product.attributes["aisle"] == "trail shoes"
    ]
    assert "44" in sizes


def test_diets_follow_from_base_and_allergens() -> None:
    assert diets("vegan", "none").split(", ")[0] == "vegan"
    assert "gluten_free" not in diets("vegan", "gluten, soy")
    assert diets("fish", "fish") == "pescatarian, gluten_free, dairy_free, nut_free"
    assert diets("meat", "gluten, milk, nuts") == "none"


def test_slugs_keep_to_plain_letters() -> None:
    assert slug("Crème Brûlée Tart, 7½ oz") == "creme-brulee-tart-7-half-oz"
    assert slug("Kids' Hot Chocolate") == "kids-hot-chocolate"
