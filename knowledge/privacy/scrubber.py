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
from knowledge.privacy.placeholders import Scrubbed, number, weave
from knowledge.privacy.reading import Keep, Reading
from knowledge.privacy.spans import Span

__all__ = ["Scrubbed", "Scrubber"]

Replaced = tuple[Span, str]


class Scrubber:
    """Finds and replaces personal data; build one and keep it, use it from any thread.

    Building imports scrubadub, which takes about 1.5 s for the language libraries it brings along;
    nothing is downloaded. Build it in a thread where that matters.
    """

    def __init__(self, *, keep: Collection[str] = ()) -> None:
        """Build the detectors. keep: brands, products, stores and streets, never masked as names."""
        self._keep = Keep(keep)
        self._findings = _engine()
        given_names()

    def scrub(
        self, text: str, *, known_names: Sequence[str] = (), region: str | None = None
    ) -> Scrubbed:
        """Replace personal data by placeholders, so that restore() gives back the exact text.

        known_names: names from the profile. region: ISO 3166 code in which national phone numbers
        are read, the United States when None.
        """
        replaced = self._findings(self._read(text, known_names, region))
        values = {placeholder: text[span.start : span.end] for span, placeholder in replaced}
        return Scrubbed(weave(text, replaced), values)

    def find(
        self, text: str, *, known_names: Sequence[str] = (), region: str | None = None
    ) -> list[Span]:
        """Give the spans that scrub() would replace, in order, as positions in the text."""
        return [span for span, _ in self._findings(self._read(text, known_names, region))]

    def _read(self, text: str, known_names: Sequence[str], region: str | None) -> Reading:
        return Reading(text, known_names=known_names, region=region, keep=self._keep)


@cache
def _engine() -> Callable[[Reading], list[Replaced]]:
    """Build scrubadub's scrubber from our detectors, once a process."""
    import scrubadub  # noqa: PLC0415 - heavy: 1.5 s, only for who scrubs
    from scrubadub.post_processors import PostProcessor  # noqa: PLC0415

    class Finding(scrubadub.filth.Filth):  # type: ignore[misc]  # scrubadub is untyped
        """One span, with the reading that it was found in."""

        type = "personal_data"

        def __init__(self, span: Span, reading: Reading, placeholder: str | None = None) -> None:
            surface = str(reading)[span.start : span.end]
            super().__init__(span.start, span.end, surface, replacement_string=placeholder)
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

    class Placeholders(PostProcessor):  # type: ignore[misc]  # scrubadub is untyped
        """Settles overlaps and numbers what is left; running twice, as clean() does, is harmless."""

        name = "placeholders"

        def process_filth(self, filth_list: Sequence[Any]) -> list[Finding]:
            # scrubadub merges what overlaps or only touches, and keeps the parts in filths.
            parts = [part for filth in filth_list for part in getattr(filth, "filths", [filth])]
            if not parts:
                return []
            reading: Reading = parts[0].reading
            replaced = number(str(reading), (part.span for part in parts))
            return [Finding(span, reading, placeholder) for span, placeholder in replaced]

    frame = scrubadub.Scrubber(
        detector_list=[Family(name, find) for name, find in DETECTORS.items()],
        post_processor_list=[Placeholders()],
    )
    return lambda reading: [
        (found.span, found.replacement_string) for found in frame.iter_filth(reading)
    ]


def _typed(find: Find, reading: Reading) -> Iterator[Span]:
    """Lead a detector's positions back from plain to typed characters."""
    for span in find(reading):
        start, end = reading.plain.typed(span.start, span.end)
        yield replace(span, start=start, end=end)
