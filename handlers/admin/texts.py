"""What is said to those who work here."""

from storage.records import Role

ROLE_NAMES = {Role.OWNER: "the owner", Role.ADMIN: "an admin", Role.STAFF: "staff"}
JOINED = "Welcome. You are {role}{store} now. /people shows who works here."
JOINED_STAFF = "Welcome. You are {role}{store} now."
LINK_VOID = (
    "This link doesn't work any more. Ask for a new one, or tell me what you're looking for."
)
KEEPS_ROLE = "You are {role} already. The link was not used."
INVITE_HOW = "Field role: write /invite admin or /invite staff STORE. Nothing was changed."
INVITE_ROLE = 'Field role: "{given}" is none you can give. Write {allowed}. Nothing was changed.'
INVITE_STORE = 'Field store: "{given}" is not a store. Stores are {stores}. Nothing was changed.'
INVITED = (
    "For {role}{store}. Pass this on to one person; it works once, for 2 days. Who opens my chat "
    "and sends it is in:\n/start {payload}"
)
PERSON = "{name}, {role}{store}, {id}"
REVOKE_HOW = "Field person: write /revoke and the number shown by /people. Nothing was changed."
REVOKE_UNKNOWN = (
    "Field person: {given} has no role that you can take. /people lists all. Nothing was changed."
)
REVOKED = "Done. {id} has no role any more, and links they gave out are void."
