"""Documents are read strictly and written canonically.

Here: files, TOML and JSON as plain data, and collecting problems. Not here: what a
tenant document means (`tests/tenant/test_documents.py`).
"""

import errno
import json
import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from cloudpbx._documents import (
    Reading,
    joined,
    parse,
    picked,
    read_text,
    write_json,
    write_toml,
)
from cloudpbx._values import check_text
from cloudpbx.errors import DocumentError, InvalidValueError, Problem, UnknownReferenceError

LARGEST = 2**63 - 1
TEN_MEGABYTES = 10_000_000


def refusals(text: str, kind: str) -> list[str]:
    """Return what is said against a document, a line for each problem."""
    with pytest.raises(DocumentError) as caught:
        parse(text, kind=kind, source="office")
    return list(map(str, caught.value.problems))


def unreadable(path: Path | str) -> str:
    """Return what is said against a file that cannot be read, without its name."""
    with pytest.raises(DocumentError) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    assert problem.source
    assert problem.path == ""
    return problem.message


def test_a_file_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    """The text of a file is what stands in it, less a byte-order mark."""
    path = tmp_path / "office.toml"
    path.write_bytes("\ufeffname = '本社'\r\n".encode())

    assert read_text(path) == "name = '本社'\r\n"
    assert read_text(str(path)) == read_text(path)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(
            "name = '本社'".encode("shift_jis"),
            "the document is not UTF-8 at byte 8: save it as UTF-8",
            id="Shift JIS",
        ),
        pytest.param(
            "name = 'é'".encode("latin-1"),
            "the document is not UTF-8 at byte 8: save it as UTF-8",
            id="Latin-1",
        ),
        pytest.param(
            "x".encode("utf-16"),
            "the document is not UTF-8 at byte 0: save it as UTF-8",
            id="UTF-16",
        ),
        pytest.param(
            b" " * (16 * 1024 * 1024 + 1),
            "the document is too large: it has at most 16777216 bytes",
            id="too large",
        ),
    ],
)
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, data: bytes, text: str) -> None:
    """Bytes that are not UTF-8, or too many, are refused in one line."""
    path = tmp_path / "office.toml"
    path.write_bytes(data)

    assert unreadable(path) == text


