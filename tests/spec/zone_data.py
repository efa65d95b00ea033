"""When the clocks of a zone were changed, read from the zone data itself.

Here: the changes of a zone's offset as its compiled data (RFC 8536) lists them, and
those of the later years, which the data give as a rule. Not here: anything the library
uses; it asks the standard library day by day.
"""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Final
from zoneinfo import TZPATH, ZoneInfo, available_timezones

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2037
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
SIX_HOURS: Final = 6 * 3600


def zones_that_differ() -> tuple[str, ...]:
    """Return one name for each different set of data; links say the same again."""
    by_data = {zone_bytes(key): key for key in sorted(available_timezones(), reverse=True)}
    return tuple(sorted(by_data.values()))


@cache
def zone_bytes(key: str) -> bytes:
    """Return the compiled data of a zone, from where `zoneinfo` takes it."""
    for folder in TZPATH:
        path = Path(folder, key)
        if path.is_file():
            return path.read_bytes()
    return files("tzdata").joinpath("zoneinfo", *key.split("/")).read_bytes()


@cache
def changes(key: str) -> tuple[int, ...]:
    """Return each instant from 1970 to 2037 at which the offset of a zone changes."""
    transitions, offsets, footer = parsed(zone_bytes(key))
    first, after = seconds(FIRST_YEAR), seconds(LAST_YEAR + 1)
    listed = [
        instant
        for (_, before), (instant, offset) in pairwise(
            [(-(2**63), offsets[0]), *zip(transitions, offsets[1:], strict=True)]
        )
        if before != offset and first <= instant < after
    ]
    last = transitions[-1] if transitions else -(2**63)
    if "," in footer:
        year = max((EPOCH + timedelta(seconds=last)).year if transitions else 0, FIRST_YEAR)
        for later in range(year, LAST_YEAR + 1):
            ruled = probed(footer, later) if later > year else tuple(probes(key, later))
            listed += [instant for instant in ruled if instant > last]
    return tuple(listed)


def parsed(data: bytes) -> tuple[list[int], list[int], str]:
    """Return transitions, the offset before the first and after each, and the footer.

    The 64-bit block is read, which stands after the 32-bit block of old readers.
    """
    universals, standards, leaps, times, types, letters = counts(data[:44])
    place = 44 + times * 5 + types * 6 + letters + leaps * 8 + standards + universals
    universals, standards, leaps, times, types, letters = counts(data[place : place + 44])
    place += 44
    transitions = struct.unpack(f">{times}q", data[place : place + 8 * times])
    place += 8 * times
    chosen = data[place : place + times]
    place += times
    offsets = [
        struct.unpack(">l", data[place + 6 * each : place + 6 * each + 4])[0]
        for each in range(types)
    ]
    place += 6 * types + letters + 12 * leaps + standards + universals
    footer = data[place:].strip(b"\n").decode("ascii")
    return list(transitions), [offsets[0], *(offsets[each] for each in chosen)], footer


def counts(header: bytes) -> tuple[int, ...]:
    """Return how many of each there are: marks, leap seconds, transitions, types, letters."""
    magic, *numbers = struct.unpack(">4s16x6l", header)
    assert magic == b"TZif"
    return tuple(numbers)


@cache
def probed(footer: str, year: int) -> tuple[int, ...]:
    """Return the changes of a year that a footer rules, by any zone that has it."""
    key = next(
        name for name in sorted(available_timezones()) if parsed(zone_bytes(name))[2] == footer
    )
    return tuple(probes(key, year))


def probes(key: str, year: int) -> Iterator[int]:
    """Ask a clock every six hours, then more finely where it was changed."""
    zone = ZoneInfo(key)
    for low in range(seconds(year), seconds(year + 1), SIX_HOURS):
        before, after = low, low + SIX_HOURS
        if offset(zone, before) == offset(zone, after):
            continue
        for step in (3600, 60, 1):
            later = range(before + step, after + 1, step)
            after = next(t for t in later if offset(zone, t) == offset(zone, after))
            before = after - step
        yield after


def offset(zone: ZoneInfo, instant: int) -> timedelta | None:
    """Say how far the clock on the wall is ahead of UTC."""
    return (EPOCH + timedelta(seconds=instant)).astimezone(zone).utcoffset()


def seconds(year: int) -> int:
    """Return the first second of a UTC year."""
    return int((datetime(year, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
