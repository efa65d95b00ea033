"""Tenant documents are read with every mistake at its place, and with no other.

Here: what each mistake is answered with, word by word. Not here: reading plain data
(`tests/test_documents.py`), or what holds for all documents (`tests/laws`).
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

import cloudpbx
from cloudpbx.errors import DocumentError, InvalidValueError
from cloudpbx.plans import Subscription
from cloudpbx.routing import (
    Announce,
    Busy,
    Channels,
    Destination,
    Distribute,
    Divert,
    Draw,
    Extension,
    Group,
    LineType,
    Member,
    Override,
    Ring,
    Schedule,
    Screening,
    Strategy,
    Until,
    WhenUnavailable,
)
from cloudpbx.tenant import Number, Tenant
from tests.project import ROOT
from tests.tenant.documents import (
    BOTH,
    HOURS,
    ONE_OF_ALL,
    extensions,
    group,
    incoming,
    number,
    office,
    refusals,
    ring,
    schedules,
    shared,
    tenant,
)

EXAMPLE = ROOT / "examples" / "clocall" / "office.toml"


TENANT = [
    pytest.param("", ["`zone` is missing: add it"], id="nothing at all"),
    pytest.param(
        "zone = 9",
        ['zone: `9` is not text, as a time zone must be: write it in quotes, "9"'],
        id="a number for the zone",
    ),
    pytest.param(
        'zone = "Asia/Tokio"',
        ["zone: `Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?"],
        id="an unknown zone",
    ),
    pytest.param(
        'zone = "Asia/Tokio"\nnumbers = [{ number = "03-1234-5678", incoming = [] }]',
        ["zone: `Asia/Tokio` is not a time zone: did you mean `Asia/Tokyo`?"],
        id="an unknown zone, used by schedules that are right",
    ),
    pytest.param(
        tenant('name = ["x"]'),
        ["name: `['x']` is not text, as the name of a tenant must be"],
        id="a list for the name",
    ),
    pytest.param(
        tenant('name = "a\\nb"'),
        ["name: `a\\nb` has a control character: the name of a tenant is one line of text"],
        id="a line break in the name",
    ),
    pytest.param(
        tenant('region = "jp"'),
        ["region: `jp` is not a region: write its ISO 3166-1 code, as `JP`"],
        id="an unknown region",
    ),
    pytest.param(
        tenant("region = 81"),
        ['region: `81` is not text, as a region must be: write it in quotes, "81"'],
        id="a number for the region",
    ),
    pytest.param(
        tenant("extension_range = 1000"),
        [
            (
                "extension_range: `1000` is not text, as a range of extensions must be: write "
                'it in quotes, "1000"'
            )
        ],
        id="a number for the range",
    ),
    pytest.param(
        tenant('extension_range = "8999-0000"'),
        ["extension_range: `8999-0000` is not a range of extensions: write `0000-8999`"],
        id="a range that runs backwards",
    ),
    pytest.param(
        tenant("subscription = true"),
        ["subscription: `True` is not a table: write keys and values"],
        id="a truth value for the subscription",
    ),
    pytest.param(
        tenant("calendars = []"),
        ["calendars: `[]` is not a table: write names and values"],
        id="a list for the calendars",
    ),
    pytest.param(
        tenant("schedules = []"),
        ["schedules: `[]` is not a table: write names and values"],
        id="a list for the schedules",
    ),
    pytest.param(
        tenant("extensions = {}"),
        ["extensions: `{}` is not a list: write `[…]`"],
        id="a table for the extensions",
    ),
    pytest.param(
        tenant('groups = "1001"'),
        ["groups: `1001` is not a table: write names and values"],
        id="text for the groups",
    ),
    pytest.param(
        tenant('numbers = "03-1234-5678"'),
        ["numbers: `03-1234-5678` is not a list: write `[…]`"],
        id="text for the numbers",
    ),
    pytest.param(
        tenant("colour = 1"),
        [
            (
                "colour: `colour` is unknown: write one of `calendars`, `extension_range`, "
                "`extensions`, `groups`, `line_type`, `name`, `numbers`, `region`, "
                "`schedules`, `subscription`, `zone`"
            )
        ],
        id="an unknown key",
    ),
    pytest.param(
        'Zone = "UTC"', ["Zone: `Zone` is unknown: did you mean `zone`?"], id="a misspelt key"
    ),
    pytest.param(
        tenant('"a\\nb" = 1'),
        [
            (
                '"a\\nb": `a\\nb` is unknown: write one of `calendars`, `extension_range`, '
                "`extensions`, `groups`, `line_type`, `name`, `numbers`, `region`, "
                "`schedules`, `subscription`, `zone`"
            )
        ],
        id="a key that is not one line",
    ),
    pytest.param(
        tenant('[schedules.""]\nrules = []'),
        ['schedules."": `` is empty: a name in `schedules` needs at least one character'],
        id="a name of no characters",
    ),
]

SUBSCRIPTION = [
    pytest.param(
        tenant(
            'subscription = { activated = "yes", max_extensions = "5", recording_seats = '
            "-1, international = 1 }"
        ),
        [
            "subscription.activated: `yes` is not true or false, as activated must be",
            (
                "subscription.max_extensions: `5` is not a whole number, as the maximum "
                "number of extensions must be"
            ),
            (
                "subscription.recording_seats: `-1` is out of range: the recording seats is 0 "
                "or more"
            ),
            "subscription.international: `1` is not true or false, as international must be",
        ],
        id="quotas: every quota wrong",
    ),
    pytest.param(
        tenant('subscription = { max_extension = 1 }\nextensions = [{ number = "1001" }]'),
        [
            (
                "subscription.max_extension: `max_extension` is unknown: did you mean "
                "`max_extensions`?"
            )
        ],
        id="quotas: a misspelt quota, which is not exceeded",
    ),
    pytest.param(
        tenant('subscriptions = { max_extensions = 1 }\nextensions = [{ number = "1001" }]'),
        ["subscriptions: `subscriptions` is unknown: did you mean `subscription`?"],
        id="quotas: a misspelt subscription, which is not exceeded",
    ),
    pytest.param(
        tenant(
            "subscription = { max_extensions = 1 }\n"
            'extensions = [{ number = "1001" }, { number = "1002" }, { number = "1003" }]'
        ),
        [
            (
                "subscription.max_extensions: `1` is too low: there are 3 in `extensions`: "
                "customer: raise the maximum number of extensions to 3"
            )
        ],
        id="quotas: seats exceeded by two",
    ),
    pytest.param(
        tenant(
            "subscription = { max_extensions = 2 }\n"
            'extensions = [{ number = "1001", recording = true }, { number = "1002", '
            "recording = true }]"
        ),
        [
            (
                "subscription.recording_seats: `0` is too low: 2 of `extensions` record: "
                "customer: raise the recording seats to 2"
            )
        ],
        id="quotas: recording seats exceeded",
    ),
    pytest.param(
        tenant('extensions = [{ number = "1001" }]'),
        [
            (
                "subscription.max_extensions: `0` is too low: there are 1 in `extensions`: "
                "customer: raise the maximum number of extensions to 1"
            )
        ],
        id="quotas: no subscription",
    ),
]

EXTENSIONS = [
    pytest.param(
        extensions('"1001"'),
        ["extensions[0]: `1001` is not a table: write keys and values"],
        id="extensions: text for an extension",
    ),
    pytest.param(
        extensions('{ name = "Sato" }'),
        ["extensions[0]: `number` is missing: add it"],
        id="extensions: no number",
    ),
    pytest.param(
        extensions("{ number = 1001 }"),
        [
            (
                "extensions[0].number: `1001` is not text, as the number of an extension must "
                'be: write it in quotes, "1001"'
            )
        ],
        id="extensions: a number for the number",
    ),
    pytest.param(
        extensions('{ number = 1001 }, { number = "1002", forwards = { busy = "1001" } }'),
        [
            (
                "extensions[0].number: `1001` is not text, as the number of an extension must "
                'be: write it in quotes, "1001"'
            )
        ],
        id="extensions: a number for the number, which others refer to",
    ),
    pytest.param(
        extensions('{ number = "１００１" }'),
        [
            (
                "extensions[0].number: `１００１` is not an extension: write half-width "
                "digits, as `1001`"
            )
        ],
        id="extensions: full-width digits",
    ),
    pytest.param(
        extensions('{ number = "9000" }'),
        ["extensions[0].number: `9000` is not in the range of extensions `0000-8999`"],
        id="extensions: out of range",
    ),
    pytest.param(
        extensions('{ number = "10001" }'),
        ["extensions[0].number: `10001` is not in the range of extensions `0000-8999`"],
        id="extensions: too long for the range",
    ),
    pytest.param(
        extensions('{ number = "1001" }, { number = "1001" }'),
        ["extensions[1].number: `1001` stands twice: remove one"],
        id="extensions: twice",
    ),
    pytest.param(
        extensions('{ number = "1001", name = 1 }'),
        [
            (
                "extensions[0].name: `1` is not text, as the name of an extension must be: "
                'write it in quotes, "1"'
            )
        ],
        id="extensions: a number for the name",
    ),
    pytest.param(
        extensions('{ number = "1001", department = 1 }'),
        [
            (
                "extensions[0].department: `1` is not text, as the department of an extension "
                'must be: write it in quotes, "1"'
            )
        ],
        id="extensions: a number for the department",
    ),
    pytest.param(
        extensions('{ number = "1001", recording = "yes" }'),
        ["extensions[0].recording: `yes` is not true or false, as recording must be"],
        id="extensions: text for recording",
    ),
    pytest.param(
        extensions('{ number = "1001", caller_id = 312345678 }'),
        [
            (
                "extensions[0].caller_id: `312345678` is not text, as a caller ID must be: "
                'write it in quotes, "312345678"'
            )
        ],
        id="extensions: a number for the caller ID",
    ),
    pytest.param(
        extensions('{ number = "1001", caller_id = "1001" }'),
        [
            (
                "extensions[0].caller_id: `1001` is not an outside number, as a caller ID must "
                "be: write `03-1234-5678` or `+81312345678`"
            )
        ],
        id="extensions: a caller ID that is none",
    ),
    pytest.param(
        extensions('{ number = "1001", caller_id = "03-1234-5679" }')
        + ('\nnumbers = [{ number = "03-1234-5678", incoming = [] }]'),
        [
            (
                "extensions[0].caller_id: `03-1234-5679` is none of the tenant's numbers: did "
                "you mean `03-1234-5678`?"
            )
        ],
        id="extensions: a caller ID of somebody else",
    ),
    pytest.param(
        extensions('{ number = "1001", caller_id = "03-1234-5679" }'),
        [
            (
                "extensions[0].caller_id: `03-1234-5679` is none of the tenant's numbers: it "
                "has none yet"
            )
        ],
        id="extensions: a caller ID without any numbers",
    ),
    pytest.param(
        extensions('{ number = "1001", forwards = "1002" }'),
        ["extensions[0].forwards: `1002` is not a table: write keys and values"],
        id="extensions: text for the forwards",
    ),
    pytest.param(
        extensions('{ number = "1001", forwards = { noanswer = "1002" } }'),
        [("extensions[0].forwards.noanswer: `noanswer` is unknown: did you mean `no_answer`?")],
        id="extensions: an unknown forward",
    ),
    pytest.param(
        extensions(
            '{ number = "1001", forwards = { unconditional = 1002, offline = "009608", '
            'busy = "support", no_answer = "", ring_seconds = 0 } }'
        ),
        [
            (
                "extensions[0].forwards.unconditional: `1002` is not text, as a target must "
                'be: write it in quotes, "1002"'
            ),
            (
                "extensions[0].forwards.offline: `009608` cannot be forwarded to: name an "
                "extension or an outside number"
            ),
            (
                "extensions[0].forwards.busy: `support` cannot be forwarded to: name an "
                "extension or an outside number"
            ),
            (
                "extensions[0].forwards.no_answer: `` is empty: a target needs at least one "
                "character"
            ),
            (
                "extensions[0].forwards.ring_seconds: `0` is out of range: the ring time in "
                "seconds is 1 to 600"
            ),
        ],
        id="extensions: every forward wrong",
    ),
    pytest.param(
        extensions('{ number = "1001", forwards = { busy = "1010" } }'),
        [
            (
                "extensions[0].forwards.busy: `1010` is not an extension of this tenant: did "
                "you mean `1001`?"
            )
        ],
        id="extensions: a forward to nobody",
    ),
    pytest.param(
        extensions('{ number = "1001", forwards = { busy = "110" } }'),
        [
            (
                "extensions[0].forwards.busy: `110` is not an outside number, as a target that "
                "is no extension and no group must be: write `03-1234-5678` or `+81312345678`"
            )
        ],
        id="extensions: a forward to a half number",
    ),
    pytest.param(
        extensions('{ number = "1001", forwards = { busy = "9001" } }'),
        [("extensions[0].forwards.busy: `9001` is not in the range of extensions `0000-8999`")],
        id="extensions: a forward out of range",
    ),
    pytest.param(
        extensions('{ number = "1001", forwards = { busy = "1001" } }'),
        ["extensions[0].forwards: `1001` forwards to itself (busy): name another target"],
        id="extensions: a forward to itself",
    ),
]

GROUPS = [
    pytest.param(
        office('groups = { support = "1001" }'),
        ["groups.support: `1001` is not a list: write `[…]`"],
        id="groups: text for a group",
    ),
    pytest.param(
        office("groups = { support = [] }"),
        ["groups.support: `support` is not a group that can ring: name a member"],
        id="groups: an empty group",
    ),
    pytest.param(
        office("groups = { support = [1001] }"),
        [
            (
                "groups.support[0]: `1001` is not text, as a target must be: write it in "
                'quotes, "1001"'
            )
        ],
        id="groups: a number for a member",
    ),
    pytest.param(
        office('groups = { support = ["1001, 1002"] }'),
        [
            (
                "groups.support[0]: `1001, 1002` is not one target: write each as its own "
                "text, without spaces"
            )
        ],
        id="groups: two members in one text",
    ),
    pytest.param(
        office('groups = { support = ["1001", "1003"] }'),
        [
            (
                "groups.support[1]: `1003` is not an extension of this tenant: did you mean "
                "`1002`?"
            )
        ],
        id="groups: an unknown member",
    ),
    pytest.param(
        office('groups = { support = ["1001", "1001"] }'),
        [("groups.support: `1001` stands twice: members of a group must differ, remove one")],
        id="groups: a member twice",
    ),
    pytest.param(
        office('groups = { support = ["1001", "009608"] }'),
        [
            (
                "groups.support: `support` is not a group that can ring: a guidance cannot be "
                "a member"
            )
        ],
        id="groups: a guidance as a member",
    ),
    pytest.param(
        office('groups = { 12 = ["1001"] }'),
        ["groups.12: `12` is not the name of a group: a name has a letter"],
        id="groups: a name without a letter",
    ),
    pytest.param(
        office('groups = { support = ["sale"], sales = ["1001"] }'),
        ["groups.support[0]: `sale` is not a group of this tenant: did you mean `sales`?"],
        id="groups: an unknown group as a member",
    ),
    pytest.param(
        office('groups = { a = ["b"], b = ["c", "1001"], c = ["b"], d = ["a"] }'),
        [("groups.b: `b` holds itself (b → c → b): take one of these groups out of the other")],
        id="groups: a circle, told once",
    ),
    pytest.param(
        office('groups = { a = ["1001", "a"] }'),
        ["groups.a: `a` holds itself (a → a): take one of these groups out of the other"],
        id="groups: a group that holds itself",
    ),
]

CALENDARS = [
    pytest.param(
        tenant('calendars = { japan = "JP" }'),
        ["calendars.japan: `JP` is not a table: write keys and values"],
        id="calendars: text for a calendar",
    ),
    pytest.param(
        tenant("calendars = { japan = { day = {} } }"),
        ["calendars.japan.day: `day` is unknown: did you mean `days`?"],
        id="calendars: an unknown key",
    ),
    pytest.param(
        tenant(
            '[calendars.japan.days]\n2026-02-29 = "x"\n20261124 = "y"\n"２０２６-11-24" = 1'
        ),
        [
            ("calendars.japan.days.2026-02-29: `2026-02-29` is not a date: write `2026-11-24`"),
            "calendars.japan.days.20261124: `20261124` is not a date: write `2026-11-24`",
            (
                'calendars.japan.days."２０２６-11-24": `２０２６-11-24` is not a date: write '
                "`2026-11-24`"
            ),
            (
                'calendars.japan.days."２０２６-11-24": `1` is not text, as the name of a '
                'holiday must be: write it in quotes, "1"'
            ),
        ],
        id="calendars: days that are none",
    ),
    pytest.param(
        tenant("calendars = { japan = { days = [] } }"),
        ["calendars.japan.days: `[]` is not a table: write names and values"],
        id="calendars: a list for the days",
    ),
    pytest.param(
        tenant('[calendars.japan.days]\n2026-11-24 = ""'),
        [
            (
                "calendars.japan.days.2026-11-24: `` is empty: the name of a holiday needs at "
                "least one character"
            )
        ],
        id="calendars: a name that is none",
    ),
    pytest.param(
        tenant(
            'calendars = { japan = { working_days = ["monday", 1, 2026-11-24T09:00:00Z] } }'
        ),
        [
            "calendars.japan.working_days[0]: `monday` is not a date: write `2026-11-24`",
            "calendars.japan.working_days[1]: `1` is not a date: write `2026-11-24`",
            (
                "calendars.japan.working_days[2]: `2026-11-24T09:00:00+00:00` is not a date: "
                "write `2026-11-24`"
            ),
        ],
        id="calendars: working days that are none",
    ),
    pytest.param(
        tenant('calendars = { japan = { working_days = "2026-11-24" } }'),
        ["calendars.japan.working_days: `2026-11-24` is not a list: write `[…]`"],
        id="calendars: text for the working days",
    ),
    pytest.param(
        tenant('calendars = { japan = { country = "XX" } }'),
        ["calendars.japan.country: `XX` is not a place the `holidays` package knows"],
        id="calendars: an unknown country",
    ),
    pytest.param(
        tenant('calendars = { germany = { country = "DE", subdivision = "XX" } }'),
        [("calendars.germany.subdivision: `XX` is not a place the `holidays` package knows")],
        id="calendars: an unknown part of a country",
    ),
    pytest.param(
        tenant('calendars = { bavaria = { subdivision = "BY" } }'),
        [("calendars.bavaria.subdivision: `BY` is a part of no country: give the country too")],
        id="calendars: a part of no country",
    ),
    pytest.param(
        number('holidays = "japan", incoming = []') + ("\n[calendars.japan]\ndays = 1"),
        ["calendars.japan.days: `1` is not a table: write names and values"],
        id="calendars: a broken calendar, which still exists",
    ),
]

RULES = [
    pytest.param(
        number('incoming = "1001"'),
        ["numbers[0].incoming: `1001` is not a list: write `[…]`"],
        id="rules: text for the rules",
    ),
    pytest.param(
        incoming('"1001"'),
        ["numbers[0].incoming[0]: `1001` is not a table: write keys and values"],
        id="rules: text for a rule",
    ),
    pytest.param(
        incoming('{ ring = ["1001"] }'),
        ["numbers[0].incoming[0]: `when` is missing: add it"],
        id="rules: no time",
    ),
    pytest.param(
        incoming('{ when = 9, ring = ["1001"] }'),
        [
            (
                "numbers[0].incoming[0].when: `9` is not text, as when a rule applies must be: "
                'write it in quotes, "9"'
            )
        ],
        id="rules: a number for the time",
    ),
    pytest.param(
        incoming('{ wen = "09:00-18:00", ring = ["1001"] }'),
        ["numbers[0].incoming[0].wen: `wen` is unknown: did you mean `when`?"],
        id="rules: a misspelt key",
    ),
    pytest.param(
        incoming('{ when = "mon-fry 09:00-18:00", ring = ["1001"] }'),
        ["numbers[0].incoming[0].when: `fry` is not a weekday: did you mean `fri`?"],
        id="rules: an unknown weekday",
    ),
    pytest.param(
        incoming('{ when = "09:00-25:00", ring = ["1001"] }'),
        [
            (
                "numbers[0].incoming[0].when: `25:00` is past the end of the day: hours are 00 "
                "to 23, and `24:00` the end; for the next morning write `01:00`"
            )
        ],
        id="rules: an hour past the end",
    ),
    pytest.param(
        incoming('{ when = "9:60-18:00", ring = ["1001"] }'),
        ["numbers[0].incoming[0].when: `9:60` is not a time of day: minutes are 00 to 59"],
        id="rules: a minute that is none",
    ),
    pytest.param(
        incoming('{ when = "０９:00-18:00", ring = ["1001"] }'),
        [
            (
                "numbers[0].incoming[0].when: `０９:00` is not a time of day: write half-width "
                "digits, as `09:00` or `18:30:15`"
            )
        ],
        id="rules: full-width digits",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", name = 5, ring = ["1001"] }'),
        [
            (
                "numbers[0].incoming[0].name: `5` is not text, as the name of a rule must be: "
                'write it in quotes, "5"'
            )
        ],
        id="rules: a number for the name",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00" }'),
        [(f"numbers[0].incoming[0]: there is no destination: {ONE_OF_ALL}")],
        id="rules: no destination",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["1001"], announce = "009608" }'),
        [(f"numbers[0].incoming[0]: there are several destinations: {ONE_OF_ALL}")],
        id="rules: two destinations",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["1001"], announce = "009608", busy = true }'),
        [(f"numbers[0].incoming[0]: there are several destinations: {ONE_OF_ALL}")],
        id="rules: three destinations",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", anounce = "009608" }'),
        ["numbers[0].incoming[0].anounce: `anounce` is unknown: did you mean `announce`?"],
        id="rules: a misspelt destination",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = "1001" }'),
        ["numbers[0].incoming[0].ring: `1001` is not a list: write `[…]`"],
        id="rules: text for the targets",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = [] }'),
        [
            (
                "numbers[0].incoming[0].ring: `[]` rings nothing: name a target, or write "
                "`busy = true`"
            )
        ],
        id="rules: no target",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["1001", 1002] }'),
        [
            (
                "numbers[0].incoming[0].ring[1]: `1002` is not text, as a target must be: "
                'write it in quotes, "1002"'
            )
        ],
        id="rules: a number for a target",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["-"] }'),
        [("numbers[0].incoming[0].ring: `` is empty: a target needs at least one character")],
        id="rules: a target of nothing but separators",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["1001", "1001"] }'),
        [("numbers[0].incoming[0].ring: `1001` stands twice: targets must differ, remove one")],
        id="rules: a target twice",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["1001", "1003"] }'),
        [
            (
                "numbers[0].incoming[0].ring[1]: `1003` is not an extension of this tenant: "
                "did you mean `1002`?"
            )
        ],
        id="rules: an unknown extension",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["9000"] }'),
        [
            (
                "numbers[0].incoming[0].ring[0]: `9000` is not in the range of extensions "
                "`0000-8999`"
            )
        ],
        id="rules: an extension out of range",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["support"] }'),
        [
            (
                "numbers[0].incoming[0].ring[0]: `support` is not a group of this tenant: "
                "define it, there are none yet"
            )
        ],
        id="rules: an unknown group",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["1001", "009608"] }'),
        [
            (
                "numbers[0].incoming[0].ring: `009608` is a guidance, which answers before a "
                "phone can: give it a rule of its own"
            )
        ],
        id="rules: a guidance among phones",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["009608"] }'),
        [
            (
                "numbers[0].incoming[0].ring: `009608` is a guidance, which answers before a "
                'phone can: write `announce = "009608"`'
            )
        ],
        id="rules: a guidance alone",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", announce = 9608 }'),
        [
            (
                "numbers[0].incoming[0].announce: `9608` is not text, as a guidance number "
                'must be: write it in quotes, "9608"'
            )
        ],
        id="rules: a number for the guidance",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", announce = "００９６０８" }'),
        [
            (
                "numbers[0].incoming[0].announce: `００９６０８` is not a guidance number: "
                "write half-width digits"
            )
        ],
        id="rules: full-width digits of the guidance",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", busy = false }'),
        ["numbers[0].incoming[0].busy: `false` is not `true`: leave `busy` out"],
        id="rules: not busy",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", busy = "yes" }'),
        ["numbers[0].incoming[0].busy: `yes` is not `true`: leave `busy` out"],
        id="rules: text for busy",
    ),
    pytest.param(
        incoming(
            '{ when = "mon 09:00-18:00", ring = ["1001"] }, { when = "mon,tue '
            '17:00-20:00", name = "late", ring = ["1002"] }'
        ),
        [
            (
                "numbers[0].incoming: `mon 09:00-18:00` and `late` share 17:00-18:00 on mon "
                '2000-01-03: part them, or write overlap="first" to let the first win'
            )
        ],
        id="rules: two that overlap",
    ),
    pytest.param(
        incoming('{ when = "funday 09:00-18:00", ring = ["1003"] }'),
        [
            (
                "numbers[0].incoming[0].when: `funday` is not a weekday: write one of "
                "`fri`, `mon`, `sat`, `sun`, `thu`, `tue`, `wed`"
            ),
            (
                "numbers[0].incoming[0].ring[0]: `1003` is not an extension of this tenant: "
                "did you mean `1002`?"
            ),
        ],
        id="rules: a mistake beside an unknown extension",
    ),
]

NUMBERS = [
    pytest.param(
        office('numbers = ["03-1234-5678"]'),
        ["numbers[0]: `03-1234-5678` is not a table: write keys and values"],
        id="numbers: text for a number",
    ),
    pytest.param(
        office("numbers = [{ incoming = [] }]"),
        ["numbers[0]: `number` is missing: add it"],
        id="numbers: no number",
    ),
    pytest.param(
        office("numbers = [{ number = 312345678, incoming = [] }]"),
        [
            (
                "numbers[0].number: `312345678` is not text, as a called number must be: write "
                'it in quotes, "312345678"'
            )
        ],
        id="numbers: an int for the number",
    ),
    pytest.param(
        office('numbers = [{ number = "０３-1234-5678", incoming = [] }]'),
        [
            (
                "numbers[0].number: `０３-1234-5678` is not an outside number, as a called "
                "number must be: write half-width digits"
            )
        ],
        id="numbers: full-width digits",
    ),
    pytest.param(
        office('numbers = [{ number = "1001", incoming = [] }]'),
        [
            (
                "numbers[0].number: `1001` is not an outside number, as a called number must "
                "be: write `03-1234-5678` or `+81312345678`"
            )
        ],
        id="numbers: an extension for the number",
    ),
    pytest.param(
        number("name = 5, incoming = []"),
        [
            (
                "numbers[0].name: `5` is not text, as the name of a number must be: write it "
                'in quotes, "5"'
            )
        ],
        id="numbers: a number for the name",
    ),
    pytest.param(
        tenant(
            "subscription = { max_extensions = 1 }\n"
            'extensions = [{ number = "1001", caller_id = "03-1234-5678" }]\n'
            "numbers = [{ number = 312345678, incoming = [] }]"
        ),
        [
            (
                "numbers[0].number: `312345678` is not text, as a called number must be: write "
                'it in quotes, "312345678"'
            )
        ],
        id="numbers: an unreadable number, which may be the caller ID",
    ),
    pytest.param(
        office(
            'numbers = [{ number = "03-1234-5678", incoming = [] }, { number = "+81 3 1234 '
            '5678", incoming = [] }]'
        ),
        ["numbers[1].number: `+81312345678` stands twice: remove one"],
        id="numbers: twice, in two spellings",
    ),
    pytest.param(
        number('name = "main"'),
        ["numbers[0]: `incoming` is missing: add it"],
        id="numbers: neither form",
    ),
    pytest.param(
        number('incoming = [], schedule = "hours", destinations = {}'),
        [
            (
                "numbers[0].schedule: `schedule` does not go with `incoming`: write one or the "
                "other"
            ),
            (
                "numbers[0].destinations: `destinations` does not go with `incoming`: write "
                "one or the other"
            ),
        ],
        id="numbers: both forms",
    ),
    pytest.param(
        number('schedule = "hours"'),
        ["numbers[0]: `destinations` is missing: add it"],
        id="numbers: a schedule without destinations",
    ),
    pytest.param(
        number('destinations = { open = { ring = ["1001"] } }'),
        ["numbers[0]: `schedule` is missing: add it"],
        id="numbers: destinations without a schedule",
    ),
    pytest.param(
        number(
            'schedule = "hours", destinations = {}, zone = "UTC", otherwise = { busy = true }'
        )
        + ("\n[schedules.hours]\nrules = []"),
        [
            (
                "numbers[0].zone: `zone` does not go with `schedule`: write it where the "
                "schedule stands"
            ),
            (
                "numbers[0].otherwise: `otherwise` does not go with `schedule`: write it where "
                "the schedule stands"
            ),
        ],
        id="numbers: settings beside a shared schedule",
    ),
    pytest.param(
        number('zone = "JST", incoming = []'),
        [
            (
                "numbers[0].zone: `JST` is not a time zone: write a name of the IANA data, as "
                "`Asia/Tokyo`"
            )
        ],
        id="numbers: an unknown zone",
    ),
    pytest.param(
        number('spill = "clop", overlap = 1, incoming = []'),
        [
            "numbers[0].spill: `clop` is not a choice for spill: did you mean `clip`?",
            (
                "numbers[0].overlap: `1` is not a choice for overlap: write one of `first`, "
                "`refuse`"
            ),
        ],
        id="numbers: a word that is no choice",
    ),
    pytest.param(
        number('holidays = "japan", incoming = []'),
        ["numbers[0].holidays: `japan` is not a calendar: define it"],
        id="numbers: an unknown calendar",
    ),
    pytest.param(
        number('holidays = "japan", incoming = []') + ("\n[calendars.japans]\n"),
        ["numbers[0].holidays: `japan` is not a calendar: did you mean `japans`?"],
        id="numbers: a calendar that is nearly there",
    ),
    pytest.param(
        number("holidays = 1, incoming = []"),
        [
            (
                "numbers[0].holidays: `1` is not text, as the name of a calendar must be: "
                'write it in quotes, "1"'
            )
        ],
        id="numbers: a number for the calendar",
    ),
    pytest.param(
        number('otherwise = "009608", incoming = []'),
        ["numbers[0].otherwise: `009608` is not a table: write keys and values"],
        id="numbers: text for otherwise",
    ),
    pytest.param(
        number("otherwise = {}, incoming = []"),
        [(f"numbers[0].otherwise: there is no destination: {ONE_OF_ALL}")],
        id="numbers: an empty table for otherwise",
    ),
    pytest.param(
        number('override = "busy", incoming = []'),
        ["numbers[0].override: `busy` is not a table: write keys and values"],
        id="numbers: text for the override",
    ),
    pytest.param(
        number("override = { until = 2026-11-24T09:00:00Z }, incoming = []"),
        [(f"numbers[0].override: there is no destination: {ONE_OF_ALL}")],
        id="numbers: an override that says nothing",
    ),
    pytest.param(
        number(
            "override = { busy = true, since = 2026-11-24T09:00:00, "
            'until = "2026-11-24T10:00" }, incoming = []'
        ),
        [
            (
                "numbers[0].override.since: `2026-11-24T09:00:00` does not say its offset from "
                "UTC: write `2026-11-24T09:00:00+09:00`"
            ),
            (
                "numbers[0].override.until: `2026-11-24T10:00` does not say its offset from "
                "UTC: write `2026-11-24T09:00:00+09:00`"
            ),
        ],
        id="numbers: naive times of an override",
    ),
    pytest.param(
        number('override = { busy = true, since = 9, until = "noon" }, incoming = []'),
        [
            ("numbers[0].override.since: `9` is not a time: write `2026-11-24T09:00:00+09:00`"),
            (
                "numbers[0].override.until: `noon` is not a time: write "
                "`2026-11-24T09:00:00+09:00`"
            ),
        ],
        id="numbers: times that are none",
    ),
    pytest.param(
        number("override = { busy = true, since = 2026-11-24 }, incoming = []"),
        [
            (
                "numbers[0].override.since: `2026-11-24` is not a time: write "
                "`2026-11-24T09:00:00+09:00`"
            )
        ],
        id="numbers: a date for a time",
    ),
    pytest.param(
        number(
            "override = { busy = true, since = 2026-11-24T09:00:00Z, until = "
            "2026-11-24T08:00:00Z }, incoming = []"
        ),
        [
            (
                "numbers[0].override: `2026-11-24T08:00:00+00:00` ends the override before it "
                "starts: swap them"
            )
        ],
        id="numbers: an override that ends before it starts",
    ),
    pytest.param(
        number(
            'otherwise = { ring = ["1003"] }, override = { ring = ["1004"] }, incoming = []'
        ),
        [
            (
                "numbers[0].otherwise.ring[0]: `1003` is not an extension of this tenant: did "
                "you mean `1002`?"
            ),
            (
                "numbers[0].override.ring[0]: `1004` is not an extension of this tenant: did "
                "you mean `1002`?"
            ),
        ],
        id="numbers: an unknown target in otherwise and override",
    ),
]

SHARED = [
    pytest.param(
        office('schedules = { hours = "open" }'),
        ["schedules.hours: `open` is not a table: write keys and values"],
        id="shared schedules: text for a schedule",
    ),
    pytest.param(
        schedules('zone = "UTC"'),
        ["schedules.hours: `rules` is missing: add it"],
        id="shared schedules: no rules",
    ),
    pytest.param(
        schedules('rules = [{ when = "09:00-18:00" }]'),
        ["schedules.hours.rules[0]: `value` is missing: add it"],
        id="shared schedules: no answer",
    ),
    pytest.param(
        schedules('rules = [{ when = "09:00-18:00", value = 1 }]'),
        [
            (
                "schedules.hours.rules[0].value: `1` is not text, as an answer must be: write "
                'it in quotes, "1"'
            )
        ],
        id="shared schedules: a number for an answer",
    ),
    pytest.param(
        schedules('rules = []\notherwise = { value = "open" }'),
        [("schedules.hours.otherwise: `{'value': 'open'}` is not text, as an answer must be")],
        id="shared schedules: a table for otherwise",
    ),
    pytest.param(
        schedules("rules = []\noverride = { until = 2026-11-24T09:00:00Z }"),
        ["schedules.hours.override: `value` is missing: add it"],
        id="shared schedules: an override without an answer",
    ),
    pytest.param(
        schedules("rules = []\noverride = { busy = true }"),
        [
            (
                "schedules.hours.override.busy: `busy` is unknown: write one of `since`, "
                "`until`, `value`"
            ),
            "schedules.hours.override: `value` is missing: add it",
        ],
        id="shared schedules: an override with a destination",
    ),
    pytest.param(
        schedules(
            'rules = [{ when = "09:00-18:00", value = "open" }, { when = "12:00-13:00", '
            'value = "lunch" }]'
        ),
        [
            (
                "schedules.hours.rules: `09:00-18:00` and `12:00-13:00` share 12:00-13:00 on "
                'sat 2000-01-01: part them, or write overlap="first" to let the first win'
            )
        ],
        id="shared schedules: two rules that overlap",
    ),
    pytest.param(
        schedules(
            HOURS, 'numbers = [{ number = "03-1234-5678", schedule = 1, destinations = {} }]'
        ),
        [
            (
                "numbers[0].schedule: `1` is not text, as the name of a schedule must be: "
                'write it in quotes, "1"'
            )
        ],
        id="shared schedules: a number for the name",
    ),
    pytest.param(
        schedules(
            HOURS,
            'numbers = [{ number = "03-1234-5678", schedule = "hour", destinations = {} }]',
        ),
        ["numbers[0].schedule: `hour` is not a schedule: did you mean `hours`?"],
        id="shared schedules: an unknown schedule",
    ),
    pytest.param(
        office(shared(BOTH)),
        ["numbers[0].schedule: `hours` is not a schedule: define it"],
        id="shared schedules: no schedules at all",
    ),
    pytest.param(
        schedules(
            HOURS,
            'numbers = [{ number = "03-1234-5678", schedule = "hours", destinations = '
            '"1001" }]',
        ),
        ["numbers[0].destinations: `1001` is not a table: write names and values"],
        id="shared schedules: text for the destinations",
    ),
    pytest.param(
        schedules(HOURS, shared('open = "1001", closed = { busy = true }')),
        ["numbers[0].destinations.open: `1001` is not a table: write keys and values"],
        id="shared schedules: text for a destination",
    ),
    pytest.param(
        schedules(HOURS, shared('open = { ring = ["1001"] }')),
        [("numbers[0].destinations: answer `closed` of `hours` has no destination: add one")],
        id="shared schedules: an answer without a destination",
    ),
    pytest.param(
        schedules(HOURS, shared(BOTH + (", close = { busy = true }"))),
        [
            (
                "numbers[0].destinations.close: `close` is no answer of `hours`: did you mean "
                "`closed`?"
            )
        ],
        id="shared schedules: a destination without an answer",
    ),
    pytest.param(
        schedules("rules = []", shared("open = { busy = true }")),
        ["numbers[0].destinations.open: `open` is no answer of `hours`: it has none"],
        id="shared schedules: a destination of a schedule without answers",
    ),
    pytest.param(
        schedules(HOURS, shared('open = { ring = ["1003"] }, closed = { busy = true }')),
        [
            (
                "numbers[0].destinations.open.ring[0]: `1003` is not an extension of this "
                "tenant: did you mean `1002`?"
            )
        ],
        id="shared schedules: an unknown extension in a destination",
    ),
    pytest.param(
        schedules(
            'rules = [{ when = "funday 09:00-18:00", value = "open" }]',
            shared("opened = { busy = true }"),
        ),
        [
            (
                "schedules.hours.rules[0].when: `funday` is not a weekday: write one of "
                "`fri`, `mon`, `sat`, `sun`, `thu`, `tue`, `wed`"
            )
        ],
        id="shared schedules: a broken schedule, whose answers nobody knows",
    ),
]

LINE_TYPES = [
    pytest.param(
        tenant('line_type = "hikari"'),
        [
            "line_type: `hikari` is not a line type: did you mean `hikari_denwa`?",
        ],
        id="line type: one that is not shipped",
    ),
    pytest.param(
        tenant("line_type = 5"),
        [
            (
                "line_type: `5` is not text, as the id of a line type must be: write it in "
                'quotes, "5"'
            ),
        ],
        id="line type: a number",
    ),
    pytest.param(
        'line_type = "hikari_denwa"\n'
        + ring(
            "distribute = { 1001 = 1, 1002 = 1, "
            + ", ".join(f"03-1234-000{n} = 0" for n in range(4))
            + " }"
        ),
        [
            (
                "numbers[0].incoming[0].distribute: `6` targets are too many: this type of line"
                " distributes to 5 at most, leave some out"
            ),
        ],
        id="line type: more targets than it distributes to",
    ),
]

GROUP_TABLES = [
    pytest.param(
        group('members = "1001"'),
        [
            "groups.sales.members: `1001` is not a list: write `[…]`",
        ],
        id="group tables: text for the members",
    ),
    pytest.param(
        group("repeat = 2"),
        [
            "groups.sales: `members` is missing: add it",
        ],
        id="group tables: no members",
    ),
    pytest.param(
        group("members = []"),
        [
            "groups.sales.members: `sales` is not a group that can ring: name a member",
        ],
        id="group tables: an empty list",
    ),
    pytest.param(
        group('members = ["1001", { target = "1001" }]'),
        [
            (
                "groups.sales.members: `1001` stands twice: members of a group must differ, "
                "remove one"
            ),
        ],
        id="group tables: a member twice",
    ),
    pytest.param(
        group('members = ["1001", 5, { target = 5 }, { delay = 601 }]'),
        [
            (
                "groups.sales.members[1]: `5` is not text, as a target must be: write it in "
                'quotes, "5"'
            ),
            (
                "groups.sales.members[2].target: `5` is not text, as a target must be: write it"
                ' in quotes, "5"'
            ),
            "groups.sales.members[3]: `target` is missing: add it",
            (
                "groups.sales.members[3].delay: `601` is out of range: the delay of a member is"
                " 0 to 600"
            ),
        ],
        id="group tables: members with mistakes",
    ),
    pytest.param(
        group(
            'members = [{ target = "1002", weight = 0, seconds = "5", honour_forwards = 1, '
            "colour = 1 }]"
        ),
        [
            (
                "groups.sales.members[0].colour: `colour` is unknown: write one of `delay`, "
                "`honour_forwards`, `seconds`, `target`, `weight`"
            ),
            (
                "groups.sales.members[0].seconds: `5` is not a whole number, as the ring time "
                "of a member must be"
            ),
            (
                "groups.sales.members[0].weight: `0` is out of range: the weight of a member is"
                " 1 to 9"
            ),
            (
                "groups.sales.members[0].honour_forwards: `1` is not true or false, as "
                "honour_forwards must be"
            ),
        ],
        id="group tables: settings of a member",
    ),
    pytest.param(
        group(
            'members = ["1001"]\nstrategy = "cyclic"\nseconds = 0\nrepeat = 11\noverflow = '
            '"a, b"'
        ),
        [
            (
                "groups.sales.strategy: `cyclic` is not a ring strategy: write one of "
                "`circular`, `longest_idle`, `sequential`, `simultaneous`, `weighted`"
            ),
            ("groups.sales.seconds: `0` is out of range: the ring time of a group is 1 to 600"),
            (
                "groups.sales.repeat: `11` is out of range: the number of rounds of a group is "
                "1 to 10"
            ),
            (
                "groups.sales.overflow: `a, b` is not one target: write each as its own text, "
                "without spaces"
            ),
        ],
        id="group tables: settings of a group",
    ),
    pytest.param(
        group('members = ["1001"]\noverflow = "009608"'),
        [
            (
                "groups.sales.overflow: `009608` is a guidance, which answers before a phone "
                'can: let it follow the group, as `then = { announce = "009608" }`'
            ),
        ],
        id="group tables: a guidance as the overflow",
    ),
    pytest.param(
        group('members = ["1009", { target = "1008" }]\noverflow = "sale"'),
        [
            (
                "groups.sales.members[0]: `1009` is not an extension of this tenant: did you "
                "mean `1002`?"
            ),
            (
                "groups.sales.members[1].target: `1008` is not an extension of this tenant: did"
                " you mean `1002`?"
            ),
            (
                "groups.sales.overflow: `sale` is not a group of this tenant: did you mean "
                "`sales`?"
            ),
        ],
        id="group tables: unknown targets",
    ),
    pytest.param(
        office('groups = { sales = [{ target = "1009" }, "1008"] }'),
        [
            (
                "groups.sales[0].target: `1009` is not an extension of this tenant: did you "
                "mean `1002`?"
            ),
            (
                "groups.sales[1]: `1008` is not an extension of this tenant: did you mean "
                "`1002`?"
            ),
        ],
        id="group tables: an unknown target in a list with settings",
    ),
    pytest.param(
        group('members = ["1009"]'),
        [
            (
                "groups.sales.members[0]: `1009` is not an extension of this tenant: did you "
                "mean `1002`?"
            ),
        ],
        id="group tables: an unknown target in a table without settings",
    ),
    pytest.param(
        group('members = ["1001"]\noverflow = "sales"'),
        [
            (
                "groups.sales: `sales` holds itself (sales → sales): take one of these groups "
                "out of the other"
            ),
        ],
        id="group tables: its own overflow",
    ),
    pytest.param(
        office('groups = { a = { members = ["1001"], overflow = "b" }, b = ["a"] }'),
        [
            (
                "groups.a: `a` holds itself (a → b → a): take one of these groups out of the "
                "other"
            ),
        ],
        id="group tables: a circle through the overflow",
    ),
    pytest.param(
        office('groups = { 12 = { members = ["1009"] } }'),
        [
            "groups.12: `12` is not the name of a group: a name has a letter",
        ],
        id="group tables: a name without a letter",
    ),
]

ENDS = [
    pytest.param(
        number('override = { busy = true, until = "next_change" }, incoming = []'),
        [
            (
                "numbers[0].override: `next_change` needs the moment it is counted from: give "
                "`since`"
            ),
        ],
        id="overrides: the next change without a start",
    ),
    pytest.param(
        number(
            'override = { busy = true, since = 2026-11-24T09:00:00Z, until = "next_changes" '
            "}, incoming = []"
        ),
        [
            (
                "numbers[0].override.until: `next_changes` is not a time: write "
                "`2026-11-24T09:00:00+09:00`"
            ),
        ],
        id="overrides: another word",
    ),
    pytest.param(
        number('override = { busy = true, since = "next_change" }, incoming = []'),
        [
            (
                "numbers[0].override.since: `next_change` is not a time: write "
                "`2026-11-24T09:00:00+09:00`"
            ),
        ],
        id="overrides: a start at the next change",
    ),
]

LOST = [
    pytest.param(
        tenant(
            'extension = [{ number = "1001" }]\n'
            'numbers = [{ number = "03-1234-5678", incoming = [{ when = "09:00-18:00", '
            'ring = ["1001"] }] }]'
        ),
        ["extension: `extension` is unknown: did you mean `extensions`?"],
        id="extensions",
    ),
    pytest.param(
        incoming('{ when = "09:00-18:00", ring = ["support"] }')
        + ('\ngroup = { support = ["1001"] }'),
        ["group: `group` is unknown: did you mean `groups`?"],
        id="groups",
    ),
    pytest.param(
        office(
            "calender = { japan = {} }\n"
            'numbers = [{ number = "03-1234-5678", holidays = "japan", incoming = [] }]'
        ),
        ["calender: `calender` is unknown: did you mean `calendars`?"],
        id="calendars",
    ),
    pytest.param(
        office(shared("") + ("\nschedule = { hours = { rules = [] } }")),
        ["schedule: `schedule` is unknown: did you mean `schedules`?"],
        id="schedules",
    ),
    pytest.param(
        tenant(
            "subscription = { max_extensions = 1 }\n"
            'extensions = [{ number = "1001", caller_id = "03-1234-5678" }]\n'
            'number = [{ number = "03-1234-5678", incoming = [] }]'
        ),
        ["number: `number` is unknown: did you mean `numbers`?"],
        id="numbers",
    ),
    pytest.param(
        office(
            'regions = "US"\n'
            'numbers = [{ number = "2125550123", incoming = [] }, { number = '
            '"12125550123", incoming = [] }]'
        ),
        ["regions: `regions` is unknown: did you mean `region`?"],
        id="region",
    ),
    pytest.param(
        tenant(
            'extension_rang = "10-99"\n'
            "subscription = { max_extensions = 1 }\n"
            'extensions = [{ number = "10", forwards = { busy = "11" } }]'
        ),
        ["extension_rang: `extension_rang` is unknown: did you mean `extension_range`?"],
        id="extension_range",
    ),
    pytest.param(
        office('numbers = [{ number = "03-1234-5678", incomming = [], zone = "UTC" }]'),
        ["numbers[0].incomming: `incomming` is unknown: did you mean `incoming`?"],
        id="incoming",
    ),
    pytest.param(
        schedules(
            HOURS,
            'numbers = [{ number = "03-1234-5678", schedule = "hours", destination = {} }]',
        ),
        ["numbers[0].destination: `destination` is unknown: did you mean `destinations`?"],
        id="destinations",
    ),
    pytest.param(
        extensions('{ nmber = "1001" }, { number = "1002", forwards = { busy = "1001" } }'),
        ["extensions[0].nmber: `nmber` is unknown: did you mean `number`?"],
        id="the number of an extension, which may be a target",
    ),
]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        *TENANT,
        *SUBSCRIPTION,
        *EXTENSIONS,
        *GROUPS,
        *CALENDARS,
        *RULES,
        *NUMBERS,
        *SHARED,
        *LINE_TYPES,
        *GROUP_TABLES,
        *ENDS,
    ],
)
def test_a_mistake_is_named_with_its_place_and_its_fix(text: str, lines: list[str]) -> None:
    """What is wrong is told once, where it stands, with what to write instead."""
    assert refusals(text) == lines


@pytest.mark.parametrize(("text", "lines"), LOST)
def test_what_a_misspelt_key_holds_does_not_seem_missing(text: str, lines: list[str]) -> None:
    """A misspelt key is one mistake, not one more for everything that refers to it."""
    assert refusals(text) == lines


def test_every_problem_says_which_file_it_is_in(tmp_path: Path) -> None:
    """A problem has the name of the file, whichever step found it."""
    path = tmp_path / "office.toml"
    path.write_text(extensions('{ number = 1001 }, { number = "9000" }'), encoding="utf-8")

    with pytest.raises(DocumentError) as caught:
        cloudpbx.load(path)

    assert [(each.source, each.path) for each in caught.value.problems] == [
        (str(path), "extensions[0].number"),
        (str(path), "extensions[1].number"),
    ]


def test_nobody_reads_more_than_a_hundred_problems() -> None:
    """After a hundred problems the reading ends, and says so."""
    lines = refusals(extensions(", ".join(["{}"] * 101)))

    assert len(lines) == 101
    assert lines[-1] == "there are more than 100 problems: mend these first"


def test_a_document_may_be_toml_or_json_whatever_the_letters_of_its_name(
    tmp_path: Path,
) -> None:
    """`.json` in any case is JSON, and any other name is TOML."""
    tenant_in = cloudpbx.loads(incoming(""))
    for name in ("office.json", "OFFICE.JSON", "office.toml", "office", "office.txt"):
        kind = "json" if "json" in name.casefold() else "toml"
        (tmp_path / name).write_text(cloudpbx.dumps(tenant_in, kind=kind), encoding="utf-8")

        assert cloudpbx.load(tmp_path / name) == tenant_in
        assert cloudpbx.load(str(tmp_path / name)) == tenant_in


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="with a byte-order mark"),
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="with CRLF"),
    ],
)
def test_a_file_of_another_system_reads_the_same(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    """A byte-order mark and CRLF change nothing, in TOML and in JSON."""
    for kind in ("toml", "json"):
        text = cloudpbx.dumps(cloudpbx.load(EXAMPLE), kind=kind)
        path = tmp_path / f"office.{kind}"
        path.write_bytes(change(text.encode()))

        assert cloudpbx.load(path) == cloudpbx.load(EXAMPLE)


def test_the_example_of_the_manual_reads_as_it_is_written() -> None:
    """Each key of the example ends up where it belongs."""
    office_in = cloudpbx.load(EXAMPLE)
    first, second = office_in.numbers
    sato = office_in.extensions[0]

    assert (office_in.name, office_in.zone, office_in.region) == (
        "Clocall example office",
        "Asia/Tokyo",
        "JP",
    )
    assert office_in.subscription.max_extensions == 5
    assert (sato.number, sato.department, sato.recording) == ("1001", "sales", True)
    assert sato.forwards.offline == "09012340001"
    assert office_in.groups["support"].members == ("1003", "09023456789")
    assert isinstance(first.incoming, Schedule)
    assert isinstance(second.incoming, Schedule)
    assert [rule.value for rule in first.incoming.rules] == [
        Ring(("1001", "1002")),
        Ring(("1003",)),
        Announce(),
    ]
    assert first.incoming.zone == "Asia/Tokyo"
    assert second.incoming.holidays == office_in.calendars["japan"]
    assert second.incoming.otherwise == Announce()
    assert [rule.name for rule in second.incoming.rules] == [
        "day",
        "night",
        "holiday",
        "turn of the year",
    ]


def test_everything_that_has_a_default_may_be_left_out() -> None:
    """A document needs a zone and nothing else."""
    least = cloudpbx.loads('zone = "UTC"')

    assert cloudpbx.dumps(least) == (
        'zone = "UTC"\nregion = "JP"\nextension_range = "0000-8999"\n\n'
        "[subscription]\nactivated = false\nmax_extensions = 0\n"
        "recording_seats = 0\ninternational = false\n"
    )
    assert cloudpbx.loads(cloudpbx.dumps(least)) == least


def test_settings_of_every_kind_are_read() -> None:
    """A shared schedule, an override, a zone and words of its own, working days."""
    read = cloudpbx.loads(
        schedules(
            HOURS + 'override = { value = "open", since = 2026-11-24T09:00:00+09:00 }\n'
            'zone = "Europe/Paris"\nspill = "clip"\noverlap = "first"\nholidays = "japan"\n'
            "[calendars.japan]\nworking_days = [2026-11-23]\n",
            shared(BOTH),
        )
    )
    hours = read.schedules["hours"]

    assert (hours.zone, hours.spill, hours.overlap) == ("Europe/Paris", "clip", "first")
    assert hours.override is not None
    assert hours.override.value == "open"
    assert hours.override.since is not None
    assert hours.override.since.isoformat() == "2026-11-24T09:00:00+09:00"
    assert hours.override.until is None
    assert hours.holidays == read.calendars["japan"]
    assert read.numbers[0].incoming == "hours"
    assert read.numbers[0].destinations == {"open": Ring(("1001",)), "closed": Busy()}


WRITTEN = """\
name = "本社"
zone = "Asia/Tokyo"
region = "JP"
line_type = "hikari_denwa"
extension_range = "10-99"

