"""A tenant is made of parts that fit together, and answers for the whole.

Here: tenants that are built in Python, what they refuse, their router and their check.
Not here: documents (`test_documents`), or how a call is routed (`tests/routing`).
"""

import pickle
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import cloudpbx
from cloudpbx.errors import DocumentError, InvalidValueError, UnknownReferenceError
from cloudpbx.findings import Severity
from cloudpbx.plans import Subscription
from cloudpbx.routing import (
    Announce,
    Busy,
    Call,
    Destination,
    Extension,
    Forwards,
    Group,
    HolidayCalendar,
    LineState,
    Override,
    Ring,
    RouteOutcome,
    Rule,
    Schedule,
)
from cloudpbx.tenant import Number, Tenant

JAPAN = HolidayCalendar(days={date(2026, 11, 23): "勤労感謝の日"})
HOURS: Schedule[str] = Schedule(
    zone="Asia/Tokyo", rules=(Rule("09:00-18:00", "open"),), otherwise="closed"
)
BY_HOURS: Mapping[str, Destination] = {"open": Ring(("1001",)), "closed": Announce()}
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def always(destination: Destination, **settings: Any) -> Schedule[Destination]:
    """Return a schedule that always answers the same."""
    return Schedule(**{"zone": "Asia/Tokyo", "otherwise": destination, **settings})


def number(**values: Any) -> Number:
    """Return a number that rings 1001 at all times, or is otherwise."""
    return Number(**{"number": "03-1234-5678", "incoming": always(Ring(("1001",))), **values})


def office(**values: Any) -> Tenant:
    """Return an office with extension 1001 and one number, or otherwise."""
    given: dict[str, Any] = {
        "zone": "Asia/Tokyo",
        "subscription": Subscription(activated=True, max_extensions=3, recording_seats=1),
        "extensions": (Extension(number="1001"),),
        "numbers": (number(),),
    }
    return Tenant(**{**given, **values})


