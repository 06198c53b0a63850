"""Masks personal data in a message through scrubadub; the only module that imports it.

scrubadub's own detectors miss names and addresses, and its default replacement warns that it is
deprecated. So its frame is used (Scrubber, Detector, Filth, PostProcessor) with detectors and a
post-processor of ours. Knows no shopper, no vault and no model.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from knowledge.privacy.detectors import DETECTORS, Find
from knowledge.privacy.detectors.given_names import given_names
from knowledge.privacy.placeholders import Scrubbed, mask
from knowledge.privacy.reading import Keep, Reading
from knowledge.privacy.spans import Span, resolve
from knowledge.privacy.tagging.base import TextTagger

__all__ = ["Scrubbed", "Scrubber"]


class Scrubber:
    """Finds and replaces personal data; build one and keep it, use it from any thread.

    Building imports scrubadub, which takes about 1.5 s for the language libraries it brings along;
    nothing is downloaded. Build it in a thread where that matters.
    """

    def __init__(self, *, keep: Collection[str] = (), tagger: TextTagger | None = None) -> None:
        """Build the detectors.

        Args:
            keep: Brands, products, stores and streets, never masked as names.
            tagger: Finds what no rule does; None leaves it to the rules.
        """
        self._keep = Keep(keep)
        self._tagger = tagger
        self._findings = _engine()
        given_names()

    def scrub(
        self, text: str, *, known_names: Sequence[str] = (), regions: Sequence[str] = ()
    ) -> Scrubbed:
        """Replace personal data by placeholders, so that restore() gives back the exact text.

        known_names: names from the profile. regions: ISO 3166 codes in which national phone numbers
        are read, the likeliest first (see `regions_of`); the United States and Britain always are.
        """
        return mask(text, self.find(text, known_names=known_names, regions=regions))

    def find(
        self, text: str, *, known_names: Sequence[str] = (), regions: Sequence[str] = ()
    ) -> list[Span]:
        """Give the spans that scrub() would replace, in order, as positions in the text."""
        return self._findings(self._read(text, known_names, regions))

    def _read(self, text: str, known_names: Sequence[str], regions: Sequence[str]) -> Reading:
        return Reading(
            text, known_names=known_names, regions=regions, keep=self._keep, tagger=self._tagger
        )


@cache
def _engine() -> Callable[[Reading], list[Span]]:
    """Build scrubadub's scrubber from our detectors, once a process."""
    import scrubadub  # noqa: PLC0415 - heavy: 1.5 s, only for who scrubs
    from scrubadub.post_processors import PostProcessor  # noqa: PLC0415

    class Finding(scrubadub.filth.Filth):  # type: ignore[misc]  # scrubadub is untyped
        """One span, with the reading that it was found in."""

        type = "personal_data"

        def __init__(self, span: Span, reading: Reading) -> None:
            super().__init__(span.start, span.end, str(reading)[span.start : span.end])
            self.span = span
            self.reading = reading

    class Family(scrubadub.detectors.Detector):  # type: ignore[misc]  # scrubadub is untyped
        """One of our detectors."""

        name = "family"
        filth_cls = Finding

        def __init__(self, name: str, find: Find) -> None:
            super().__init__(name=name)
            self._find = find

        def iter_filth(self, text: str, document_name: str | None = None) -> Iterator[Finding]:
            reading = text if isinstance(text, Reading) else Reading(text)
            return (Finding(span, reading) for span in _typed(self._find, reading))

    class Overlaps(PostProcessor):  # type: ignore[misc]  # scrubadub is untyped
        """Settles overlaps our way; running twice, as clean() does, is harmless."""

        name = "overlaps"

        def process_filth(self, filth_list: Sequence[Any]) -> list[Finding]:
            # scrubadub merges what overlaps or only touches, and keeps the parts in filths.
            parts = [part for filth in filth_list for part in getattr(filth, "filths", [filth])]
            return [
                Finding(span, parts[0].reading) for span in resolve(part.span for part in parts)
            ]

    frame = scrubadub.Scrubber(
        detector_list=[Family(name, find) for name, find in DETECTORS.items()],
        post_processor_list=[Overlaps()],
    )
    return lambda reading: [found.span for found in frame.iter_filth(reading)]


def _typed(find: Find, reading: Reading) -> Iterator[Span]:
    """Lead a detector's positions back from plain to typed characters."""
    for span in find(reading):
        start, end = reading.plain.typed(span.start, span.end)
        yield replace(span, start=start, end=end)
