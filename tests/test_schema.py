"""The JSON Schemas say what the code does.

Here: the schema of the tenant document beside what the loader accepts, and the schemas of
the answers beside what the command line prints. Not here: the loader or the commands.
"""

import json
import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cloudpbx
from cloudpbx._cli import main
from cloudpbx._cli.commands import COMMANDS
from cloudpbx.decisions import Actor
from cloudpbx.errors import DocumentError
from cloudpbx.findings import Finding, Severity
from cloudpbx.plans import Subscription
from cloudpbx.routing import (
    CallerKind,
    Destination,
    DialledKind,
    Distribute,
    Draw,
    ForwardKind,
    Forwards,
    Group,
    LegOutcome,
    LineType,
    Member,
    OutgoingCall,
    Ring,
    Route,
    RouteOutcome,
    Schedule,
    Screening,
    Strategy,
    TargetKind,
    Tier,
    WhenUnavailable,
)
from cloudpbx.tenant import Tenant
from cloudpbx.tenant.keys import KEYS
from cloudpbx.testing.for_decisions import findings
from cloudpbx.testing.for_dialling import outgoing_calls
from cloudpbx.testing.for_routers import calls, routes
from cloudpbx.testing.for_tenants import tenant_documents, tenants
from cloudpbx.testing.for_times import moments
from tests.project import ROOT

SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))
EXAMPLES = sorted((ROOT / "examples").rglob("*.toml"))
OFFICE = str(ROOT / "examples" / "clocall" / "office.toml")
LANGUAGES = ("en", "ja")


