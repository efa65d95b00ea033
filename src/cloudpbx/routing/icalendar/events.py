"""The events of an iCalendar file (RFC 5545), as they are written there.

Here: finding the events in a file, and reading the properties of each. Not here: single
values (`values`), when events hold (`times`), or what they come to
together (`dialect`).

Lines are unfolded and taken apart by the `icalendar` package, an extra.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final, TypeAlias, TypeVar

from attrs import field, frozen

from cloudpbx._values import check_instance, check_text, nearest, shown
from cloudpbx.errors import (
    DocumentError,
    InvalidValueError,
    Problem,
    UnknownReferenceError,
)
from cloudpbx.routing.icalendar.values import (
    ONE_DAY,
    Stamp,
    read_duration,
    read_stamp,
)

__all__ = ["CalendarFile", "Event", "Report", "import_icalendar", "read_calendar_file"]

T = TypeVar("T")

Property: TypeAlias = tuple[dict[str, str], str]
"""The parameters of a line and its value."""

_ONCE: Final = (
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RECURRENCE-ID",
    "STATUS",
    "SUMMARY",
    "UID",
)
_STATUSES: Final = ("TENTATIVE", "CONFIRMED", "CANCELLED")


def import_icalendar() -> Any:
    """Return the `icalendar` package.

    Raises:
        UnknownReferenceError: it is not installed; the message says what to install.
    """
    try:
        import icalendar  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        msg = (
            "`icalendar` is the package that takes such files apart, and it is not "
            "installed: `pip install 'cloudpbx[icalendar]'`"
        )
        raise UnknownReferenceError(msg) from None
    return icalendar


class Report:
    """Collect what is wrong with a file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def add(self, path: str, message: str) -> None:
        """Note a problem with its place."""
        self.problems.append(Problem(path=path, message=message, source=self.source))

    def close(self) -> None:
        """Raise what was found."""
        if self.problems:
            raise DocumentError(tuple(self.problems))


@frozen(kw_only=True)
class Event:
    """Hold one VEVENT.

    Attributes:
        place: Where it stands in the file, as `event 2`.
        summary: What it says.
        start: When it starts, the first time.
        length: How much later the clock shows its end.
        rule: Its RRULE; empty when it has none.
        excluded: Starts of occurrences that do not take place (EXDATE).
        added: Starts of further occurrences, with their lengths (RDATE).
        uid: What other events call it.
        replaces: The start of the occurrence of another event that this one replaces.
        cancelled: Whether it does not take place.
    """

    place: str
    summary: str
    start: Stamp
    length: timedelta
    rule: str = ""
    excluded: tuple[Stamp, ...] = ()
    added: tuple[tuple[Stamp, timedelta], ...] = ()
    uid: str = ""
    replaces: Stamp | None = None
    cancelled: bool = False


@frozen
class CalendarFile:
    """Hold what was read from a file.

    Attributes:
        zone: What X-WR-TIMEZONE names; empty when it stands nowhere.
        events: The events that can be read, in the order of the file.
    """

    zone: str
    events: tuple[Event, ...]


def read_calendar_file(text: str, report: Report) -> CalendarFile:
    """Read the events of a file, and report what cannot be read."""
    check_instance(text, str, what="the text of a file")
    zone = ""
    events = []
    for place, properties in _components(text, report):
        if place:
            event = _Properties(place, properties, report).event()
            events += [event] if event else []
        elif not zone and "X-WR-TIMEZONE" in properties:
            zone = properties["X-WR-TIMEZONE"][0][1].strip()
    return CalendarFile(zone, tuple(events))


def _components(text: str, report: Report) -> Iterator[tuple[str, dict[str, list[Property]]]]:
    """Yield the properties of each event with its place, and of each calendar without."""
    import_icalendar()
    from icalendar.parser import Contentlines  # noqa: PLC0415 - an extra

    read_lines: Callable[[str], list[Any]] = Contentlines.from_ical
    nesting = _Nesting(report)
    for line in read_lines(text.removeprefix("\ufeff")):
        if line.strip():
            try:
                key, parameters, value = line.parts()
            except ValueError:
                msg = f"{shown(line)} is no line of an iCalendar file: write `NAME:value`"
                report.add(nesting.place, msg)
                continue
            texts = {
                each.upper(): found if isinstance(found, str) else ",".join(found)
                for each, found in parameters.items()
            }
            place = nesting.place
            closed = nesting.line(key.upper(), texts, value)
            if closed is not None:
                yield place, closed
    nesting.close()


