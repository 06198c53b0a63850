"""Words of life and limb in Spanish, which no gap in the vocabulary may swallow (pure)."""

import re

from knowledge.spanish.words import bare

_WHO = r"(?:marido|esposo|esposa|novi[oa]|mujer|pareja|padre|madre|padrastro|hermano|hijo|ex\w*|alguien)"
_ALARMS = (
    (
        "I want to kill myself",
        (
            r"\bsuicid(?:ar\w*|io|as?)\b|\b(?:matar|ahorcar|envenenar|morir)me\b(?! (?:de|por)\b)|\bquitar(?:me|se) la vida\b"
            r"|\bme (?:quiero|voy a|quisiera|gustaria) (?:matar|morir|suicidar|ahorcar)\b(?! (?:de|por)\b)"
            r"|\b(?:quiero|quiere|ganas de|quisiera|prefiero) (?:morir|estar muert[oa])\b(?! (?:de|por)\b)"
            r"|\btirar(?:me|se) (?:al (?:metro|tren|vacio)|por (?:la|el) (?:ventana|balcon)|(?:de|desde) un puente)\b"
            r"|\bacabar con mi vida\b|\b(?:no|sin) (?:quiero|tengo ganas de|ganas de) (?:seguir viviendo|vivir)\b(?! (?:en|aqui|con)\b)"
        ),
    ),
    (
        "hurting myself",
        r"\bautolesi\w+|\bcort\w+ las venas\b|\bcort\w+ en (?:los|mis|las) (?:brazos|munecas|piernas)\b|\bhacerme dano\b",
    ),
    (
        "overdose",
        r"\b(?:todas las|demasiadas|un monton de) (?:pastillas|pildoras)\b|\bsobredosis\b",
    ),
    (
        "he hits me",
        (
            rf"\b{_WHO} (?:\w+ )?me (?:ha |han |esta )?(?:pega|golpea|maltrata|amenaza|viola|pego|golpeo)\w*\b"
            r"|\bme siento amenazad[oa]\b|\bme (?:ha|han) (?:violado|agredido)\b"
        ),
    ),
    (
        "chest pain",
        (
            r"\b(?:dolor|dolores|presion|opresion|punzadas?|pinchazos?|peso) (?:\w+ ){0,3}(?:en|al) (?:el |mi )?pecho\b"
            r"|\bduele (?:\w+ ){0,2}(?:el )?pecho\b"
        ),
    ),
    (
        "can't breathe",
        (
            r"\bno (?:(?:puedo|puede|consigo|consigue|logra|esta) )?respir(?:a|ar|ando|o)\b|\b(?:cuesta|costando|dificultad para) respirar\b"
            r"|\bfalta el aire\b|\b(?:dejado|dejo) de respirar\b|\b(?:ahog|asfixi|atragant)ando\b"
        ),
    ),
    (
        "bleeding badly",
        r"\bsangr\w+ (?:mucho|muchisimo|a chorros|sin parar)\b|\bde sangrar\b|\bdesangr\w+|\bmucha sangre\b",
    ),
    (
        "face is drooping",
        (
            r"\bse (?:me|le) (?:ha |han )?(?:duerm|dormid|tuerc|torcid)\w+ (?:la cara|el brazo|medio cuerpo|un lado)\b"
            r"|\bno (?:siento|siente|puedo mover|puede mover) (?:el|un) (?:brazo|lado)\b"
        ),
    ),
    (
        "fainted",
        r"\bdesmay\w+|\binconsciente\b|\bdesplomad\w*|\bperd\w+ el (?:conocimiento|sentido)\b",
    ),
    ("heart attack", r"\binfarto\b|\bictus\b|\bderrame cerebral\b|\bparo cardiaco\b"),
    ("having a seizure", r"\bconvulsi\w+"),
    ("allergic reaction", r"\breaccion alergica\b|\banafilac\w+"),
    (
        "poisoned",
        (
            r"\benvenenad[oa]\b|\bintoxica(?:do|da|ndo)\b"
            r"|\b(?:trag|beb|tom)\w+ (?:\w+ ){0,3}(?:pila|iman|moneda|lejia|detergente|cloro|anticongelante)\b"
        ),
    ),
)
_PATTERNS = tuple((english, re.compile(pattern)) for english, pattern in _ALARMS)
_ANY = re.compile("|".join(pattern for _, pattern in _ALARMS))


def alarm_in(text: str) -> str:
    """Give in plain English what in a Spanish text is about life and limb; "" when nothing is."""
    said = bare(text)
    if not _ANY.search(said):
        return ""
    return next(english for english, pattern in _PATTERNS if pattern.search(said))
