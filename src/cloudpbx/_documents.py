"""Strict reading and canonical writing of documents.

Here: TOML and JSON in and out as plain data, and a `Reading` that collects every problem
with its place while an area builds its values. Not here: what any document means.

Strict means: an unknown key is a problem, a wrong type is a problem, and nothing is
built unless there is no problem at all.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from cloudpbx._values import check_instance, check_text, nearest, shown
from cloudpbx.errors import CloudPBXError, DocumentError, InvalidValueError, Problem

__all__ = [
    "Reading",
    "joined",
    "parse",
    "picked",
    "printable",
    "read_text",
    "write_json",
    "write_toml",
]

R = TypeVar("R")

FORMATS: Final = ("toml", "json")
_MOST_BYTES: Final = 16 * 1024 * 1024
_MOST_LEVELS: Final = 32
_MOST_PROBLEMS: Final = 100
_LARGEST: Final = 2**63 - 1
_LONGEST_KEY: Final = 60
_LONGEST_REASON: Final = 200
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_MANY_PARTS = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+)"""
    rf"{{{_MOST_LEVELS}}}",
    re.ASCII,
)
"""A dotted key so long that the time to read it would grow with the square of it."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]([01]\d|2[0-3]):\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_TWICE: Final = object()
"""Stands for the value of a key that a JSON object has twice."""


def read_text(path: str | PathLike[str]) -> str:
    """Return the text of a file, without a byte-order mark.

    Raises:
        DocumentError: the file cannot be read, is too large, or is not UTF-8.
    """
    check_instance(path, (str, PathLike), what="the place of a document")
    source = str(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        _fail(f"cannot be read: {reason.lower()}", source)
    if len(data) > _MOST_BYTES:
        _fail(f"is too large: it has at most {_MOST_BYTES} bytes", source)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _fail(f"is not UTF-8 at byte {error.start}: save it as UTF-8", source)


def parse(text: str, *, kind: str = "toml", source: str = "") -> dict[str, Any]:
    """Return the plain data of a TOML or JSON document.

    Raises:
        DocumentError: the text is not of that kind, and the message has line and column;
            or a key stands twice, a number is too large, or tables stand too deeply.
        InvalidValueError: `kind` is neither `toml` nor `json`, or `text` is no text.
    """
    if kind not in FORMATS:
        msg = f"{shown(kind)} is not a kind of document: {nearest(str(kind), FORMATS)}"
        raise InvalidValueError(msg)
    check_instance(text, str, what="the text of a document")
    text = text.removeprefix("\ufeff")
    if kind == "toml" and _MANY_PARTS.search(text):
        _fail(f"has a key of more than {_MOST_LEVELS} parts: shorten it", source)
    try:
        if kind == "toml":
            data: Any = tomllib.loads(text)
        else:
            data = json.loads(
                text, object_pairs_hook=_marking_duplicates, parse_constant=_no_constant
            )
    except RecursionError:
        _fail(f"is nested too deeply for {kind.upper()}: flatten it", source)
    except ValueError as error:
        reason = str(error)[:_LONGEST_REASON]
        reason = reason[:1].lower() + reason[1:]
        _fail(f"is not {kind.upper()}: {reason}", source)
    if not isinstance(data, dict):
        _fail("is not a JSON object: start it with `{`", source)
    reading = Reading(source)
    for path, message in _misfits(data):
        reading.note(path, message)
    reading.finish()
    return data


def _fail(what: str, source: str) -> NoReturn:
    problem = Problem(path="", message=f"the document {what}", source=printable(source))
    raise DocumentError((problem,)) from None


def _marking_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found[key] = _TWICE if key in found else value
    return found


def _no_constant(name: str) -> NoReturn:
    msg = f"`{name}` is not a number that it has"
    raise ValueError(msg)


def _misfits(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what no document may hold, with its path, in order; never recurses."""
    waiting: list[tuple[object, str, int]] = [(data, "", 0)]
    while waiting:
        value, path, level = waiting.pop()
        if value is _TWICE:
            yield path, "the key stands twice: remove one"
        elif isinstance(value, int) and abs(value) > _LARGEST:
            yield path, f"the number is too large: it is at most {_LARGEST}"
        elif not isinstance(value, dict | list):
            continue
        elif level == _MOST_LEVELS:
            yield path, f"there are more than {_MOST_LEVELS} levels of tables: flatten them"
        elif isinstance(value, dict):
            below = ((each, joined(path, key), level + 1) for key, each in value.items())
            waiting += reversed(list(below))
        else:
            items = ((each, f"{path}[{place}]", level + 1) for place, each in enumerate(value))
            waiting += reversed(list(items))