@cache
def schema(name: str) -> dict[str, Any]:
    """Return the schema of that name."""
    path = ROOT / "schema" / f"{name}.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def validator(name: str) -> Draft202012Validator:
    """Return what holds data against the schema of that name."""
    return Draft202012Validator(
        schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def complaints(name: str, data: object) -> list[str]:
    """Return what the schema of that name says against data."""
    return [
        f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(data)
    ]


def as_json(value: Any) -> Any:
    """Return the JSON form of TOML data: times are text."""
    return json.loads(json.dumps(value, default=lambda each: each.isoformat()))


def parts(value: Any, path: str = "$") -> Iterator[tuple[str, Any]]:
    """Yield every part of a schema with its path."""
    if isinstance(value, dict):
        yield path, value
        for key, each in value.items():
            yield from parts(each, f"{path}.{key}")
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from parts(each, f"{path}[{place}]")


def referred(part: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a schema with what it refers to."""
    if "$ref" not in part:
        return part
    return {**data["$defs"][part["$ref"].removeprefix("#/$defs/")], **part}


def test_there_is_a_schema_for_the_document_and_for_every_command() -> None:
    """The tenant document and each command's JSON have a schema."""
    assert {path.name for path in SCHEMAS} == {
        f"{name}.schema.json" for name in ("tenant", *(each.name for each in COMMANDS))
    }
    assert EXAMPLES


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_is_one_and_says_what_each_key_is(path: Path) -> None:
    """It is of draft 2020-12, closed, and every key has a title and a description."""
    name = path.name.partition(".")[0]
    data = schema(name)

    Draft202012Validator.check_schema(data)
    assert data["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert data["$id"] == path.name
    for place, part in parts(data):
        if part.get("type") == "object":
            assert "additionalProperties" in part, place
            assert part["title"], place
            assert part["description"], place
        if isinstance(part.get("$ref"), str):
            assert part["$ref"].removeprefix("#/$defs/") in data["$defs"], place
        if part.get("additionalProperties") is False:
            for key, each in part["properties"].items():
                assert referred(each, data)["title"], f"{place}.{key}"
                assert referred(each, data)["description"], f"{place}.{key}"


@pytest.mark.parametrize("kind", KEYS)
def test_schema_and_loader_know_the_same_keys(kind: str) -> None:
    """Each kind of table has the same keys in the schema and in the loader."""
    data = schema("tenant")
    part = data if kind == "tenant" else data["$defs"][kind]

    assert sorted(part["properties"]) == sorted(KEYS[kind])


def test_the_schema_has_no_kind_of_table_that_the_loader_has_not() -> None:
    """Every closed table of the schema is one of the loader's."""
    closed = {
        name
        for name, part in schema("tenant")["$defs"].items()
        if part.get("additionalProperties") is False
    }

    assert closed == KEYS.keys() - {"tenant"}


@pytest.mark.parametrize(
    ("kind", "defaults"),
    [
        pytest.param("subscription", Subscription(), id="subscription"),
        pytest.param("forwards", Forwards(), id="forwards"),
        pytest.param("number", Schedule(zone="UTC"), id="a number's own schedule"),
        pytest.param("schedule", Schedule(zone="UTC"), id="a shared schedule"),
        pytest.param("after_hours", Schedule(zone="UTC"), id="an after-hours guidance"),
        pytest.param("reception_change", Schedule(zone="UTC"), id="a change of reception"),
        pytest.param("screening", Screening(), id="a screening"),
        pytest.param("group", Group("a", ("1001",)), id="a group"),
        pytest.param("member", Member("1001"), id="a member"),
        pytest.param("tenant", Tenant(zone="UTC"), id="the whole"),
    ],
)
def test_defaults_are_those_of_the_values(kind: str, defaults: object) -> None:
    """What the schema calls a default is what a key that is left out means."""
    data = schema("tenant")
    part = data if kind == "tenant" else data["$defs"][kind]
    named = {key: referred(each, data) for key, each in part["properties"].items()}
    stated = {key: each["default"] for key, each in named.items() if "default" in each}

    assert stated
    for key, value in stated.items():
        held = getattr(defaults, key)
        assert (str(held) if isinstance(value, str) else held) == value


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        pytest.param(Ring(("1001",)), {"strategy", "repeat"}, id="a ring"),
        pytest.param(
            Distribute({"1001": 1}), {"draw", "when_unavailable", "key"}, id="a distribution"
        ),
    ],
)
def test_defaults_of_a_destination_are_those_of_the_values(
    kind: Destination, keys: set[str]
) -> None:
    """What may stand beside a destination has the default of its kind."""
    data = schema("tenant")
    for key in keys:
        part = referred(data["$defs"]["destination"]["properties"][key], data)
        assert part["default"] == getattr(kind, key)


@pytest.mark.parametrize(
    ("name", "path", "closed"),
    [
        pytest.param("route", ("properties", "outcome"), RouteOutcome, id="outcomes"),
        pytest.param(
            "route", ("$defs", "forward", "properties", "kind"), ForwardKind, id="forwards"
        ),
        pytest.param("route", ("$defs", "remedy", "properties", "actor"), Actor, id="actors"),
        pytest.param("dial", ("properties", "kind"), DialledKind, id="what is dialled"),
        pytest.param("tenant", ("$defs", "strategy"), Strategy, id="strategies"),
        pytest.param(
            "tenant", ("$defs", "destination", "properties", "draw"), Draw, id="draws"
        ),
        pytest.param(
            "tenant",
            ("$defs", "destination", "properties", "when_unavailable"),
            WhenUnavailable,
            id="policies",
        ),
        pytest.param(
            "tenant",
            ("$defs", "screening", "properties", "refused_kinds", "items"),
            CallerKind,
            id="kinds of callers",
        ),
        pytest.param(
            "tenant",
            ("properties", "line_type"),
            [each.id for each in LineType.shipped()],
            id="line types",
        ),
        pytest.param(
            "check", ("$defs", "finding", "properties", "severity"), Severity, id="severities"
        ),
    ],
)
def test_closed_sets_are_complete(name: str, path: tuple[str, ...], closed: Any) -> None:
    """A word list of a schema has every member of the closed set, and no other."""
    part: Any = schema(name)
    for key in path:
        part = part[key]

    assert sorted(part["enum"]) == sorted(closed)


def test_a_call_never_ends_ringing() -> None:
    """How a call ends is every outcome but that it rings; a plan may be none at all."""
    endings = schema("route")["$defs"]["ending"]["properties"]["outcome"]["enum"]
    plans = schema("dial")["properties"]["plan"]["enum"]
    owners = schema("month")["$defs"]["day"]["properties"]["owner"]["enum"]

    assert sorted(endings) == sorted(set(RouteOutcome) - {RouteOutcome.RING})
    assert plans == [*schema("route")["properties"]["outcome"]["enum"], None]
    assert owners == [*Tier, None]


def test_a_leg_is_an_extension_or_an_outside_number() -> None:
    """Groups ring as their members, so a leg is never one."""
    kinds = schema("route")["$defs"]["leg"]["properties"]["kind"]["enum"]

    assert sorted(kinds) == sorted(set(TargetKind) - {TargetKind.GROUP})


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_valid(path: Path) -> None:
    """Every document that is shipped is valid as it stands."""
    assert complaints("tenant", as_json(tomllib.loads(path.read_text(encoding="utf-8")))) == []


@given(tenants())
def test_what_is_written_is_valid(tenant: Tenant) -> None:
    """A tenant that is written as JSON, or as TOML, is valid."""
    assert complaints("tenant", json.loads(cloudpbx.dumps(tenant, kind="json"))) == []
    assert complaints("tenant", as_json(tomllib.loads(cloudpbx.dumps(tenant)))) == []


@given(tenant_documents(kind="json", well_formed=False))
def test_what_the_loader_accepts_is_valid(text: str) -> None:
    """The schema refuses nothing that the loader takes."""
    try:
        cloudpbx.loads(text, kind="json")
    except DocumentError:
        return
    assert complaints("tenant", json.loads(text)) == []


def office(**changes: object) -> dict[str, Any]:
    """Return the JSON form of a small document, with changes."""
    data: dict[str, Any] = {
        "zone": "Asia/Tokyo",
        "subscription": {"max_extensions": 2},
        "extensions": [{"number": "1001"}],
        "numbers": [{"number": "03-1234-5678", "incoming": []}],
    }
    return {**data, **changes}


def rule(**keys: object) -> dict[str, Any]:
    """Return a document with one incoming rule."""
    return office(numbers=[{"number": "03-1234-5678", "incoming": [keys]}])


def extension(**keys: object) -> dict[str, Any]:
    """Return a document with one extension."""
    return office(extensions=[{"number": "1001", **keys}])


def number(**keys: object) -> dict[str, Any]:
    """Return a document with one number."""
    return office(numbers=[{"number": "03-1234-5678", **keys}])


def group(**keys: object) -> dict[str, Any]:
    """Return a document with one group that has settings."""
    return office(groups={"support": {"members": ["1001"], **keys}})


def calendar(**keys: object) -> dict[str, Any]:
    """Return a document with one calendar."""
    return office(calendars={"japan": keys})


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({}, id="no zone"),
        pytest.param(office(colour=1), id="an unknown key"),
        pytest.param(office(zone=9), id="a number for the zone"),
        pytest.param(office(name=None), id="null for the name"),
        pytest.param(office(region="jp"), id="a region in small letters"),
        pytest.param(office(extension_range=1000), id="a number for the range"),
        pytest.param(office(extension_range="1000"), id="half a range"),
        pytest.param(office(subscription=[]), id="a list for the subscription"),
        pytest.param(office(subscription={"max_extensions": "5"}), id="text for a quota"),
        pytest.param(office(subscription={"max_extensions": 1.5}), id="half a seat"),
        pytest.param(office(subscription={"recording_seats": -1}), id="a negative quota"),
        pytest.param(office(subscription={"activated": 1}), id="a number for a flag"),
        pytest.param(office(subscription={"seats": 1}), id="an unknown quota"),
        pytest.param(office(extensions={}), id="a table for the extensions"),
        pytest.param(office(extensions=["1001"]), id="text for an extension"),
        pytest.param(office(extensions=[{"name": "Sato"}]), id="no number"),
        pytest.param(extension(number=1001), id="a number for the number"),
        pytest.param(extension(number="１００１"), id="full-width digits"),
        pytest.param(extension(recording="yes"), id="text for recording"),
        pytest.param(extension(caller_id="1001"), id="a caller ID that is none"),
        pytest.param(extension(forwards="1001"), id="text for the forwards"),
        pytest.param(extension(forwards={"noanswer": "1002"}), id="an unknown forward"),
        pytest.param(extension(forwards={"busy": "support"}), id="a forward to a group"),
        pytest.param(extension(forwards={"busy": "009608"}), id="a forward to a guidance"),
        pytest.param(extension(forwards={"ring_seconds": 0}), id="no time to ring"),
        pytest.param(office(groups={"support": []}), id="an empty group"),
        pytest.param(office(groups={"support": "1001"}), id="text for a group"),
        pytest.param(office(groups={"support": [1001]}), id="a number for a member"),
        pytest.param(office(groups={"support": ["1001", "1001"]}), id="a member twice"),
        pytest.param(office(groups={"12": ["1001"]}), id="a group without a letter"),
        pytest.param(office(groups={"support": ["009608"]}), id="a guidance as a member"),
        pytest.param(office(groups={"support": {}}), id="a group without members"),
        pytest.param(group(strategy="cyclic"), id="an unknown strategy"),
        pytest.param(group(seconds=601), id="a group that rings too long"),
        pytest.param(group(repeat=0), id="no round"),
        pytest.param(group(overflow="009608"), id="a guidance as the overflow"),
        pytest.param(group(colour=1), id="an unknown key of a group"),
        pytest.param(group(members=[{"delay": 5}]), id="a member without a target"),
        pytest.param(
            group(members=[{"target": "1001", "delay": 601}]), id="a delay that is too long"
        ),
        pytest.param(group(members=[{"target": "1001", "weight": 0}]), id="no weight"),
        pytest.param(
            group(members=[{"target": "1001", "honour_forwards": "no"}]),
            id="text for honour_forwards",
        ),
        pytest.param(office(line_type="hikari"), id="an unknown line type"),
        pytest.param(calendar(day={}), id="an unknown key of a calendar"),
        pytest.param(calendar(days={"20261124": "x"}), id="a day that is none"),
        pytest.param(calendar(days={"2026-11-24": 1}), id="a number for a holiday"),
        pytest.param(calendar(working_days=["monday"]), id="a working day that is none"),
        pytest.param(calendar(subdivision="BY"), id="a part of no country"),
        pytest.param(office(numbers=[{"incoming": []}]), id="a number without a number"),
        pytest.param(number(number=312345678, incoming=[]), id="an int for a number"),
        pytest.param(number(number="０３-1234-5678", incoming=[]), id="full-width numbers"),
        pytest.param(number(), id="neither form of a number"),
        pytest.param(
            number(incoming=[], schedule="hours", destinations={}), id="both forms of a number"
        ),
        pytest.param(number(schedule="hours"), id="no destinations"),
        pytest.param(
            number(schedule="hours", destinations={}, zone="UTC"),
            id="settings beside a schedule",
        ),
        pytest.param(number(incoming=[], spill="clop"), id="an unknown word"),
        pytest.param(number(incoming=[], otherwise="009608"), id="text for otherwise"),
        pytest.param(number(incoming=[], otherwise={}), id="nothing for otherwise"),
        pytest.param(
            number(incoming=[], override={"busy": True, "until": "2026-11-24T09:00"}),
            id="a naive override",
        ),
        pytest.param(rule(ring=["1001"]), id="a rule without a time"),
        pytest.param(rule(when="09:00-18:00"), id="a rule without a destination"),
        pytest.param(rule(when="monday", busy=True), id="a rule without a span"),
        pytest.param(rule(when="09:00-18:00", ring=[]), id="no target"),
        pytest.param(rule(when="09:00-18:00", ring="1001"), id="text for the targets"),
        pytest.param(rule(when="09:00-18:00", ring=["009608"]), id="a guidance that rings"),
        pytest.param(rule(when="09:00-18:00", announce=9608), id="a number for a guidance"),
        pytest.param(rule(when="09:00-18:00", busy=False), id="not busy"),
        pytest.param(
            rule(when="09:00-18:00", busy=True, announce="009608"), id="two destinations"
        ),
        pytest.param(rule(when="09:00-18:00", busy=True, divert="1001"), id="busy and sent on"),
        pytest.param(rule(when="09:00-18:00", divert="009608"), id="sent on to a guidance"),
        pytest.param(rule(when="09:00-18:00", divert=["1001"]), id="sent on to a list"),
        pytest.param(rule(when="09:00-18:00", distribute={}), id="an empty ratio"),
        pytest.param(rule(when="09:00-18:00", distribute=["1001"]), id="a list for a ratio"),
        pytest.param(rule(when="09:00-18:00", distribute={"1001": 0}), id="nothing but 0"),
        pytest.param(rule(when="09:00-18:00", distribute={"1001": 10}), id="a weight of 10"),
        pytest.param(rule(when="09:00-18:00", distribute={"009608": 1}), id="a guidance drawn"),
        pytest.param(
            rule(when="09:00-18:00", ring=["1001"], draw="turns"), id="a draw of a ring"
        ),
        pytest.param(
            rule(when="09:00-18:00", distribute={"1001": 1}, repeat=2), id="rounds of a ratio"
        ),
        pytest.param(rule(when="09:00-18:00", busy=True, seconds=5), id="seconds of busy"),
        pytest.param(
            rule(when="09:00-18:00", divert="1001", then={"busy": True}),
            id="what follows a diversion",
        ),
        pytest.param(rule(when="09:00-18:00", ring=["1001"], then={}), id="nothing follows"),
        pytest.param(
            rule(when="09:00-18:00", ring=["1001"], then={"ring": []}), id="no target follows"
        ),
        pytest.param(
            rule(when="09:00-18:00", ring=["1001"], seconds=None), id="null for the seconds"
        ),
        pytest.param(
            rule(when="09:00-18:00", ring=["1001"], strategy="all"), id="an unknown way to ring"
        ),
        pytest.param(
            rule(when="09:00-18:00", distribute={"1001": 1}, draw="dice"), id="an unknown draw"
        ),
        pytest.param(number(incoming=[], screening=[]), id="a list for a screening"),
        pytest.param(number(incoming=[], screening={"areas": []}), id="an unknown gate"),
        pytest.param(
            number(incoming=[], screening={"accepted_areas": "03"}), id="text for the areas"
        ),
        pytest.param(
            number(incoming=[], screening={"refused_areas": ["Tokyo"]}), id="an area in words"
        ),
        pytest.param(
            number(incoming=[], screening={"refused_kinds": ["robot"]}), id="an unknown kind"
        ),
        pytest.param(number(incoming=[], screening={"blocked": ["0120"]}), id="half a number"),
        pytest.param(number(incoming=[], screening={"allowed": [5]}), id="a number to allow"),
        pytest.param(
            number(incoming=[], screening={"announcement": "sorry"}), id="words for a guidance"
        ),
        pytest.param(number(incoming=[], channels=5), id="a number for the channels"),
        pytest.param(number(incoming=[], channels={"enabled": 1}), id="no contracted channels"),
        pytest.param(number(incoming=[], channels={"contracted": 0}), id="no channel at all"),
        pytest.param(number(incoming=[], after_hours=[]), id="a list for the after-hours"),
        pytest.param(number(incoming=[], after_hours={}), id="after-hours without rules"),
        pytest.param(
            number(
                incoming=[], after_hours={"rules": [{"when": "09:00-18:00", "ring": ["1001"]}]}
            ),
            id="phones after hours",
        ),
        pytest.param(
            number(incoming=[], after_hours={"rules": [], "otherwise": "009608"}),
            id="text for what is played otherwise",
        ),
        pytest.param(
            number(incoming=[], reception_change={"rules": [{"when": "09:00-18:00"}]}),
            id="a change to nowhere",
        ),
        pytest.param(
            number(incoming=[], reception_change={"rules": [], "override": {"busy": True}}),
            id="a change to the busy tone",
        ),
        pytest.param(number(incoming=[], diversion="1001"), id="text for a busy diversion"),
        pytest.param(number(incoming=[], diversion=["009608"]), id="busy, then a guidance"),
        pytest.param(number(incoming=[], diversion=["1001", "1001"]), id="a diversion twice"),
        pytest.param(
            number(incoming=[], override={"busy": True, "until": "later"}), id="until later"
        ),
        pytest.param(office(schedules={"hours": {}}), id="a schedule without rules"),
        pytest.param(
            office(schedules={"hours": {"rules": [{"when": "09:00-18:00", "value": 1}]}}),
            id="a number for an answer",
        ),
        pytest.param(
            office(schedules={"hours": {"rules": [], "otherwise": {"value": "open"}}}),
            id="a table for an answer",
        ),
        pytest.param(
            office(schedules={"hours": {"rules": [], "override": {}}}),
            id="an override without an answer",
        ),
    ],
)
def test_mistakes_are_refused_by_both(data: dict[str, Any]) -> None:
    """An editor that knows the schema marks what the loader refuses."""
    assert complaints("tenant", data)
    with pytest.raises(DocumentError):
        cloudpbx.loads(json.dumps(data), kind="json")


