"""Clocall's dialect: the manual's examples, every spelling, every refusal.

Here: tables. Not here: what holds for all files (`tests/laws/test_clocall.py`).
"""

import csv
from datetime import date, datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.errors import DocumentError, InvalidValueError
from cloudpbx.routing import (
    Announce,
    Busy,
    Destination,
    Override,
    Ring,
    Rule,
    Schedule,
    read_clocall,
    write_clocall,
)
from tests.project import ROOT

HEADER = "電話番号,着信先内線ユーザー,曜日,開始,終了"
NUMBER = "0312345678"


def file_of(*rows: str) -> str:
    """Return a file with rows below the header."""
    return "".join(f"{row}\n" for row in (HEADER, *rows))


def schedule_of(*rules: Rule[Destination], **settings: Any) -> Schedule[Destination]:
    """Return a schedule of rules."""
    return Schedule(**{"zone": "Asia/Tokyo", "rules": rules, **settings})


def rule_texts(text: str) -> list[str]:
    """Return the rules that a file of one number comes to."""
    (schedule,) = read_clocall(text).values()
    return list(map(str, schedule.rules))


def written_rows(*rules: Rule[Destination], **settings: Any) -> list[list[str]]:
    """Return the cells that a schedule is written as, without number and header."""
    text = write_clocall({NUMBER: schedule_of(*rules, **settings)})
    return [cells[1:] for cells in list(csv.reader(StringIO(text)))[1:]]


def refusals(text: str) -> list[str]:
    """Return what is said against a file, a line for each problem."""
    with pytest.raises(DocumentError) as caught:
        read_clocall(text)
    return str(caught.value).splitlines()


# The manual's examples.


def answer_at(hour: int, minute: int, second: int = 0) -> Destination | None:
    """Return what the office of the manual answers at a time of the day."""
    text = (ROOT / "examples/clocall/incoming.csv").read_text(encoding="utf-8")
    moment = datetime(2026, 11, 24, hour, minute, second, tzinfo=ZoneInfo("Asia/Tokyo"))
    return read_clocall(text)[NUMBER].at(moment)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        pytest.param((8, 0, 0), Ring(("1001", "1002")), id="4-32: from 8:00"),
        pytest.param((19, 59, 59), Ring(("1001", "1002")), id="4-32: all of 19:59"),
        pytest.param((20, 0, 0), Ring(("1003",)), id="4-33: from 20:00"),
        pytest.param((23, 59, 59), Ring(("1003",)), id="4-33: all of 23:59"),
        pytest.param((0, 0, 0), Announce("009608"), id="4-34: from 0:00"),
        pytest.param((7, 59, 59), Announce("009608"), id="4-34: all of 7:59"),
    ],
)
def test_the_office_of_the_manual(clock: tuple[int, int, int], expected: Destination) -> None:
    """The manual's example rings 1001 and 1002, then 1003, then plays the guidance."""
    assert answer_at(*clock) == expected


def test_the_night_of_the_manual_is_one_rule() -> None:
    """4-29: 18:00 to the next 9:00 is two settings, and one rule of ours."""
    text = file_of(f"{NUMBER},009608,,18:00,23:59:59", f"{NUMBER},009608,,0:00,08:59:59")

    assert rule_texts(text) == ["18:00-09:00 → announce 009608"]


def test_the_night_is_written_as_the_manual_says() -> None:
    """4-29: an overnight rule is written as two settings, the wish of 9:00 as 8:59:59."""
    assert written_rows(Rule("18:00-09:00", Announce())) == [
        ["009608", "", "0:00:00", "8:59:59"],
        ["009608", "", "18:00:00", "23:59:59"],
    ]


# Reading.


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("0312345678,1001,,8:00,9:59", "08:00-10:00 → ring 1001", id="H:MM"),
        pytest.param("0312345678,1001,,08:00,09:59", "08:00-10:00 → ring 1001", id="HH:MM"),
        pytest.param(
            "0312345678,1001,,8:00:01,9:59:58", "08:00:01-09:59:59 → ring 1001", id="H:MM:SS"
        ),
        pytest.param(
            "0312345678,1001,,8:00:30,8:00",
            "08:00:30-08:01 → ring 1001",
            id="an end covers its minute, even from within",
        ),
        pytest.param(
            "0312345678,1001,,0:00,23:59:59", "00:00-24:00 → ring 1001", id="a whole day"
        ),
        pytest.param(
            "0312345678,1001,,0:00:00,0:00:00", "00:00-00:00:01 → ring 1001", id="one second"
        ),
        pytest.param(
            '0312345678,1001,"月,火,水",8:00,8:59',
            "mon-wed 08:00-09:00 → ring 1001",
            id="weekdays",
        ),
        pytest.param(
            '0312345678,1001,"日,土",8:00,8:59',
            "sat,sun 08:00-09:00 → ring 1001",
            id="weekdays in any order",
        ),
        pytest.param(
            '0312345678,1001,"月,火,水,木,金,土,日",8:00,8:59',
            "08:00-09:00 → ring 1001",
            id="all weekdays are every day",
        ),
        pytest.param(
            '0312345678,"1001, 1002 ,0001",,8:00,8:59',
            "08:00-09:00 → ring 1001, 1002, 0001",
            id="spaces around targets, a leading 0",
        ),
        pytest.param(
            " 03-1234-5678 , 1001 , 月 , 8:00 , 8:59 ",
            "mon 08:00-09:00 → ring 1001",
            id="spaces around cells",
        ),
        pytest.param(
            '0312345678,"0300001234,090-1234-5678",,8:00,8:59',
            "08:00-09:00 → ring 0300001234, 09012345678",
            id="4-24 and 4-25: outside numbers",
        ),
        pytest.param(
            '0312345678,"1001,+81 ",,8:00,8:59'.replace("+81 ", "+81312345678"),
            "08:00-09:00 → ring 1001, +81312345678",
            id="an extension with an outside number",
        ),
        pytest.param(
            '"0312345678","1001","","8:00","8:59"', "08:00-09:00 → ring 1001", id="all quoted"
        ),
        pytest.param(
            "0312345678,0000,,8:00,8:59", "08:00-09:00 → ring 0000", id="4-13: the first"
        ),
        pytest.param(
            "0312345678,8999,,8:00,8:59", "08:00-09:00 → ring 8999", id="4-13: the last"
        ),
    ],
)
def test_a_row_is_read(row: str, expected: str) -> None:
    """Each spelling of a row is read as the rule it means."""
    assert rule_texts(file_of(row)) == [expected]