def refusals(make: Callable[[], object]) -> list[str]:
    """Return what is said against a tenant, a line for each problem."""
    with pytest.raises(DocumentError) as caught:
        make()
    assert all(problem.source == "" for problem in caught.value.problems)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        pytest.param(
            {"extensions": [Extension(number="1001")] * 2},
            ["extensions[1].number: `1001` stands twice: remove one"],
            id="an extension twice",
        ),
        pytest.param(
            {"extensions": [Extension(number="1001"), Extension(number="9000")]},
            ["extensions[1].number: `9000` is not in the range of extensions `0000-8999`"],
            id="an extension out of range",
        ),
        pytest.param(
            {"subscription": Subscription()},
            [
                (
                    "subscription.max_extensions: `0` is too low: there are 1 in `extensions`: "
                    "customer: raise the maximum number of extensions to 1"
                )
            ],
            id="no seats",
        ),
        pytest.param(
            {"extensions": (), "numbers": ()},
            [],
            id="nothing at all",
        ),
        pytest.param(
            {"extensions": (), "groups": {"a": Group("a", ("1001",))}},
            [
                (
                    "groups.a[0]: `1001` is not an extension of this tenant: "
                    "define it, there are none yet"
                ),
                (
                    "numbers[0].otherwise.ring[0]: `1001` is not an extension of this tenant: "
                    "define it, there are none yet"
                ),
            ],
            id="targets that do not exist",
        ),
        pytest.param(
            {"groups": {"a": Group("b", ("1001",))}},
            ["groups.a: group `b` stands under another name"],
            id="a group under another name",
        ),
        pytest.param(
            {"groups": {"営業 1": Group("営業 1", ("営業 1",))}},
            [
                (
                    'groups."営業 1": `営業 1` holds itself (営業 1 → 営業 1): '
                    "take one of these groups out of the other"
                )
            ],
            id="a group that holds itself, with an odd name",
        ),
        pytest.param(
            {"numbers": (number(incoming=always(Busy(), holidays={date(2026, 11, 23): "x"})),)},
            ["numbers[0].holidays: these holidays have no name: add them to `calendars`"],
            id="a number's holidays without a name",
        ),
        pytest.param(
            {"schedules": {"hours": evolve(HOURS, holidays=JAPAN)}, "calendars": {}},
            ["schedules.hours.holidays: these holidays have no name: add them to `calendars`"],
            id="a schedule's holidays without a name",
        ),
        pytest.param(
            {"schedules": {"hours": HOURS.map(len)}},
            [
                (
                    "schedules.hours.rules[0]: `4` is not text, as an answer must be: "
                    'write it in quotes, "4"'
                ),
                (
                    "schedules.hours.otherwise: `6` is not text, as an answer must be: "
                    'write it in quotes, "6"'
                ),
            ],
            id="answers that are no text",
        ),
        pytest.param(
            {
                "schedules": {"hours": HOURS.map(lambda word: [word])},
                "numbers": (number(incoming="hours", destinations=BY_HOURS),),
            },
            [
                "schedules.hours.rules[0]: `['open']` is not text, as an answer must be",
                "schedules.hours.otherwise: `['closed']` is not text, as an answer must be",
                "numbers[0].destinations.open: `open` is no answer of `hours`: it has none",
                "numbers[0].destinations.closed: `closed` is no answer of `hours`: it has none",
            ],
            id="answers that do not hash",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(
    values: dict[str, Any], lines: list[str]
) -> None:
    """All that does not fit is told, with the place it would have in a document."""
    if lines:
        assert refusals(lambda: office(**values)) == lines
    else:
        assert office(**values) == office(**values)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        pytest.param(
            lambda: Tenant(zone="Asia/Tokio"),
            "`Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?",
            id="an unknown zone",
        ),
        pytest.param(
            lambda: office(name=5),
            '`5` is not text, as the name of a tenant must be: write it in quotes, "5"',
            id="a number for the name",
        ),
        pytest.param(
            lambda: office(region="Japan"),
            "`Japan` is not a region: write its ISO 3166-1 code, as `JP`",
            id="an unknown region",
        ),
        pytest.param(
            lambda: office(extension_range="0000-8999"),
            "`0000-8999` is not `ExtensionRange`, as the range of extensions must be",
            id="text for the range",
        ),
        pytest.param(
            lambda: office(subscription=5),
            "`5` is not `Subscription`, as the subscription must be",
            id="a number for the subscription",
        ),
        pytest.param(
            lambda: office(extensions=["1001"]),
            "`1001` is not `Extension`, as one of the extensions must be",
            id="text for an extension",
        ),
        pytest.param(
            lambda: office(numbers="03"),
            '`03` is not a sequence: write `("03",)`',
            id="text for the numbers",
        ),
        pytest.param(
            lambda: office(groups=[Group("a", ("1001",))]),
            "`[Group(name='a', members=('1001',))]` is not a mapping of names to values",
            id="a list for the groups",
        ),
        pytest.param(
            lambda: office(groups={"a": ("1001",)}),
            "`('1001',)` is not `Group`, as one of the groups must be",
            id="a tuple for a group",
        ),
        pytest.param(
            lambda: office(calendars={"": JAPAN}),
            "`` is empty: a name in `calendars` needs at least one character",
            id="a calendar without a name",
        ),
        pytest.param(
            lambda: office(schedules={1: HOURS}),
            '`1` is not text, as a name in `schedules` must be: write it in quotes, "1"',
            id="a number for the name of a schedule",
        ),
        pytest.param(
            lambda: number(number=312345678),
            "`312345678` is not text, as a called number must be: "
            'write it in quotes, "312345678"',
            id="an int for a number",
        ),
        pytest.param(
            lambda: number(name="a\nb"),
            r"`a\nb` has a control character: the name of a number is one line of text",
            id="a name of two lines",
        ),
        pytest.param(
            lambda: number(incoming=5),
            "`5` is not `Schedule` or `str`, as the incoming settings of a number must be",
            id="a number for the settings",
        ),
        pytest.param(
            lambda: number(incoming=""),
            "`` is empty: the name of a schedule needs at least one character",
            id="a schedule of no name",
        ),
        pytest.param(
            lambda: number(incoming=HOURS),
            "`open` is not `Ring` or `Announce` or `Busy`, "
            "as an answer of a number's schedule must be",
            id="settings that are no destinations",
        ),
        pytest.param(
            lambda: number(destinations=BY_HOURS),
            "`0312345678` has settings of its own: leave `destinations` out",
            id="settings and destinations",
        ),
        pytest.param(
            lambda: number(incoming="hours", destinations=["1001"]),
            "`['1001']` is not a mapping of names to values",
            id="a list for the destinations",
        ),
        pytest.param(
            lambda: number(incoming="hours", destinations={"open": "1001"}),
            "`1001` is not `Ring` or `Announce` or `Busy`, as a destination must be",
            id="text for a destination",
        ),
        pytest.param(
            lambda: number(incoming="hours", destinations={1: Busy()}),
            '`1` is not text, as an answer of a schedule must be: write it in quotes, "1"',
            id="a number for an answer",
        ),
    ],
)
def test_a_value_that_is_none_is_refused(make: Callable[[], object], text: str) -> None:
    """A part that is not what it should be is refused in one line."""
    with pytest.raises(InvalidValueError) as caught:
        make()

    assert str(caught.value) == text


