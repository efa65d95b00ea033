"""What the events of a calendar mean, read one by one with a calendar in hand.

Here: the answer at what the clock on the wall shows, from the words of RFC 5545: an event
holds from each of its starts for its length; its starts are DTSTART, those of its RRULE
and its RDATEs, without its EXDATEs. Not here: text, zones, or anything of the engine.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from dateutil.rrule import rruleset, rrulestr


class Event(NamedTuple):
    """An event, its times being those of the wall clock that counts."""

    summary: str
    start: datetime
    length: timedelta
    rule: str = ""
    until: datetime | None = None
    added: tuple[datetime, ...] = ()
    excluded: tuple[datetime, ...] = ()
    whole: bool = False


def answer(events: Iterable[Event], wall: datetime) -> str | None:
    """Return what the first event in the file that holds says."""
    for event in events:
        begun = starts(event).between(wall - event.length, wall, inc=True)
        if any(start <= wall < start + event.length for start in begun):
            return event.summary
    return None


def starts(event: Event) -> rruleset:
    """Return the starts of an event."""
    found = rruleset()
    if event.rule:
        until = f";UNTIL={event.until:%Y%m%dT%H%M%S}" if event.until else ""
        found.rrule(rrulestr(event.rule + until, dtstart=event.start))  # type: ignore[arg-type]
    else:
        found.rdate(event.start)
    for each in event.added:
        found.rdate(each)
    for each in event.excluded:
        found.exdate(each)
    return found
