"""Make chosen calls fail on purpose: an error, no answer, a broken connection, a delay."""

from dataclasses import dataclass
from typing import Literal, get_args

from scripts.emulator.errors import (
    BLOCKED,
    OTHER_POLLER,
    ApiError,
    PhoneError,
    TooManyRequestsError,
)
from scripts.emulator.wire import Json

Kind = Literal["error", "timeout", "reset", "delay"]
FLOOD_CODE = 429
KINDS: tuple[Kind, ...] = get_args(Kind)
_USUAL_WORDS = {
    400: "Bad Request",
    401: "Unauthorized: invalid token specified",
    403: f"Forbidden: {BLOCKED}",
    404: "Not Found: method not found",
    409: f"Conflict: {OTHER_POLLER}",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` calls of a method ("*": of any).

    after_effect: the call takes effect first, only its answer is lost or wrong.
    """

    method: str
    kind: Kind
    times: int
    delay_s: float
    error_code: int
    retry_after: int
    description: str
    chat_id: int | None
    after_effect: bool

    def error(self) -> ApiError:
        """Give the error to answer with."""
        if self.error_code == FLOOD_CODE and not self.description:
            return TooManyRequestsError(self.retry_after)
        words = self.description or _USUAL_WORDS.get(self.error_code, "Internal Server Error")
        parameters: Json | None = {"retry_after": self.retry_after} if self.retry_after else None
        return ApiError(self.error_code, words, parameters)

    def show(self) -> Json:
        """Give the fault as GET /faults lists it."""
        return {
            "method": self.method,
            "kind": self.kind,
            "times": self.times,
            "delay_s": self.delay_s,
            "error_code": self.error_code,
            "retry_after": self.retry_after,
            "chat_id": self.chat_id,
            "after_effect": self.after_effect,
        }


class Faults:
    """Faults in the order they were asked for; the first that fits is used up first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, wish: Json) -> Fault:
        """Plan a fault.

        Raises PhoneError when the wish cannot be read; nothing is planned then.
        """
        fault = _parse(wish)
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Forget all planned faults."""
        self._waiting.clear()

    def show(self) -> list[Json]:
        """Give the faults that still wait."""
        return [fault.show() for fault in self._waiting]

    def next_for(self, method: str, chat_id: int | None) -> Fault | None:
        """Use up one planned fault for this call, None when all is well."""
        for fault in self._waiting:
            if fault.method not in {"*", method.lower()}:
                continue
            if fault.chat_id is not None and fault.chat_id != chat_id:
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
            return fault
        return None


def _parse(wish: Json) -> Fault:
    delay_s = float(wish.get("delay_s", 0))
    error_code = int(wish.get("error_code", 0))
    only_slow = delay_s > 0 and not error_code
    asked = wish.get("kind") or ("delay" if only_slow else "error")
    kind = next((known for known in KINDS if known == asked), None)
    if kind is None:
        text = f"A fault's kind is one of {', '.join(KINDS)}, not {asked!r}."
        raise PhoneError(text)
    if not isinstance(wish.get("method"), str):
        text = 'A fault needs a "method", or "*" for any.'
        raise PhoneError(text)
    return Fault(
        method=wish["method"].lower(),
        kind=kind,
        times=max(1, int(wish.get("times", 1))),
        delay_s=delay_s,
        error_code=error_code or 500,
        retry_after=int(wish.get("retry_after") or (1 if error_code == FLOOD_CODE else 0)),
        description=str(wish.get("description", "")),
        chat_id=int(wish["chat_id"]) if "chat_id" in wish else None,
        after_effect=bool(wish.get("after_effect", False)),
    )
