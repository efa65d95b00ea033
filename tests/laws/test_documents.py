"""What holds for every document.

Here: laws, on generated tenants and on broken documents. Not here: what each mistake is
answered with (`tests/tenant/test_documents.py`).
"""

import json
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeAlias

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import cloudpbx
from cloudpbx._documents import write_json, write_toml
from cloudpbx.errors import DocumentError, Problem
from cloudpbx.routing import Member, Router, Schedule
from cloudpbx.tenant import Number, Tenant
from cloudpbx.tenant.keys import FEATURES
from cloudpbx.testing.for_routers import calls, calls_in_use
from cloudpbx.testing.for_targets import line_states
from cloudpbx.testing.for_tenants import tenant_documents, tenant_numbers, tenants

Kind: TypeAlias = Literal["toml", "json"]
KINDS = st.sampled_from(("toml", "json"))
ODD_TEXTS = (
    *("", '"', '""', '"""', "'", "\\", "\\u0041", "\n", "\r\n", "\t", "\x00", "\x1f", "\x7f"),
    *(
        "\x80",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "\U0001f4de",
        "a.b",
        "#",
        "=",
        "[",
        "内線",
        " a ",
    ),
)
TEXT = st.text(st.characters(codec="utf-8")) | st.sampled_from(ODD_TEXTS)
SCALARS = (
    TEXT
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.dates()
    | st.datetimes(
        min_value=datetime(2, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
        max_value=datetime(9998, 12, 31),  # noqa: DTZ001 - the same
        timezones=st.timezones() | st.just(UTC),
    )
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
DATA = st.dictionaries(TEXT, VALUES, max_size=5)


def broken(kind: Kind) -> st.SearchStrategy[tuple[Kind, str]]:
    """Draw broken documents of a kind, with the kind."""
    return tenant_documents(kind=kind, well_formed=False).map(lambda text: (kind, text))


def same(one: Any, other: Any) -> bool:
    """Say whether data are the same in type, order and value; moments as instants."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.astimezone(UTC) == other.astimezone(UTC)
    return type(one) is type(other) and bool(one == other)


class TestPlainData:
    """What is written is read back as it was."""

    @given(DATA)
    def test_toml_is_read_back(self, data: dict[str, Any]) -> None:
        """Every nested data of text, numbers, truth values and times survives TOML."""
        assert same(tomllib.loads(write_toml(data)), data)

    @given(DATA)
    def test_json_is_read_back(self, data: dict[str, Any]) -> None:
        """JSON reads back as the same data, times as their text."""

        def plain(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: plain(each) for key, each in value.items()}
            if isinstance(value, list):
                return list(map(plain, value))
            return "a time" if isinstance(value, date) else value

        def texts_as_times(value: Any, of: Any) -> Any:
            if isinstance(of, dict):
                return {key: texts_as_times(value[key], of[key]) for key in of}
            if isinstance(of, list):
                return list(map(texts_as_times, value, of))
            return "a time" if isinstance(of, date) else value

        for ascii_only in (False, True):
            read = json.loads(write_json(data, ascii_only=ascii_only))
            assert same(texts_as_times(read, data), plain(data))


class TestRoundTrip:
    """A tenant that is written and read is the same tenant, and is written the same."""

    @given(tenants(), KINDS)
    def test_a_tenant_survives(self, tenant: Tenant, kind: Kind) -> None:
        """What is read equals what was written, and is written byte for byte again."""
        text = cloudpbx.dumps(tenant, kind=kind)
        read = cloudpbx.loads(text, kind=kind)

        assert read == tenant
        assert hash(read) == hash(tenant)
        assert cloudpbx.dumps(read, kind=kind) == text

    @given(tenants(), KINDS)
    def test_both_kinds_say_the_same(self, tenant: Tenant, kind: Kind) -> None:
        """TOML and JSON are two spellings of one document."""
        other = "json" if kind == "toml" else "toml"
        read = cloudpbx.loads(cloudpbx.dumps(tenant, kind=kind), kind=kind)

        assert cloudpbx.dumps(read, kind=other) == cloudpbx.dumps(tenant, kind=other)

    @given(tenants(), KINDS)
    def test_how_lines_end_does_not_matter(self, tenant: Tenant, kind: Kind) -> None:
        """A byte-order mark and CRLF change nothing."""
        text = "\ufeff" + cloudpbx.dumps(tenant, kind=kind).replace("\n", "\r\n")

        assert cloudpbx.loads(text, kind=kind) == tenant

    @given(tenants(), st.data())
    def test_a_tenant_can_be_asked(self, tenant: Tenant, data: st.DataObject) -> None:
        """What fits together makes a router, which answers every call, and a check."""
        router = tenant.router()
        in_use = data.draw(calls_in_use(router=router))
        route = router.route(data.draw(calls(router=router)), in_use=in_use)

        assert route.because
        for finding in tenant.check():
            assert finding.path
            assert finding.explain("ja")

    @given(tenants(), st.data())
    def test_the_router_answers_the_same(self, tenant: Tenant, data: st.DataObject) -> None:
        """A call rings what it would ring if the tenant had never been a document."""
        built = tenant.router()
        loaded = cloudpbx.loads(cloudpbx.dumps(tenant)).router()
        call = data.draw(calls(router=built))
        lines = data.draw(line_states(extensions=[each.number for each in built.extensions]))

        assert loaded == built
        assert loaded.route(call, lines) == built.route(call, lines)
        assert loaded.route(call, lines).because == built.route(call, lines).because


class TestStrategies:
    """What is drawn for tests can be what it is drawn for."""

    @given(tenant_numbers())
    def test_a_number_fits_a_tenant(self, number: Number) -> None:
        """A number that is drawn alone has settings of its own."""
        assert isinstance(number.incoming, Schedule)
        assert number.number == "0312345678"

    @pytest.mark.parametrize(
        "has",
        [
            *(
                pytest.param(
                    lambda tenant, name=name: any(getattr(n, name) for n in tenant.numbers),
                    id=name,
                )
                for name in FEATURES
            ),
            pytest.param(lambda tenant: tenant.line_type, id="a line type"),
            pytest.param(
                lambda tenant: any(each.overflow for each in tenant.groups.values()),
                id="an overflow",
            ),
            pytest.param(
                lambda tenant: any(
                    isinstance(member, Member)
                    for each in tenant.groups.values()
                    for member in each.members
                ),
                id="a member with settings",
            ),
            pytest.param(lambda tenant: "then" in cloudpbx.dumps(tenant), id="a chain"),
            pytest.param(
                lambda tenant: "distribute" in cloudpbx.dumps(tenant), id="a distribution"
            ),
        ],
    )
    def test_a_tenant_may_have_whatever_can_be_configured(
        self, has: Callable[[Tenant], object]
    ) -> None:
        """Groups with settings, chains and numbers with features are drawn too."""
        hard = settings(max_examples=300, phases=[Phase.generate])

        assert has(find(tenants(), lambda tenant: bool(has(tenant)), settings=hard))

    @given(tenant_documents(kind="toml"), tenant_documents(kind="json"))
    def test_a_document_can_be_read(self, toml: str, json_text: str) -> None:
        """A document that is drawn well formed is read, and is canonical."""
        assert cloudpbx.dumps(cloudpbx.loads(toml)) == toml
        assert cloudpbx.dumps(cloudpbx.loads(json_text, kind="json"), kind="json") == json_text


class TestBrokenDocuments:
    """Whatever a document holds, there is a tenant or problems, and nothing between."""

    @given(broken("toml") | broken("json"))
    def test_there_is_a_tenant_or_there_are_problems(self, document: tuple[Kind, str]) -> None:
        """Nothing but a `DocumentError` ends the reading, and each problem is one line."""
        kind, text = document
        tenant, problems = outcome(text, kind)

        assert (tenant is None) == bool(problems)
        assert len(problems) <= 101
        for problem in problems:
            assert problem.source == "office.toml"
            assert problem.message
            assert str(problem).isprintable()
            assert len(problem.message) < 600
        if tenant is not None:
            assert cloudpbx.loads(cloudpbx.dumps(tenant)) == tenant
            assert tenant.router().numbers or not tenant.numbers
            assert isinstance(tenant.check(), tuple)

    @given(st.text(), KINDS)
    def test_no_text_is_too_odd(self, text: str, kind: Kind) -> None:
        """Text that is no document at all gives problems of one line each."""
        _, problems = outcome(text, kind)

        assert all(str(problem).isprintable() for problem in problems)


def outcome(text: str, kind: Kind) -> tuple[Tenant | None, tuple[Problem, ...]]:
    """Return the tenant of a document, or its problems."""
    try:
        return cloudpbx.loads(text, kind=kind, source="office.toml"), ()
    except DocumentError as error:
        return None, error.problems


MISTAKES: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "an unknown key": ("colour", lambda data: data.update(colour=1)),
    "a wrong name": ("name", lambda data: data.update(name=7)),
    "an unknown region": ("region", lambda data: data.update(region="XX")),
    "a quota that is text": (
        "subscription.max_extensions",
        lambda data: data["subscription"].update(max_extensions="many"),
    ),
    "a flag that is text": (
        "subscription.international",
        lambda data: data["subscription"].update(international="no"),
    ),
    "a day that is none": (
        "calendars.mistaken.days.2026-02-30",
        lambda data: data["calendars"].update(mistaken={"days": {"2026-02-30": "x"}}),
    ),
    "an answer that is a number": (
        "schedules.mistaken.otherwise",
        lambda data: data["schedules"].update(mistaken={"rules": [], "otherwise": 5}),
    ),
    "a member out of range": (
        "groups.mistaken[0]",
        lambda data: data["groups"].update(mistaken=["9999"]),
    ),
    "a setting that does not go with a group": (
        "groups.odd.rounds",
        lambda data: data["groups"].update(odd={"members": ["090-1234-5678"], "rounds": 2}),
    ),
    "an overflow to nobody": (
        "groups.full.overflow",
        lambda data: data["groups"].update(
            full={"members": ["090-1234-5678"], "overflow": "nowhere"}
        ),
    ),
    "an unknown line type": ("line_type", lambda data: data.update(line_type="tin cans")),
    "a ratio of nothing": (
        "numbers[-1].otherwise.distribute",
        lambda data: data["numbers"].append(
            {"number": "0457654325", "incoming": [], "otherwise": {"distribute": {}}}
        ),
    ),
    "a guidance that follows nothing": (
        "numbers[-1].otherwise.then.announce",
        lambda data: data["numbers"].append(
            {
                "number": "0457654326",
                "incoming": [],
                "otherwise": {"ring": ["090-1234-5678"], "then": {"announce": "sorry"}},
            }
        ),
    ),
    "a caller who is allowed and blocked": (
        "numbers[-1].screening",
        lambda data: data["numbers"].append(
            {
                "number": "0457654327",
                "incoming": [],
                "screening": {"allowed": ["*"], "blocked": ["*"]},
            }
        ),
    ),
    "a diversion to nobody": (
        "numbers[-1].diversion[0]",
        lambda data: data["numbers"].append(
            {"number": "0457654328", "incoming": [], "diversion": ["nowhere"]}
        ),
    ),
    "a change of reception to nobody": (
        "numbers[-1].reception_change.otherwise.divert",
        lambda data: data["numbers"].append(
            {
                "number": "0457654329",
                "incoming": [],
                "reception_change": {"rules": [], "otherwise": {"divert": "nowhere"}},
            }
        ),
    ),
    "more channels than contracted": (
        "numbers[-1].channels.enabled",
        lambda data: data["numbers"].append(
            {
                "number": "0457654330",
                "incoming": [],
                "channels": {"contracted": 1, "enabled": 2},
            }
        ),
    ),
    "an unknown group": (
        "groups.unfounded[0]",
        lambda data: data["groups"].update(unfounded=["nowhere"]),
    ),
    "an extension without a number": (
        "extensions[-1]",
        lambda data: data["extensions"].append({"name": "nobody"}),
    ),
    "a number without settings": (
        "numbers[-1]",
        lambda data: data["numbers"].append({"number": "0457654321"}),
    ),
    "a number of nonsense": (
        "numbers[-1].number",
        lambda data: data["numbers"].append({"number": "x", "incoming": []}),
    ),
    "a rule at no time": (
        "numbers[-1].incoming[0].when",
        lambda data: data["numbers"].append(
            {"number": "0457654322", "incoming": [{"when": "funday 9:00", "busy": True}]}
        ),
    ),
    "an unknown schedule": (
        "numbers[-1].schedule",
        lambda data: data["numbers"].append(
            {"number": "0457654323", "schedule": "nowhere", "destinations": {}}
        ),
    ),
    "an unknown calendar": (
        "numbers[-1].holidays",
        lambda data: data["numbers"].append(
            {"number": "0457654324", "holidays": "nowhere", "incoming": []}
        ),
    ),
}
"""Mistakes that do not touch each other, with the path where each is told; `[-1]` is last."""


class TestEveryMistakeIsTold:
    """As many mistakes as a document has, so many problems are told."""

    @given(
        tenants(region="JP"),
        st.lists(st.sampled_from(sorted(MISTAKES)), unique=True, max_size=len(MISTAKES)),
    )
    def test_each_mistake_is_one_problem(self, tenant: Tenant, names: list[str]) -> None:
        """Mistakes do not hide each other, and none is told twice."""
        data = json.loads(cloudpbx.dumps(tenant, kind="json"))
        data["subscription"]["max_extensions"] = 1_000
        for key in ("calendars", "schedules", "groups"):
            data.setdefault(key, {})
        for key in ("extensions", "numbers"):
            data.setdefault(key, [])
        expected = []
        for name in names:
            path, mistake = MISTAKES[name]
            mistake(data)
            for key in ("extensions", "numbers"):
                path = path.replace(f"{key}[-1]", f"{key}[{len(data[key]) - 1}]")
            expected.append(path)
        _, problems = outcome(json.dumps(data), "json")

        assert sorted(problem.path for problem in problems) == sorted(expected)


def test_a_router_is_made_of_what_was_read() -> None:
    """The laws above compare routers, so a router must be a value that compares."""
    router = cloudpbx.loads('zone = "UTC"').router()

    assert isinstance(router, Router)
    assert router == cloudpbx.loads('zone = "UTC"').router()
    assert router != cloudpbx.loads('zone = "UTC"\nregion = "US"').router()
