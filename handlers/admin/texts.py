"""What is said to those who work here."""

from storage.records import Role

ROLE_NAMES = {Role.OWNER: "the owner", Role.ADMIN: "an admin", Role.STAFF: "staff"}
JOINED = "Welcome. You are {role}{store} now. /people shows who works here."
JOINED_STAFF = "Welcome. You are {role}{store} now. /desk lists its open orders."
LINK_VOID = (
    "This link doesn't work any more. Ask for a new one, or tell me what you're looking for."
)
KEEPS_ROLE = "You are {role} already. The link was not used."
INVITE_HOW = "Field role: write /invite admin, or /invite staff and a store. Nothing was changed."
INVITE_ROLE = 'Field role: "{given}" is none you can give. Write {allowed}. Nothing was changed.'
INVITE_STORE = 'Field store: "{given}" is not a store. {fix} Nothing was changed.'
INVITE_STORE_MISSING = "Field store: it is missing. Write its name, like /invite staff {example}. Nothing was changed."
INVITE_STORE_SEVERAL = 'Field store: "{given}" is the name of several: {all}. Write one of these. Nothing was changed.'
STORE_NEAREST = "Did you mean {nearest}?"
STORE_HOW = "Write its name as shoppers see it."
SOMEBODY = "Somebody"
INVITED = (
    "For {role}{store}. Pass this on to one person; it works once, for 2 days. Who opens my chat "
    "and sends it is in:\n/start {payload}"
)
PERSON = "{name}, {role}{store}, {id}"
REVOKE_HOW = "Field person: write /revoke and the number shown by /people. Nothing was changed."
REVOKE_UNKNOWN = (
    "Field person: {given} has no role that you can take. /people lists all. Nothing was changed."
)
REVOKED = "Done. {name} has no role any more, and links they gave out are void."
DEBUG_ON = "Done. Under each reply to you stands how it came about. /debug off ends it."
DEBUG_OFF = "Done. Replies to you come without it."
DEBUG_HOW = 'Field debug: write /debug on or /debug off; "{given}" is neither. It is {state} now. Nothing was changed.'
