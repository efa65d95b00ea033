"""The commands print answers, say what is wrong in one line, and end with a code.

Here: each command, called and started for real, and every argument that is wrong. Not
here: whether the answers are right, which the tests of the areas prove, or the form of
their JSON (`tests/test_schema.py`).
"""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import cloudpbx
from cloudpbx._cli import main
from cloudpbx._cli.commands import COMMANDS
from tests.project import ROOT

OFFICE = str(ROOT / "examples" / "clocall" / "office.toml")
AT = "2026-11-24T10:00+09:00"
ROUTE = ("route", OFFICE, "--to", "03-1234-5678", "--from", "090-1234-5678", "--at", AT)
WEEK = ("week", OFFICE, "--number", "050-1234-5678")
NEXT = ("next", OFFICE, "--number", "050-1234-5678", "--at", AT)
CHECK = ("check", OFFICE)
MONTH = ("month", OFFICE, "2026-11", "--number", "050-1234-5678")
DIAL = ("dial", OFFICE, "--from", "1001", "--to", "090-1234-5678", "--at", AT)
TOLL_FREE = str(ROOT / "examples" / "toll_free" / "toll_free.toml")
ORDERS = ("route", TOLL_FREE, "--to", "0120-123-456", "--at", "2026-11-25T10:00+09:00")

ROUTE_IN_ENGLISH = """\
03-1234-5678 from 090-1234-5678 at 2026-11-24 10:00:00+09:00
the call rings
     0 s  1001           rings 20 s                       recorded
     0 s  1002           rings 20 s
    20 s  1003           rings 20 s                       1001 did not answer
    40 s  090-1234-0003  rings until the caller hangs up  1001 did not answer, \
1003 did not answer
because
  1. 03-1234-5678 is a number of this tenant
  2. the application has been reviewed and authenticated
  3. rule `08:00-20:00` applies
  4. the destination rings 1001, 1002
"""


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run a command in this process; return its code, output and complaints."""
    code = main(list(arguments))
    written = capsys.readouterr()
    return code, written.out, written.err


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Start a command as a user does."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "cloudpbx", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "0", **environment},
        check=False,
    )


def document(path: Path, text: str) -> str:
    """Write a document and return its path."""
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_route_says_what_rings_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    """The ring plan comes first, then each reason."""
    code, out, err = run(*ROUTE, capsys=capsys)

    assert (code, err) == (0, "")
    assert out.startswith(ROUTE_IN_ENGLISH)


def test_route_speaks_japanese(capsys: pytest.CaptureFixture[str]) -> None:
    """With `--lang ja` the words are Japanese, and the numbers the same."""
    code, out, err = run(*ROUTE, "--lang", "ja", capsys=capsys)

    assert (code, err) == (0, "")
    assert "20秒" in out
    assert "090-1234-0003" in out
    assert "because" not in out


def test_route_knows_the_state_of_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """`--line` may stand several times, and decides."""
    lines = ("--line", "1001=busy", "--line", "1002=offline")
    code, out, _ = run(*ROUTE, *lines, "--json", capsys=capsys)
    answer = json.loads(out)

    assert code == 1
    assert answer["outcome"] == "unreachable"
    assert [each["code"] for each in answer["because"]][4:] == [
        "line.busy",
        "forward.busy",
        "line.offline",
        "line.offline",
    ]
    assert run(*ROUTE, *lines, "--line", "1003=idle", capsys=capsys)[0] == 1


def test_route_prints_json_that_a_program_can_rely_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The JSON is that of the route, and nothing else is printed."""
    _, out, err = run(*ROUTE, "--json", capsys=capsys)
    answer = json.loads(out)

    assert err == ""
    assert answer["call"] == {
        "to": "03-1234-5678",
        "caller": "090-1234-5678",
        "at": "2026-11-24T10:00:00+09:00",
    }
    assert [(leg["target"], leg["start"], leg["seconds"]) for leg in answer["legs"]] == [
        ("1001", 0, 20),
        ("1002", 0, 20),
        ("1003", 20, 20),
        ("09012340003", 40, None),
    ]


