"""The keys of the tenant document.

Here: which keys each kind of table may have. Not here: what their values mean
(`readings`, `documents`), or the same for editors (`schema/tenant.schema.json`).
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["DESTINATION", "FEATURES", "KEYS", "OPTIONS", "OWN_SCHEDULE", "SHARED_SCHEDULE"]

DESTINATION: Final = ("ring", "announce", "busy", "divert", "distribute")
"""The kinds of destinations, of which one must stand there."""

OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "ring": ("strategy", "seconds", "repeat", "then"),
    "distribute": ("draw", "when_unavailable", "key", "seconds", "then"),
}
"""What may stand beside a kind of destination."""

_DESTINATION_KEYS: Final = tuple(
    dict.fromkeys((*DESTINATION, *(key for keys in OPTIONS.values() for key in keys)))
)
OWN_SCHEDULE: Final = ("zone", "holidays", "spill", "overlap", "otherwise", "override")
SHARED_SCHEDULE: Final = ("schedule", "destinations")
FEATURES: Final = ("screening", "after_hours", "channels", "reception_change", "diversion")
"""What a number may have beside its schedule, in the order in which a call meets it."""

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "tenant": (
        "zone",
        "name",
        "region",
        "line_type",
        "extension_range",
        "subscription",
        "calendars",
        "schedules",
        "groups",
        "extensions",
        "numbers",
    ),
    "subscription": ("activated", "max_extensions", "recording_seats", "international"),
    "calendar": ("country", "subdivision", "days", "working_days"),
    "schedule": ("rules", *OWN_SCHEDULE),
    "schedule_rule": ("when", "name", "value"),
    "schedule_override": ("since", "until", "value"),
    "group": ("members", "strategy", "seconds", "repeat", "overflow"),
    "member": ("target", "delay", "seconds", "weight", "honour_forwards"),
    "extension": ("number", "name", "department", "caller_id", "recording", "forwards"),
    "forwards": ("unconditional", "offline", "busy", "no_answer", "ring_seconds"),
    "number": ("number", "name", *FEATURES, "incoming", *OWN_SCHEDULE, *SHARED_SCHEDULE),
    "incoming_rule": ("when", "name", *_DESTINATION_KEYS),
    "incoming_override": ("since", "until", *_DESTINATION_KEYS),
    "destination": _DESTINATION_KEYS,
    "screening": (
        "accepted_areas",
        "refused_areas",
        "refused_kinds",
        "allowed",
        "blocked",
        "announcement",
    ),
    "channels": ("contracted", "enabled"),
    "after_hours": ("rules", *OWN_SCHEDULE),
    "after_hours_rule": ("when", "name", "announce"),
    "after_hours_override": ("since", "until", "announce"),
    "guidance": ("announce",),
    "reception_change": ("rules", *OWN_SCHEDULE),
    "reception_change_rule": ("when", "name", "divert"),
    "reception_change_override": ("since", "until", "divert"),
    "new_reception": ("divert",),
}
"""The keys of each kind of table, those that must stand there among them."""
