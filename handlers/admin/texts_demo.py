"""What is said about the sample town."""

from knowledge.language import Sentence

DEMO_HOW = Sentence(
    "Field what: write /demo here to lay the sample town around a place you share, or /demo off to take "
    "it away. Nothing was changed."
)
DEMO_ZONE = Sentence(
    'Field time zone: "{given}" is none I know. Write it like /demo here Europe/Berlin. '
    "Nothing was changed."
)
DEMO_MISSING = Sentence(
    "Field what: this bot was started without a sample town. Start it with scripts/run on Telegram. "
    "Nothing was changed."
)
ASK_PLACE = Sentence(
    "Share the place around which the sample town should stand. I keep only where its stores are, not "
    "where you are."
)
NOT_LIVE = Sentence(
    "Field place: one place is enough. Share it as your current location, not a live one. "
    "Nothing was changed."
)
OWN_STORES = Sentence(
    "Your shop has {count} stores of its own, so no sample town comes here. Nothing was changed."
)
OWN_STORE = Sentence(
    "Your shop has a store of its own, so no sample town comes here. Nothing was changed."
)
LAID = Sentence(
    "The sample town stands around you: {stores} stores, {products} products, {coupons} coupons.\n"
    "Its clocks go by {zone}; /demo here Europe/Berlin would set others."
)
READING = Sentence("I'm reading the goods now, about half a minute.")
READ = Sentence("All read. Try “I'm cold”.")
OFF_SURE = Sentence(
    "Take the sample town away, with its {stores} stores, their goods and coupons? What was booked and "
    "bought there stays in the books."
)
OFF_DONE = Sentence("The sample town is gone. /demo here lays it out again.")
OFF_NONE = Sentence("There is no sample town here. Nothing was changed.")
