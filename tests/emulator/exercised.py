"""What a library's client asked of the local Telegram in a test run, and how it was answered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.emulator.caller import Json

OK = 200


class Exercised:
    """The answers each library has read, by method."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], set[int]] = defaultdict(set)

    def note(self, library: str, calls: Sequence[Json]) -> None:
        """Add the entries of the server's log of calls; those that were never answered say nothing."""
        for call in calls:
            if call["answer"] is not None:
                code = call["answer"].get("error_code", OK)
                self._codes[library, call["method"]].add(code)

    def lines(self) -> Iterator[str]:
        """Give one line for each library and set of answers, with the methods that met them."""
        alike: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
        for (library, method), codes in sorted(self._codes.items()):
            alike[library, tuple(sorted(codes))].append(method)
        for (library, codes), methods in alike.items():
            answers = " ".join("ok" if code == OK else str(code) for code in codes)
            yield f"{library}: {len(methods)} methods answered {answers}: {', '.join(methods)}"
