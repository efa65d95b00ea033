"""Features of numbers are read with every mistake at its place.

Here: what each mistake in a screening, an after-hours guidance, channels, a change of
reception or a busy diversion is answered with, word by word. Not here: numbers without
features (`test_documents`), or what holds for all documents (`tests/laws`).
"""

import pytest

from tests.tenant.documents import HOURS, large, number, office, refusals, schedules

FEATURES = [
    pytest.param(
        number("incoming = [], screening = []"),
        [
            "numbers[0].screening: `[]` is not a table: write keys and values",
        ],
        id="a list for the screening",
    ),
    pytest.param(
        number("incoming = [], screening = { area = [] }"),
        [
            (
                "numbers[0].screening.area: `area` is unknown: write one of `accepted_areas`, "
                "`allowed`, `announcement`, `blocked`, `refused_areas`, `refused_kinds`"
            ),
        ],
        id="an unknown gate",
    ),
    pytest.param(
        number(
            'incoming = [], screening = { accepted_areas = "03", refused_areas = ["x", 5, '
            '"03*"], refused_kinds = ["robot"], allowed = ["0120"], announcement = "sorry" }'
        ),
        [
            "numbers[0].screening.accepted_areas: `03` is not a list: write `[…]`",
            (
                "numbers[0].screening.refused_areas[0]: `x` is not an area: write `03`, or "
                "`+44` for a country"
            ),
            (
                "numbers[0].screening.refused_areas[1]: `5` is not text, as an area must be: "
                'write it in quotes, "5"'
            ),
            (
                "numbers[0].screening.refused_areas[2]: `03*` is not an area: an area is a "
                "beginning already, write `03`"
            ),
            (
                "numbers[0].screening.refused_kinds[0]: `robot` is not a kind of caller: write "
                "one of `abroad`, `fixed`, `ip_phone`, `mobile`, `payphone`, `unknown`, "
                "`withheld`"
            ),
            (
                "numbers[0].screening.allowed[0]: `0120` is not a number: for all numbers that "
                "begin so, write `0120*`"
            ),
            (
                "numbers[0].screening.announcement: `sorry` is not a guidance number: write "
                "half-width digits"
            ),
        ],
        id="mistakes at every gate",
    ),
    pytest.param(
        number(
            'incoming = [], screening = { accepted_areas = ["03"], refused_areas = ["03"] }'
        ),
        [
            (
                "numbers[0].screening: `03` is accepted and refused: take the area out of one "
                "of the two"
            ),
        ],
        id="an area on both sides",
    ),
    pytest.param(
        number(
            'incoming = [], screening = { accepted_areas = ["03"], refused_areas = ["+813"] }'
        ),
        [
            (
                "numbers[0].screening: `03` and `+813` are the same in JP, and one lets callers"
                " pass where the other refuses them: remove one"
            ),
        ],
        id="an area on both sides in this region",
    ),
    pytest.param(
        number("incoming = [], channels = 5"),
        [
            "numbers[0].channels: `5` is not a table: write keys and values",
        ],
        id="a number for the channels",
    ),
    pytest.param(
        number("incoming = [], channels = { enabled = 5 }"),
        [
            "numbers[0].channels: `contracted` is missing: add it",
        ],
        id="no contracted channels",
    ),
    pytest.param(
        number("incoming = [], channels = { contracted = 0, enabled = -1 }"),
        [
            (
                "numbers[0].channels.contracted: `0` is out of range: the number of contracted "
                "channels is 1 to 10000"
            ),
            (
                "numbers[0].channels.enabled: `-1` is out of range: the number of enabled "
                "channels is 0 or more"
            ),
        ],
        id="channels that cannot be",
    ),
    pytest.param(
        number('incoming = [], channels = { contracted = "2" }'),
        [
            (
                "numbers[0].channels.contracted: `2` is not a whole number, as the number of "
                "contracted channels must be"
            ),
        ],
        id="contracted channels in quotes",
    ),
    pytest.param(
        number("incoming = [], channels = { contracted = 2, enabled = 3 }"),
        [
            (
                "numbers[0].channels.enabled: `3` channels are enabled and 2 contracted: enable"
                " 2 or fewer"
            ),
        ],
        id="more channels than contracted",
    ),
    pytest.param(
        number("incoming = [], after_hours = []"),
        [
            "numbers[0].after_hours: `[]` is not a table: write keys and values",
        ],
        id="a list for the after-hours guidance",
    ),
    pytest.param(
        number("incoming = [], after_hours = {}"),
        [
            "numbers[0].after_hours: `rules` is missing: add it",
        ],
        id="after hours without rules",
    ),
    pytest.param(
        number(
            'incoming = [], after_hours = { rules = [{ when = "09:00-18:00", ring = ["1001"] '
            '}, { when = "9", announce = 5 }] }'
        ),
        [
            (
                "numbers[0].after_hours.rules[0].ring: `ring` is unknown: write one of "
                "`announce`, `name`, `when`"
            ),
            "numbers[0].after_hours.rules[0]: `announce` is missing: add it",
            (
                "numbers[0].after_hours.rules[1].when: `9` is not a span of the day: write "
                "`09:00-17:00`"
            ),
            (
                "numbers[0].after_hours.rules[1].announce: `5` is not text, as a guidance "
                'number must be: write it in quotes, "5"'
            ),
        ],
        id="rules of the after-hours guidance",
    ),
    pytest.param(
        number(
            'incoming = [], after_hours = { rules = [], otherwise = "009608", zone = "JST", '
            'holidays = "japan", override = { announce = "1", until = "next_change" } }'
        ),
        [
            (
                "numbers[0].after_hours.otherwise: `009608` is not a table: write keys and "
                "values"
            ),
            (
                "numbers[0].after_hours.override: `next_change` needs the moment it is counted "
                "from: give `since`"
            ),
            "numbers[0].after_hours.holidays: `japan` is not a calendar: define it",
            (
                "numbers[0].after_hours.zone: `JST` is not a time zone: write a name of the "
                "IANA data, as `Asia/Tokyo`"
            ),
        ],
        id="settings of the after-hours guidance",
    ),
    pytest.param(
        number("incoming = [], after_hours = { rules = [], otherwise = {} }"),
        [
            "numbers[0].after_hours.otherwise: `announce` is missing: add it",
        ],
        id="no guidance otherwise",
    ),
    pytest.param(
        number(
            'incoming = [], reception_change = { rules = [{ when = "09:00-18:00", divert = '
            '"1009" }, { when = "mon 09:00-18:00" }], otherwise = { divert = "sale" }, '
            'override = { divert = "110" } }'
        ),
        [
            "numbers[0].reception_change.rules[1]: `divert` is missing: add it",
            (
                "numbers[0].reception_change.rules[0].divert: `1009` is not an extension of "
                "this tenant: did you mean `1002`?"
            ),
            (
                "numbers[0].reception_change.otherwise.divert: `sale` is not a group of this "
                "tenant: define it, there are none yet"
            ),
            (
                "numbers[0].reception_change.override.divert: `110` is not an outside number, "
                "as a target that is no extension and no group must be: write `03-1234-5678` or"
                " `+81312345678`"
            ),
        ],
        id="rules of a change of reception",
    ),
    pytest.param(
        number(
            'incoming = [], reception_change = { rules = [], otherwise = { divert = "009608" '
            "}, override = {} }"
        ),
        [
            (
                "numbers[0].reception_change.otherwise.divert: `009608` is a guidance, which "
                "answers before a phone can: name a number or a target that rings"
            ),
            "numbers[0].reception_change.override: `divert` is missing: add it",
        ],
        id="a change of reception to a guidance",
    ),
    pytest.param(
        number('incoming = [], reception_change = "1001"'),
        [
            "numbers[0].reception_change: `1001` is not a table: write keys and values",
        ],
        id="text for the change of reception",
    ),
    pytest.param(
        number('incoming = [], diversion = "1001"'),
        [
            "numbers[0].diversion: `1001` is not a list: write `[…]`",
        ],
        id="text for the busy diversion",
    ),
    pytest.param(
        number('incoming = [], diversion = ["1001", "1001"]'),
        [
            (
                "numbers[0].diversion: `1001` stands twice: the numbers of a busy diversion "
                "must differ, remove one"
            ),
        ],
        id="a diversion twice",
    ),
    pytest.param(
        number('incoming = [], diversion = ["03-1234-5678"]'),
        [
            (
                "numbers[0].diversion: `0312345678` is its own busy diversion: name another "
                "number"
            ),
        ],
        id="a diversion to itself",
    ),
    pytest.param(
        number('incoming = [], diversion = ["1009", 5, "009608"]'),
        [
            (
                "numbers[0].diversion[1]: `5` is not text, as a target must be: write it in "
                'quotes, "5"'
            ),
            (
                "numbers[0].diversion[2]: `009608` is a guidance, which answers before a phone "
                "can: name a number or a target that rings"
            ),
            (
                "numbers[0].diversion[0]: `1009` is not an extension of this tenant: did you "
                "mean `1002`?"
            ),
        ],
        id="a diversion to nobody",
    ),
    pytest.param(
        number(
            'incoming = [], otherwise = { distribute = { 1001 = 1 } }, diversion = ["1002"]'
        ),
        [
            (
                "numbers[0].diversion: `0312345678` has a busy diversion and distributes by "
                "ratio: a number can have one of the two, leave the other out"
            ),
        ],
        id="a busy diversion and a ratio",
    ),
    pytest.param(
        schedules(
            HOURS,
            'numbers = [{ number = "03-1234-5678", schedule = "hours", diversion = ["1002"], '
            'destinations = { open = { ring = ["1001"], then = { distribute = { 1001 = 1 } } '
            "}, closed = { busy = true } } }]",
        ),
        [
            (
                "numbers[0].diversion: `0312345678` has a busy diversion and distributes by "
                "ratio: a number can have one of the two, leave the other out"
            ),
        ],
        id="a busy diversion and a ratio that follows, by a shared schedule",
    ),
    pytest.param(
        office("numbers = [{ incoming = [], channels = 5, diversion = 5 }]"),
        [
            "numbers[0]: `number` is missing: add it",
            "numbers[0].channels: `5` is not a table: write keys and values",
            "numbers[0].diversion: `5` is not a list: write `[…]`",
        ],
        id="a feature of a number without a number",
    ),
    pytest.param(
        large(
            'diversion = ["largest"], reception_change = { rules = [], otherwise = { divert ='
            ' "largest" } }'
        ),
        [
            (
                "numbers[0].reception_change.otherwise.divert: `ring largest` calls 21110 "
                "targets, 10000 is the most: make fewer rounds, or take groups out of each "
                "other"
            ),
            (
                "numbers[0].diversion[0]: `ring largest` calls 21110 targets, 10000 is the "
                "most: make fewer rounds, or take groups out of each other"
            ),
        ],
        id="calls that would go on and on",
    ),
]


@pytest.mark.parametrize(("text", "lines"), FEATURES)
def test_a_mistake_is_named_with_its_place_and_its_fix(text: str, lines: list[str]) -> None:
    """What is wrong is told once, where it stands, with what to write instead."""
    assert refusals(text) == lines