ROW = "0312345678,1001,,8:00,8:59"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEADER}\n{ROW}\n", id="LF"),
        pytest.param(f"{HEADER}\r\n{ROW}\r\n", id="CRLF"),
        pytest.param(f"{HEADER}\n{ROW}", id="no line end at the end"),
        pytest.param(f"\ufeff{HEADER}\n{ROW}\n", id="a byte-order mark"),
        pytest.param(f'\ufeff"電話番号"{HEADER[4:]}\n{ROW}\n', id="a mark before a quote"),
        pytest.param(f"\n{HEADER}\n\n{ROW}\n\n", id="blank lines"),
        pytest.param(f"{HEADER}\n,,,,\n{ROW}\n, ,,,\n", id="blank rows of a spreadsheet"),
        pytest.param(
            "終了,開始,曜日,着信先内線ユーザー,電話番号\n8:59,8:00,,1001,0312345678\n",
            id="columns in another order",
        ),
        pytest.param(f"{HEADER.replace(',', ' , ')}\n{ROW}\n", id="spaces around columns"),
    ],
)
def test_a_file_is_read(text: str) -> None:
    """Each form of a file is read as the same schedule."""
    assert read_clocall(text) == {
        NUMBER: schedule_of(Rule("08:00-09:00", Ring(("1001",)))),
    }


def test_a_header_alone_is_no_number() -> None:
    """A file without settings has no schedules."""
    assert read_clocall(file_of()) == {}


def test_numbers_keep_the_order_of_the_file() -> None:
    """Numbers come in the order of the file, each once, however they are spelled."""
    text = file_of(
        "050-1234-5678,1001,,8:00,8:59",
        "03-1234-5678,1001,,8:00,8:59",
        "05012345678,1002,,9:00,9:59",
    )

    schedules = read_clocall(text)

    assert list(schedules) == ["05012345678", "0312345678"]
    assert len(schedules["05012345678"].rules) == 2


def test_the_zone_is_an_argument() -> None:
    """Times mean the wall clock of the zone that is given."""
    (schedule,) = read_clocall(file_of(ROW), zone="America/New_York").values()

    assert schedule.zone == "America/New_York"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ("009608,金,18:00,23:59", "009608,土,0:00,5:59"),
            ["fri 18:00-06:00 → announce 009608"],
            id="the next weekday",
        ),
        pytest.param(
            ("009608,土,0:00,5:59", "009608,金,18:00,23:59"),
            ["fri 18:00-06:00 → announce 009608"],
            id="the morning first",
        ),
        pytest.param(
            ("009608,日,18:00,23:59", "009608,月,0:00,5:59"),
            ["sun 18:00-06:00 → announce 009608"],
            id="over the week's end",
        ),
        pytest.param(
            ('009608,"月,火",18:00,23:59', '009608,"火,水",0:00,5:59'),
            ["mon,tue 18:00-06:00 → announce 009608"],
            id="several weekdays",
        ),
        pytest.param(
            ("009608,金,18:00,23:59", "009608,金,0:00,5:59"),
            ["fri 18:00-24:00 → announce 009608", "fri 00:00-06:00 → announce 009608"],
            id="the same weekday: apart",
        ),
        pytest.param(
            ('009608,"月,火",18:00,23:59', "009608,火,0:00,5:59"),
            ["mon,tue 18:00-24:00 → announce 009608", "tue 00:00-06:00 → announce 009608"],
            id="not all weekdays: apart",
        ),
        pytest.param(
            ("009608,金,18:00,23:59", "1001,土,0:00,5:59"),
            ["fri 18:00-24:00 → announce 009608", "sat 00:00-06:00 → ring 1001"],
            id="another destination: apart",
        ),
        pytest.param(
            ("009608,金,18:00,23:58", "009608,土,0:00,5:59"),
            ["fri 18:00-23:59 → announce 009608", "sat 00:00-06:00 → announce 009608"],
            id="a gap before midnight: apart",
        ),
        pytest.param(
            ("009608,金,18:00,23:59", "009608,土,0:00:01,5:59"),
            ["fri 18:00-24:00 → announce 009608", "sat 00:00:01-06:00 → announce 009608"],
            id="a gap after midnight: apart",
        ),
        pytest.param(
            ("009608,金,18:00,23:59", "009608,土,0:00,17:59"),
            ["fri 18:00-24:00 → announce 009608", "sat 00:00-18:00 → announce 009608"],
            id="as long as a day: apart",
        ),
        pytest.param(
            ("009608,金,18:00,23:59", "009608,土,0:00,17:59:58"),
            ["fri 18:00-17:59:59 → announce 009608"],
            id="a second shorter than a day",
        ),
        pytest.param(
            ("1001,,0:00,11:59", "1001,,12:00,23:59"),
            ["00:00-12:00 → ring 1001", "12:00-24:00 → ring 1001"],
            id="touching rows stay apart",
        ),
    ],
)
def test_evenings_and_mornings(rows: tuple[str, ...], expected: list[str]) -> None:
    """An evening and the morning after it become one rule, everything else stays apart."""
    assert rule_texts(file_of(*(f"{NUMBER},{row}" for row in rows))) == expected


