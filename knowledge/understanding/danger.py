"""Words about life and limb that no learning may overlook (pure)."""

import re

_DESPAIR = re.compile(
    r"\b(?:kill|hurt|harm|cut|hang|shoot|poison)(?:ing)? (?:myself|my self)\b"
    r"|\bsuicid(?:e|al)\b|\b(?:end|ending|take|taking) my (?:own )?life\b"
    r"|\b(?:want|wish|ready|going) (?:to|i could) (?:die|be dead)\b(?! for)|\bwish i (?:was|were) dead\b"
    r"|\bdon'?t want to (?:live|be alive|exist|wake up)\b|\bbetter off (?:dead|without me)\b"
    r"|\bself[- ]harm|\brap(?:ed|ing) (?:me|her|him)\b|\bwas raped\b"
    r"|\b(?:he|she|husband|wife|father|mother|dad|mum|mom|partner|boyfriend|girlfriend|someone|somebody) "
    r"(?:hits|beats|is hitting|is beating|hit|abuses|threatens|is threatening|is following) me\b"
    r"|\bkill (?:him|her|them|someone|somebody|my (?:wife|husband|boss|ex))\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\bchest (?:is )?(?:pains?|hurts?|hurting|tight(?:ness)?|pressure)\b|\b(?:pain|pressure|tightness) in (?:my|his|her|the) chest\b"
    r"|\b(?:arm|face|side|leg) (?:is|has gone|went|feels) (?:numb|droopy|drooping|paraly[sz]ed)\b|\bslurr(?:ed|ing)\b"
    r"|\b(?:throat|tongue|lips|face|airway) (?:is |are |keeps? |feels? like it'?s )?(?:swelling|swollen|closing|swells|closes)\b"
    r"|\b(?:passed out|fainted|collapsed|turning blue|went limp)\b|\bheart attack\b|\b(?:having|had|has) a (?:stroke|seizure)\b|\boverdos"
    r"|\b(?:can'?t|cannot|can not|not|isn'?t|stopped) breath(?:e|ing)\b|\bunconscious\b|\bis choking\b"
    r"|\bbleeding (?:badly|heavily|a lot)\b|\bwon'?t stop bleeding\b|\bcall (?:an )?ambulance\b|\bpoisoned\b"
    r"|\ballergic reaction\b|\banaphyla|\btoo many (?:pills|tablets)\b"
    r"|\b(?:swallowed|drank|ate) (?:a |some |the |my )?(?:button )?(?:battery|bleach|magnets?|pills|detergent|coin|cleaner|antifreeze)",
    re.IGNORECASE,
)


def danger_in(text: str) -> str | None:
    """Give the tone in which to answer a message about danger, "" for despair and violence; None: there is none."""
    if _DESPAIR.search(text):
        return ""
    return "medical" if _BODY.search(text) else None