def test_a_tenant_does_not_change_with_what_it_was_made_of() -> None:
    """Lists and dictionaries are copied, so a tenant hashes and stays as it is."""
    groups = {"support": Group("support", ("1001",))}
    made = office(groups=groups, extensions=[Extension(number="1001")])
    same = office(groups=dict(groups))
    groups.clear()

    assert made == same
    assert hash(made) == hash(same)
    assert pickle.loads(pickle.dumps(made)) == made


def shared() -> Tenant:
    """Return an office whose two numbers share a schedule."""
    return office(
        schedules={"hours": HOURS},
        numbers=(
            number(incoming="hours", destinations=BY_HOURS),
            number(
                number="050-1234-5678",
                incoming="hours",
                destinations={"open": Busy(), "closed": Busy()},
                name="second",
            ),
        ),
    )


@pytest.mark.parametrize("spelling", ["03-1234-5678", "+81 3 1234 5678", "81312345678"])
def test_a_number_is_asked_in_any_spelling(spelling: str) -> None:
    """What a number does when is a schedule of destinations, also when it is shared."""
    for tenant, at_night in ((office(), Ring(("1001",))), (shared(), Announce())):
        schedule = tenant.schedule_of(spelling)

        assert schedule.at(NOON) == Ring(("1001",))
        assert schedule.at(NIGHT) == at_night


@pytest.mark.parametrize(
    ("tenant", "asked", "text"),
    [
        pytest.param(
            office(),
            "03-1234-5679",
            "`03-1234-5679` is none of the tenant's numbers: did you mean `03-1234-5678`?",
            id="nearly",
        ),
        pytest.param(
            office(numbers=()),
            "03-1234-5678",
            "`03-1234-5678` is none of the tenant's numbers: it has none yet",
            id="of a tenant without numbers",
        ),
    ],
)
def test_a_number_of_somebody_else_is_refused(tenant: Tenant, asked: str, text: str) -> None:
    """A number that the tenant has not is named with the nearest that it has."""
    with pytest.raises(UnknownReferenceError) as caught:
        tenant.schedule_of(asked)

    assert str(caught.value) == text


def test_the_router_has_all_that_was_configured() -> None:
    """Numbers, extensions, groups, range, region and permissions reach the router."""
    tenant = office(
        region="US",
        subscription=Subscription(activated=False, max_extensions=1, international=True),
        groups={"support": Group("support", ("1001",))},
        numbers=(number(number="+12125550123", name="main"),),
    )
    router = tenant.router()

    assert router.extensions == tenant.extensions
    assert router.groups == (Group("support", ("1001",)),)
    assert router.extension_range == tenant.extension_range
    assert (router.region, router.international, router.activated) == ("US", True, False)
    assert [(each.number, each.name) for each in router.numbers] == [("+12125550123", "main")]