# What is refused in reading.

NO_BUSY = "`busy` is no destination of a row: leave its time uncovered, it is busy too"
GUIDANCE = "`009608` is guidance, which answers before a phone can: give it its own row"
SHAPE = "write `03-1234-5678` or `+81312345678`"
LOST_ZERO = "a spreadsheet keeps the 0 when the cell is text"
COMMA = "part targets with a half-width comma"
QUOTES = 'write a list as `"1001,1002"`, with nothing outside its quotes'
EMPTY = "write each between commas, as `1001,1002`"
TARGET_FIX = "write an extension of `0000-8999`, `009608` or an outside number"
DAYS_FIX = "write some of `月,火,水,木,金,土,日`, or nothing for every day"
TIME_FIX = "write `9:00` or `9:00:00`"
HOURS_FIX = "hours are 0 to 23, the day starts with `0:00:00` and ends with `23:59:59`"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            ",1001,,8:00,8:59",
            ["電話番号: `` is empty: a called number needs at least one character"],
            id="no number",
        ),
        pytest.param(
            "110,1001,,8:00,8:59",
            [
                (
                    "電話番号: `110` is not an outside number, as a called number "
                    f"must be: {SHAPE}"
                )
            ],
            id="too short a number",
        ),
        pytest.param(
            "312345678,1001,,8:00,8:59",
            [
                (
                    "電話番号: `312345678` does not begin with 0 or +, as a called "
                    f"number must: {LOST_ZERO}"
                )
            ],
            id="a number that lost its 0",
        ),
        pytest.param(
            "０３１２３４５６７８,1001,,8:00,8:59",
            ["電話番号: `０３１２３４５６７８` is not half-width: write `0312345678`"],
            id="full-width digits in a number",
        ),
        pytest.param(
            "0312345678,,,8:00,8:59",
            [f"着信先内線ユーザー: `` has an empty target: {EMPTY}"],
            id="no target",
        ),
        pytest.param(
            '0312345678,"1001,,1002",,8:00,8:59',
            [f"着信先内線ユーザー: `1001,,1002` has an empty target: {EMPTY}"],
            id="an empty target",
        ),
        pytest.param(
            "0312345678,1001，1002,,8:00,8:59",
            ["着信先内線ユーザー: `1001，1002` is not half-width: write `1001,1002`"],
            id="4-22: a full-width comma",
        ),
        pytest.param(
            "0312345678,1001、1002,,8:00,8:59",
            ["着信先内線ユーザー: `1001、1002` is not half-width: write `1001,1002`"],
            id="4-22: a Japanese comma",
        ),
        pytest.param(
            "0312345678,１００１,,8:00,8:59",
            ["着信先内線ユーザー: `１００１` is not half-width: write `1001`"],
            id="full-width digits in a target",
        ),
        pytest.param(
            '0312345678,"1001,009608",,8:00,8:59',
            [f"着信先内線ユーザー: {GUIDANCE}"],
            id="4-23: guidance beside a phone",
        ),
        pytest.param(
            '0312345678,"009608,009608",,8:00,8:59',
            [f"着信先内線ユーザー: {GUIDANCE}"],
            id="guidance twice, said once",
        ),
        pytest.param(
            "0312345678,9608,,8:00,8:59",
            [f"着信先内線ユーザー: `9608` is not a target: {TARGET_FIX}"],
            id="guidance that lost its zeros",
        ),
        pytest.param(
            '0312345678,"9000,101",,8:00,8:59',
            [
                f"着信先内線ユーザー: `9000` is not a target: {TARGET_FIX}",
                f"着信先内線ユーザー: `101` is not a target: {TARGET_FIX}",
            ],
            id="4-13: no extensions, both said",
        ),
        pytest.param(
            '0312345678,"1001,1001",,8:00,8:59',
            ["着信先内線ユーザー: `1001` stands twice: targets must differ, remove one"],
            id="a target twice",
        ),
        pytest.param(
            "0312345678,営業部,,8:00,8:59",
            ["着信先内線ユーザー: `営業部` is a name: write the numbers of a group one by one"],
            id="a group",
        ),
        pytest.param(
            "0312345678,0001 0002 0003,,8:00,8:59",
            [f"着信先内線ユーザー: `0001 0002 0003` is not one target: {COMMA}"],
            id="targets parted by spaces",
        ),
        pytest.param(
            "0312345678,0001.0002.0003,,8:00,8:59",
            [f"着信先内線ユーザー: `0001.0002.0003` is not one target: {COMMA}"],
            id="targets parted by full stops",
        ),
        pytest.param(
            "0312345678,9012345678,,8:00,8:59",
            [
                (
                    "着信先内線ユーザー: `9012345678` does not begin with 0 or +, as an "
                    f"outside target must: {LOST_ZERO}"
                )
            ],
            id="an outside target that lost its 0",
        ),
        pytest.param(
            "0312345678,1:1,,8:00,8:59",
            [
                (
                    "着信先内線ユーザー: `1:1` is not an outside number, as an outside "
                    f"target must be: {SHAPE}"
                )
            ],
            id="no number at all",
        ),
        pytest.param(
            "0312345678,1001,平日,8:00,8:59",
            [f"曜日: `平日` is not a weekday: {DAYS_FIX}"],
            id="no weekday",
        ),
        pytest.param(
            '0312345678,1001,"祝,mon,月",8:00,8:59',
            [
                f"曜日: `祝` is not a weekday: {DAYS_FIX}",
                f"曜日: `mon` is not a weekday: {DAYS_FIX}",
            ],
            id="no weekdays, both said",
        ),
        pytest.param(
            '0312345678,1001,"月,",8:00,8:59',
            [f"曜日: `` is not a weekday: {DAYS_FIX}"],
            id="a comma too many",
        ),
        pytest.param(
            '0312345678,1001,"月,月",8:00,8:59',
            ["曜日: `月` stands twice: weekdays must differ, remove one"],
            id="a weekday twice",
        ),
        pytest.param(
            "0312345678,1001,月、火,8:00,8:59",
            ["曜日: `月、火` is not half-width: write `月,火`"],
            id="a Japanese comma between weekdays",
        ),
        pytest.param(
            "0312345678,1001,,,8:59",
            [f"開始: `` is not a time of day: {TIME_FIX}"],
            id="no start",
        ),
        pytest.param(
            "0312345678,1001,,8,9時",
            [
                f"開始: `8` is not a time of day: {TIME_FIX}",
                f"終了: `9時` is not a time of day: {TIME_FIX}",
            ],
            id="no times",
        ),
        pytest.param(
            "0312345678,1001,,８:00,9：00",
            [
                "開始: `８:00` is not half-width: write `8:00`",
                "終了: `9：00` is not half-width: write `9:00`",
            ],
            id="4-27: full-width times",
        ),
        pytest.param(
            "0312345678,1001,,8:00,9:60",
            ["終了: `9:60` is not a time of day: minutes are 00 to 59"],
            id="4-27: minutes",
        ),
        pytest.param(
            "0312345678,1001,,8:00:60,9:00",
            ["開始: `8:00:60` is not a time of day: seconds are 00 to 59"],
            id="seconds",
        ),
        pytest.param(
            "0312345678,1001,,8:00,24:00",
            [f"終了: `24:00` is not a time of day: {HOURS_FIX}"],
            id="4-27: 24:00",
        ),
        pytest.param(
            "0312345678,1001,,24:00:00,25:00",
            [
                f"開始: `24:00:00` is not a time of day: {HOURS_FIX}",
                f"終了: `25:00` is not a time of day: {HOURS_FIX}",
            ],
            id="hours",
        ),
        pytest.param(
            "0312345678,1001,,18:00,9:00",
            [
                (
                    "終了: `18:00-9:00` runs over midnight: split into two rows, "
                    "`18:00-23:59:59` and, for the weekdays that follow, `0:00:00-9:00`"
                )
            ],
            id="4-28: over midnight",
        ),
        pytest.param(
            "0312345678,1001,,9:00:01,9:00:00",
            [
                (
                    "終了: `9:00:01-9:00:00` runs over midnight: split into two rows, "
                    "`9:00:01-23:59:59` and, for the weekdays that follow, `0:00:00-9:00:00`"
                )
            ],
            id="4-28: by a second",
        ),
        pytest.param(
            "0312345678,1001,,18:00,0:00",
            ["終了: `18:00-0:00` runs over midnight: for the end of the day write `23:59:59`"],
            id="4-28: until midnight",
        ),
        pytest.param(
            "1,9,X,7,18:00",
            [
                f"電話番号: `1` is not an outside number, as a called number must be: {SHAPE}",
                f"着信先内線ユーザー: `9` is not a target: {TARGET_FIX}",
                f"曜日: `X` is not a weekday: {DAYS_FIX}",
                f"開始: `7` is not a time of day: {TIME_FIX}",
            ],
            id="everything at once",
        ),
    ],
)
def test_a_cell_is_refused(row: str, expected: list[str]) -> None:
    """Each wrong cell is named with its row, its column and the fix."""
    text = file_of("05012345678,1001,,8:00,8:59", "", row)

    assert refusals(text) == [f"row 4, {each}" for each in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "", [f"row 1: names no column: write `{HEADER}` as the first row"], id="nothing"
        ),
        pytest.param(
            f"\n{ROW}\nx\n",
            [f"row 2: names no column: write `{HEADER}` as the first row"],
            id="no header",
        ),
        pytest.param(
            f"{HEADER.replace('着信先内線ユーザー', '着信内線ユーザー')}\n",
            [
                "row 1: `着信内線ユーザー` is not a column: did you mean `着信先内線ユーザー`?",
                "row 1: `着信先内線ユーザー` is missing: every row needs this column",
            ],
            id="4-30: another name of a column",
        ),
        pytest.param(
            f"{HEADER},備考\n{ROW},x\n",
            [
                (
                    "row 1: `備考` is not a column: write one of `曜日`, "
                    "`着信先内線ユーザー`, `終了`, `開始`, `電話番号`"
                )
            ],
            id="a column too many",
        ),
        pytest.param(
            f"{HEADER},曜日\n{ROW},\n",
            ["row 1: `曜日` names 2 columns: keep one of them"],
            id="a column twice",
        ),
        pytest.param(
            "電話番号,着信先内線ユーザー,開始,終了\n0312345678,1001,9:00,24:00\n",
            [
                "row 1: `曜日` is missing: every row needs this column",
                f"row 2, 終了: `24:00` is not a time of day: {HOURS_FIX}",
            ],
            id="a column too few, and what its rows have besides",
        ),
        pytest.param(
            file_of("0312345678,1001,1002,,8:00,8:59", "0312345678,1001"),
            [
                'row 2: has 6 cells for 5 columns: quote a list, as `"1001,1002"`',
                "row 3: has 2 cells for 5 columns: write the empty ones too",
            ],
            id="cells too many and too few",
        ),
        pytest.param(
            file_of(f"{ROW[:-4]}x", '0312345678,"1001"x,,8:00,8:59', "x"),
            [
                f"row 2, 終了: `x` is not a time of day: {TIME_FIX}",
                f"row 3: cannot be read as CSV from here on: {QUOTES}",
            ],
            id="a quote in the wrong place",
        ),
        pytest.param(
            file_of('0312345678,"1001,,8:00,8:59', ROW),
            [f"row 2: cannot be read as CSV from here on: {QUOTES}"],
            id="a quote left open",
        ),
        pytest.param(
            f'"{HEADER}\n{ROW}\n',
            [f"row 1: cannot be read as CSV from here on: {QUOTES}"],
            id="a quote left open in the header",
        ),
        pytest.param(
            file_of('0312345678,1001,"月\n火",8:00,8:59', ROW.replace("8:59", "24:00")),
            [
                f"row 2, 曜日: `月\\n火` is not a weekday: {DAYS_FIX}",
                f"row 3, 終了: `24:00` is not a time of day: {HOURS_FIX}",
            ],
            id="a line end in a cell is one row",
        ),
    ],
)
def test_a_file_is_refused(text: str, expected: list[str]) -> None:
    """Each problem of a file is named with its row and the fix."""
    assert refusals(text) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ("1001,,8:00,19:59", "1002,,19:00,23:59"),
            ["row 3: shares `19:00:00-19:59:59` of `月,火,水,木,金,土,日` with row 2"],
            id="every day",
        ),
        pytest.param(
            ('1001,"月,火",8:00,19:59', '1002,"火,水",19:59:59,20:30'),
            ["row 3: shares `19:59:59-19:59:59` of `火` with row 2"],
            id="one second of one weekday",
        ),
        pytest.param(
            ("1001,,12:00,12:59", "1002,,8:00,19:59"),
            ["row 3: shares `12:00:00-12:59:59` of `月,火,水,木,金,土,日` with row 2"],
            id="within, the later start first",
        ),
        pytest.param(
            ("1001,月,8:00,8:59", "1001,月,8:00,8:59"),
            ["row 3: shares `8:00:00-8:59:59` of `月` with row 2"],
            id="the same twice",
        ),
        pytest.param(
            ("1001,月,8:00,19:59", "1002,月,9:00,9:59", "1003,月,12:00,12:59"),
            [
                "row 3: shares `9:00:00-9:59:59` of `月` with row 2",
                "row 4: shares `12:00:00-12:59:59` of `月` with row 2",
            ],
            id="one with two",
        ),
        pytest.param(
            ("1001,月,8:00,8:59", "1002,月,8:30,9:29", "1003,月,25:00,9:59"),
            [
                "row 3: shares `8:30:00-8:59:59` of `月` with row 2",
                f"row 4, 開始: `25:00` is not a time of day: {HOURS_FIX}",
            ],
            id="with other problems, in the order of the file",
        ),
    ],
)
def test_rows_that_share_time_are_refused(rows: tuple[str, ...], expected: list[str]) -> None:
    """4-35: rows of one number that share a weekday may not share a second of it."""
    found = refusals(file_of(*(f"{NUMBER},{row}" for row in rows)))

    fix = ": end one before the other starts"
    assert found == [each + fix if "shares" in each else each for each in expected]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((f"{NUMBER},1001,,8:00,19:59", f"{NUMBER},1002,,20:00,23:59"), id="touch"),
        pytest.param(
            (f"{NUMBER},1001,月,8:00,19:59", f"{NUMBER},1002,火,8:00,19:59"), id="other days"
        ),
        pytest.param(
            (f"{NUMBER},1001,,8:00,19:59", "05012345678,1002,,8:00,19:59"), id="other numbers"
        ),
    ],
)
def test_rows_that_share_no_time_are_read(rows: tuple[str, ...]) -> None:
    """4-35: rows may touch, and what other days and other numbers do is their own."""
    schedules = read_clocall(file_of(*rows))

    assert sum(len(each.rules) for each in schedules.values()) == 2


