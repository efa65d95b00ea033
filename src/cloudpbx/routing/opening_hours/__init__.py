"""The opening hours of OpenStreetMap, in and out."""

from cloudpbx.routing.opening_hours.dialect import read_opening_hours, write_opening_hours

__all__ = ["read_opening_hours", "write_opening_hours"]