def test_the_router_answers_for_shared_schedules() -> None:
    """Each number does with the answer of the schedule what it says itself."""
    router = shared().router()

    first = router.route(Call(to="03-1234-5678", at=NOON), {"1001": LineState.IDLE})
    second = router.route(Call(to="050-1234-5678", at=NOON))
    assert [leg.target for leg in first.legs] == ["1001"]
    assert second.outcome is RouteOutcome.BUSY
    assert router.route(Call(to="03-1234-5678", at=NIGHT)).announcement == "009608"


def test_a_tenant_in_order_has_no_findings() -> None:
    """Where everything answers and nothing is barred, the check finds nothing."""
    assert office().check() == ()
    assert shared().check() == ()


def test_a_finding_of_a_schedule_says_whose_it_is() -> None:
    """Gaps are found in shared schedules and in those of numbers, each with its place."""
    gap: Schedule[Any] = Schedule(zone="UTC", rules=(Rule("00:00-23:00", "open"),))
    tenant = office(
        schedules={"業務 時間": gap},
        numbers=(number(), number(number="050-1234-5678", incoming=gap.map(lambda _: Busy()))),
    )

    assert [(each.code, each.path, each.minutes_a_week) for each in tenant.check()] == [
        ("schedule.gap", 'schedules."業務 時間"', 420),
        ("schedule.gap", "numbers[1].incoming", 420),
    ]


ABROAD = "+44 20 7946 0000"


def barred(*, international: bool) -> Tenant:
    """Return an office with a target abroad in every place that has one."""
    return office(
        subscription=Subscription(
            activated=True, max_extensions=1, international=international
        ),
        extensions=(
            Extension(number="1001", forwards=Forwards(offline=ABROAD, busy="03-1234-5678")),
        ),
        groups={"support": Group("support", ("1001", ABROAD))},
        schedules={"hours": HOURS},
        numbers=(
            number(
                incoming=Schedule(
                    zone="UTC",
                    rules=(
                        Rule("00:00-12:00", Busy()),
                        Rule("12:00-24:00", Ring(("1001", ABROAD))),
                    ),
                    otherwise=Ring((ABROAD,)),
                    override=Override(Ring((ABROAD, "support"))),
                )
            ),
            number(
                number="050-1234-5678",
                incoming="hours",
                destinations={"open": Ring((ABROAD,)), "closed": Announce()},
            ),
        ),
    )


def test_targets_abroad_are_found_wherever_they_stand() -> None:
    """While international calls are off, each target abroad is a warning at its place."""
    found = [each for each in barred(international=False).check() if "abroad" in each.code]

    assert [each.path for each in found] == [
        "extensions[0].forwards.offline",
        "groups.support[1]",
        "numbers[0].incoming[1].ring[1]",
        "numbers[0].otherwise.ring[0]",
        "numbers[0].override.ring[0]",
        "numbers[1].destinations.open.ring[0]",
    ]
    assert {each.about for each in found} == {"+44 20 7946 0000"}
    assert {each.severity for each in found} == {Severity.WARNING}
    assert {remedy.code for each in found for remedy in each.remedies} == {
        "subscription.international.enable"
    }
    assert not [each for each in barred(international=True).check() if "abroad" in each.code]


def test_a_tenant_that_is_not_activated_is_told_so() -> None:
    """Numbers that nobody can call yet are a note, and none without numbers."""
    text = 'zone = "UTC"\n{activated}numbers = [{{ number = "03-1234-5678", {incoming} }}]'
    incoming = "otherwise = { busy = true }, incoming = []"
    active = "subscription = { activated = true }\n"

    (finding,) = cloudpbx.loads(text.format(activated="", incoming=incoming)).check()
    assert (finding.code, finding.severity, finding.path) == (
        "subscription.not_activated",
        Severity.NOTE,
        "subscription.activated",
    )
    assert [each.code for each in finding.remedies] == ["subscription.activate"]
    assert cloudpbx.loads(text.format(activated=active, incoming=incoming)).check() == ()
    assert cloudpbx.loads('zone = "UTC"').check() == ()