def test_a_problem_names_its_file() -> None:
    """A problem carries the name of the file, and its place apart from its words."""
    with pytest.raises(DocumentError) as caught:
        read_clocall(file_of("0312345678,1001,,8:00,24:00"), source="incoming.csv")

    (problem,) = caught.value.problems
    assert (problem.source, problem.path) == ("incoming.csv", "row 2, 終了")
    assert str(problem).startswith("incoming.csv: row 2, 終了: `24:00` is not a time of day")


def test_bytes_are_refused() -> None:
    """A file that was not decoded is refused."""
    with pytest.raises(InvalidValueError) as caught:
        read_clocall(HEADER.encode())  # type: ignore[arg-type]

    assert str(caught.value).endswith("is not text, as the text of a file must be")


def test_an_unknown_zone_is_refused() -> None:
    """The zone is checked even when there is no row."""
    with pytest.raises(InvalidValueError, match="`Asia/Tokio` is not a time zone"):
        read_clocall(file_of(), zone="Asia/Tokio")


# Writing.

DAY = Ring(("1001", "1002"))
NIGHT = Announce()


def test_the_form_of_a_written_file() -> None:
    """A file is written with CRLF, no mark, quotes where needed, and numbers in order."""
    day = schedule_of(Rule("mon-fri 08:00-20:00", DAY))
    mobile = schedule_of(Rule("00:00-24:00", Ring(("090-1234-5678",))))

    written = write_clocall({"050-1234-5678": mobile, "03-1234-5678": day})

    assert written == (
        f"{HEADER}\r\n"
        "05012345678,09012345678,,0:00:00,23:59:59\r\n"
        '0312345678,"1001,1002","月,火,水,木,金",8:00:00,19:59:59\r\n'
    )


