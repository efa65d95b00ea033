"""Schedules and holidays as iCalendar (RFC 5545), in and out."""

from cloudpbx.routing.icalendar.dialect import read_icalendar, read_icalendar_holidays
from cloudpbx.routing.icalendar.writing import write_icalendar

__all__ = ["read_icalendar", "read_icalendar_holidays", "write_icalendar"]
