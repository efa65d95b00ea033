"""What every ring plan of a tenant depends on.

Here: its targets, its numbering plan and its limits. Not here: the lines and the call,
which differ each time (`planning`).
"""

from attrs import frozen

from cloudpbx.routing.numbers import global_form, is_abroad, is_outside, printed
from cloudpbx.routing.targets import Targets

__all__ = ["RingRules"]


@frozen(kw_only=True, eq=False)
class RingRules:
    """Hold what does not change from call to call.

    Attributes:
        targets: The extensions and groups.
        region: Whose numbering plan the outside numbers are of.
        international: Whether calls abroad are allowed.
        max_forwards: How often a call may be forwarded.
        reaches_outside: Whether outside numbers may be called; before activation, a call
            of one extension to another stays inside.
    """

    targets: Targets
    region: str
    international: bool
    max_forwards: int
    reaches_outside: bool = True

    def form(self, target: str) -> str:
        """Return the same text for every spelling of a target."""
        return global_form(target, self.region) if is_outside(target) else target

    def is_barred(self, number: str) -> bool:
        """Say whether an outside number is abroad and may not be called."""
        return not self.international and is_abroad(number, self.region)

    def printed(self, target: str) -> str:
        """Return a target as people write it."""
        return printed(target, self.region)