def test_nothing_is_a_header() -> None:
    """No schedules are written as a header alone."""
    assert write_clocall({}) == f"{HEADER}\r\n"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(
            (Rule("mon 13:00-18:00,09:00-12:00", DAY),),
            [
                ["1001,1002", "月", "9:00:00", "11:59:59"],
                ["1001,1002", "月", "13:00:00", "17:59:59"],
            ],
            id="two spans",
        ),
        pytest.param(
            (Rule("tue 09:00-12:00", DAY), Rule("mon 09:00-12:00", DAY)),
            [
                ["1001,1002", "月", "9:00:00", "11:59:59"],
                ["1001,1002", "火", "9:00:00", "11:59:59"],
            ],
            id="by weekday, two rules apart",
        ),
        pytest.param(
            (Rule("sun 22:00:30-06:00", NIGHT),),
            [
                ["009608", "月", "0:00:00", "5:59:59"],
                ["009608", "日", "22:00:30", "23:59:59"],
            ],
            id="overnight, over the week's end",
        ),
        pytest.param(
            (Rule("mon-fri 22:00-06:00", NIGHT),),
            [
                ["009608", "月,火,水,木,金", "22:00:00", "23:59:59"],
                ["009608", "火,水,木,金,土", "0:00:00", "5:59:59"],
            ],
            id="overnight, the weekdays shifted",
        ),
        pytest.param(
            (Rule("05:00-07:00,22:00-06:00", NIGHT),),
            [
                ["009608", "", "0:00:00", "6:59:59"],
                ["009608", "", "22:00:00", "23:59:59"],
            ],
            id="a rule that runs into its own morning",
        ),
        pytest.param(
            (Rule("06:00-07:00,22:00-06:00", NIGHT),),
            [
                ["009608", "", "0:00:00", "5:59:59"],
                ["009608", "", "6:00:00", "6:59:59"],
                ["009608", "", "22:00:00", "23:59:59"],
            ],
            id="a rule that touches its own morning: apart",
        ),
        pytest.param(
            (Rule("mon,tue 05:00-07:00,22:00-06:00", NIGHT),),
            [
                ["009608", "月", "5:00:00", "6:59:59"],
                ["009608", "月,火", "22:00:00", "23:59:59"],
                ["009608", "火", "0:00:00", "6:59:59"],
                ["009608", "水", "0:00:00", "5:59:59"],
            ],
            id="and one that does so on one of its days",
        ),
        pytest.param(
            (Rule("00:00-24:00", NIGHT, "names are not written"),),
            [["009608", "", "0:00:00", "23:59:59"]],
            id="a named rule",
        ),
    ],
)
def test_rules_are_written(rules: tuple[Rule[Destination], ...], expected: list[Any]) -> None:
    """Each rule is written as the rows that say it, by weekday and start."""
    assert written_rows(*rules) == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param((), [["009608", "", "0:00:00", "23:59:59"]], id="all of the time"),
        pytest.param(
            (Rule("00:00-24:00", DAY),),
            [["1001,1002", "", "0:00:00", "23:59:59"]],
            id="none of the time",
        ),
        pytest.param(
            (Rule("mon-fri 09:00-18:00", DAY),),
            [
                ["009608", "月,火,水,木,金", "0:00:00", "8:59:59"],
                ["1001,1002", "月,火,水,木,金", "9:00:00", "17:59:59"],
                ["009608", "月,火,水,木,金", "18:00:00", "23:59:59"],
                ["009608", "土,日", "0:00:00", "23:59:59"],
            ],
            id="around a rule",
        ),
        pytest.param(
            (
                Rule("sat 22:00-06:00", DAY),
                Rule("sun-fri 00:00-24:00".replace("sun", "mon"), DAY),
            ),
            [
                ["1001,1002", "月,火,水,木,金", "0:00:00", "23:59:59"],
                ["009608", "土", "0:00:00", "21:59:59"],
                ["1001,1002", "土", "22:00:00", "23:59:59"],
                ["1001,1002", "日", "0:00:00", "5:59:59"],
                ["009608", "日", "6:00:00", "23:59:59"],
            ],
            id="around a night",
        ),
    ],
)
def test_otherwise_fills_what_is_left(
    rules: tuple[Rule[Destination], ...], expected: list[Any]
) -> None:
    """`otherwise` is written as rows that fill the uncovered time."""
    assert written_rows(*rules, otherwise=NIGHT) == expected