[subscription]
activated = true
max_extensions = 2
recording_seats = 1
international = false

[calendars.japan]
country = "JP"
working_days = [2026-11-03, 2026-11-23]

[calendars.japan.days]
2026-11-24 = "創立記念日"

[schedules.hours]
holidays = "japan"
spill = "clip"
overlap = "first"
otherwise = "closed"
rules = [
  { when = "mon-fri 09:00-18:00", value = "open", name = "day" },
]

[schedules.hours.override]
value = "closed"
since = 2026-11-24T09:00:00+09:00
until = 2026-11-25T00:00:00+00:00

[groups]
support = ["11", "090-2345-6789"]

[groups.hunt]
members = ["11", { target = "12", delay = 10, seconds = 15, weight = 2, \
honour_forwards = false }]
strategy = "circular"
seconds = 20
repeat = 2
overflow = "090-2345-6789"

[groups.late]
members = [
  { target = "12", delay = 5 },
]

[[extensions]]
number = "11"
recording = true
forwards = { unconditional = "12", ring_seconds = 30 }

[[extensions]]
number = "12"

[[numbers]]
number = "03-1234-5678"
name = "main"
schedule = "hours"
destinations = { open = { ring = ["11", "support"] }, closed = { announce = "009608" } }

[[numbers]]
number = "050-1234-5678"
zone = "UTC"
otherwise = { busy = true }
override = { announce = "1", until = 2026-11-25T00:00:00+00:00 }
incoming = []

