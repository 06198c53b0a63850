"""What is said to those who work here."""

from babel import Locale

from knowledge.language import Sentence, told
from storage.records import Role

ROLE_NAMES = {
    Role.OWNER: Sentence("the owner"),
    Role.ADMIN: Sentence("an admin"),
    Role.STAFF: Sentence("staff"),
}
ROLE_AT_STORE = Sentence("staff of {store}")
JOINED = Sentence("Welcome. You are {role} now. /people shows who works here.")
JOINED_STAFF = Sentence("Welcome. You are {role} now. /desk lists its open orders.")
LINK_VOID = Sentence(
    "This link doesn't work any more. Ask for a new one, or tell me what you're looking for."
)
KEEPS_ROLE = Sentence("You are {role} already. The link was not used.")
INVITE_HOW = Sentence(
    "Field role: write /invite admin, or /invite staff and a store. Nothing was changed."
)
INVITE_ROLE = Sentence(
    'Field role: "{given}" is none you can give. Write {allowed}. Nothing was changed.'
)
INVITE_STORE = Sentence('Field store: "{given}" is not a store. {fix} Nothing was changed.')
INVITE_STORE_MISSING = Sentence(
    "Field store: it is missing. Write its name, like /invite staff {example}. Nothing was changed."
)
INVITE_STORE_SEVERAL = Sentence(
    'Field store: "{given}" is the name of several: {all}. Write one of these. Nothing was changed.'
)
STORE_NEAREST = Sentence("Did you mean {nearest}?")
STORE_HOW = Sentence("Write its name as shoppers see it.")
SOMEBODY = Sentence("Somebody")
INVITED = Sentence(
    "For {role}. Pass this on to one person; it works once, for 2 days. Who opens my chat "
    "and sends it is in:\n/start {payload}"
)
PERSON = {
    Role.OWNER: Sentence("{name}, owner, {id}"),
    Role.ADMIN: Sentence("{name}, admin, {id}"),
    Role.STAFF: Sentence("{name}, staff, {id}"),
}
PERSON_AT_STORE = Sentence("{name}, staff of {store}, {id}")
REVOKE_HOW = Sentence(
    "Field person: write /revoke and the number shown by /people. Nothing was changed."
)
REVOKE_UNKNOWN = Sentence(
    "Field person: {given} has no role that you can take. /people lists all. Nothing was changed."
)
REVOKED = Sentence("Done. {name} has no role any more, and links they gave out are void.")
DEBUG_ON = Sentence("Done. Under each reply to you stands how it came about. /debug off ends it.")
DEBUG_OFF = Sentence("Done. Replies to you come without it.")
DEBUG_HOW_ON = Sentence(
    'Field debug: write /debug on or /debug off; "{given}" is neither. It is on now. Nothing was changed.'
)
DEBUG_HOW_OFF = Sentence(
    'Field debug: write /debug on or /debug off; "{given}" is neither. It is off now. Nothing was changed.'
)


def role_words(role: Role, store: str | None, locale: Locale) -> str:
    """Name a role, with the store it is for: "an admin", "staff of Downtown Café"."""
    if store is None:
        return told(ROLE_NAMES[role], locale)
    return told(ROLE_AT_STORE, locale, store=store)