def test_holidays_that_no_rule_names_do_not_matter() -> None:
    """A calendar that no rule asks changes no answer, so it stops no writing."""
    holidays = {date(2026, 11, 23): "勤労感謝の日"}

    assert written_rows(Rule("00:00-24:00", NIGHT), holidays=holidays) == [
        ["009608", "", "0:00:00", "23:59:59"]
    ]


LEAVE_OUT = "as no row can be: leave the rule out, and change the rows when its days come"


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        pytest.param(
            schedule_of(Rule("holiday 00:00-24:00", NIGHT)),
            [f"rule 1: `holiday 00:00-24:00` is for public holidays, {LEAVE_OUT}"],
            id="holidays",
        ),
        pytest.param(
            schedule_of(Rule("2026-12-29 00:00-24:00", NIGHT)),
            [f"rule 1: `2026-12-29 00:00-24:00` is for dates, {LEAVE_OUT}"],
            id="dates",
        ),
        pytest.param(
            schedule_of(Rule("12-29..01-03 00:00-24:00", NIGHT)),
            [f"rule 1: `12-29..01-03 00:00-24:00` is for dates of every year, {LEAVE_OUT}"],
            id="dates of every year",
        ),
        pytest.param(
            schedule_of(Rule("mon[2] 00:00-24:00", NIGHT)),
            [f"rule 1: `mon[2] 00:00-24:00` is for recurring days, {LEAVE_OUT}"],
            id="an nth weekday",
        ),
        pytest.param(
            schedule_of(Rule("rrule:FREQ=WEEKLY;BYDAY=MO 00:00-24:00", NIGHT)),
            [
                (
                    "rule 1: `rrule:FREQ=WEEKLY;BYDAY=MO 00:00-24:00` is for "
                    f"recurring days, {LEAVE_OUT}"
                )
            ],
            id="a recurrence",
        ),
        pytest.param(
            schedule_of(Rule("07-01..08-31 mon-fri 00:00-24:00", NIGHT)),
            [f"rule 1: `07-01..08-31 mon-fri 00:00-24:00` is for a season, {LEAVE_OUT}"],
            id="a season",
        ),
        pytest.param(
            schedule_of(Rule("sun,holiday,2026-12-29 00:00-24:00", NIGHT)),
            [
                f"rule 1: `2026-12-29,holiday,sun 00:00-24:00` is for dates, {LEAVE_OUT}",
                (
                    "rule 1: `2026-12-29,holiday,sun 00:00-24:00` is for public "
                    f"holidays, {LEAVE_OUT}"
                ),
            ],
            id="weekdays and more",
        ),
        pytest.param(
            schedule_of(Rule("00:00-24:00", Busy())),
            [f"rule 1: {NO_BUSY}"],
            id="busy",
        ),
        pytest.param(
            schedule_of(Rule("00:00-24:00", Ring(("1001",), seconds=30, then=Announce()))),
            [
                (
                    "rule 1: `ring 1001 for 30 s, then announce 009608` has more than "
                    "targets: a row can only ring them together, leave the rest out"
                ),
            ],
            id="a ring with more than targets",
        ),
        pytest.param(
            schedule_of(Rule("09:00-18:00", DAY), otherwise=Busy()),
            [f"otherwise: {NO_BUSY}"],
            id="busy otherwise",
        ),
        pytest.param(
            schedule_of(Rule("00:00-24:00", Ring(("sales", "1001", "9001")))),
            [
                "rule 1: `sales` is a name: write the numbers of a group one by one",
                f"rule 1: `9001` is not a target: {TARGET_FIX}",
            ],
            id="a group, and no extension",
        ),
        pytest.param(
            schedule_of(Rule("00:00-24:00", Announce("009609"))),
            ["rule 1: `009609` is not the guidance: announce `009608`"],
            id="another guidance",
        ),
        pytest.param(
            schedule_of(Rule("00:00-24:00", "open")),  # type: ignore[arg-type]
            [
                "rule 1: `open` is not a destination: ring targets, or announce `009608`",
            ],
            id="no destination",
        ),
        pytest.param(
            schedule_of(Rule("00:00-24:00", DAY), override=Override(NIGHT)),
            [
                (
                    "override: `announce 009608` is forced by hand, which no row "
                    "can say: take it back first"
                )
            ],
            id="an override",
        ),
        pytest.param(
            schedule_of(Rule("00:00-24:00", DAY), overlap="first"),
            ["overlap: `first` lets rules overlap, as no rows may: part the rules"],
            id="overlapping rules",
        ),
        pytest.param(
            schedule_of(
                Rule("mon 00:00-24:00", DAY),
                Rule("holiday 00:00-24:00", Busy()),
                overlap="first",
                otherwise=Announce("1"),
            ),
            [
                "overlap: `first` lets rules overlap, as no rows may: part the rules",
                f"rule 2: `holiday 00:00-24:00` is for public holidays, {LEAVE_OUT}",
                f"rule 2: {NO_BUSY}",
                "otherwise: `1` is not the guidance: announce `009608`",
            ],
            id="all of it at once",
        ),
    ],
)
def test_what_no_row_can_say_is_refused(
    schedule: Schedule[Destination], expected: list[str]
) -> None:
    """What the dialect cannot say is refused with its place and what to do."""
    with pytest.raises(DocumentError) as caught:
        write_clocall({NUMBER: schedule})

    assert str(caught.value).splitlines() == [f"{NUMBER}, {each}" for each in expected]


