"""The incoming settings of Clocall (着信設定) as CSV, in and out.

Here: the dialect, reading it into schedules and writing schedules in it. Not here: what
a single cell may hold (`cells`), what a schedule answers (`schedules`), which
extensions exist (`targets`), or files: decode UTF-8 before reading, encode after writing,
as `utf-8-sig` where a spreadsheet needs a byte-order mark.

The dialect, with the numbers of the rules of source 004 that it follows:

1. The first row names the columns 電話番号, 着信先内線ユーザー, 曜日, 開始 and 終了, each once
   and in any order. Every other row is one setting. Rows are counted as in the file, the
   first being row 1; blank ones are skipped. Line ends are CRLF or LF, a byte-order mark
   may stand in front, spaces at either end of a cell or an item count for nothing, and
   cells are text: a leading 0 is never lost.
2. 電話番号 is the called number, in any spelling that begins with 0 or +.
3. 着信先内線ユーザー names what rings: extensions from 0000 to 8999 (4-13) and outside numbers
   (4-24, 4-25), joined with a half-width comma in a quoted cell (4-22); or 009608 alone,
   the after-hours guidance (4-23). There are no groups.
4. 曜日 is empty for every day, or weekdays joined with a comma, as 月,火,水 (4-26). There are
   no holidays and no dates.
5. 開始 and 終了 are times, `H:MM` or `H:MM:SS`, the hour of one digit or two, from 0:00:00 to
   23:59:59 and half-width (4-27). The end is inclusive at its written precision: 19:59
   covers that whole minute, 19:59:59 that second (4-32).
6. No row runs over midnight (4-28): an overnight time is two rows, the second for the
   weekdays that follow (4-29).
7. Rows of one number that share a weekday share no second; they may touch (4-35).
8. Time without a row is busy (4-36).

Two rows of one number become one overnight rule when they have the same destination, the
first ends with the day, the second starts with it on exactly the weekdays that follow, and
together they are shorter than a day. Every other row is a rule of its own.

Writing is canonical: the columns as above, numbers in the order of the mapping, their rows
by weekday and start, times as `H:MM:SS`, line ends as in RFC 4180. The zone, the holidays
and the names of rules are not written; `otherwise` becomes rows for the time without one.
"""

import csv
from collections.abc import Container, Iterator, Mapping
from io import StringIO
from typing import Any, Final

from cloudpbx._values import check_instance, nearest, shown
from cloudpbx.errors import DocumentError, InvalidValueError, Problem
from cloudpbx.routing.clocall.cells import (
    COLUMNS,
    END,
    NUMBER,
    READERS,
    START,
    TARGETS,
    WEEKDAYS,
    check_called,
    check_target,
    days_text,
    half_width,
    refusals,
    span_text,
    time_text,
)
from cloudpbx.routing.clocall.rows import Row, overlapping_rows, rows_of, rules_of
from cloudpbx.routing.day_terms import WEEK
from cloudpbx.routing.destinations import Announce, Busy, Destination, Ring
from cloudpbx.routing.rules import Rule, Tier, tier_of
from cloudpbx.routing.schedules import Schedule
from cloudpbx.routing.target_texts import AFTER_HOURS_CODE
from cloudpbx.routing.zones import check_zone

__all__ = ["read_clocall", "write_clocall"]

_OTHER_TIERS: Final = {
    Tier.DATED: "dates",
    Tier.YEARLY: "dates of every year",
    Tier.HOLIDAY: "public holidays",
    Tier.RECURRING: "recurring days",
    Tier.SEASONAL: "a season",
}
"""What a rule of a tier is for that no row can say."""


# Reading.


