"""Bring the catalogues up to date with the sentences in the code, and list what is not translated.

Usage: python -m scripts.translations
"""

import sys
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from knowledge.language import LANGUAGES
from scripts.translations.extracting import ROOT, template
from scripts.translations.flaws import flaws

_FOLDER = ROOT / "knowledge" / "language"
_WRITTEN: Any = {
    "width": 120, "sort_by_file": True, "include_lineno": False, "omit_header": True,
}  # fmt: skip


def main() -> int:
    """Rewrite each catalogue in place; translations that are there stay. 1 = something is missing or wrong."""
    said = template()
    wrong = 0
    for language in LANGUAGES[1:]:
        path = _FOLDER / f"{language}.po"
        with path.open("rb") as file:
            catalogue: Catalog = read_po(file, locale=language)
        catalogue.update(said, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, **_WRITTEN)
        found = flaws(said, catalogue)
        wrong += len(found)
        for flaw in found:
            print(f"{language}: {flaw}")
        print(f"{language}: {len(said)} sentences, {len(found)} missing or wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