[[numbers]]
number = "0120-123-456"
screening = { accepted_areas = ["03", "06"], refused_kinds = ["payphone", "withheld"], \
blocked = ["0800*", "090-1234-5678"], announcement = "009609" }
after_hours = { holidays = "japan", otherwise = { announce = "1" }, \
rules = [{ when = "sat,sun 00:00-24:00", announce = "009608", name = "weekend" }] }
channels = { contracted = 5, enabled = 3 }
reception_change = { zone = "UTC", \
override = { divert = "11", since = 2026-11-24T09:00:00+09:00 }, \
rules = [{ when = "12-29..01-03 00:00-24:00", divert = "03-1234-5678" }] }
diversion = ["03-1234-5678", "090-2345-6789"]
override = { busy = true, since = 2026-11-24T09:00:00+09:00, until = "next_change" }
incoming = [
  { when = "mon-fri 09:00-18:00", ring = ["hunt", "090-2345-6789"], strategy = "sequential", \
seconds = 20, repeat = 2, then = { ring = ["support"], then = { announce = "009608" } } },
  { when = "sat 09:00-18:00", divert = "03-1234-5678" },
]

[[numbers]]
number = "0120-123-457"
screening = {}
channels = { contracted = 2 }
otherwise = { distribute = { 11 = 3, 090-2345-6789 = 7, 12 = 0 }, draw = "turns", \
when_unavailable = "busy", key = "x", seconds = 30, then = { busy = true } }
incoming = []
"""


def test_a_document_is_written_in_one_way() -> None:
    """A document that is canonical already is written letter by letter as it was."""
    assert cloudpbx.dumps(cloudpbx.loads(WRITTEN)) == WRITTEN


def test_what_a_document_says_of_a_toll_free_number_is_what_it_has() -> None:
    """Each key of a feature ends up where it belongs."""
    first, second = cloudpbx.loads(WRITTEN).numbers[2:]

    assert first.screening == Screening(
        accepted_areas=("03", "06"),
        refused_kinds=("withheld", "payphone"),
        blocked=("090-1234-5678", "0800*"),
        announcement="009609",
    )
    assert first.channels == Channels(5, 3)
    assert first.diversion == ("0312345678", "09023456789")
    assert first.after_hours is not None
    assert (first.after_hours.zone, first.after_hours.otherwise) == (
        "Asia/Tokyo",
        Announce("1"),
    )
    assert first.reception_change is not None
    assert first.reception_change.rules[0].value == Divert("03-1234-5678")
    assert isinstance(first.incoming, Schedule)
    assert first.incoming.override is not None
    assert first.incoming.override.until is Until.NEXT_CHANGE
    assert first.incoming.rules[0].value == Ring(
        ("hunt", "09023456789"),
        strategy=Strategy.SEQUENTIAL,
        seconds=20,
        repeat=2,
        then=Ring(("support",), then=Announce()),
    )
    assert (second.screening, second.channels) == (Screening(), Channels(2))
    assert isinstance(second.incoming, Schedule)
    assert second.incoming.otherwise == Distribute(
        (("11", 3), ("090-2345-6789", 7), ("12", 0)),
        draw=Draw.TURNS,
        when_unavailable=WhenUnavailable.BUSY,
        key="x",
        seconds=30,
        then=Busy(),
    )


def test_what_a_document_says_of_a_group_is_what_it_has() -> None:
    """A group may be a list, or a table; what is the default may be said."""
    groups = cloudpbx.loads(WRITTEN).groups
    plain = cloudpbx.loads(
        office(
            'groups = { one = ["1001", { target = "1002", weight = 1 }], '
            'two = { members = [{ target = "1001" }, "1002"], repeat = 1 } }'
        )
    )

    assert groups["hunt"] == Group(
        "hunt",
        ("11", Member("12", delay=10, seconds=15, weight=2, honour_forwards=False)),
        strategy=Strategy.CIRCULAR,
        seconds=20,
        repeat=2,
        overflow="09023456789",
    )
    assert plain.groups["one"].members == plain.groups["two"].members == ("1001", "1002")
    assert 'one = ["1001", "1002"]\ntwo = ["1001", "1002"]' in cloudpbx.dumps(plain)


def test_groups_of_one_line_are_written_first() -> None:
    """TOML has tables after values, JSON does the same, and the router does not mind."""
    groups = {
        "table": Group("table", ("1001",), repeat=2),
        "list": Group("list", ("1001",)),
    }
    made = Tenant(
        zone="UTC",
        subscription=Subscription(max_extensions=1),
        extensions=(Extension(number="1001"),),
        groups=groups,
    )

    for kind in ("toml", "json"):
        read = cloudpbx.loads(cloudpbx.dumps(made, kind=kind), kind=kind)
        assert list(read.groups) == ["list", "table"]
        assert read == made
        assert read.router() == made.router()


def test_the_order_of_a_ratio_is_kept() -> None:
    """Who stands first is drawn first, so another order is another ratio."""
    one, other = (
        cloudpbx.loads(ring(f"distribute = {{ {ratio} }}"))
        for ratio in ("1001 = 1, 1002 = 1", "1002 = 1, 1001 = 1")
    )

    assert one != other
    for each in (one, other):
        for kind in ("toml", "json"):
            assert cloudpbx.loads(cloudpbx.dumps(each, kind=kind), kind=kind) == each


def test_null_is_no_value_of_a_key() -> None:
    """JSON has a word for nothing, and a document says nothing by leaving a key out."""
    data = {
        "zone": "UTC",
        "name": None,
        "numbers": None,
        "subscription": {"max_extensions": 1},
        "extensions": [{"number": "1001", "caller_id": None}],
        "groups": {"a": {"members": ["1001"], "seconds": None}, "b": {"members": None}},
    }

    assert refusals(json.dumps(data), kind="json") == [
        "name: `null` says nothing: leave the key out",
        "numbers: `null` says nothing: leave the key out",
        "extensions[0].caller_id: `null` says nothing: leave the key out",
        "groups.a.seconds: `null` says nothing: leave the key out",
        "groups.b.members: `null` says nothing: leave the key out",
    ]


def test_a_line_type_that_is_not_shipped_cannot_be_written() -> None:
    """A document names a line type, so one that nobody ships is refused."""
    shipped = LineType.named("hikari_denwa")
    made = Tenant(zone="UTC", line_type=evolve(shipped, most_distribution_targets=6))

    with pytest.raises(InvalidValueError) as refused:
        cloudpbx.dumps(made)
    assert str(refused.value) == (
        "line type `hikari_denwa` is not as it is shipped, and a document can only name one "
        "that is: use one of `LineType.shipped()`"
    )
    assert cloudpbx.loads(cloudpbx.dumps(evolve(made, line_type=shipped))).line_type == shipped


def test_moments_are_written_with_offsets_that_can_be_read() -> None:
    """An offset with seconds, as clocks had before there were zones, becomes UTC."""
    local = datetime(1880, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
    schedule: Schedule[Destination] = Schedule(
        zone="UTC", override=Override(Busy(), since=local)
    )
    made = Tenant(zone="UTC", numbers=(Number(number="03-1234-5678", incoming=schedule),))

    for kind in ("toml", "json"):
        assert cloudpbx.loads(cloudpbx.dumps(made, kind=kind), kind=kind) == made


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        pytest.param(
            lambda: cloudpbx.loads("", kind="yaml"),
            "`yaml` is not a kind of document: write one of `json`, `toml`",
            id="an unknown kind to read",
        ),
        pytest.param(
            lambda: cloudpbx.loads("", kind=None),  # type: ignore[arg-type]
            "`None` is not a kind of document: write one of `json`, `toml`",
            id="no kind to read",
        ),
        pytest.param(
            lambda: cloudpbx.dumps(cloudpbx.load(EXAMPLE), kind="tml"),
            "`tml` is not a kind of document: did you mean `toml`?",
            id="an unknown kind to write",
        ),
        pytest.param(
            lambda: cloudpbx.loads(b"zone = 1"),  # type: ignore[arg-type]
            "`b'zone = 1'` is not text, as the text of a document must be",
            id="bytes for the text",
        ),
        pytest.param(
            lambda: cloudpbx.loads("", source=5),  # type: ignore[arg-type]
            '`5` is not text, as the source of a document must be: write it in quotes, "5"',
            id="a number for the source",
        ),
        pytest.param(
            lambda: cloudpbx.load(5),  # type: ignore[arg-type]
            "`5` is not `str` or `PathLike`, as the place of a document must be",
            id="a number for the path",
        ),
    ],
)
def test_misuse_is_refused(ask: Callable[[], object], text: str) -> None:
    """What is no text, no path and no kind is refused in one line."""
    with pytest.raises(InvalidValueError) as caught:
        ask()

    assert not isinstance(caught.value, DocumentError)
    assert str(caught.value) == text