def read_clocall(
    text: str, *, zone: str = "Asia/Tokyo", source: str = ""
) -> dict[str, Schedule[Destination]]:
    """Read rows into a schedule for each called number, in the order of the file.

    Args:
        text: The CSV.
        zone: Whose wall clock the times mean.
        source: The file's name, for messages.

    >>> hours = read_clocall('''電話番号,着信先内線ユーザー,曜日,開始,終了
    ... 03-1234-5678,"1001,1002","月,火",8:00,19:59
    ... 03-1234-5678,009608,"月,火",20:00,23:59:59
    ... 03-1234-5678,009608,"火,水",0:00,7:59:59
    ... ''')
    >>> for rule in hours["0312345678"].rules:
    ...     print(rule)
    mon,tue 08:00-20:00 → ring 1001, 1002
    mon,tue 20:00-08:00 → announce 009608

    Raises:
        DocumentError: something is not of the dialect; all of it is named.
        InvalidValueError: the zone is unknown, or the text is none.
    """
    check_instance(text, str, what="the text of a file")
    zone = check_zone(zone)
    report = _Report(source)
    rows_by_number: dict[str, list[Row]] = {}
    for row in _read_rows(text, report):
        rows_by_number.setdefault(row.number, []).append(row)
    for rows in rows_by_number.values():
        for one, other, days in overlapping_rows(rows):
            both = span_text(max(one.start, other.start), min(one.end, other.end))
            shared = f"shares `{both}` of `{days_text(days)}` with row {one.place}"
            report.add(other.place, f"{shared}: end one before the other starts")
    report.close()
    return {
        number: Schedule(zone=zone, rules=rules_of(rows))
        for number, rows in rows_by_number.items()
    }


class _Report:
    """Collect what is wrong with a file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[tuple[int, Problem]] = []

    def add(self, place: int, message: str, column: str = "") -> None:
        """Note a problem of a row, or of one of its cells."""
        path = f"row {place}, {column}" if column else f"row {place}"
        self.found.append((place, Problem(path=path, message=message, source=self.source)))

    def close(self) -> None:
        """Raise what was found, in the order of the file."""
        if self.found:
            self.found.sort(key=lambda each: each[0])
            raise DocumentError(tuple(problem for _, problem in self.found))


def _read_rows(text: str, report: _Report) -> Iterator[Row]:
    records = _records(text, report)
    place, columns = next(records, (1, []))
    # What cannot be read as CSV has no header to speak of.
    if report.found or not _check_header(place, columns, report):
        return
    for place, cells in records:
        if len(cells) == len(columns):
            row = _read_row(place, dict(zip(columns, cells, strict=True)), report)
            if row is not None:
                yield row
        else:
            many = len(cells) > len(columns)
            fix = 'quote a list, as `"1001,1002"`' if many else "write the empty ones too"
            report.add(place, f"has {len(cells)} cells for {len(columns)} columns: {fix}")


def _records(text: str, report: _Report) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that have something in them, with their places."""
    place = 0
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        for place, record in enumerate(reader, 1):
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield place, cells
    except csv.Error:
        fix = 'write a list as `"1001,1002"`, with nothing outside its quotes'
        report.add(place + 1, f"cannot be read as CSV from here on: {fix}")


def _check_header(place: int, names: list[str], report: _Report) -> bool:
    """Say whether a row is a header, perhaps with problems."""
    if not set(names) & set(COLUMNS):
        report.add(place, f"names no column: write `{','.join(COLUMNS)}` as the first row")
        return False
    for name in names:
        if name not in COLUMNS:
            report.add(place, f"{shown(name)} is not a column: {nearest(name, COLUMNS)}")
    for name in COLUMNS:
        if name not in names:
            report.add(place, f"`{name}` is missing: every row needs this column")
        elif names.count(name) > 1:
            report.add(place, f"`{name}` names {names.count(name)} columns: keep one of them")
    return True


def _read_row(place: int, cells: dict[str, str], report: _Report) -> Row | None:
    values: dict[str, Any] = {}
    for column, cell in cells.items():
        try:
            if column in READERS:
                values[column] = READERS[column](half_width(cell))
        except DocumentError as error:
            for problem in error.problems:
                report.add(place, problem.message, column)
        except InvalidValueError as error:
            report.add(place, str(error), column)
    if START in values and END in values and values[START] >= values[END]:
        report.add(place, _over_midnight(cells[START], cells[END]), END)
    elif len(values) == len(COLUMNS):
        return Row(
            place=place,
            number=values[NUMBER],
            destination=values[TARGETS],
            days=values[WEEKDAYS],
            start=values[START],
            end=values[END],
        )
    return None


def _over_midnight(start: str, end: str) -> str:
    if READERS[START](end) == 0:
        return f"`{start}-{end}` runs over midnight: for the end of the day write `23:59:59`"
    return (
        f"`{start}-{end}` runs over midnight: split into two rows, `{start}-23:59:59` and, for "
        f"the weekdays that follow, `0:00:00-{end}`"
    )