@pytest.mark.parametrize(
    ("schedules", "expected"),
    [
        pytest.param(
            {"0312345678": schedule_of()},
            ["0312345678: has no rule, and so would have no row: leave the number out"],
            id="no rule",
        ),
        pytest.param(
            {
                "0312345678": schedule_of(Rule("00:00-24:00", DAY)),
                "03-1234-5678": schedule_of(Rule("00:00-24:00", DAY)),
            },
            [
                (
                    "03-1234-5678: `03-1234-5678` is the same number as one "
                    "before: give it one schedule"
                )
            ],
            id="a number twice",
        ),
        pytest.param(
            {
                "312345678": schedule_of(Rule("00:00-24:00", DAY)),
                "0312345678": schedule_of(Rule("00:00-24:00", Busy())),
            },
            [
                (
                    "312345678: `312345678` does not begin with 0 or +, as a "
                    f"called number must: {LOST_ZERO}"
                ),
                f"0312345678, rule 1: {NO_BUSY}",
            ],
            id="no number, and the other numbers",
        ),
        pytest.param(
            {312345678: schedule_of(Rule("00:00-24:00", DAY))},
            [
                (
                    "312345678: `312345678` is not text, as a called number must "
                    'be: write it in quotes, "312345678"'
                )
            ],
            id="an int",
        ),
    ],
)
def test_what_no_file_can_hold_is_refused(
    schedules: dict[str, Schedule[Destination]], expected: list[str]
) -> None:
    """A number that cannot have rows of its own is refused, beside everything else."""
    with pytest.raises(DocumentError) as caught:
        write_clocall(schedules)

    assert str(caught.value).splitlines() == expected


@pytest.mark.parametrize(
    ("schedules", "expected"),
    [
        pytest.param(
            [], "`[]` is not `Mapping`, as the schedules of called numbers must be", id="a list"
        ),
        pytest.param(
            {NUMBER: "open"},
            "`open` is not `Schedule`, as the schedule of a called number must be",
            id="no schedule",
        ),
    ],
)
def test_only_schedules_are_written(schedules: Any, expected: str) -> None:
    """Anything but a mapping of schedules is refused."""
    with pytest.raises(InvalidValueError) as caught:
        write_clocall(schedules)

    assert str(caught.value) == expected


def test_the_example_is_written_in_the_canonical_form() -> None:
    """The office of the manual is written by start, its times to the second."""
    text = (ROOT / "examples/clocall/incoming.csv").read_text(encoding="utf-8")

    assert write_clocall(read_clocall(text)) == (
        f"{HEADER}\r\n"
        "0312345678,009608,,0:00:00,7:59:59\r\n"
        '0312345678,"1001,1002",,8:00:00,19:59:59\r\n'
        "0312345678,1003,,20:00:00,23:59:59\r\n"
    )
