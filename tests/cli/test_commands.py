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
from xml.etree import ElementTree as ET

import pytest

import cloudpbx
from cloudpbx._cli import main
from tests.project import ROOT

OFFICE = str(ROOT / "examples" / "clocall" / "office.toml")
AT = "2026-11-24T10:00+09:00"
ROUTE = ("route", OFFICE, "--to", "03-1234-5678", "--from", "090-1234-5678", "--at", AT)
WEEK = ("week", OFFICE, "--number", "050-1234-5678")
NEXT = ("next", OFFICE, "--number", "050-1234-5678", "--at", AT)
CHECK = ("check", OFFICE)

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


@pytest.mark.parametrize("command", [ROUTE, WEEK], ids=["route", "week"])
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
    [(), ("route",), ("week",), ("check",), ("next",)],
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
