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
    Channels,
    Destination,
    Distribute,
    Divert,
    Extension,
    Forwards,
    Group,
    HolidayCalendar,
    LineState,
    LineType,
    Member,
    Override,
    Ring,
    RouteOutcome,
    Rule,
    Schedule,
    Screening,
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
            {
                "groups": {
                    "a": Group("a", ("1001", Member("1009", delay=5)), overflow="1008"),
                    "b": Group("b", ("1001", "1007")),
                }
            },
            [
                (
                    "groups.a.members[1].target: `1009` is not an extension of this tenant: "
                    "did you mean `1001`?"
                ),
                (
                    "groups.a.overflow: `1008` is not an extension of this tenant: "
                    "did you mean `1001`?"
                ),
                (
                    "groups.b[1]: `1007` is not an extension of this tenant: "
                    "did you mean `1001`?"
                ),
            ],
            id="targets of groups that do not exist",
        ),
        pytest.param(
            {
                "numbers": (
                    number(
                        reception_change=always(Divert("1009")),
                        after_hours=always(Announce(), holidays={date(2026, 11, 23): "x"}),
                        screening=Screening(allowed=("0312345679",), blocked=("+81312345679",)),
                    ),
                    number(
                        number="050-1234-5678",
                        incoming=always(
                            Ring(("1001",), then=Distribute({f"100{n}": 1 for n in range(6)}))
                        ),
                    ),
                ),
                "extensions": [Extension(number=f"100{n}") for n in range(6)],
                "subscription": Subscription(max_extensions=6),
                "line_type": LineType.named("hikari_denwa"),
            },
            [
                (
                    "numbers[0].reception_change.otherwise.divert: `1009` is not an extension "
                    "of this tenant: did you mean `1005`?"
                ),
                (
                    "numbers[0].after_hours.holidays: these holidays have no name: "
                    "add them to `calendars`"
                ),
                (
                    "numbers[0].screening: `0312345679` and `+81312345679` are the same in JP, "
                    "and one lets callers pass where the other refuses them: remove one"
                ),
                (
                    "numbers[1].otherwise.then.distribute: `6` targets are too many: this type "
                    "of line distributes to 5 at most, leave some out"
                ),
            ],
            id="features that do not fit",
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
            "`[Group(name='a', members=('1001',), strategy=<Strategy.SIMUL…` is not a mapping "
            "of names to values",
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
            "`open` is not `Ring` or `Announce` or `Busy` or `Distribute` or `Divert`, "
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
            "`1001` is not `Ring` or `Announce` or `Busy` or `Distribute` or `Divert`, "
            "as a destination must be",
            id="text for a destination",
        ),
        pytest.param(
            lambda: office(line_type="hikari_denwa"),
            "`hikari_denwa` is not `LineType`, as the line type must be",
            id="text for the line type",
        ),
        pytest.param(
            lambda: number(screening=5),
            "`5` is not `Screening`, as the screening of a number must be",
            id="a number for the screening",
        ),
        pytest.param(
            lambda: number(incoming="hours", channels=5),
            "`5` is not `Channels`, as the channels of a number must be",
            id="a number for the channels",
        ),
        pytest.param(
            lambda: number(incoming="hours", after_hours=always(Busy())),
            "`Busy()` is not `Announce`, as an answer of the after-hours guidance of a number "
            "must be",
            id="the busy tone after hours",
        ),
        pytest.param(
            lambda: number(
                incoming="hours",
                destinations={"open": Distribute({"1001": 1})},
                diversion=("1002",),
            ),
            "`0312345678` has a busy diversion and distributes by ratio: "
            "a number can have one of the two, leave the other out",
            id="a busy diversion beside a ratio",
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


def test_the_router_has_the_features_of_numbers() -> None:
    """Whatever a number has beside its schedule reaches the router, in either form."""
    features = {
        "screening": Screening(refused_kinds=("withheld",)),
        "after_hours": always(Announce()),
        "channels": Channels(2, 1),
        "reception_change": always(Divert("1001")),
        "diversion": ("050-1234-5678",),
    }
    line_type = LineType.named("hikari_denwa_office")
    tenant = office(
        line_type=line_type,
        schedules={"hours": HOURS},
        numbers=(
            number(**features),
            number(number="0120-123-456", incoming="hours", destinations=BY_HOURS, **features),
            number(number="050-1234-5678"),
        ),
    )
    router = tenant.router()

    assert router.line_type == line_type
    for called in router.numbers[:2]:
        found = {name: getattr(called, name) for name in features}
        assert found == {**features, "diversion": ("05012345678",)}
    assert not router.numbers[2].has_features
    refused = router.route(Call(to="0120-123-456", at=NOON))
    assert refused.outcome is RouteOutcome.BLOCKED


def test_the_order_of_groups_says_nothing() -> None:
    """Equal tenants make equal routers."""
    groups = [Group("a", ("1001",)), Group("b", ("1001",))]
    one, other = (
        office(groups={each.name: each for each in order}) for order in (groups, groups[::-1])
    )

    assert one == other
    assert one.router() == other.router()


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


def test_a_gap_of_a_feature_is_no_finding() -> None:
    """An after-hours guidance and a change of reception rest in their gaps."""
    never = Rule("holiday 00:00-24:00", Announce())
    tenant = office(
        numbers=(
            number(
                after_hours=Schedule(zone="UTC", rules=(Rule("sat 00:00-24:00", Announce()),)),
                reception_change=Schedule(
                    zone="UTC", rules=(Rule("12-31 09:00-18:00", Divert("1001")),)
                ),
            ),
            number(
                number="050-1234-5678",
                after_hours=Schedule(zone="UTC", rules=(never,)),
                reception_change=Schedule(
                    zone="UTC", rules=(Rule("holiday 00:00-24:00", Divert("1001")),)
                ),
            ),
        )
    )

    assert [(each.code, each.path) for each in tenant.check()] == [
        ("schedule.dead.no_holidays", "numbers[1].after_hours"),
        ("schedule.dead.no_holidays", "numbers[1].reception_change"),
    ]


def test_channels_that_connect_no_call_are_found() -> None:
    """A number without a channel that can be used is a warning at its place."""
    tenant = office(numbers=(number(channels=Channels(5, 0)),))

    assert [(each.code, each.path) for each in tenant.check()] == [
        ("channels.none", "numbers[0].channels")
    ]


def test_calls_that_are_sent_on_to_an_end_are_found() -> None:
    """After a hop neither a ratio nor a diversion acts, wherever the call was sent on."""
    tenant = office(
        schedules={"hours": HOURS},
        numbers=(
            number(
                incoming=always(
                    Ring(("1001",), then=Divert("+81 50 1234 5678")),
                    override=Override(Divert("0120-000-001"), until=NIGHT),
                ),
                reception_change=always(Divert("0120-000-001")),
                diversion=("0120-000-002", "050-1234-5678", "1001"),
            ),
            number(number="050-1234-5678", incoming=always(Distribute({"1001": 1}))),
            number(
                number="0120-000-001",
                incoming="hours",
                destinations={
                    "open": Ring(("1001",), then=Divert("1001")),
                    "closed": Announce(),
                },
            ),
            number(number="0120-000-002"),
        ),
    )
    found = [each for each in tenant.check() if each.code == "divert.rests"]

    assert [(each.path, each.about) for each in found] == [
        ("numbers[0].otherwise.then.divert", "050-1234-5678"),
        ("numbers[0].override.divert", "0120-000-001"),
        ("numbers[0].reception_change.otherwise.divert", "0120-000-001"),
        ("numbers[0].diversion[1]", "050-1234-5678"),
    ]
    assert {each.severity for each in found} == {Severity.WARNING}
    assert {remedy.code for each in found for remedy in each.remedies} == {"divert.change"}


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
        groups={
            "support": Group("support", ("1001", ABROAD)),
            "sales": Group("sales", (Member(ABROAD, delay=5),), overflow=ABROAD),
        },
        schedules={"hours": HOURS},
        numbers=(
            number(
                incoming=Schedule(
                    zone="UTC",
                    rules=(
                        Rule("00:00-12:00", Busy()),
                        Rule("12:00-24:00", Ring(("1001", ABROAD), then=Divert(ABROAD))),
                    ),
                    otherwise=Ring((ABROAD,)),
                    override=Override(Ring((ABROAD, "support"))),
                ),
                reception_change=always(Divert("+12125550123")),
                diversion=("+12125550124", "+1 646 555 0123"),
            ),
            number(
                number="050-1234-5678",
                incoming="hours",
                destinations={
                    "open": Distribute({ABROAD: 1}),
                    "closed": Ring(("1001",), then=Ring((ABROAD,))),
                },
            ),
            # A number abroad that is the tenant's own: calls sent on to it stay here.
            number(number="+1 646 555 0123"),
        ),
    )


def test_targets_abroad_are_found_wherever_they_stand() -> None:
    """While international calls are off, each target abroad is a warning at its place."""
    found = [each for each in barred(international=False).check() if "abroad" in each.code]

    assert [each.path for each in found] == [
        "extensions[0].forwards.offline",
        "groups.support[1]",
        "groups.sales.members[0].target",
        "groups.sales.overflow",
        "numbers[0].incoming[1].ring[1]",
        "numbers[0].otherwise.ring[0]",
        "numbers[0].override.ring[0]",
        'numbers[1].destinations.open.distribute."+442079460000"',
        "numbers[1].destinations.closed.then.ring[0]",
        "numbers[0].incoming[1].then.divert",
        "numbers[0].reception_change.otherwise.divert",
        "numbers[0].diversion[0]",
    ]
    assert {each.about for each in found} == {
        "+44 20 7946 0000",
        "+1 212-555-0123",
        "+1 212-555-0124",
    }
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
