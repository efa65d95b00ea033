"""The reference says what the library does.

Here: tables of forms, keys, options and codes, pictures, and documents in TOML, as the
docs show them. Not here: blocks that run (`test_docs`) and public names (`test_api`).

The page of codes and the pictures are made from the library. When they shall change,
write them anew and read the difference:

    python -m tests.test_reference
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import cloudpbx
from cloudpbx import texts
from cloudpbx._documents import write_json
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing import Call, Days, LineState, When
from cloudpbx.routing.rules import tier_of
from cloudpbx.tenant.keys import KEYS, OWN_SCHEDULE
from tests.project import ROOT

DOCS: Final = ROOT / "docs"
REFERENCE: Final = DOCS / "reference"
CODES: Final = REFERENCE / "codes.md"
PICTURES: Final = DOCS / "_static"
OFFICE: Final = ROOT / "examples" / "clocall" / "office.toml"
TOLL_FREE: Final = ROOT / "examples" / "toll_free" / "toll_free.toml"


def page(name: str) -> str:
    """Return the text of a page of the reference."""
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def tables(text: str) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Yield each table of a page: the heading above it, its head and its rows."""
    heading = ""
    found: list[tuple[str, ...]] = []
    for line in (*text.splitlines(), ""):
        if line.startswith("#"):
            heading = line.strip("#` ")
        if line.startswith("|"):
            found.append(tuple(cell.strip() for cell in line.strip("|").split(" | ")))
        elif found:
            yield heading, found[0], found[2:]
            found = []


def rows(name: str, *head: str) -> list[tuple[str, ...]]:
    """Return the rows of all tables of a page that have a head."""
    return [row for _, first, rest in tables(page(name)) if first == head for row in rest]


def code_of(cell: str) -> str:
    """Return what a cell has in backquotes."""
    return cell.strip("`")


SPANS: Final = rows("notation", "write", "means", "prints")
DAYS: Final = rows("notation", "write", "means", "prints", "tier")
RECURRENCES: Final = rows("notation", "write", "means", "tier")
REFUSED: Final = rows("notation", "write", "the message")


def printed(row: tuple[str, ...]) -> str:
    """Return what a row of the notation says that its form prints."""
    return {"as written": code_of(row[0]), "nothing": ""}.get(row[2], code_of(row[2]))


@pytest.mark.parametrize("row", [pytest.param(row, id=code_of(row[0])) for row in SPANS])
def test_spans_of_the_notation_print_as_their_table_says(row: tuple[str, ...]) -> None:
    """Every form of spans is read, and prints as told."""
    when = When.parse(code_of(row[0]))

    assert str(when) == printed(row)
    assert When.parse(str(when)) == when


@pytest.mark.parametrize("row", [pytest.param(row, id=code_of(row[0])) for row in DAYS])
def test_days_of_the_notation_print_as_their_table_says(row: tuple[str, ...]) -> None:
    """Every form of days is read, prints as told, and has the tiers that are told."""
    days = Days.parse(code_of(row[0]))

    assert str(days) == printed(row)
    assert Days.parse(str(days)) == days
    assert {tier_of(each).value for each in days.alternatives()} == set(row[3].split(", "))


@pytest.mark.parametrize("row", [pytest.param(row, id=code_of(row[0])) for row in RECURRENCES])
def test_recurrence_rules_print_as_they_are_written(row: tuple[str, ...]) -> None:
    """Every recurrence rule prints as written, and has the tier that is told."""
    days = Days.parse(code_of(row[0]))

    assert str(days) == code_of(row[0])
    assert {tier_of(each).value for each in days.alternatives()} == {row[2]}


@pytest.mark.parametrize("row", [pytest.param(row, id=code_of(row[0])) for row in REFUSED])
def test_what_the_notation_refuses_has_the_message_of_its_table(row: tuple[str, ...]) -> None:
    """What is no notation is refused with the message that the reference shows."""
    with pytest.raises(InvalidValueError) as refused:
        When.parse(code_of(row[0]))

    assert str(refused.value) == row[1]


def test_the_notation_has_tables() -> None:
    """There are tables of the notation, so the tests above are not empty."""
    assert min(map(len, (SPANS, DAYS, RECURRENCES, REFUSED))) > 4


TABLES: Final = {
    "Top": "tenant",
    "subscription": "subscription",
    "calendars.NAME": "calendar",
    "schedules.NAME": "schedule",
    "groups": "group",
    "extensions": "extension",
    "extensions.forwards": "forwards",
    "numbers": "number",
    "numbers.screening": "screening",
    "numbers.channels": "channels",
}
"""For each table of keys what kind of table of a document it tells."""


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_of_the_document_is_told(heading: str) -> None:
    """A table of keys has those that reading a document allows, and no other."""
    told = {
        code_of(row[0])
        for title, head, rest in tables(page("document"))
        if title == heading and head[:2] == ("key", "value")
        for row in rest
    }
    if heading == "numbers":
        # The page says in words that it may have every key of a schedule.
        told |= set(OWN_SCHEDULE)

    assert told == set(KEYS[TABLES[heading]])