class _Nesting:
    """Follow what begins and ends in a file."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.open_ones: list[tuple[str, dict[str, list[Property]]]] = []
        self.count = 0
        self.calendars = 0

    @property
    def place(self) -> str:
        """Return which event a line is of, or nothing outside of events."""
        inside = any(name == "VEVENT" for name, _ in self.open_ones)
        return f"event {self.count}" if inside else ""

    def line(
        self, key: str, parameters: dict[str, str], value: str
    ) -> dict[str, list[Property]] | None:
        """Take a line; return the properties of an event or a calendar that it ends."""
        name = value.strip().upper()
        if key == "BEGIN":
            if not self.open_ones and name != "VCALENDAR":
                msg = f"{shown(value)} stands outside of a calendar: put it in one"
                self.report.add("", msg)
            self.count += name == "VEVENT"
            self.calendars += name == "VCALENDAR"
            self.open_ones.append((name, {}))
        elif key == "END" and self.open_ones and self.open_ones[-1][0] == name:
            _, properties = self.open_ones.pop()
            return properties if name in {"VEVENT", "VCALENDAR"} else None
        elif key == "END" or not self.open_ones:
            inside = self.open_ones[-1][0] if self.open_ones else ""
            where = f"within `{inside}`" if inside else "outside of a calendar"
            line = shown(f"{key}:{value}")
            self.report.add(self.place, f"{line} stands {where}: remove it")
        else:
            self.open_ones[-1][1].setdefault(key, []).append((parameters, value))
        return None

    def close(self) -> None:
        """Report what has no end, and a file without a calendar."""
        for name, _ in self.open_ones:
            self.report.add("", f"{shown(f'BEGIN:{name}')} has no end: add `END:`")
        if not self.calendars and not self.report.problems:
            msg = "holds no calendar: an iCalendar file begins with `BEGIN:VCALENDAR`"
            self.report.add("", msg)


@frozen
class _Properties:
    """Read the properties of one event."""

    place: str
    given: dict[str, list[Property]]
    report: Report = field(repr=False)

    def event(self) -> Event | None:
        """Return the event, or None when something of it cannot be read."""
        before = len(self.report.problems)
        for name in _ONCE:
            if len(self.given.get(name, ())) > 1:
                self._add(name, f"stands {len(self.given[name])} times: write it once")
        if "EXRULE" in self.given:
            self._add("EXRULE", "is no longer part of iCalendar: list the days as `EXDATE`")
        start = self._one("DTSTART", read_stamp)
        if "DTSTART" not in self.given:
            self._add("DTSTART", "is missing: an event needs its start")
        cancelled = self._status() == "CANCELLED"
        # Who cancels something seldom says again what it was.
        summary = "" if cancelled and "SUMMARY" not in self.given else self._summary()
        event = None
        if start is not None:
            length = self._length(start)
            event = Event(
                place=self.place,
                summary=summary,
                start=start,
                length=length,
                rule=self._text("RRULE").upper(),
                excluded=tuple(stamp for stamp, _ in self._list("EXDATE", start, length)),
                added=tuple(self._list("RDATE", start, length)),
                uid=self._text("UID"),
                replaces=self._replaced(),
                cancelled=cancelled,
            )
        return event if len(self.report.problems) == before else None

    def _add(self, name: str, message: str) -> None:
        self.report.add(f"{self.place}, {name}", message)

    def _text(self, name: str) -> str:
        return self.given[name][0][1].strip() if name in self.given else ""

    def _read(self, name: str, read: Callable[..., T], *arguments: Any) -> T | None:
        try:
            return read(*arguments)
        except InvalidValueError as error:
            self._add(name, str(error))
            return None

    def _one(self, name: str, read: Callable[[str, dict[str, str]], T]) -> T | None:
        if name not in self.given:
            return None
        parameters, value = self.given[name][0]
        return self._read(name, read, value.strip(), parameters)

    def _summary(self) -> str:
        if not self._text("SUMMARY"):
            self._add("SUMMARY", "is missing: it is what the schedule answers")
        else:
            self._read("SUMMARY", _check_summary, self._text("SUMMARY"))
        return self._text("SUMMARY")

    def _status(self) -> str:
        status = self._text("STATUS").upper()
        if status and status not in _STATUSES:
            fix = nearest(status, _STATUSES)
            self._add("STATUS", f"{shown(status)} is not the status of an event: {fix}")
        return status

    def _length(self, start: Stamp) -> timedelta:
        """Return how long the event lasts; a day or nothing when it does not say."""
        if "DTEND" in self.given and "DURATION" in self.given:
            self._add("DURATION", "stands beside `DTEND`: write one of the two")
        end = self._one("DTEND", read_stamp)
        length = self._one("DURATION", lambda text, _: read_duration(text))
        if length is not None:
            if start.whole and length % ONE_DAY:
                msg = f"{shown(self._text('DURATION'))} is not of whole days, as its start is"
                self._add("DURATION", f"{msg}: write it as `P1D`")
            return length
        if end is None:
            return ONE_DAY if start.whole else timedelta()
        return self._until("DTEND", start, end)

    def _until(self, name: str, start: Stamp, end: Stamp) -> timedelta:
        """Return what the clock of the start moves on until an end."""
        if _kind(start) != _kind(end):
            self._unlike(name, start, end)
            return ONE_DAY
        try:
            return end.in_zone(start.zone).wall - start.wall
        except OverflowError:
            self._add(name, f"`{end}` is too near the end of the calendar: use another year")
            return ONE_DAY

    def _unlike(self, name: str, start: Stamp, other: Stamp) -> None:
        self._add(
            name, f"`{other}` is not written as `DTSTART` is, `{start}`: write both alike"
        )

    def _list(
        self, name: str, start: Stamp, length: timedelta
    ) -> Iterator[tuple[Stamp, timedelta]]:
        """Yield the occurrences that a property lists, with their lengths."""
        for parameters, value in self.given.get(name, ()):
            for text in value.split(","):
                if parameters.get("VALUE", "").upper() == "PERIOD" and name == "RDATE":
                    yield from self._period(name, text.strip(), parameters)
                    continue
                stamp = self._read(name, read_stamp, text.strip(), parameters)
                if stamp is not None:
                    if name == "RDATE" and stamp.whole != start.whole:
                        self._unlike(name, start, stamp)
                    yield stamp, length

    def _period(
        self, name: str, text: str, parameters: dict[str, str]
    ) -> Iterator[tuple[Stamp, timedelta]]:
        """Yield an occurrence that has a length of its own."""
        first, _, last = text.partition("/")
        zone = {"TZID": parameters["TZID"]} if "TZID" in parameters else {}
        start = self._read(name, read_stamp, first, zone)
        if start is None:
            return
        if last.startswith(("P", "+P", "-P")):
            length = self._read(name, read_duration, last)
            if length is not None:
                yield start, length
        else:
            end = self._read(name, read_stamp, last, zone)
            if end is not None:
                yield start, self._until(name, start, end)

    def _replaced(self) -> Stamp | None:
        """Return the occurrence that this event replaces."""
        stamp = self._one("RECURRENCE-ID", read_stamp)
        if stamp is not None:
            if self.given["RECURRENCE-ID"][0][0].get("RANGE"):
                fix = "end the event with `UNTIL`, and write another for what follows"
                self._add("RECURRENCE-ID", f"changes all that follows: {fix}")
            if not self._text("UID"):
                self._add("UID", "is missing: it says whose occurrence this event replaces")
            if self.given.keys() & {"RRULE", "RDATE"}:
                self._add("RECURRENCE-ID", "is for one occurrence, and this event has many")
        return stamp


def _check_summary(text: str) -> str:
    return check_text(text, what="what an event says")


def _kind(stamp: Stamp) -> str:
    if stamp.whole:
        return "date"
    return "time" if stamp.zone else "floating"