def test_what_the_mistakes_are_made_in_is_right() -> None:
    """The document of the mistakes above is valid without them."""
    for data in (office(), group(), rule(when="09:00-18:00", busy=True), number(incoming=[])):
        assert complaints("tenant", data) == []
        assert cloudpbx.loads(json.dumps(data), kind="json").numbers


@given(routes(), st.sampled_from(LANGUAGES))
def test_every_route_is_valid(route: Route, lang: str) -> None:
    """Whatever becomes of a call, its JSON is as the schema says."""
    assert complaints("route", as_json(route.to_dict(lang))) == []


@given(tenants(), st.data())
def test_every_route_of_a_tenant_is_valid(tenant: Tenant, data: st.DataObject) -> None:
    """So it is with every feature, with what is remembered, and after a report."""
    router = tenant.router()
    route = router.route(data.draw(calls(router=router)))
    if route.legs:
        outcome = data.draw(st.sampled_from(LegOutcome))
        route = route.after(data.draw(st.sampled_from(route.legs)).target, outcome)
    answer = {**route.to_dict(), "turns": route.turns.to_dict()}

    assert complaints("route", as_json(answer)) == []


@given(outgoing_calls(), st.sampled_from(LANGUAGES))
def test_every_outgoing_call_is_valid(call: OutgoingCall, lang: str) -> None:
    """Whatever is dialled, its JSON is as the schema says."""
    assert complaints("dial", as_json(call.to_dict(lang))) == []