class Reading:
    """Collect the problems of one document while its values are built.

    A method that finds a problem notes it and returns None, so that reading goes on and
    the user sees all problems at once.
    """

    def __init__(self, source: str = "") -> None:
        self.source: str = printable(source)
        self.problems: list[Problem] = []
        self.misspelt: set[str] = set()

    def note(self, path: str, message: str) -> None:
        """Add a problem.

        Raises:
            DocumentError: there are so many already that nobody would read on.
        """
        if len(self.problems) == _MOST_PROBLEMS:
            more = f"there are more than {_MOST_PROBLEMS} problems: mend these first"
            last = Problem(path="", message=more, source=self.source)
            raise DocumentError((*self.problems, last))
        self.problems.append(Problem(path=path, message=message, source=self.source))

    def finish(self) -> None:
        """End the reading.

        Raises:
            DocumentError: there were problems.
        """
        if self.problems:
            raise DocumentError(tuple(self.problems))

    def build(self, path: str, make: Callable[..., R], *given: Any, **named: Any) -> R | None:
        """Call `make`; what it refuses becomes a problem at `path`."""
        try:
            return make(*given, **named)
        except DocumentError as error:
            for problem in error.problems:
                self.note(".".join(filter(None, (path, problem.path))), problem.message)
        except CloudPBXError as error:
            self.note(path, str(error))
        return None

    def fields(
        self, path: str, make: Callable[..., Any], table: Mapping[str, Any], **given: Any
    ) -> dict[str, Any]:
        """Return those fields of a value that `make` takes, each tried beside `given`."""
        return {
            key: value
            for key, value in table.items()
            if self.build(joined(path, key), make, **{**given, key: value}) is not None
        }

    def table(
        self,
        value: object,
        path: str,
        *,
        required: Iterable[str] = (),
        optional: Iterable[str] = (),
    ) -> dict[str, Any] | None:
        """Return what a table has of the allowed keys, or None when it is not a table.

        A key that is unknown but similar is taken for misspelt: what it seems to mean is
        not missing as well.
        """
        if not isinstance(value, dict):
            self.note(path, f"{shown(value)} is not a table: write keys and values")
            return None
        allowed = list(dict.fromkeys((*required, *optional)))
        for key in value:
            if key in allowed:
                continue
            word = key[:_LONGEST_KEY]
            self.note(joined(path, key), f"{shown(key)} is unknown: {nearest(word, allowed)}")
            meant = get_close_matches(word.casefold(), allowed, n=1)
            self.misspelt.update(joined(path, each) for each in meant)
        for key in required:
            if key not in value and not self.is_misspelt(path, key):
                self.note(path, f"`{key}` is missing: add it")
        return {key: value[key] for key in value if key in allowed}

    def is_misspelt(self, path: str, *keys: str) -> bool:
        """Say whether one of these keys of a table seems to stand there misspelt."""
        return any(joined(path, key) in self.misspelt for key in keys)

    def named(self, value: object, path: str, *, what: str) -> Iterator[tuple[str, str, Any]]:
        """Yield name, path and value of each entry of a table with free names."""
        for key, place, each in self.entries(value, path):
            if self.build(place, check_text, key, what=what) is not None:
                yield key, place, each

    def entries(self, value: object, path: str) -> Iterator[tuple[str, str, Any]]:
        """Yield key, path and value of each entry of a table with any keys."""
        if not isinstance(value, dict):
            self.note(path, f"{shown(value)} is not a table: write names and values")
            return
        yield from ((key, joined(path, key), each) for key, each in value.items())

    def items(self, value: object, path: str) -> Iterator[tuple[str, Any]]:
        """Yield path and value of each item of a list."""
        if not isinstance(value, list):
            self.note(path, f"{shown(value)} is not a list: write `[…]`")
            return
        yield from ((f"{path}[{place}]", each) for place, each in enumerate(value))

    def moment(self, value: object, path: str) -> datetime | None:
        """Return a time with its offset; JSON has it as text."""
        found = value
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            with suppress(ValueError):
                found = datetime.fromisoformat(value)
        if not isinstance(found, datetime):
            what = "is not a time"
        elif found.utcoffset() is None:
            what = "does not say its offset from UTC"
        else:
            return found
        self.note(path, f"{shown(_plain(value))} {what}: write `2026-11-24T09:00:00+09:00`")
        return None

    def day(self, value: object, path: str) -> date | None:
        """Return a date; JSON, and a key, have it as text."""
        if isinstance(value, str) and _DAY.fullmatch(value):
            with suppress(ValueError):
                return date.fromisoformat(value)
        if type(value) is date:
            return value
        self.note(path, f"{shown(_plain(value))} is not a date: write `2026-11-24`")
        return None