def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A file that is missing, a folder, or a name that no file has."""
    assert (
        unreadable(tmp_path / "no") == "the document cannot be read: no such file or directory"
    )
    assert unreadable(tmp_path) == "the document cannot be read: is a directory"
    assert unreadable("a\0b") == "the document cannot be read: embedded null byte"


def test_a_file_without_permission_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is refused in one line."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert unreadable("office.toml") == "the document cannot be read: permission denied"


def test_the_name_of_a_file_stays_on_one_line(tmp_path: Path) -> None:
    """A line break in the name of a file does not break the line of a problem."""
    with pytest.raises(DocumentError) as caught:
        read_text(tmp_path / "a\nb")

    assert len(str(caught.value).splitlines()) == 1
    assert r"a\nb: the document cannot be read" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "text", "lines"),
    [
        pytest.param(
            "toml",
            "zone = ",
            ["office: the document is not TOML: invalid value (at end of document)"],
            id="TOML that ends too early",
        ),
        pytest.param(
            "toml",
            'zone = "UTC"\nnumber = 0312345678',
            [
                (
                    "office: the document is not TOML: expected newline or end of document "
                    "after a statement (at line 2, column 11)"
                )
            ],
            id="a number with a leading zero",
        ),
        pytest.param(
            "toml",
            "a = 1\na = 2",
            ["office: the document is not TOML: cannot overwrite a value (at end of document)"],
            id="a key twice in TOML",
        ),
        pytest.param(
            "toml",
            f"x = {'[' * 5_000}",
            ["office: the document is nested too deeply for TOML: flatten it"],
            id="lists too deep for TOML",
        ),
        pytest.param(
            "toml",
            f"x = {'[' * 32}{']' * 32}",
            [f"office: x{'[0]' * 31}: there are more than 32 levels of tables: flatten them"],
            id="lists a little too deep",
        ),
        pytest.param(
            "toml",
            f"{'a.' * 100_000}a = 1",
            ["office: the document has a key of more than 32 parts: shorten it"],
            id="a key of many parts",
        ),
        pytest.param(
            "toml",
            "x = { " + '"a" . ' * 40 + "a = 1 }",
            ["office: the document has a key of more than 32 parts: shorten it"],
            id="a key of many parts in quotes",
        ),
        pytest.param(
            "toml",
            f"x = 0x{'f' * 5_000}\ny = -{LARGEST + 1}\nz = {LARGEST}",
            [
                f"office: x: the number is too large: it is at most {LARGEST}",
                f"office: y: the number is too large: it is at most {LARGEST}",
            ],
            id="numbers too large",
        ),
        pytest.param(
            "json",
            "",
            ["office: the document is not JSON: expecting value: line 1 column 1 (char 0)"],
            id="nothing where JSON should be",
        ),
        pytest.param(
            "json",
            "[]",
            ["office: the document is not a JSON object: start it with `{`"],
            id="a list for the whole",
        ),
        pytest.param(
            "json",
            '{"a": {"b": 1, "c": [{"d": 2, "d": 3}], "b": 4}}',
            [
                "office: a.b: the key stands twice: remove one",
                "office: a.c[0].d: the key stands twice: remove one",
            ],
            id="keys twice in JSON",
        ),
        pytest.param(
            "json",
            '{"a": NaN}',
            ["office: the document is not JSON: `NaN` is not a number that it has"],
            id="NaN",
        ),
        pytest.param(
            "json",
            '{"a": -Infinity}',
            ["office: the document is not JSON: `-Infinity` is not a number that it has"],
            id="infinity",
        ),
        pytest.param(
            "json",
            f'{{"x": {"[" * 100_000}',
            ["office: the document is nested too deeply for JSON: flatten it"],
            id="lists too deep for JSON",
        ),
    ],
)
def test_what_is_no_document_is_refused(kind: str, text: str, lines: list[str]) -> None:
    """What TOML and JSON cannot be is refused with its place."""
    assert refusals(text, kind) == lines


@pytest.mark.parametrize("kind", ["toml", "json"])
@pytest.mark.parametrize(
    "nonsense",
    [
        pytest.param("\0" * TEN_MEGABYTES, id="zeros"),
        pytest.param("a" * TEN_MEGABYTES, id="one word"),
        pytest.param("a." * (TEN_MEGABYTES // 2), id="one dotted key"),
        pytest.param('"' * TEN_MEGABYTES, id="quotes"),
        pytest.param("[" * TEN_MEGABYTES, id="brackets"),
        pytest.param("{" * TEN_MEGABYTES, id="braces"),
        pytest.param("\n" * TEN_MEGABYTES + "x", id="empty lines"),
        pytest.param("é" * (TEN_MEGABYTES // 2), id="letters of two bytes"),
    ],
)
def test_much_nonsense_is_refused_in_a_moment(nonsense: str, kind: str) -> None:
    """Ten megabytes of nonsense take seconds, and give one short line."""
    start = process_time()
    (line,) = refusals(nonsense, kind)

    assert process_time() - start < 15
    assert len(line) < 300


@pytest.mark.parametrize("kind", ["toml", "json"])
def test_no_depth_brings_reading_down(kind: str) -> None:
    """At every depth near the limits of the machine, there is an answer or a problem."""
    for depth in (*range(20, 40), *range(80, 1_100, 20)):
        lists = "[" * depth + "]" * depth
        text = f"x = {lists}" if kind == "toml" else f'{{"x": {lists}}}'
        if depth < 32:
            assert list(parse(text, kind=kind)) == ["x"]
        else:
            (line,) = refusals(text, kind)
            assert "levels" in line or "nested too deeply" in line


def test_a_problem_has_its_source_and_its_path() -> None:
    """What is noted is kept in order, and finishing raises all of it."""
    reading = Reading("office.toml")
    reading.finish()
    reading.note("a", "is wrong")
    reading.note("b[0]", "is wrong too")

    with pytest.raises(DocumentError) as caught:
        reading.finish()
    assert caught.value.problems == (
        Problem(path="a", message="is wrong", source="office.toml"),
        Problem(path="b[0]", message="is wrong too", source="office.toml"),
    )


def test_what_is_refused_becomes_a_problem_of_its_place() -> None:
    """An error of the library is noted where it arose; any other goes on."""
    reading = Reading()

    def fail(error: Exception) -> None:
        raise error

    inner = DocumentError((Problem(path="c", message="1"), Problem(path="", message="2")))
    assert reading.build("a", check_text, "x", what="it") == "x"
    assert reading.build("a", check_text, "", what="it") is None
    assert reading.build("a", fail, UnknownReferenceError("unknown")) is None
    assert reading.build("b", fail, inner) is None
    assert reading.build("", fail, inner) is None
    assert list(map(str, reading.problems)) == [
        "a: `` is empty: it needs at least one character",
        "a: unknown",
        "b.c: 1",
        "b: 2",
        "c: 1",
        "2",
    ]
    with pytest.raises(ZeroDivisionError):
        reading.build("a", fail, ZeroDivisionError())


@pytest.mark.parametrize(
    ("value", "kept", "lines"),
    [
        pytest.param({"a": 1, "b": 2}, {"a": 1, "b": 2}, [], id="right"),
        pytest.param({"a": 1}, {"a": 1}, [], id="without what is optional"),
        pytest.param([], None, ["t: `[]` is not a table: write keys and values"], id="a list"),
        pytest.param({"b": 2}, {"b": 2}, ["t: `a` is missing: add it"], id="one missing"),
        pytest.param(
            {"a": 1, "c": 2},
            {"a": 1},
            ["t.c: `c` is unknown: write one of `a`, `b`"],
            id="one unknown",
        ),
        pytest.param(
            {"A": 1}, {}, ["t.A: `A` is unknown: did you mean `a`?"], id="one misspelt"
        ),
    ],
)
def test_a_table_gives_what_it_has_of_its_keys(
    value: object, kept: dict[str, int] | None, lines: list[str]
) -> None:
    """Unknown keys are left out, and what is misspelt is not missing too."""
    reading = Reading()

    assert reading.table(value, "t", required=("a",), optional=("b",)) == kept
    assert list(map(str, reading.problems)) == lines
    assert reading.is_misspelt("t", "a", "b") == ("A" in str(value))
    assert not reading.is_misspelt("", "a", "b")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(date(2026, 11, 24), date(2026, 11, 24), id="a date"),
        pytest.param("2026-11-24", date(2026, 11, 24), id="text"),
        pytest.param(datetime(2026, 11, 24, tzinfo=UTC), None, id="a moment"),
        pytest.param("20261124", None, id="text without hyphens"),
        pytest.param("2026-W48-2", None, id="a week"),
        pytest.param("2026-02-29", None, id="a day that is none"),
        pytest.param("２０２６-11-24", None, id="full-width digits"),
        pytest.param(20261124, None, id="a number"),
    ],
)
def test_a_date_is_read_in_one_spelling(value: object, expected: date | None) -> None:
    """A date is a date of TOML, or its text; there is no other spelling."""
    reading = Reading()

    assert reading.day(value, "d") == expected
    assert len(reading.problems) == (expected is None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            datetime(2026, 11, 24, 9, tzinfo=UTC), "2026-11-24T09:00:00+00:00", id="a moment"
        ),
        pytest.param("2026-11-24T09:00+09:00", "2026-11-24T09:00:00+09:00", id="text"),
        pytest.param("2026-11-24T09:00:00Z", "2026-11-24T09:00:00+00:00", id="text in UTC"),
        pytest.param(datetime(2026, 11, 24, 9), None, id="naive"),  # noqa: DTZ001 - it is
        pytest.param("2026-11-24T09:00", None, id="naive text"),
        pytest.param("2026-02-30T09:00Z", None, id="text of a day that is none"),
        pytest.param("20261124T0900Z", None, id="text without hyphens"),
        pytest.param("2026-11-24T24:00Z", None, id="text of an hour past the end"),
        pytest.param(date(2026, 11, 24), None, id="a date"),
        pytest.param(time(9), None, id="a time of day"),
        pytest.param("tomorrow", None, id="a word"),
    ],
)
def test_a_moment_is_read_with_its_offset(value: object, expected: str | None) -> None:
    """A moment is one of TOML, or its text, and says its offset from UTC."""
    reading = Reading()
    found = reading.moment(value, "m")

    assert (found if found is None else found.isoformat()) == expected
    assert len(reading.problems) == (expected is None)


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        pytest.param("", "a", "a", id="alone"),
        pytest.param("a[0]", "b-C_9", "a[0].b-C_9", id="a bare key"),
        pytest.param("a", "b.c", 'a."b.c"', id="with a dot"),
        pytest.param("a", "", 'a.""', id="empty"),
        pytest.param("a", "祝日", 'a."祝日"', id="with kanji"),
        pytest.param("a", 'b"\n\u2028', r'a."b\"\n\u2028"', id="not one line"),
        pytest.param("a", "b" * 99, f'a."{"b" * 60}…"', id="too long"),
    ],
)
def test_a_path_is_one_line(path: str, key: str, expected: str) -> None:
    """A key that is no word is quoted, and never breaks the line."""
    assert joined(path, key) == expected


def test_keys_are_picked_in_their_order() -> None:
    """What a table has of some keys comes in the order of the keys."""
    assert list(picked({"b": 1, "a": 2, "c": 3}, "a", "b", "d").items()) == [("a", 2), ("b", 1)]


def test_toml_is_written_with_values_first_and_deep_levels_inline() -> None:
    """Values, then tables, then lists of tables, a list of tables inside one item a line."""
    data: dict[str, Any] = {
        "rows": [{"a": 1, "list": [{"b": "x"}, {}], "deep": {"c": {"d": [1, [2]]}}}, {}],
        "table": {"e": True, "inner": {"f": date(2026, 11, 24)}, "empty": {}},
        "outer": {"only": {"g": 'é\t"\\\x7f'}},
        "a b": [],
        "mixed": [{"h": 1}, 2],
        "value": -1,
    }
    text = write_toml(data)

    assert tomllib.loads(text) == data
    assert text.splitlines() == [
        '"a b" = []',
        "mixed = [{ h = 1 }, 2]",
        "value = -1",
        "",
        "[table]",
        "e = true",
        "",
        "[table.inner]",
        "f = 2026-11-24",
        "",
        "[table.empty]",
        "",
        "[outer.only]",
        'g = "é\\t\\"\\\\\\u007f"',
        "",
        "[[rows]]",
        "a = 1",
        "list = [",
        '  { b = "x" },',
        "  {},",
        "]",
        "deep = { c = { d = [1, [2]] } }",
        "",
        "[[rows]]",
    ]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        pytest.param(
            datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=9))),
            "2026-11-24T09:00:00+09:00",
            id="with whole minutes",
        ),
        pytest.param(
            datetime(1880, 1, 1, tzinfo=timezone(timedelta(hours=9, minutes=18, seconds=59))),
            "1879-12-31T14:41:01+00:00",
            id="with seconds in the offset, which no document has",
        ),
        pytest.param(
            datetime(2026, 11, 24, 9),  # noqa: DTZ001 - plain data may be
            "2026-11-24T09:00:00",
            id="naive",
        ),
    ],
)
def test_a_moment_is_written_so_that_it_can_be_read(moment: datetime, text: str) -> None:
    """A moment is written with its offset, and means the same when it is read."""
    assert json.loads(write_json({"at": moment})) == {"at": text}
    assert write_toml({"at": moment}) == f"at = {text}\n"
    assert tomllib.loads(write_toml({"at": moment}))["at"] == moment


@pytest.mark.parametrize("write", [write_toml, write_json])
@pytest.mark.parametrize("value", [object(), {1, 2}, b"x"], ids=["object", "set", "bytes"])
def test_what_has_no_form_is_refused(write: Any, value: object) -> None:
    """A value that no document has is refused instead of written as something else."""
    with pytest.raises(InvalidValueError, match="has no form in a document"):
        write({"a": value})


def test_json_can_be_written_with_the_letters_of_every_terminal() -> None:
    """Where only ASCII goes through, the other letters are spelled."""
    data = {"name": "本社"}

    assert write_json(data) == '{\n  "name": "本社"\n}\n'
    assert write_json(data, ascii_only=True) == '{\n  "name": "\\u672c\\u793e"\n}\n'