@given(findings(), st.sampled_from(LANGUAGES))
def test_every_finding_is_valid(finding: Finding, lang: str) -> None:
    """Whatever a check finds, its JSON is as the schema says."""
    assert complaints("check", as_json({"findings": [finding.to_dict(lang)]})) == []


@given(tenants(), moments(years=(1000, 9998)), st.sampled_from(LANGUAGES))
def test_every_week_and_month_is_valid(tenant: Tenant, moment: datetime, lang: str) -> None:
    """Every week and every month of every schedule has the JSON that its schema says."""
    numbers = [tenant.schedule_of(each.number) for each in tenant.numbers]
    for schedule in (*numbers, *tenant.schedules.values()):
        for week in (schedule.week(), schedule.week(moment.date())):
            assert complaints("week", as_json(week.to_dict(lang))) == []
        month = schedule.month(moment.year, moment.month)
        assert complaints("month", as_json(month.to_dict(lang))) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["route", "--to", "03-1234-5678"], id="route"),
        pytest.param(["route", "--to", "050-1234-5678"], id="route by a holiday"),
        pytest.param(["route", "--to", "03-9999-9999"], id="route of an unknown number"),
        pytest.param(["week", "--number", "03-1234-5678"], id="week"),
        pytest.param(
            ["week", "--number", "050-1234-5678", "--of", "2026-11-23"], id="dated week"
        ),
        pytest.param(["month", "--number", "050-1234-5678", "2026-11"], id="month"),
        pytest.param(["dial", "--from", "1001", "--to", "090-1234-5678"], id="dial"),
        pytest.param(["dial", "--from", "1001", "--to", "1002"], id="dial an extension"),
        pytest.param(["dial", "--from", "1001", "--to", "010-1-212-555-0123"], id="refused"),
        pytest.param(["flow", "--number", "050-1234-5678"], id="flow"),
        pytest.param(["check"], id="check"),
        pytest.param(["next", "--number", "050-1234-5678"], id="next"),
    ],
)
def test_what_the_commands_print_is_valid(
    arguments: list[str], lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The JSON of each command is as its schema says, in both languages."""
    name, *rest = arguments
    asked_when = name in {"route", "next", "dial"}
    at = ["--at", "2026-11-23T10:00+09:00"] if asked_when else []
    main([name, OFFICE, *rest, *at, "--lang", lang, "--json"])

    assert complaints(name, json.loads(capsys.readouterr().out)) == []