def documents() -> Iterator[tuple[str, str]]:
    """Yield each document in TOML that a page shows, with its place."""
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        for number, block in enumerate(re.findall(r"(?ms)^```toml\n(.*?)^```$", text), 1):
            yield f"{path.relative_to(DOCS).as_posix()} {number}", block


DOCUMENTS: Final = dict(documents())


@pytest.mark.parametrize("place", DOCUMENTS)
def test_a_document_that_a_page_shows_is_read(place: str) -> None:
    """A document in the docs is read, with what a part of one leaves out."""
    lent = {
        "zone": "Asia/Tokyo",
        "subscription": {"activated": True, "max_extensions": 9, "recording_seats": 9},
        "extensions": [{"number": number} for number in ("1001", "1002", "1003")],
    }
    whole = {**lent, **tomllib.loads(DOCUMENTS[place])}
    tenant = cloudpbx.loads(write_json(whole), kind="json")

    assert cloudpbx.loads(cloudpbx.dumps(tenant)) == tenant


def test_pages_show_documents() -> None:
    """Some pages show documents, so the test above is not empty."""
    assert DOCUMENTS


@pytest.mark.parametrize("command", ["route", "dial", "flow", "week", "month", "check", "next"])
def test_every_option_of_a_command_is_told(command: str) -> None:
    """The page of the command line has the options that `--help` prints, and no other."""
    done = subprocess.run(
        [sys.executable, "-m", "cloudpbx", command, "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told = {
        option
        for title, head, rest in tables(page("command-line"))
        if head == ("option", "meaning") and title in {command, "Options of every command"}
        for row in rest
        for option in re.findall(r"--\w+", row[0])
    }

    assert told == set(re.findall(r"--[a-z]\w*", done.stdout))


def codes() -> str:
    """Write the page of codes from the words of both languages."""
    english, japanese = texts.catalogue("en"), texts.catalogue("ja")
    titles = {
        "reason": ("Reasons", "What was found out on the way to an answer."),
        "remedy": ("Remedies", "What somebody can do to change an answer."),
        "finding": ("Findings", "What a check found."),
        "outcome": ("Outcomes", "What a decision came to."),
        "route": ("Outcomes of a call", "What becomes of a call."),
        "actor": ("Actors", "Who must act for a remedy."),
        "severity": ("Severities", "How much a finding matters."),
    }
    lines = [
        "# Codes",
        "",
        "Codes are public API; the words may become better with any version.",
        "What stands in braces is filled in from the data of a reason, a remedy or a finding.",
    ]
    for section, (title, purpose) in titles.items():
        lines += ["", f"## {title}", "", purpose, "", "| code | in English | in Japanese |"]
        lines += ["|---|---|---|"]
        lines += [
            f"| `{code}` | {_cell(words)} | {_cell(japanese[section][code])} |"
            for code, words in english[section].items()
        ]
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def test_the_page_of_codes_is_up_to_date() -> None:
    """Every code stands in the reference with the words it has in both languages."""
    expected = CODES.read_text(encoding="utf-8")

    assert codes() == expected, "if it is meant, run `python -m tests.test_reference`"


def pictures() -> dict[str, str]:
    """Draw what the pages show."""
    office = cloudpbx.load(OFFICE)
    morning = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
    call = Call(to="03-1234-5678", caller="090-1234-5678", at=morning)
    week = office.schedule_of("050-1234-5678").week(date(2026, 11, 23))
    return {
        "flow.svg": cloudpbx.load(TOLL_FREE).router().flow("0120-123-456").to_svg(),
        "route.svg": office.router().route(call, {"1001": LineState.BUSY}).to_svg(),
        "week.svg": week.to_svg(),
        "week-ja.svg": week.to_svg("ja"),
    }


@pytest.mark.parametrize("name", ["flow.svg", "route.svg", "week-ja.svg", "week.svg"])
def test_a_picture_is_up_to_date(name: str) -> None:
    """A picture in the docs is what the library draws."""
    expected = (PICTURES / name).read_text(encoding="utf-8")

    assert pictures()[name] == expected, "if it is meant, run `python -m tests.test_reference`"


def test_every_picture_is_made_and_shown() -> None:
    """There is no picture that is not made here, and none that no page shows."""
    found = {path.name for path in PICTURES.glob("*.svg")}
    shown = "".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))

    assert found == set(pictures())
    assert [name for name in found if f"_static/{name})" not in shown] == []


def write(path: Path, text: str) -> None:
    """Write a file of the docs."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{path.relative_to(ROOT)} is written: read the difference\n")


if __name__ == "__main__":
    write(CODES, codes())
    for name, picture in pictures().items():
        write(PICTURES / name, picture)
