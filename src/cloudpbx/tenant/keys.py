"""The keys of the tenant document.

Here: which keys each kind of table may have. Not here: what their values mean
(`readings`, `documents`), or the same for editors (`schema/tenant.schema.json`).
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["DESTINATION", "KEYS", "OWN_SCHEDULE", "SHARED_SCHEDULE"]

DESTINATION: Final = ("ring", "announce", "busy")
OWN_SCHEDULE: Final = ("zone", "holidays", "spill", "overlap", "otherwise", "override")
SHARED_SCHEDULE: Final = ("schedule", "destinations")

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "tenant": (
        "zone",
        "name",
        "region",
        "extension_range",
        "subscription",
        "calendars",
        "schedules",
        "extensions",
        "groups",
        "numbers",
    ),
    "subscription": ("activated", "max_extensions", "recording_seats", "international"),
    "calendar": ("country", "subdivision", "days", "working_days"),
    "schedule": ("rules", *OWN_SCHEDULE),
    "schedule_rule": ("when", "name", "value"),
    "schedule_override": ("since", "until", "value"),
    "extension": ("number", "name", "department", "caller_id", "recording", "forwards"),
    "forwards": ("unconditional", "offline", "busy", "no_answer", "ring_seconds"),
    "number": ("number", "name", "incoming", *OWN_SCHEDULE, *SHARED_SCHEDULE),
    "incoming_rule": ("when", "name", *DESTINATION),
    "incoming_override": ("since", "until", *DESTINATION),
    "destination": DESTINATION,
}
"""The keys of each kind of table, those that must stand there among them."""