def codes_of(answer: dict[str, Any]) -> list[str]:
    """Return the codes of the reasons of a route."""
    return [each["code"] for each in answer["because"]]


@pytest.mark.parametrize(
    ("options", "outcome", "reason"),
    [
        pytest.param(["--from", "03-3123-4567"], "ring", "screening.area.accepted", id="fits"),
        pytest.param(
            ["--from", "03-3123-4567", "--kind", "payphone"],
            "blocked",
            "screening.kind.refused.payphone",
            id="a kind",
        ),
        pytest.param(
            ["--from", "080-1234-5678", "--area", "052"],
            "ring",
            "screening.area.accepted",
            id="a mobile of an area",
        ),
        pytest.param(
            ["--area", "03", "--kind", "fixed"],
            "blocked",
            "screening.kind.refused.withheld",
            id="an area without a number",
        ),
        pytest.param(
            ["--from", "03-3123-4567", "--in-use", "3"], "busy", "channels.full", id="channels"
        ),
        pytest.param(
            ["--from", "03-3123-4567", "--in-use", "+81 120 123 456=3"],
            "busy",
            "channels.full",
            id="channels of a number that is named",
        ),
        pytest.param(
            ["--from", "03-3123-4567", "--in-use", "2", "--in-use", "03-1234-5678=9"],
            "ring",
            "channels.free",
            id="channels of several numbers",
        ),
    ],
)
def test_route_asks_every_feature_of_a_number(
    options: list[str], outcome: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who calls, from where, and how many calls there are decide what becomes of a call."""
    code, out, _ = run(*ORDERS, *options, "--json", capsys=capsys)
    answer = json.loads(out)

    assert (answer["outcome"], code) == (outcome, 0 if outcome == "ring" else 1)
    assert reason in codes_of(answer)


def test_calls_in_use_of_an_unknown_number_do_not_matter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A number that is not known is answered for, however many calls it has."""
    arguments = ("--to", "03-9999-9999", "--at", AT, "--in-use", "3")
    code, out, err = run("route", OFFICE, *arguments, capsys=capsys)

    assert (code, err) == (1, "")
    assert "the number is not known" in out


def test_route_hands_back_what_to_remember(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The turns of one answer go into the next question, and the next member begins."""
    begins: list[str] = []
    numbers = '["0312340001", "0312340002", "0312340003"]'
    path = document(
        tmp_path / "office.toml",
        'zone = "Asia/Tokyo"\nsubscription = { activated = true }\n'
        'numbers = [{ number = "03-1234-5678", incoming = [], '
        f'otherwise = {{ ring = {numbers}, strategy = "circular" }} }}]',
    )
    turns = tmp_path / "turns.json"
    turns.write_text("{}", encoding="utf-8")
    for _ in range(4):
        asked = ("route", path, "--to", "03-1234-5678", "--at", AT, "--turns", str(turns))
        answer = json.loads(run(*asked, "--json", capsys=capsys)[1])
        # A whole answer does as well as its turns alone.
        kept = answer["turns"] if len(begins) == 1 else answer
        turns.write_text(json.dumps(kept), encoding="utf-8")
        begins.append(answer["legs"][0]["target"][-1])

    assert begins == ["1", "2", "3", "1"]


def test_route_goes_on_after_reports(capsys: pytest.CaptureFixture[str]) -> None:
    """`--after` may stand several times, and each report is of what the one before left."""
    reports = ("--after", "1001=rejected@4", "--after", "1002=no_answer")
    asked = (*ORDERS, "--from", "03-3123-4567")
    plain, reported = (
        json.loads(run(*asked, *options, "--json", capsys=capsys)[1])
        for options in ((), reports)
    )
    answered = run(*asked, "--after", "1001=answered_elsewhere@5", capsys=capsys)

    assert [each["target"] for each in plain["legs"][:3]] == ["1001", "1002", "1003"]
    assert [(each["target"], each["start"]) for each in reported["legs"][:2]] == [
        ("1003", 22),
        ("1002", 35),
    ]
    assert "leg.rejected" in codes_of(reported)
    assert answered[0] == 0
    assert "the call is answered" in answered[1]


def test_the_id_of_a_call_decides_who_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One id gives one target, and many ids give every target."""
    ratio = "{ 0312340001 = 1, 0312340002 = 1 }"
    path = document(
        tmp_path / "office.toml",
        'zone = "Asia/Tokyo"\nsubscription = { activated = true }\n'
        f'numbers = [{{ number = "03-1234-5678", incoming = [], '
        f"otherwise = {{ distribute = {ratio} }} }}]",
    )

    def drawn(call_id: str) -> str:
        asked = ("route", path, "--to", "03-1234-5678", "--at", AT, "--call-id", call_id)
        answer = json.loads(run(*asked, "--json", capsys=capsys)[1])
        return str(answer["legs"][0]["target"])

    assert len({drawn(f"call-{number}") for number in range(12)}) == 2
    assert len({drawn("call-1") for _ in range(3)}) == 1


@pytest.mark.parametrize(
    ("options", "code", "found"),
    [
        pytest.param([], 0, {"kind": "domestic", "outcome": "allowed"}, id="outside"),
        pytest.param(
            ["--to", "010-1-212-555-0123"],
            1,
            {"kind": "international", "outcome": "refused"},
            id="abroad",
        ),
        pytest.param(["--to", "110"], 0, {"kind": "emergency"}, id="an emergency number"),
        pytest.param(["--to", "1002"], 0, {"kind": "extension", "plan": "ring"}, id="inside"),
        pytest.param(
            ["--to", "1003", "--line", "1003=busy"],
            1,
            {"outcome": "allowed", "plan": "busy"},
            id="an extension that is busy",
        ),
        pytest.param(
            ["--caller-id", "050-1234-5678"], 0, {"caller_id": "05012345678"}, id="a number"
        ),
        pytest.param(["--caller-id", ""], 0, {"caller_id": None}, id="no number to show"),
        pytest.param(["--caller-id", "03-9999-9999"], 1, {"caller_id": None}, id="no own one"),
    ],
)
def test_dial_says_whether_and_how(
    options: list[str], code: int, found: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    """The code is 0 when the call may be made and somebody is reached, else 1."""
    given, out, err = run(*DIAL, *options, "--json", capsys=capsys)
    answer = json.loads(out)

    assert (given, err) == (code, "")
    assert {key: answer[key] for key in found} == found


def test_dial_says_it_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """The text has the number to send and every reason, in both languages."""
    english, japanese = (run(*DIAL, "--lang", lang, capsys=capsys)[1] for lang in ("en", "ja"))

    assert english.startswith("1001 dials 090-1234-5678 at 2026-11-24 10:00:00+09:00\nallowed")
    assert "because" in english
    assert "because" not in japanese


def test_flow_draws_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A flow has its number first, as text, as Mermaid, as a picture and as data."""
    picture = tmp_path / "flow.svg"
    flow = ("flow", OFFICE, "--number", "050-1234-5678")
    code, out, err = run(*flow, "--svg", str(picture), capsys=capsys)

    assert (code, err) == (0, "")
    assert out.startswith("050-1234-5678 (called number; support)\n")
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert run(*flow, "--mermaid", capsys=capsys)[1].startswith("flowchart TD\n")
    data = json.loads(run(*flow, "--json", capsys=capsys)[1])
    assert data["nodes"][0]["about"] == "050-1234-5678"
    assert "着信番号" in run(*flow, "--lang", "ja", capsys=capsys)[1]
    unknown = run("flow", OFFICE, "--number", "03-9999-9999", capsys=capsys)
    assert (unknown[0], "is none of the tenant's numbers" in unknown[2]) == (2, True)


def test_month_draws_a_number_or_a_shared_schedule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A month has its days, its holidays, and the rules that own them."""
    path = document(
        tmp_path / "office.toml",
        'zone = "Asia/Tokyo"\n[schedules.hours]\notherwise = "closed"\n'
        'rules = [{ when = "2026-11-24 09:00-18:00", value = "open" }]',
    )
    code, out, err = run(*MONTH, capsys=capsys)
    shared = run("month", path, "--schedule", "hours", "2026-11", "--json", capsys=capsys)
    days = json.loads(shared[1])["days"]

    assert (code, err) == (0, "")
    assert out.startswith("2026-11\n")
    assert "勤労感謝の日" in out
    assert (shared[0], len(days)) == (0, 30)
    assert [each["date"] for each in days if each["owner"] == "dated"] == ["2026-11-24"]
    assert "2026年11月" in run(*MONTH, "--lang", "ja", capsys=capsys)[1]


@pytest.mark.parametrize(
    ("to", "at", "code"),
    [
        pytest.param("03-1234-5678", AT, 0, id="rings"),
        pytest.param("03-1234-5678", "2026-11-24T07:59:59+09:00", 0, id="a guidance answers"),
        pytest.param("+81 3 1234 5678", AT, 0, id="another spelling"),
        pytest.param("03-9999-9999", AT, 1, id="an unknown number"),
    ],
)
def test_route_ends_with_1_when_nobody_is_reached(
    to: str, at: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code is 0 when something rings or answers, else 1."""
    assert run("route", OFFICE, "--to", to, "--at", at, capsys=capsys)[0] == code


def test_route_ends_with_1_in_a_gap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gap of the schedule reaches nobody."""
    path = document(
        tmp_path / "office.toml",
        'zone = "Asia/Tokyo"\nsubscription = { activated = true }\n'
        'numbers = [{ number = "03-1234-5678", incoming = [] }]',
    )
    code, out, _ = run("route", path, "--to", "03-1234-5678", "--at", AT, capsys=capsys)

    assert code == 1
    assert "nothing answers" in out


def test_week_draws_a_row_for_each_day(capsys: pytest.CaptureFixture[str]) -> None:
    """An ordinary week has rows of weekdays, a dated one its dates and holidays."""
    code, out, err = run(*WEEK, capsys=capsys)
    _, dated, _ = run(*WEEK, "--of", "2026-11-24", "--lang", "ja", capsys=capsys)

    assert (code, err) == (0, "")
    assert [line[:3] for line in out.splitlines()[2:9]] == [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ]
    assert "勤労感謝の日" in dated
    assert "勤労感謝の日" not in out


def test_check_says_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With findings the code is 1, without it is 0 and says so."""
    path = document(
        tmp_path / "office.toml",
        'zone = "Asia/Tokyo"\nsubscription = { activated = true, max_extensions = 1 }\n'
        'extensions = [{ number = "1001", forwards = { busy = "+44 20 7946 0000" } }]\n'
        'numbers = [{ number = "03-1234-5678", incoming = [\n'
        '{ when = "mon-fri 09:00-18:00", ring = ["1001"] }] }]',
    )
    code, out, err = run("check", path, capsys=capsys)
    _, japanese, _ = run("check", path, "--lang", "ja", capsys=capsys)
    _, as_json, _ = run("check", path, "--json", capsys=capsys)

    assert (code, err) == (1, "")
    assert "numbers[0].incoming: error: no rule says anything" in out
    assert "extensions[0].forwards.busy: warning: +44 20 7946 0000 is abroad" in out
    assert "  → customer: switch international calls on" in out
    assert "警告" in japanese
    assert [each["code"] for each in json.loads(as_json)["findings"]][-1] == "target.abroad"
    assert run(*CHECK, capsys=capsys) == (0, "nothing was found\n", "")
    assert json.loads(run(*CHECK, "--json", capsys=capsys)[1]) == {"findings": []}


def test_next_says_when_and_what_then(capsys: pytest.CaptureFixture[str]) -> None:
    """The moment of the change stands between what holds before and after it."""
    code, out, err = run(*NEXT, capsys=capsys)
    _, as_json, _ = run(*NEXT, "--json", capsys=capsys)

    assert (code, err) == (0, "")
    assert out == "ring support until 2026-11-24 18:00:00+09:00, then ring 1003\n"
    assert json.loads(as_json) == {
        "number": "05012345678",
        "at": "2026-11-24T10:00:00+09:00",
        "value": {"ring": ["support"]},
        "text": "ring support",
        "next_change": "2026-11-24T18:00:00+09:00",
        "then": {"ring": ["1003"]},
        "then_text": "ring 1003",
    }


@pytest.mark.parametrize("command", ["next", "week"])
def test_json_says_the_same_in_every_language(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only words depend on the language; what a program compares does not."""
    arguments = NEXT if command == "next" else (*WEEK, "--of", "2026-11-24")
    english, japanese = (
        run(*arguments, "--json", "--lang", lang, capsys=capsys)[1] for lang in ("en", "ja")
    )

    def without_words(text: str) -> object:
        def kept(pairs: list[tuple[str, object]]) -> dict[str, object]:
            return {key: each for key, each in pairs if key not in {"text", "then_text"}}

        return json.loads(text, object_pairs_hook=kept)

    assert english != japanese
    assert without_words(english) == without_words(japanese)


@pytest.mark.parametrize(
    ("settings", "text", "values"),
    [
        pytest.param(
            "otherwise = { busy = true }, incoming = []",
            "busy, for ever\n",
            [{"busy": True}, None, None],
            id="never",
        ),
        pytest.param(
            "incoming = []",
            "nothing answers, for ever\n",
            [None, None, None],
            id="nothing ever",
        ),
        pytest.param(
            'incoming = [{ when = "2026-11-24 09:00-18:00", announce = "1" }]',
            "announce 1 until 2026-11-24 18:00:00+09:00, then nothing answers\n",
            [{"announce": "1"}, "2026-11-24T18:00:00+09:00", None],
            id="then nothing",
        ),
    ],
)
def test_next_knows_of_nothing_and_never(
    settings: str,
    text: str,
    values: list[object],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A gap and the end of all changes are answers too."""
    path = document(
        tmp_path / "office.toml",
        f'zone = "Asia/Tokyo"\nnumbers = [{{ number = "03-1234-5678", {settings} }}]',
    )
    asked = ("next", path, "--number", "03-1234-5678", "--at", AT)
    code, out, _ = run(*asked, capsys=capsys)
    answer = json.loads(run(*asked, "--json", capsys=capsys)[1])

    assert (code, out) == (0, text)
    assert [answer["value"], answer["next_change"], answer["then"]] == values


@pytest.mark.parametrize("command", [ROUTE, WEEK, MONTH], ids=["route", "week", "month"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_picture_is_written_beside_the_answer(
    command: tuple[str, ...], lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--svg` writes a picture that is XML, and the answer is the same."""
    picture = tmp_path / "picture.svg"
    plain = run(*command, "--lang", lang, capsys=capsys)

    assert run(*command, "--lang", lang, "--svg", str(picture), capsys=capsys) == plain
    assert ET.fromstring(picture.read_text(encoding="utf-8")).tag.endswith("svg")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param(
            ["route", OFFICE, "--to", "03-1234-5678", "--at", "noon"],
            "`noon` is not a time: write `2026-11-24T10:00+09:00`",
            id="a word for the time",
        ),
        pytest.param(
            ["next", OFFICE, "--number", "03-1234-5678", "--at", "2026-11-24T10:00"],
            "`2026-11-24T10:00` does not say its offset from UTC: "
            "write `2026-11-24T10:00+09:00`",
            id="a naive time",
        ),
        pytest.param(
            ["route", OFFICE, "--to", "03-1234-5678", "--at", "0001-01-01T00:00+00:00"],
            "`0001-01-01T00:00:00+00:00` is too near the end of the calendar: "
            "use years 2 to 9998",
            id="the first day of the calendar",
        ),
        pytest.param(
            [*WEEK, "--of", "2026-02-30"],
            "`2026-02-30` is not a date: write `2026-11-24`",
            id="a date that is none",
        ),
        pytest.param(
            [*ROUTE, "--line", "1009=busy"],
            "`1009` is not an extension: did you mean `1003`?",
            id="an unknown extension",
        ),
        pytest.param(
            [*ROUTE, "--line", "1001"],
            "`1001` has no state: write `1001=busy`",
            id="a line without a state",
        ),
        pytest.param(
            [*ROUTE, "--line", "1001=bussy"],
            "`bussy` is not a state of a line: did you mean `busy`?",
            id="an unknown state",
        ),
        pytest.param(
            [*ROUTE, "--line", "1001=busy", "--line", "1001=idle"],
            "`1001` stands twice: the lines must differ, remove one",
            id="a line twice",
        ),
        pytest.param(
            [*ROUTE, "--kind", "robot"],
            "`robot` is not a kind of caller: write one of `abroad`, `fixed`, `ip_phone`, "
            "`mobile`, `payphone`, `unknown`, `withheld`",
            id="an unknown kind of caller",
        ),
        pytest.param(
            [*ROUTE, "--in-use", "many"],
            "`many` is not a number of calls: write `3` or `03-1234-5678=3`",
            id="a word for the calls in use",
        ),
        pytest.param(
            [*ROUTE, "--in-use", "03-1234-5678="],
            "`03-1234-5678=` is not a number of calls: write `3` or `03-1234-5678=3`",
            id="no number of calls",
        ),
        pytest.param(
            [*ROUTE, "--in-use", "03-1234-5679=1"],
            "`03-1234-5679` is none of the tenant's numbers: did you mean `03-1234-5678`?",
            id="calls in use of somebody else",
        ),
        pytest.param(
            [*ROUTE, "--in-use", "1", "--in-use", "+81 3 1234 5678=2"],
            "`0312345678` stands twice: the numbers in use must differ, remove one",
            id="calls in use twice",
        ),
        pytest.param(
            [*ROUTE, "--after", "1001"],
            "`1001` has no outcome: write `1001=busy` or `1001=no_answer@20`",
            id="a report without an outcome",
        ),
        pytest.param(
            [*ROUTE, "--after", "1001=bussy"],
            "`bussy` is not an outcome of a leg: did you mean `busy`?",
            id="an unknown outcome",
        ),
        pytest.param(
            [*ROUTE, "--after", "1001=busy@soon"],
            "`soon` is not a second after the call arrived: write `1001=busy@5`",
            id="a word for a second",
        ),
        pytest.param(
            [*ROUTE, "--after", "1009=busy"],
            "`1009` is no target of a leg of this call: did you mean `1003`?",
            id="a report of nobody",
        ),
        pytest.param(
            [*ROUTE, "--turns", "no/such.json"],
            "no/such.json: the document cannot be read: no such file or directory",
            id="a memory that is not there",
        ),
        pytest.param(
            ["dial", OFFICE, "--from", "1009", "--to", "110", "--at", AT],
            "`1009` is not an extension of this tenant: did you mean `1003`?",
            id="an unknown extension dials",
        ),
        pytest.param(
            [*DIAL, "--caller-id", "1001"],
            "`1001` is not an outside number, as the caller ID asked for must be: "
            "write `03-1234-5678` or `+81312345678`",
            id="an extension to show",
        ),
        pytest.param(
            ["month", OFFICE, "November", "--number", "03-1234-5678"],
            "`November` is not a month: write `2026-11`",
            id="a word for a month",
        ),
        pytest.param(
            ["month", OFFICE, "2026-13", "--number", "03-1234-5678"],
            "`13` is out of range: the number of a month is 1 to 12",
            id="a thirteenth month",
        ),
        pytest.param(
            ["month", OFFICE, "2026-11", "--schedule", "hours"],
            "`hours` is not a schedule: the document has none",
            id="a schedule that is not there",
        ),
        pytest.param(
            ["month", OFFICE, "2026-11"],
            "one of the arguments --number --schedule is required: "
            "see `python -m cloudpbx month --help`",
            id="a month of nothing",
        ),
        pytest.param(
            [*MONTH, "--schedule", "hours"],
            "argument --schedule: not allowed with argument --number: "
            "see `python -m cloudpbx month --help`",
            id="a month of both",
        ),
        pytest.param(
            ["route", OFFICE, "--to", "", "--at", AT],
            "`` is empty: a called number needs at least one character",
            id="an empty number",
        ),
        pytest.param(
            ["route", OFFICE, "--to", "03\n", "--at", AT],
            r"`03\n` has a control character: a called number is one line of text",
            id="a number of two lines",
        ),
        pytest.param(
            ["week", OFFICE, "--number", "03-1234-5679"],
            "`03-1234-5679` is none of the tenant's numbers: did you mean `03-1234-5678`?",
            id="a number of somebody else",
        ),
        pytest.param(
            ["next", OFFICE, "--number", "", "--at", AT],
            "`` is empty: a number needs at least one character",
            id="no number",
        ),
        pytest.param(
            ["check", "no/such.toml"],
            "no/such.toml: the document cannot be read: no such file or directory",
            id="a missing file",
        ),
        pytest.param(
            ["check", str(ROOT)],
            f"{ROOT}: the document cannot be read: is a directory",
            id="a folder",
        ),
        pytest.param(
            ["check", "a\0b"],
            r"a\x00b: the document cannot be read: embedded null byte",
            id="a name that no file has",
        ),
        pytest.param(
            [*ROUTE, "--svg", "no/such/folder.svg"],
            "`no/such/folder.svg` cannot be written: no such file or directory",
            id="a picture that cannot be written",
        ),
        pytest.param(
            [*WEEK, "--svg", "a\0b"],
            r"`a\x00b` cannot be written: embedded null byte",
            id="a picture of a name that no file has",
        ),
        pytest.param(
            [],
            "the following arguments are required: COMMAND: see `python -m cloudpbx --help`",
            id="no command",
        ),
        pytest.param(
            ["week", OFFICE],
            "the following arguments are required: --number: "
            "see `python -m cloudpbx week --help`",
            id="a missing argument",
        ),
        pytest.param(
            ["check"],
            "the following arguments are required: FILE: see `python -m cloudpbx check --help`",
            id="no file",
        ),
        pytest.param(
            [*CHECK, "--jso"],
            "unrecognized arguments: --jso: see `python -m cloudpbx --help`",
            id="an abbreviation",
        ),
        pytest.param(
            [*CHECK, "--odd", "本\n社"],
            r"unrecognized arguments: --odd 本\n社: see `python -m cloudpbx --help`",
            id="an unknown argument of two lines",
        ),
    ],
)
def test_a_wrong_argument_is_one_line(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong is said in one line on standard error, and nothing is answered."""
    assert run(*arguments, capsys=capsys) == (2, "", f"cloudpbx: {line}\n")


def test_every_problem_of_a_memory_is_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each problem has the file it is in, and a schedule that is nearly there is named."""
    turns = document(tmp_path / "turns.json", '{"last": {"a": 5}, "lst": 1}')
    path = document(tmp_path / "office.toml", 'zone = "UTC"\nschedules = { hours.rules = [] }')

    code, out, err = run(*ROUTE, "--turns", turns, capsys=capsys)

    assert (code, out) == (2, "")
    assert err.splitlines() == [
        f"cloudpbx: {turns}: lst: `lst` is unknown: did you mean `last`?",
        (
            f"cloudpbx: {turns}: last.a: `5` is not text, as a target must be: "
            'write it in quotes, "5"'
        ),
    ]
    assert run("month", path, "--schedule", "hour", "2026-11", capsys=capsys)[2] == (
        "cloudpbx: `hour` is not a schedule: did you mean `hours`?\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["routes", OFFICE], id="an unknown command"),
        pytest.param(["rout", OFFICE], id="an abbreviated command"),
        pytest.param([*CHECK, "--lang", "fr"], id="an unknown language"),
        pytest.param([*CHECK, "--lang"], id="no language"),
    ],
)
def test_a_wrong_word_is_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What Python itself words, which differs by version, is one line too."""
    code, out, err = run(*arguments, capsys=capsys)

    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("cloudpbx: ")


def test_every_problem_of_a_document_is_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each problem has file, place, and what is wrong."""
    path = document(tmp_path / "office.toml", 'zone = "Asia/Tokio"\nname = 5')

    code, out, err = run("check", path, capsys=capsys)

    assert (code, out) == (2, "")
    assert err.splitlines() == [
        f"cloudpbx: {path}: zone: `Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?",
        (
            f"cloudpbx: {path}: name: `5` is not text, as the name of a tenant must be: "
            'write it in quotes, "5"'
        ),
    ]


def test_nothing_is_answered_when_a_picture_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer is not half given: no picture, no output."""
    assert run(*WEEK, "--svg", str(tmp_path), capsys=capsys)[:2] == (2, "")


@pytest.mark.parametrize(
    "command",
    [(), *((each.name,) for each in COMMANDS)],
    ids=lambda each: "".join(each) or "all",
)
def test_help_is_there_for_each_command(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """`--help` ends well and explains every argument."""
    code, out, err = run(*command, "--help", capsys=capsys)

    assert (code, err) == (0, "")
    assert " ".join(("usage: python -m cloudpbx", *command)) in out


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints the version alone."""
    assert run("--version", capsys=capsys) == (0, f"{cloudpbx.__version__}\n", "")


def test_an_interrupt_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who presses Ctrl-C is obeyed."""

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cloudpbx, "load", interrupt)

    with pytest.raises(KeyboardInterrupt):
        main(list(CHECK))


def test_output_may_be_anything_that_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program without a standard output, as some have, ends well."""
    monkeypatch.setattr(sys, "stdout", None)

    assert main([*CHECK, "--json"]) == 0


def test_the_module_runs_as_a_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m cloudpbx` takes its arguments and ends with the command's code."""
    monkeypatch.setattr(sys, "argv", ["cloudpbx", *CHECK])

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("cloudpbx", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out == "nothing was found\n"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        pytest.param(ROUTE, 0, id="route"),
        pytest.param(WEEK, 0, id="week"),
        pytest.param(CHECK, 0, id="check"),
        pytest.param(NEXT, 0, id="next"),
        pytest.param(MONTH, 0, id="month"),
        pytest.param(DIAL, 0, id="dial"),
        pytest.param(("route", OFFICE, "--to", "1", "--at", AT), 1, id="nobody"),
        pytest.param(("check", "no.toml"), 2, id="wrong"),
    ],
)
def test_a_command_runs_for_real(command: tuple[str, ...], code: int) -> None:
    """In a process of its own a command writes to one stream and ends with its code."""
    done = start(*command)

    assert done.returncode == code
    assert bool(done.stdout) == (code != 2)
    assert done.stderr.count(b"\n") == (code == 2)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"PYTHONIOENCODING": "ascii"}, id="ASCII"),
        pytest.param({"PYTHONIOENCODING": "latin-1:strict"}, id="Latin-1"),
        pytest.param({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, id="the C locale"),
        pytest.param({"PYTHONIOENCODING": "utf-8"}, id="UTF-8"),
    ],
)
def test_japanese_does_not_end_a_command(environment: dict[str, str]) -> None:
    """A terminal that knows no Japanese shows what it can, and JSON stays whole."""
    text = start(*ROUTE, "--lang", "ja", **environment)
    data = start(*ROUTE, "--lang", "ja", "--json", **environment)

    assert (text.returncode, text.stderr, data.returncode, data.stderr) == (0, b"", 0, b"")
    assert b"090-1234-0003" in text.stdout
    assert json.loads(data.stdout)["because"][0]["text"].startswith("03-1234-5678は")


def pipe_to_nobody(*arguments: str) -> tuple[int, bytes]:
    """Start a command whose output nobody reads; return its code and complaints."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cloudpbx", *arguments],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writer)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "arguments", [ROUTE, WEEK, CHECK, ("--help",)], ids=["route", "week", "check", "help"]
)
def test_a_closed_pipe_is_no_mistake(arguments: tuple[str, ...]) -> None:
    """When the reader, as `head`, has seen enough, the command ends in silence."""
    assert pipe_to_nobody(*arguments) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line() -> None:
    """An answer that cannot be written is said in one line."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cloudpbx", *CHECK],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == b"cloudpbx: the answer cannot be written: no space left on device\n"