# Writing.


def write_clocall(schedules: Mapping[str, Schedule[Destination]]) -> str:
    """Write the schedules of called numbers as rows.

    >>> night = Schedule(zone="Asia/Tokyo", rules=(Rule("fri 18:00-09:00", Announce()),))
    >>> for line in write_clocall({"03-1234-5678": night}).splitlines():
    ...     print(line)
    電話番号,着信先内線ユーザー,曜日,開始,終了
    0312345678,009608,金,18:00:00,23:59:59
    0312345678,009608,土,0:00:00,8:59:59

    Raises:
        DocumentError: the dialect cannot say something; all of it is named.
        InvalidValueError: this is no mapping of schedules.
    """
    check_instance(schedules, Mapping, what="the schedules of called numbers")
    problems: list[Problem] = []
    numbers: dict[str, Schedule[Destination]] = {}
    for called, schedule in schedules.items():
        check_instance(schedule, Schedule, what="the schedule of a called number")
        try:
            numbers[_check_new(called, numbers)] = schedule
        except InvalidValueError as error:
            problems.append(Problem(path=str(called), message=str(error)))
        for place, message in _refused(schedule):
            path = f"{called}, {place}" if place else str(called)
            problems.append(Problem(path=path, message=message))
    if problems:
        raise DocumentError(tuple(problems))
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for number, schedule in numbers.items():
        writer.writerows(map(_cells, rows_of(number, schedule)))
    return written.getvalue()


def _check_new(called: str, numbers: Container[str]) -> str:
    number = check_called(called)
    if number in numbers:
        msg = f"{shown(called)} is the same number as one before: give it one schedule"
        raise InvalidValueError(msg)
    return number


def _refused(schedule: Schedule[Destination]) -> Iterator[tuple[str, str]]:
    """Yield what no row can say, with its place in the schedule."""
    override = schedule.override
    if override is not None:
        value = shown(str(override.value))
        yield "override", f"{value} is forced by hand, which no row can say: take it back first"
    if schedule.overlap != "refuse":
        value = shown(schedule.overlap)
        yield "overlap", f"{value} lets rules overlap, as no rows may: part the rules"
    for place, rule in enumerate(schedule.rules, 1):
        for message in (*_days_refused(rule), *_destination_refused(rule.value)):
            yield f"rule {place}", message
    if schedule.otherwise is not None:
        for message in _destination_refused(schedule.otherwise):
            yield "otherwise", message
    elif not schedule.rules:
        yield "", "has no rule, and so would have no row: leave the number out"


def _days_refused(rule: Rule[Destination]) -> Iterator[str]:
    tiers = dict.fromkeys(map(tier_of, rule.when.days.alternatives()))
    for tier in tiers:
        if tier in _OTHER_TIERS:
            when = f"{shown(str(rule.when))} is for {_OTHER_TIERS[tier]}, as no row can be"
            yield f"{when}: leave the rule out, and change the rows when its days come"


def _destination_refused(destination: Destination) -> list[str]:
    if isinstance(destination, Ring):
        if destination != Ring(destination.targets):
            what = f"{shown(str(destination))} has more than targets"
            return [f"{what}: a row can only ring them together, leave the rest out"]
        return refusals(check_target, destination.targets)
    if isinstance(destination, Busy):
        return ["`busy` is no destination of a row: leave its time uncovered, it is busy too"]
    if not isinstance(destination, Announce):
        fix = f"ring targets, or announce `{AFTER_HOURS_CODE}`"
        return [f"{shown(destination)} is not a destination: {fix}"]
    if destination.code != AFTER_HOURS_CODE:
        return [f"{shown(destination.code)} is not the guidance: announce `{AFTER_HOURS_CODE}`"]
    return []


def _cells(row: Row) -> tuple[str, ...]:
    """Write a row in the order of the columns."""
    targets: tuple[str, ...] = (AFTER_HOURS_CODE,)
    if isinstance(row.destination, Ring):
        targets = row.destination.targets
    return (
        row.number,
        ",".join(targets),
        "" if len(row.days) == len(WEEK) else days_text(row.days),
        time_text(row.start),
        time_text(row.end - 1),
    )
