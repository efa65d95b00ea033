"""Times of the day, and regions: days with the times that they have.

Here: their algebra. Not here: sets of days (`calendar`).
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

from cloudpbx.routing.freeswitch.calendar import EVERY_DAY, DaySet
from cloudpbx.routing.spans import DAY

__all__ = [
    "ALL_DAY",
    "ALWAYS",
    "Region",
    "Seconds",
    "common_seconds",
    "intersection",
    "joined",
    "without",
]

Seconds: TypeAlias = tuple[tuple[int, int], ...]
"""Runs of seconds after midnight, half-open, sorted, touching none."""

Region: TypeAlias = tuple[tuple[DaySet, Seconds], ...]
"""Days with the seconds they have, united; nothing is empty."""

ALL_DAY: Final[Seconds] = ((0, DAY),)
ALWAYS: Final[Region] = ((DaySet.of(EVERY_DAY), ALL_DAY),)
"""Every second of every day."""


def joined(runs: Iterable[tuple[int, int]]) -> Seconds:
    """Sort runs within the day and join those that meet; empty ones count for nothing."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(start, 0), min(end, DAY)) for start, end in runs):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def common_seconds(one: Seconds, other: Seconds) -> Seconds:
    """Return the seconds that are in both."""
    return joined((max(a, c), min(b, d)) for a, b in one for c, d in other)


def _left(one: Seconds, other: Seconds) -> Seconds:
    ends = [0, *(edge for run in other for edge in run), DAY]
    return common_seconds(one, joined(zip(ends[::2], ends[1::2], strict=True)))


def intersection(one: Region, other: Region) -> Region:
    """Return what is in both regions."""
    return _tidy(
        (days & others, common_seconds(seconds, times))
        for days, seconds in one
        for others, times in other
    )


def without(one: Region, other: Region) -> Region:
    """Return what is in one region and not in the other."""
    found = list(one)
    for others, times in other:
        found = [
            part
            for days, seconds in found
            for part in ((days - others, seconds), (days & others, _left(seconds, times)))
        ]
    return _tidy(found)


def _tidy(parts: Iterable[tuple[DaySet, Seconds]]) -> Region:
    """Leave out what is empty, and unite days that have the same seconds."""
    days_of: dict[Seconds, DaySet] = {}
    for days, seconds in parts:
        if seconds and days:
            days_of[seconds] = days_of.get(seconds, DaySet.of(0)) | days
    return tuple((days, seconds) for seconds, days in days_of.items())
