"""When each claimed message leaves (pure): one after the other, but what a shopper waits for changes places with the rest.

Times are seconds of any clock that only moves forward.
"""

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Turn:
    """When a message may leave; it may become later while it has not left."""

    at_s: float


@dataclass(slots=True)
class Turns:
    """The turns of what nobody asked for and has not left."""

    _unasked: list[Turn] = field(default_factory=list)

    def give(self, at_s: float, earliest_s: float, *, is_asked_for: bool) -> Turn:
        """Give the turn at `at_s`, the next free one, or what is asked for one of the rest, if later than `earliest_s`.

        Whoever gives way takes the free turn.
        """
        turn = Turn(at_s)
        if not is_asked_for:
            self._unasked.append(turn)
            return turn
        others = [other for other in self._unasked if earliest_s < other.at_s < at_s]
        if others:
            first = min(others, key=lambda other: other.at_s)
            first.at_s, turn.at_s = turn.at_s, first.at_s
        return turn

    def left(self, turn: Turn) -> None:
        """Forget a turn that is taken: nobody changes places with it any more."""
        if turn in self._unasked:
            self._unasked.remove(turn)
