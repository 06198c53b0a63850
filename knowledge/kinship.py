"""Words for who somebody is to the shopper: mum, my best friend, Grandma; what is left of a nickname is a name (pure)."""

import re
from collections.abc import Mapping

from storage.records import Relation

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SAID_OF = {
    Relation.SPOUSE: (
        "spouse wife husband hubby wifey partner fiance fiancé fiancee fiancée girlfriend boyfriend gf bf "
        "frau mann esposa esposo marido mujer pareja novia novio femme moglie marito"
    ),
    Relation.PARENT: (
        "parent parents mum mums mummy mom moms mommy momma ma mam mother dad dads daddy da pa pop pops father "
        "mama mamma papa mutti vati mutter vater mami papi mamá papá madre padre maman mère père"
    ),
    Relation.CHILD: (
        "child children kid kids son daughter baby toddler boy girl godson goddaughter godchild "
        "sohn tochter kind hijo hija fils fille figlio figlia"
    ),
    Relation.SIBLING: (
        "sibling siblings sister sis brother bro twin bruder schwester hermano hermana frère sœur soeur fratello sorella"
    ),
    Relation.GRANDPARENT: (
        "grandparent grandparents grandma grandpa grandmother grandfather gran granny nan nana nanny grandad granddad "
        "gramps grandmama oma opa abuela abuelo nonna nonno babushka dedushka"
    ),
    Relation.FRIEND: "friend friends bestie bff buddy pal roommate flatmate freund freundin amigo amiga",
    Relation.COLLEAGUE: "colleague colleagues coworker worker boss manager teammate workmate kollege kollegin collègue compañera compañero jefa jefe",
    Relation.OTHER: (
        "aunt auntie aunty uncle cousin cousins niece nephew grandson granddaughter grandchild neighbour neighbor "
        "teacher trainer godmother godfather tante onkel tía tío prima primo sobrina sobrino nieta nieto cuñada cuñado suegra suegro vecina vecino oncle zia zio"
    ),
}
_KINSHIP: Mapping[str, Relation] = {
    word: relation for relation, words in _SAID_OF.items() for word in words.split()
}
# What stands around such a word and names nobody.
_AROUND = frozenset(
    "my our his her their the a best old older oldest elder eldest young younger youngest little big dear dearest "
    "good close great in law co work team mein meine mi mis mon ma mes".split()
)


def relation_in(words: str) -> Relation | None:
    """Give who somebody is, from a nickname or a remark; None when no word of kinship is in it."""
    for word in _folded(words):
        relation = _KINSHIP.get(word) or _KINSHIP.get(word.removeprefix("step"))
        if relation is not None:
            return relation
    return None


def name_in(nickname: str) -> str:
    """Give the part of a nickname that is a name: Rose of Grandma Rose; empty for mum or my best friend."""
    return " ".join(word for word in _WORD.findall(nickname) if not _says_who(word))


def _says_who(word: str) -> bool:
    folded = word.casefold().removesuffix("'s").removesuffix("’s")
    return folded in _AROUND or relation_in(folded) is not None


def _folded(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]
