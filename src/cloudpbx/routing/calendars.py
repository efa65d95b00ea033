"""Public holidays, by name.

Here: a calendar of dates with names, from a document or from the `holidays` package,
and the seam that takes any mapping or callable instead. Not here: what a holiday does
to a schedule (`rules`).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from attrs import field, frozen

from cloudpbx._values import FrozenMapping, check_each, check_text, shown
from cloudpbx.errors import InvalidValueError, UnknownReferenceError
from cloudpbx.routing.day_terms import check_date

__all__ = ["HolidayCalendar", "HolidaySource"]


def _frozen_days(days: Mapping[date, str]) -> FrozenMapping[date, str]:
    if not isinstance(days, Mapping):
        msg = f"{shown(days)} is not a mapping of dates to names, as holidays must be"
        raise InvalidValueError(msg)
    for day, name in days.items():
        check_date(day, what="a holiday")
        check_text(name, what="the name of a holiday")
    return FrozenMapping(sorted(days.items()))


def _frozen_dates(dates: Iterable[date]) -> frozenset[date]:
    days = check_each(dates, date, what="a working day")
    return frozenset(check_date(day, what="a working day") for day in days)


@frozen(kw_only=True)
class HolidayCalendar:
    """Name the public holidays (祝日) of a place and of a company.

    In order, and the first that applies wins:

    1. a working day is no holiday;
    2. a day listed here has its name;
    3. a holiday of the country has the name that the `holidays` package gives it.

    Attributes:
        days: Dates with their names.
        working_days: Dates that are no holidays although another source says so (振替営業日).
        country: ISO 3166-1 code, as `JP`; needs the extra `cloudpbx[holidays]`.
        subdivision: Code of a part of the country, as the `holidays` package has it.

    >>> calendar = HolidayCalendar(days={date(2026, 11, 24): "founding day"})
    >>> calendar(date(2026, 11, 24)), calendar(date(2026, 11, 25))
    ('founding day', None)

    Raises:
        InvalidValueError: a key is not a date, or a name not text.
        UnknownReferenceError: the `holidays` package has no such country or part.
    """

    days: Mapping[date, str] = field(factory=FrozenMapping, converter=_frozen_days)
    working_days: frozenset[date] = field(default=frozenset(), converter=_frozen_dates)
    country: str = ""
    subdivision: str = ""

    def __attrs_post_init__(self) -> None:
        check_text(self.country, what="a country of holidays", empty=True)
        check_text(self.subdivision, what="a part of a country", empty=True)
        if self.subdivision and not self.country:
            msg = f"{shown(self.subdivision)} is a part of no country: give the country too"
            raise InvalidValueError(msg)
        if self.country:
            _country_holidays(self.country, self.subdivision)

    def __call__(self, day: date) -> str | None:
        """Return the name of the holiday that `day` is, or None.

        Raises:
            InvalidValueError: `day` is not a date.
        """
        check_date(day, what="the day asked for")
        if day in self.working_days:
            return None
        name = self.days.get(day)
        if name is None and self.country:
            name = _country_holidays(self.country, self.subdivision).get(day)
        return name


HolidaySource: TypeAlias = HolidayCalendar | Mapping[date, str] | Callable[[date], str | None]
"""Any of these tells a schedule its holidays; the `holidays` package's objects fit."""


@cache
def _country_holidays(country: str, subdivision: str) -> Any:
    try:
        import holidays  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        msg = (
            f"`{country}` needs the holidays of a country, which are not installed: "
            "`pip install 'cloudpbx[holidays]'`"
        )
        raise UnknownReferenceError(msg) from None
    part = subdivision or None
    if country not in holidays.list_supported_countries(include_aliases=True):
        msg = f"{shown(country)} is not a place the `holidays` package knows"
        raise UnknownReferenceError(msg)
    try:
        # Named in the country's language: the language of the machine is no argument.
        language = holidays.country_holidays(country, subdiv=part).default_language
        return holidays.country_holidays(country, subdiv=part, language=language)
    except NotImplementedError:
        msg = f"{shown(subdivision)} is not a place the `holidays` package knows"
        raise UnknownReferenceError(msg) from None


def no_holidays(_day: date) -> str | None:
    """Know no holiday."""
    return None


def holiday_source(source: object) -> Any:
    """Make a plain dict of days a frozen calendar; keep any other source as it is."""
    if source is None or isinstance(source, HolidayCalendar):
        return source
    if type(source) is dict:
        return HolidayCalendar(days=source)
    if isinstance(source, Mapping) or callable(source):
        return source
    msg = f"{shown(source)} tells no holidays: give a mapping or a callable, date to name"
    raise InvalidValueError(msg)


def holiday_name(source: Any) -> Callable[[date], str | None]:
    """Return the look-up of a source: date to name or None.

    Raises (the look-up):
        InvalidValueError: the source gave something else than a name or None.
    """
    if source is None:
        return no_holidays
    ask = source.get if isinstance(source, Mapping) else source

    def name(day: date) -> str | None:
        found = ask(day)
        if found is None or found is False or found == "":
            return None
        if not isinstance(found, str):
            msg = f"{shown(found)} is what the holidays give for `{day}`: a name or None fits"
            raise InvalidValueError(msg)
        return found

    return name
