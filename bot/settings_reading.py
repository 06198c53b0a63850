"""Turns loose text and TOML values into frozen sections, or says in one line which key is wrong and how.

It knows types, ranges and spelling, and no setting by name.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from bot.errors import SettingsError
from knowledge.order_rules import KindLimits

Section = TypeVar("Section")
PREFIX = "CONCIERGE_"
PORTS = 2**16
_POLE, _ANTIMERIDIAN = 90.0, 180.0  # degrees


@dataclass(frozen=True, slots=True)
class Between:
    """The smallest and largest value a number may have."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens; without a host nowhere."""

    host: str = ""
    port: int = 0

    @property
    def is_set(self) -> bool:
        """Whether it is anywhere at all."""
        return bool(self.host)

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read "host:port", or nothing at all.

        Raises:
            ValueError: it is neither.
        """
        if not text.strip():
            return cls()
        host, _, port = text.strip().rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < PORTS:
            raise ValueError(text)
        return cls(host.strip("[]"), int(port))


@dataclass(frozen=True, slots=True)
class Places:
    """Points on the map, as latitude and longitude in degrees."""

    points: tuple[tuple[float, float], ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Places":
        """Read "latitude, longitude; latitude, longitude", or nothing at all.

        Raises:
            ValueError: it is neither, or no place on Earth.
        """
        written = [pair.split(",") for pair in text.split(";") if pair.strip()]
        points = tuple((float(north), float(east)) for north, east in written)
        for north, east in points:
            if not (abs(north) <= _POLE and abs(east) <= _ANTIMERIDIAN):
                raise ValueError(text)
        return cls(points)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; a missing one is empty.

    Raises:
        SettingsError: the file is not TOML or not readable.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path.name} cannot be read: {error}"
        raise SettingsError(msg) from error


def read_environment(environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Collect `CONCIERGE_SECTION__KEY` variables by section and key, in lower case."""
    found: dict[str, dict[str, str]] = {}
    for name, value in environment.items():
        if name.startswith(PREFIX) and "__" in name:
            section, _, key = name.removeprefix(PREFIX).lower().partition("__")
            found.setdefault(section, {})[key] = value
    return found


def check_known(where: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a name that does not exist and point to the one that was probably meant.

    Raises:
        SettingsError: a name of `given` is not in `known`.
    """
    names = list(known)
    for name in given:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.0)
            msg = f'{where}: unknown key "{name}". Did you mean "{near[0]}"?'
            raise SettingsError(msg)


def read_section(section: type[Section], where: str, values: Mapping[str, Any]) -> Section:
    """Build one section from its values; what is not given keeps its default.

    Raises:
        SettingsError: an unknown key, a wrong kind of value or one out of range; the message names section and key.
    """
    hints = get_type_hints(section, include_extras=True)
    known = [field.name for field in fields(section)]  # type: ignore[arg-type]  # every section is a dataclass
    check_known(where, values, known)
    return section(
        **{key: _value(f"{where}.{key}", hints[key], value) for key, value in values.items()}
    )


def _value(where: str, hint: Any, value: Any) -> Any:
    """Convert one value to what its annotation asks for."""
    limits: Between | None = None
    if get_origin(hint) is Annotated:
        hint, limits = get_args(hint)
    if get_origin(hint) is Literal:
        return _choice(where, get_args(hint), value)
    if hint in (int, float):
        return _number(where, hint, limits, value)
    if hint in _WRITTEN_AS:
        return _parsed(where, hint, value)
    if not isinstance(value, str):
        msg = f"{where} must be text in quotes, not {value!r}"
        raise SettingsError(msg)
    return hint(value)


def _choice(where: str, choices: tuple[str, ...], value: Any) -> str:
    if value not in choices:
        msg = f"{where} must be one of {', '.join(choices)}, not {value!r}"
        raise SettingsError(msg)
    return str(value)


_WRITTEN_AS: Mapping[Any, str] = {
    Address: '"host:port"',
    Places: '"latitude, longitude; latitude, longitude"',
    KindLimits: '"kind, kind: days: section; kind: days: section"',
}


def _parsed(
    where: str, kind: type[Address | Places | KindLimits], value: Any
) -> Address | Places | KindLimits:
    try:
        return kind.parse(value)
    except (AttributeError, ValueError):
        msg = f"{where} must be {_WRITTEN_AS[kind]} or empty, not {value!r}"
        raise SettingsError(msg) from None


def _number(where: str, kind: type[float], limits: Between | None, value: Any) -> float:
    try:
        number = kind(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if isinstance(number, bool) or not isinstance(number, int if kind is int else (int, float)):
        msg = f"{where} must be a {'whole ' if kind is int else ''}number, not {value!r}"
        raise SettingsError(msg)
    if limits is not None and not limits.low <= number <= limits.high:
        msg = f"{where} must be between {limits.low:g} and {limits.high:g}, not {number:g}"
        raise SettingsError(msg)
    return kind(number)