def _plain(value: object) -> object:
    """Return a value as the user wrote it, for a message."""
    return value.isoformat() if isinstance(value, date) else value


def printable(text: str) -> str:
    """Return text with an escape for each character that has no picture of its own."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def picked(table: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """Return what a table has of these keys, in their order."""
    return {key: table[key] for key in keys if key in table}


def joined(path: str, key: str) -> str:
    """Return the path of a key below a path, on one line."""
    if len(key) > _LONGEST_KEY:
        key = f"{key[:_LONGEST_KEY]}…"
    quoted = printable(json.dumps(key, ensure_ascii=False))
    name = key if _BARE_KEY.fullmatch(key) else quoted
    return f"{path}.{name}" if path else name


def write_json(data: Mapping[str, Any], *, ascii_only: bool = False) -> str:
    """Return plain data as JSON, dates and times as text.

    Raises:
        InvalidValueError: a value has no form in a document.
    """
    return json.dumps(data, ensure_ascii=ascii_only, indent=2, default=_iso) + "\n"


def _iso(value: object) -> str:
    """Write a date or a time; an offset with seconds, which TOML has not, becomes UTC."""
    if isinstance(value, datetime) and (value.utcoffset() or timedelta()) % timedelta(
        minutes=1
    ):
        value = value.astimezone(UTC)
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{shown(value)} has no form in a document"
    raise InvalidValueError(msg)


def write_toml(data: Mapping[str, Any]) -> str:
    """Return plain data as TOML: text, whole numbers, truth values, dates and times.

    Values come first, then tables, then lists of tables; deeper levels stand inline, a
    list one item a line.

    Raises:
        InvalidValueError: a value has no form in a document.
    """
    tables = {key: each for key, each in data.items() if isinstance(each, Mapping)}
    lists = {key: each for key, each in data.items() if _is_rows(each)}
    plain = data.keys() - tables.keys() - lists.keys()
    lines = [f"{_key(key)} = {_inline(data[key])}" for key in data if key in plain]
    for key, table in tables.items():
        lines += _table(_key(key), table)
    for key, rows in lists.items():
        for row in rows:
            lines += ["", f"[[{_key(key)}]]"]
            lines += [f"{_key(name)} = {_lines(each)}" for name, each in row.items()]
    return "\n".join(lines).lstrip("\n") + "\n"


def _is_rows(value: Any) -> bool:
    several = value if isinstance(value, list | tuple) else ()
    return bool(several) and all(isinstance(each, Mapping) for each in several)


def _table(name: str, table: Mapping[str, Any]) -> list[str]:
    tables = {key: each for key, each in table.items() if isinstance(each, Mapping)}
    lines = ["", f"[{name}]"] if len(tables) < len(table) or not table else []
    lines += [f"{_key(key)} = {_lines(table[key])}" for key in table if key not in tables]
    for key, each in tables.items():
        lines += _table(f"{name}.{_key(key)}", each)
    return lines


def _lines(value: Any) -> str:
    rows = "".join(f"  {_inline(each)},\n" for each in value) if _is_rows(value) else ""
    return f"[\n{rows}]" if rows else _inline(value)


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_inline(each)}" for key, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inline, value))}]"
    return _iso(value)


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's too, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
