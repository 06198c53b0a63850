"""The text of a PDF with rules: the one door to pypdf. A scanned page has none and is told so."""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from knowledge.loaders.problems import Problem

MAX_PAGES = 200  # ours: longer than any shop's rules, and read in seconds
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_REPEATS = 3  # pages on which a line stands before it can be a head or a foot


@dataclass(frozen=True, slots=True)
class Pages:
    """A document's title, empty when it tells none, and the lines of its pages."""

    title: str
    text: str


def read_pdf(content: bytes) -> Pages | Problem:
    """Give the text of all pages without their heads, feet and numbers; Problem when it cannot be read."""
    # It warns of every slip of whoever wrote the file, which helps nobody here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return Problem.NEEDS_PASSWORD
        if len(reader.pages) > MAX_PAGES:
            return Problem.TOO_MANY_PAGES
        pages = [page.extract_text().splitlines() for page in reader.pages]
        title = str((reader.metadata.title if reader.metadata else None) or "").strip()
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OverflowError,
    ):
        # What a damaged file makes it raise is not all its own.
        return Problem.NOT_PDF
    text = "\n".join(line for page in _without_frames(pages) for line in page)
    return Pages(title, text) if text.strip() else Problem.NO_TEXT


def _without_frames(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Leave out page numbers, and lines that stand on most pages but for their digits."""
    counts = Counter(shape for page in pages for shape in {_shape(line) for line in page})
    often = max(_REPEATS, len(pages) // 2 + 1)
    return [
        [
            line
            for line in page
            if not line.strip()
            or (counts[_shape(line)] < often and not _PAGE_NUMBER.fullmatch(line.strip()))
        ]
        for page in pages
    ]


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line.strip())
